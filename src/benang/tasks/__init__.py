"""What Benang can do, each once: a request goes in, a result comes out.

A task is a function `name(request, *, progress=silent) -> Result` in a file of its name, over frozen dataclasses:
`make_map(MapRequest(...)) -> MadeMap`. It knows nothing of click, terminals or pages; the command line (`cli`) and
later a server are rims that turn their input into a request, and a result into their output, in some thirty lines.

- **Request.** What the user asked for, in the types of the rooms below (`Analysis`, `View`), with the same defaults as
  theirs. Inputs are paths or uploads (`benang.files.Upload`: a name and bytes). `language` is that of the account and
  of what is drawn.
- **Progress.** `benang.progress.Progress` is called between the steps of a task, and within them by `part(progress,
  0.2, 0.8)`. It may raise `Cancelled`, which a task lets through; files are written last and together
  (`files.replacing`, `write_together`), so that a task that is cancelled leaves nothing behind.
- **Result.** The values that were made, and an `account` (`benang.tasks.account.Account`): what was read, dropped and
  decided, as rows, notes, tables and files written, in the user's language by `benang.locale`. A rim shows it (the
  command line by `cli.options.say_account`) and adds nothing of its own.
- **Errors** are `BenangError`s, and `Misuse` where what was asked for doesn't go together, before anything is read.
  Both name arguments by `errors.argument("min_occurrences")`: the command line reads them as its options
  (`cli.options.in_options`), everybody else as they stand.

A rim imports from Benang only `tasks`, `errors`, `locale` and types; `tests/cli/test_imports.py` holds that.
"""

from benang.progress import silent as silent  # for a rim that shows no progress
