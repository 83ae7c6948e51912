r"""LaTeX in values of BibTeX → plain text: accents, signs, mathematics, commands.

Only what has a plain form is turned; a command that is not known stays as it was written. Exports that hold no LaTeX
but have its signs all the same (`~5 mm`, `$5 and $10`, `100%`) keep them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SPECIAL = re.compile(r"[\\{}$~]|--|``|''")
_TOKEN = re.compile(r"\\([A-Za-z]+)(\*?\s*)|\\(.|\Z)|([{}$])|(---?)|(``|'')|([~^_])|(?:[^\\{}$~^_`'-]+|.)", re.DOTALL)
_MATHEMATICS = re.compile(r"[\\^_<>{}=+|]")

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", '"': "\u0308",
    "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "h": "\u0309", "G": "\u030f", "U": "\u030e",
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
    "TeX": "TeX", "LaTeX": "LaTeX", "BibTeX": "BibTeX",
    # mathematics
    "times": "×", "pm": "±", "mp": "∓", "div": "÷", "cdot": "·", "ast": "*", "star": "⋆", "circ": "∘", "bullet": "•",
    "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "lt": "<", "gt": ">", "ll": "≪",
    "gg": "≫", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝", "cong": "≅",
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "hbar": "ℏ", "prime": "′", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "emptyset": "∅", "forall": "∀", "exists": "∃", "neg": "¬",
    "wedge": "∧", "vee": "∨", "oplus": "⊕", "otimes": "⊗", "sum": "∑", "prod": "∏", "int": "∫", "sqrt": "√",
    "rightarrow": "→", "to": "→", "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "Leftarrow": "⇐",
    "Leftrightarrow": "⇔", "uparrow": "↑", "downarrow": "↓", "mapsto": "↦", "langle": "⟨", "rangle": "⟩", "mid": "|",
    "vert": "|", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "perp": "⊥", "parallel": "∥", "angle": "∠",
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
_WITH_BLANK_ARGUMENT = frozenset({"href", "noopsort", "vspace", "hspace", "label", "cite", "color", "textcolor"})
_ESCAPED = {" ": " ", "\n": " ", "\t": " ", "\\": " ", ",": " ", ";": " ", ":": " ", "/": "", "-": "", "!": "", "@": "",
            "(": "", ")": "", "[": "", "]": ""}  # fmt: skip
_DASHES = {"--": "–", "---": "—"}
_QUOTES = {"``": "“", "''": "”"}


def plain_text(text: str) -> str:
    r"""Return a value of BibTeX as plain text, white space as it stands.

    Examples
    --------
    >>> print(plain_text(r"{\"U}ber {G{\"o}del} \& \textit{na\"{\i}ve} CO$_2$ 1--2, 100\% of $5 and $10"))
    Über Gödel & naïve CO2 1–2, 100% of $5 and $10
    """
    if not _SPECIAL.search(text):
        return text
    return unicodedata.normalize("NFC", _Reader(text).read())


class _Reader:
    """Goes once over a text; `accent` waits for its letter, `drop` is the depth below which a group is left out."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.depth = 0
        self.math = False
        self.accent = ""
        self.accent_depth = 0
        self.drop: int | None = None

    def read(self) -> str:
        for token in self._tokens():
            name, spaces, sign, mark, dashes, quotes, raised = token.groups()
            if self.drop is not None:
                self._skip(mark)
            elif name is not None:
                self._command(name, spaces)
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

    def _tokens(self) -> Iterator[re.Match[str]]:
        return _TOKEN.finditer(self.text)

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

    def _command(self, name: str, spaces: str) -> None:
        if name in _SIGNS:
            self._put(_SIGNS[name])
        elif name in _ACCENTS and not self.math:
            self._no_letter()
            self.accent, self.accent_depth = _ACCENTS[name], self.depth
        elif name in _WITH_BLANK_ARGUMENT:
            self.drop = self.depth
        elif name not in _WRAPPERS:
            self._put(f"\\{name}{spaces}")

    def _escaped(self, sign: str) -> None:
        if sign in _ACCENTS and not self.math:
            self._no_letter()
            self.accent, self.accent_depth = _ACCENTS[sign], self.depth
        else:
            self._put(_ESCAPED.get(sign, sign) if sign else "\\")

    def _marked(self, mark: str, at: int) -> None:
        if mark == "{":
            self.depth += 1
        elif mark == "}":
            if self.depth <= self.accent_depth + 1:
                self._no_letter()
            self.depth = max(0, self.depth - 1)
        elif self.math:
            self.math = False
        elif self._begins_mathematics(at):
            self.math = True
        else:
            self._put("$")

    def _begins_mathematics(self, at: int) -> bool:
        """Tell `$_2$` and `$k$` from the dollars of `$5 and $10`."""
        end = self.text.find("$", at + 1)
        if end < 0:
            return False
        inner = self.text[at + 1 : end]
        return bool(_MATHEMATICS.search(inner)) or not inner or (" " not in inner and not inner[0].isdigit())

    def _raised(self, sign: str, at: int) -> None:
        if sign == "~":  # a tie stands behind a word; elsewhere it says "about"
            self._put(" " if at and not self.text[at - 1].isspace() else "~")
        elif not self.math:
            self._put(sign)
