"""`python -m benang`: the same as the command `benang`."""

from benang.cli.main import main

if __name__ == "__main__":
    main()
