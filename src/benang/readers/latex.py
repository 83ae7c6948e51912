r"""LaTeX in values of BibTeX → plain text: accents, signs, mathematics, commands.

Only what has a plain form is turned. Of a command that is not known the text in its braces is kept, and its name is
left out; one without braces stays as it was written. Exports that hold no LaTeX but have its signs all the same
(`~5 mm`, `$5 and $10`, `100%`) keep them.
"""

from __future__ import annotations

import re
import unicodedata

# Written as alternatives that begin with a letter each, this is looked for four times as fast as with a set.
_SPECIAL = re.compile(r"\\|\{|\}|\$|~|--|``|''")
# `\a'` is `\'` within a table of LaTeX, and some programs write it everywhere.
_TOKEN = re.compile(
    r"\\(?!a['`=])([A-Za-z]+)(\*?\s*)|\\a?(.|\Z)|([{}]|\$\$?)|(---?)|(``|'')|([~^_])|(?:[^\\{}$~^_`'-]+|.)", re.DOTALL
)
_OPTION = re.compile(r"\[[^\[\]{}\n]{0,200}\](?=\s{0,20}\{)")  # `\textcolor[rgb]{…}`
_BRACE = re.compile(r"[{}]")
_TEX, _MATHEMATICS = re.compile(r"[\\^_{}]"), re.compile(r"[<>=+|]")

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", '"': "\u0308",
    "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "h": "\u0309", "G": "\u030f", "U": "\u030e",
    # MathSciNet's preamble and textcomp
    "polhk": "\u0328", "soft": "\u030c", "udot": "\u0323", "ocirc": "\u030a", "cftil": "\u0303",
    "textcommabelow": "\u0326",
}  # fmt: skip
_ALONE = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0307": ".", "\u0304": "="}
_DOTLESS = {"ı": "i", "ȷ": "j"}
_SIGNS = {
    "ss": "ß", "SS": "SS", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "textendash": "–", "textemdash": "—", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textquoteleft": "‘", "textquoteright": "’", "textquotesingle": "'", "textquotedblleft": "“",
    "textquotedblright": "”", "textquotedbl": '"', "lq": "‘", "rq": "’", "quotesinglbase": "‚", "quotedblbase": "„",
    "guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "textregistered": "®",
    "texttrademark": "™", "textcopyright": "©", "copyright": "©", "pounds": "£", "textsterling": "£", "euro": "€",
    "texteuro": "€", "textyen": "¥", "textcent": "¢", "S": "§", "textsection": "§", "P": "¶", "dag": "†", "ddag": "‡",
    "textasciitilde": "~", "textasciicircum": "^", "textasciigrave": "`", "textbackslash": "\\", "backslash": "\\",
    "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">", "textbraceleft": "{",
    "textbraceright": "}", "lbrace": "{", "rbrace": "}", "textdollar": "$", "textpercent": "%", "textampersand": "&",
    "textdegree": "°", "degree": "°", "textmu": "µ", "textmicro": "µ", "texttimes": "×", "textbullet": "•",
    "textperiodcentered": "·", "textonehalf": "½", "textexclamdown": "¡", "textquestiondown": "¿", "textnumero": "№",
    "textordfeminine": "ª", "textordmasculine": "º", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "slash": "/", "space": " ", "quad": " ", "qquad": " ", "newline": " ", "par": " ",
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX", "cprime": "'", "cdprime": '"', "Dbar": "Đ",
    "guillemetleft": "«", "guillemetright": "»", "textperthousand": "‰", "permil": "‰", "textcelsius": "°C",
    "celsius": "°C", "textohm": "Ω", "micro": "µ", "thinspace": " ", "enspace": " ", "nobreakspace": " ",
    "bibrangedash": "–", "textonequarter": "¼", "textthreequarters": "¾",
    # mathematics
    "times": "×", "pm": "±", "mp": "∓", "div": "÷", "cdot": "·", "ast": "*", "star": "⋆", "circ": "∘", "bullet": "•",
    "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "lt": "<", "gt": ">", "ll": "≪",
    "gg": "≫", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝", "cong": "≅",
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "hbar": "ℏ", "prime": "′", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "emptyset": "∅", "forall": "∀", "exists": "∃", "neg": "¬",
    "wedge": "∧", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "uparrow": "↑", "downarrow": "↓", "mapsto": "↦", "langle": "⟨", "rangle": "⟩", "mid": "|",
    "vert": "|", "cdots": "⋯", "vdots": "⋮", "dagger": "†", "ddagger": "‡", "setminus": "∖", "varnothing": "∅",
    "lesssim": "≲", "gtrsim": "≳", "sharp": "♯", "flat": "♭", "triangle": "△", "square": "□", "Box": "□", "wp": "℘",
    "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "imath": "i", "jmath": "j", "ltimes": "⋉", "rtimes": "⋊", "odot": "⊙",
    "vdash": "⊢", "models": "⊨", "top": "⊤", "bot": "⊥",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "perp": "⊥", "parallel": "∥", "angle": "∠",
    "Alpha": "Α", "Beta": "Β",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "varpi": "ϖ", "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ",
    "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
_BARE = (
    "textit textbf textsc textrm textsf texttt textup textsl textmd textnormal textsuperscript textsubscript emph "
    "text mbox hbox ensuremath mathrm mathit mathbf mathcal mathbb mathsf mathtt mathfrak mathnormal boldsymbol bm "
    "it bf em sc tt rm sf sl bfseries itshape upshape scshape slshape rmfamily sffamily ttfamily normalfont mkbibquote "
    "mkbibemph mkbibbold mkbibitalic mkbibparens url path nolinkurl footnote uppercase lowercase MakeUppercase "
    "MakeLowercase NoCaseChange protect relax left right big Big displaystyle textstyle limits nolimits allowbreak "
    "nobreak nolinebreak linebreak noindent operatorname overline underline underset enquote textquote"
)
_WRAPPERS = frozenset(_BARE.split())
_NO_TEXT = (
    "href noopsort vspace hspace label ref eqref cite citep citet color textcolor colorbox foreignlanguage "
    "selectlanguage bibinfo bibfield fontsize raisebox texorpdfstring begin end includegraphics"
)
_WITH_BLANK_ARGUMENT = frozenset(_NO_TEXT.split())
"""Commands whose first argument is no text."""
_NAMES = (
    "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max "
    "min mod bmod Pr sec sin sinh sup tan tanh"
)
_OPERATORS = frozenset(_NAMES.split())
"""Commands of mathematics that print their own name."""
_FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
_ESCAPED = {" ": " ", "\n": " ", "\t": " ", "\\": " ", ",": " ", ";": " ", ":": " ", "/": "", "-": "", "!": "", "@": "",
            "(": "", ")": "", "[": "", "]": ""}  # fmt: skip
_DASHES = {"--": "–", "---": "—"}
_QUOTES = {"``": "“", "''": "”"}


def closing_brace(text: str, at: int, end: int) -> int:
    r"""Return where the group that is open at `at` closes, or −1 where it does not before `end`.

    Text between braces is skipped by `find` and `count`, and each letter is looked at a fixed number of times.

    Examples
    --------
    >>> closing_brace("{a {b} c} {d}", 1, 13), closing_brace(r"{a \} b}", 1, 8), closing_brace("{a {b}", 1, 6)
    (8, 7, -1)
    """
    depth = 1
    while (close := text.find("}", at, end)) >= 0:
        while (escape := text.find("\\", at, close)) >= 0:
            depth += text.count("{", at, escape)
            at = escape + 2
        if at <= close:
            depth += text.count("{", at, close) - 1
            if not depth:
                return close
            at = close + 1
    return -1


def plain_closing_brace(text: str, at: int, end: int) -> int:
    r"""Return where a group closes if `\{` and `\}` are braces, as BibTeX itself counts them; −1 where it does not."""
    depth = 1
    for match in _BRACE.finditer(text, at, end):
        depth += 1 if match[0] == "{" else -1
        if not depth:
            return match.start()
    return -1


def plain_text(text: str) -> str:
    r"""Return a value of BibTeX as plain text, white space unchanged.

    Examples
    --------
    >>> print(plain_text(r"{\"U}ber {G{\"o}del} \& \textit{na\"{\i}ve} CO$_2$ 1--2, 100\% of $5 and $10"))
    Über Gödel & naïve CO2 1–2, 100% of $5 and $10
    """
    if not _SPECIAL.search(text):
        return text
    return unicodedata.normalize("NFC", _Reader(text).read())


class _Reader:
    """Goes once over a text.

    `accent` waits for its letter, `drop` is the depth below which a group is left out, `fraction` the one at which a
    numerator ends; tokens before `skip_to` are left out.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.depth = 0
        self.math = ""
        self.accent = ""
        self.accent_depth = 0
        self.drop: int | None = None
        self.fraction: int | None = None
        self.skip_to = 0

    def read(self) -> str:
        for token in _TOKEN.finditer(self.text):
            name, spaces, sign, mark, dashes, quotes, raised = token.groups()
            if token.start() < self.skip_to:
                continue
            if self.drop is not None:
                self._skip(mark)
            elif name is not None:
                self._command(name, spaces, token)
            elif sign is not None:
                self._escaped(sign)
            elif mark is not None:
                self._marked(mark, token.start())
            elif raised is not None:
                self._raised(raised, token.start())
            elif self.accent and token[0].isspace():
                continue  # `\c c`: the blank ends the command's name
            else:
                self._put(_DASHES.get(dashes, "") or _QUOTES.get(quotes, "") or token[0])
        self._no_letter()
        return "".join(self.out)

    def _put(self, text: str) -> None:
        if self.accent and text:
            text = text.lstrip() or text
            first = _DOTLESS.get(text[0], text[0])
            text, self.accent = first + self.accent + text[1:], ""
        self.out.append(text)

    def _no_letter(self) -> None:
        r"""Write an accent that found no letter as a sign of its own: `\~{}` is `~`."""
        if self.accent:
            self.out.append(_ALONE.get(self.accent, ""))
            self.accent = ""

    def _skip(self, mark: str | None) -> None:
        if mark == "{":
            self.depth += 1
        elif mark == "}":
            self.depth -= 1
            if self.depth <= (self.drop or 0):
                self.drop = None

    def _command(self, name: str, spaces: str, token: re.Match[str]) -> None:
        if name == "circ" and self.text[max(0, token.start() - 2) : token.start()].rstrip("{").endswith("^"):
            self._put("°")
        elif name in _SIGNS:
            self._put(_SIGNS[name])
        elif name in _ACCENTS and not self.math:
            self._no_letter()
            self.accent, self.accent_depth = _ACCENTS[name], self.depth
        elif name in _OPERATORS and self.math:
            self._put(name + (" " if spaces else ""))
        elif self._has_argument(token.end()):
            self.drop = self.depth if name in _WITH_BLANK_ARGUMENT else None
            self.fraction = self.depth if name in _FRACTIONS else self.fraction
        elif name not in _WRAPPERS and not self._is_switch(token.start(), spaces):
            self._put(f"\\{name}{spaces}")

    def _has_argument(self, at: int) -> bool:
        """Tell whether braces follow, perhaps behind an option in square brackets, which is left out."""
        if option := _OPTION.match(self.text, at):
            self.skip_to = option.end()
        return bool(option) or self.text.startswith("{", at)

    def _is_switch(self, at: int, spaces: str) -> bool:
        r"""Tell whether a command holds for the rest of its group: `{\cyr text}`."""
        return bool(spaces) and at > 0 and self.text[at - 1] == "{"

    def _escaped(self, sign: str) -> None:
        if sign in _ACCENTS and not self.math:
            self._no_letter()
            self.accent, self.accent_depth = _ACCENTS[sign], self.depth
        else:
            if sign in ("(", ")") and sign:
                self.math = "(" if sign == "(" else ""
            self._put(_ESCAPED.get(sign, sign) if sign else "\\")

    def _marked(self, mark: str, at: int) -> None:
        if mark == "{":
            self.depth += 1
        elif mark == "}":
            if self.depth <= self.accent_depth + 1:
                self._no_letter()
            self.depth = max(0, self.depth - 1)
            if self.fraction == self.depth:
                self._put("/" if self.text.startswith("{", at + 1) else "")
                self.fraction = None
        elif self.math:  # `$a$$b$` ends one formula and begins another
            again = self.math == "$" and mark == "$$" and self._begins_mathematics("$", at + 1)
            self.math = "$" if again else ""
        elif self._begins_mathematics(mark, at):
            self.math = mark
        else:
            self._put(mark)

    def _begins_mathematics(self, mark: str, at: int) -> bool:
        """Distinguish `$_2$` and `$1S$` from the dollars of `$5 and $10` and `US$5`.

        A sign that only TeX uses decides. Otherwise there is no blank inside next to a dollar sign and no digit after
        the second (pandoc's rule for TeX in Markdown), and several words show a sign of mathematics besides.
        """
        begin = at + len(mark)
        end = self.text.find(mark, begin)
        inner = self.text[begin:end] if end >= 0 else ""
        if not inner or _TEX.search(inner):
            return bool(inner)
        behind = self.text[end + len(mark) : end + len(mark) + 1]
        is_money = inner[0].isdigit() and not inner.isdigit() and at > 0 and self.text[at - 1].isupper()
        if inner[0].isspace() or inner[-1].isspace() or behind.isdigit() or is_money:
            return False
        return " " not in inner or bool(_MATHEMATICS.search(inner))

    def _raised(self, sign: str, at: int) -> None:
        if sign == "~":  # a tie follows a word; elsewhere it says "about"
            self._put(" " if at and not self.text[at - 1].isspace() else "~")
        elif not self.math:
            self._put(sign)
