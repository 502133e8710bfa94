"""Text for TeX and BibTeX: escaping, and lists of authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from ..reading.authors import without_marks
from .text import replace_surrogates, safe_url

# Braces as commands: BibTeX and biber also count a brace after a backslash.
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}
# $\alpha$, $k$, $O(n^2)$; but not $5 or $10.
_MATH = re.compile(
    r"(\$(?=[A-Za-z]\$|[^$]*\\[A-Za-z]|[^$\s]*[\^_])(?!\s)(?:[^$%#&~\\]|\\[A-Za-z])+(?<![\s\\])\$)"
)
_BRACE = re.compile(r"[{}]")
_SIGN = re.compile(r"[&%$#_~^\\{}]")
# TeX reads any number of spaces and line endings as one space, and rejects controls. The
# no-break space U+00A0 and the ideographic space U+3000 are kept.
_SPACES = re.compile("[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_NOT_VERBATIM = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029{}\\\\]")
_LINE_END = re.compile(r"(?:[,，;；]|(?<!\s))\s*\n\s*|(?<!\s)\s+/\s+|(?<=\w{2})/(?=[A-Z]\w*\s)")
_ET_AL = re.compile(
    r"(?:^|[\s,，、;；])(?:et\.?\s*al|and\s+others)\.?\s*$|等人?\s*$", re.IGNORECASE
)
_AND = re.compile(r"(?<!\s)\s++(?:and|&)\s+", re.IGNORECASE)
_RESERVED = re.compile(r"(?:^|\s)(?:and|others)(?:\s|$)", re.IGNORECASE)
_CHINESE = re.compile("[\u3400-\u9fff]")


def tex(text: str) -> str:
    r"""Plain text for a field that TeX typesets; what is mathematics stays so.

    >>> print(tex("50% of {x}_1"), tex(r"the $\alpha$-divergence"))
    50\% of \textbraceleft{}x\textbraceright{}\_1 the $\alpha$-divergence
    """
    parts = _MATH.split(one_line(text))
    return "".join(
        part if place % 2 and _is_math(part) else _SIGN.sub(lambda match: _SIGNS[match[0]], part)
        for place, part in enumerate(parts)
    )


def _is_math(part: str) -> bool:
    """Whether what is between dollar signs is mathematics that TeX can read: no braces are open."""
    depth = 0
    for sign in _BRACE.findall(part):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def one_line(text: str) -> str:
    """The text with each run of spaces, line endings and controls replaced by a space.

    >>> one_line(" a\\n  b ")
    'a b'
    """
    return _SPACES.sub(" ", replace_surrogates(text)).strip(" ")


def verbatim(text: str) -> str:
    """A URL or DOI for a verbatim field; characters that would end the field are percent-encoded.

    >>> verbatim("https://a.org/x_y?q={z}")
    'https://a.org/x_y?q=%7Bz%7D'
    """
    return _NOT_VERBATIM.sub(lambda match: quote(match[0]), safe_url(replace_surrogates(text)))


def authors(text: str) -> str:
    """A list of authors for BibTeX, joined by ``and``.

    Semicolons, Chinese commas and "and" separate names, and so do commas between names that have
    more than one word or are Chinese. Where commas may be part of a name (``Vaswani, Ashish``), the
    whole text is left as it is, in braces. "et al." and 等 become ``others``; affiliations in
    brackets, and marks of them, are left out.

    >>> authors("Ashish Vaswani, Noam Shazeer et al.")
    'Ashish Vaswani and Noam Shazeer and others'
    >>> authors("Vaswani, Ashish; Shazeer, Noam"), authors("张三，李四等")
    ('Vaswani, Ashish and Shazeer, Noam', '张三 and 李四 and others')
    >>> authors("Ann Lee¹* (MIT), Bo Li† et.al.")
    'Ann Lee and Bo Li and others'
    >>> authors("Vaswani, Ashish")
    '{Vaswani, Ashish}'
    """
    # A line end is as good as a comma, and so is a slash between names.
    line = one_line(_LINE_END.sub("，", without_marks(text).strip()))
    named = _ET_AL.sub("", line)
    names = list(_names(named))
    return " and ".join(names if named == line else [*names, "others"])


def _names(text: str) -> Iterator[str]:
    semicolons = bool(re.search("[;；]", text))
    for name in _parted(
        "[;；]" if semicolons else "[，、]", _AND.sub("；" if semicolons else "，", text)
    ):
        pieces = _parted(",", name)
        if len(pieces) == 1:
            yield _name(pieces[0])
        elif semicolons:
            yield _name(name)
        elif all(" " in piece or _CHINESE.search(piece) for piece in pieces):
            yield from map(_name, pieces)
        else:
            yield f"{{{tex(name)}}}"


def _parted(separator: str, text: str) -> list[str]:
    return [part for piece in re.split(separator, text) if (part := piece.strip(" ,&"))]


def _name(name: str) -> str:
    """A name; in braces where BibTeX would not read it as "First Last" or "Last, First"."""
    if name.count(",") > 1 or _RESERVED.search(name):
        return f"{{{tex(name)}}}"
    return tex(name)
