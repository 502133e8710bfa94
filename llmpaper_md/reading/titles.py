"""Titles: which words of a part are the paper's name, and where its name leads."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..source import SPACES, Span
from . import labels, links
from .authors import looks_like_authors
from .citations import read_citation
from .inline import Inline
from .labels import NOT_LABEL, is_label
from .links import Link


class TitleText(NamedTuple):
    """What the part of a title says, as plain text.

    ``name`` is what the paper calls its model or method, where that is written before the title;
    ``venue`` may be more than where: *ICLR 2024*.
    """

    title: str
    name: str | None = None
    authors: str | None = None
    venue: str | None = None
    year: int | None = None


_BRACKETED = re.compile(r"[\[(（【{]([^\[\](){}（）【】]*)[\])）】}]")
_ICON = (
    r"(?::[a-z][a-z0-9_+-]+:|[\U0001F000-\U0001FAFF\u2190-\u21FF\u2300-\u23FF\u2460-\u24FF"
    r"\u25A0-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u20E3])"
)
_ICONS_BEFORE = re.compile(rf"(?:{_ICON}|[ \t])+")
_ICONS_AFTER = re.compile(rf"(?:{_ICON}|[ \t]){{1,40}}$")
_NUMBER = re.compile(r"\(?\d{1,3}[).、]\s+(?=\S)")
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "「": "」", "『": "』", "《": "》", "«": "»"}
# Name ("Title"), Name: 'Title', “Title”; what follows the closing mark may be brackets.
_QUOTED = re.compile(
    r"(?P<name>[^\"“”‘「『《«]*?)(?<![\s(（\[:：–—-])[\s(（\[:：–—-]*+"
    r"(?:\"(?P<a>[^\"]+)\"|“(?P<b>[^“”]+)[”\"]|(?<![\w’])['‘](?P<c>(?=[^'‘\n]{8})[^'’‘\n]*+(?:['’]\w[^'’‘\n]*+)*+)['’](?!\w)"
    r"|「(?P<d>[^」]+)」|『(?P<e>[^』]+)』|《(?P<f>[^》]+)》|«(?P<g>[^»]+)»)"
    r"[\s)）\].,;，。]*(?P<rest>.*)",
    re.DOTALL,
)
_LABEL_BEFORE = re.compile(r"(?:\[(?P<a>[^\[\]]{1,40})\]|【(?P<b>[^【】]{1,40})】)\s*(?=\S)")
_PLACE_AFTER = re.compile(r"(?<!\s)\s*[(（]\s*@[^()（）]*+[)）]\s*+$")
_BRACKET_AFTER = re.compile(r"(?<!\s)\s*[(（\[【]([^()（）\[\]【】]{2,40})[)）\]】]\s*+$")
_SUMMARY = re.compile(r"(?<!\s)(?:\s+[-–—]|\s)\s+(?=\S++(?:\s++\S++){4})")
_DASH = re.compile(r"(?<!\s)\s+[-–—]\s+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTER = re.compile(r"[^\W\d_]")
_WORDS = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|[^\W_\u3040-\u9fff]+(?:[-'’.][^\W_]+)*"
)
# What a title as it should be has none of: it needs no cleaning then.
_ROUGH = re.compile(r"[\n\"“‘'「『《«\[【@]|:[a-z0-9_+-]+:|[(（](?:19|20)\d\d")
_EDGES = " \t,;|/·、，；"
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{3})[.。]$")
# What ends a title in bold, where something else follows it.
_AFTER_TITLE = tuple("-–—.,;|([")
_MOST_NAMED = 6
_LEAST_TITLE = 4


def title_links(cell: Inline) -> list[Link]:
    """The links whose words can be a title: no images, badges or labels."""
    return [link for link in worded_links(cell) if not is_label(link)]


def worded_links(cell: Inline) -> list[Link]:
    """The links with words of their own: no images, nor badges, whose words are an image's."""
    if len(cell.links) == 1:  # as in most cells: it holds no other
        return [link for link in cell.links if link.kind != "image"]
    behind = [*cell.links[1:], None]  # what a link holds stands behind it in their order
    return [
        link
        for link, inner in zip(cell.links, behind, strict=False)
        if link.kind != "image"
        and not (
            inner
            and inner.kind == "image"
            and inner.span.end <= link.span.end
            and inner.text == link.text
        )
    ]


def says_nothing(cell: Inline) -> bool:
    """Whether a title cell has no title, but links such as ``[link](…)``, TBD or signs alone."""
    if not cell.text:
        return True
    if len(cell.links) == 1 and cell.links[0].text == cell.text:
        return is_label(cell.links[0])
    return all(
        labels.says_none(line)
        or labels.names_kind(line)
        or (line[:1] in "[(【（" and labels.label_like(line))
        for line in _without_labels(cell).split("\n")
    )


def _without_labels(cell: Inline) -> str:
    """The cell's text less links such as ``[[code](…)]``."""
    text = cell.text
    if len(title_links(cell)) == len(cell.links):
        return text
    # The plain text leaves the words of badges out already.
    found = [link.text for link in worded_links(cell) if is_label(link)]
    for label in filter(None, found):
        before, cut, after = text.rpartition(label)
        text = before + after if cut else text
    text = _BRACKETED.sub(lambda match: match[0] if NOT_LABEL.sub("", match[1]) else "", text)
    return "\n".join(line.strip(" \t,;|/-·") for line in text.split("\n"))


def read_title(cell: Inline) -> str:
    """The plain title in the part of a title."""
    return read_title_text(cell).title


def read_title_text(cell: Inline, *, single: bool = False) -> TitleText:
    """What the part of a title says: the title is in its first line, less links that are none.

    Args:
        cell: the part.
        single: whether one name below the title is its author.

    >>> read_title_text(Inline("🔥[vLLM] Efficient serving of models(@Berkeley)"))
    TitleText(title='Efficient serving of models', name='vLLM', authors=None, venue=None, year=None)
    >>> said = read_title_text(Inline('SENet ("Squeeze and excitation")\\nAnn Lee, Bo Li'))
    >>> said.title, said.name, said.authors
    ('Squeeze and excitation', 'SENet', 'Ann Lee, Bo Li')
    """
    text = cell.text
    is_rough = (
        not (text[:1].isalpha() and text[-1:].isalnum())
        or _ROUGH.search(text)
        or (cell.strong and _DASH.search(text))
    )
    if not is_rough and (not cell.links or (len(cell.links) == 1 and cell.links[0].text == text)):
        return TitleText(text)  # as most titles are
    lines = [line.strip(SPACES) for line in _without_labels(cell).split("\n")]
    lines = [line for line in lines if NOT_LABEL.sub("", line) or line.strip(SPACES)]
    if not any(NOT_LABEL.sub("", line) for line in lines):
        lines = [line.strip(SPACES) for line in text.split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return TitleText("")
    name, first = _chosen(cell, lines[0])
    title = _clean(first)
    authors, venue = title.authors, title.venue
    for line in text.split("\n")[1:] if len(lines) > 1 else ():
        line = line.strip(_EDGES)
        if authors is None and line not in lines[0] and looks_like_authors(line, single=single):
            authors = line
        elif venue is None and labels.is_venue(line):
            venue = line
    return TitleText(title.title or lines[0], title.name or name, authors, venue, title.year)


def _chosen(cell: Inline, line: str) -> tuple[str | None, str]:
    """What of the first line is a name, and what the title: all, a link or bold words in it."""
    for own in title_links(cell):
        text = own.text.split("\n")[0]
        if text == line and (parts := _named_in_bold(cell, line)):
            return parts
        if text and text in line and text != line:
            before, _, after = line.partition(text)
            outside = before + after
            if after.lstrip().startswith((":", "：")) and count_words(text) < _LEAST_TITLE:
                break
            called = before.rstrip()
            if called.endswith((":", "：")) and not text.startswith(called[:-1].strip() or " "):
                break  # LaMDA: [Language models for dialog]
            if count_words(text) >= _LEAST_TITLE or (
                _CJK.search(outside)
                and not _CJK.search(text)
                and not re.search("[A-Za-z]{2}", outside)
            ):
                return _name(before), text
        break
    for span in cell.strong:
        text = span.cut(cell.text).strip()
        if text and text in line:
            before, _, after = line.partition(text)
            after = after.strip()
            ends = after[:1] in _AFTER_TITLE or looks_like_authors(after)
            if ends and not _LETTER.search(before) and count_words(text) >= _LEAST_TITLE:
                return None, text
        break
    return None, line


def _named_in_bold(cell: Inline, line: str) -> tuple[str, str] | None:
    """The name and the title in a link such as [**Name** — Title](…)."""
    bold = next((span.cut(cell.text).strip() for span in cell.strong), "")
    if not bold or not line.startswith(bold) or count_words(bold) >= _LEAST_TITLE:
        return None
    match = _DASH.match(line, len(bold))
    rest = line[match.end() :] if match else ""
    return (bold, rest) if count_words(rest) >= _LEAST_TITLE else None


def _name(before: str) -> str | None:
    """What is before a title, where that is a name: ResNet-50 (, not "Survey of"."""
    bare = _trimmed(_NUMBER.sub("", _trimmed(before))).strip("([（【:： ")
    is_name = 0 < count_words(bare) <= _MOST_NAMED and bool(_LETTER.search(bare))
    return bare if is_name and not labels.label_like(bare) else None


def count_words(text: str) -> int:
    """How many words a text has; two Chinese characters count as one.

    >>> count_words("Attention is all you need"), count_words("注意力机制")
    (5, 3)
    """
    return len(_WORDS.findall(text))


def _clean(line: str) -> TitleText:
    """A title less icons, numbers, quotation marks, labels and venues around it."""
    if citation := read_citation(line):
        return TitleText(citation.title, None, citation.authors, citation.venue, citation.year)
    name = venue = None
    line = _trimmed(line)
    if match := _NUMBER.match(line):
        numbered = line[match.end() :]
        # 1) Name - what it does
        line = _SUMMARY.split(numbered, maxsplit=1)[0] if ")" in match[0] else numbered
    if (match := _LABEL_BEFORE.match(line)) and (match["a"] or match["b"]).casefold() != "re":
        rest = line[match.end() :]
        if count_words(rest) >= 2:
            label = match["a"] or match["b"]
            line = _trimmed(rest)
            if labels.is_venue(label):
                venue = label
            elif not labels.label_like(label):
                name = label
    line = _PLACE_AFTER.sub("", line)
    while match := _BRACKET_AFTER.search(line):
        inner = match[1].strip()
        if labels.is_venue(inner) and _LETTER.search(inner):
            venue = venue or inner
        elif not (labels.role(inner) or _all_labels(inner)):
            break
        if not match.start():
            break
        line = _trimmed(line[: match.start()])
    if match := _QUOTED.fullmatch(line):
        quoted = next(filter(None, match.group("a", "b", "c", "d", "e", "f", "g"))).strip()
        rest, before = match["rest"].strip(_EDGES), match["name"].strip(_EDGES + ":：")
        if (
            _is_beside(rest)
            and count_words(before) <= _MOST_NAMED
            and (not before or count_words(quoted) >= 2)
        ):
            venue = venue or (rest if labels.is_venue(rest) else None)
            return TitleText(_ended(quoted), _trimmed(before) or name, None, venue)
    return TitleText(_ended(line), name, None, venue)


def _is_beside(rest: str) -> bool:
    """Whether what follows a quoted title is none of it."""
    rest = _BRACKETED.sub("", rest)
    return not _LETTER.search(rest) or labels.is_venue(rest) or labels.label_like(rest)


def _all_labels(text: str) -> bool:
    return bool(_LETTER.search(text)) and all(
        labels.role(part.strip()) for part in re.split(r"[,;/|+&]", text)
    )


def _trimmed(line: str) -> str:
    """The line without icons and separators at its ends."""
    if match := _ICONS_BEFORE.match(line):
        line = line[match.end() :]
    if match := _ICONS_AFTER.search(line):
        line = line[: match.start()]
    return line.strip(_EDGES)


def _ended(title: str) -> str:
    return _FULL_STOP.sub("", title.strip())


def split_papers(cell: Inline) -> list[Inline]:
    """The papers in the part of a title: the part itself where it is about one.

    Several are in it where each has a line that begins with its linked or bold title, lines of
    authors below; or in one line, where there is nothing between links to different papers.

    >>> bold = (Span(0, 11), Span(20, 28))
    >>> cell = Inline("A first one\\nAnn Lee\\nA second\\nBo Li", strong=bold)
    >>> [piece.text for piece in split_papers(cell)]
    ['A first one\\nAnn Lee', 'A second\\nBo Li']
    """
    if len(cell.links) < 2 and len(cell.strong) < 2:
        return [cell]
    places = _places(cell)
    titled = {id(link) for link in title_links(cell)}
    own = [(start, link) for start, link in places if id(link) in titled and link.text]
    starts = _title_lines(cell, own) if "\n" in cell.text else _links_in_line(cell, own)
    if len(starts) < 2:
        return [cell]
    ends = [*starts[1:], len(cell.text)]
    starts[0] = 0
    return [_cut(cell, places, start, end) for start, end in zip(starts, ends, strict=True)]


def _places(cell: Inline) -> list[tuple[int, Link]]:
    """Where each link begins in the text; an image has no text there."""
    found = []
    position = 0
    for link in cell.links:
        start = cell.text.find(link.text, position) if link.text and link.kind != "image" else -1
        found.append((start if start >= 0 else position, link))
        if start >= 0:
            position = start
    return found


def _title_lines(cell: Inline, own: list[tuple[int, Link]]) -> list[int]:
    """Where the lines begin that begin with titles, if these look like titles of several papers."""
    starts: list[int] = []
    linked: list[str | None] = []
    bold: list[bool] = []
    below: list[str] = []
    position = 0
    for line in cell.text.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        if not NOT_LABEL.sub("", line):
            continue
        before = len(line) - len(line.lstrip(" \t"))
        icons = _ICONS_BEFORE.match(line)
        first = start + max(before, icons.end() if icons else 0)
        link = next((link for place, link in own if start <= place <= first), None)
        is_bold = any(start <= span.start <= first for span in cell.strong)
        if link or (is_bold and count_words(line) >= 2):
            starts.append(start)
            linked.append(links.canonical(link.url) if link and leads_to_paper(link.url) else None)
            bold.append(is_bold)
            below.append("")
        elif not starts:
            return []
        elif not below[-1]:
            below[-1] = line
    authored = sum(looks_like_authors(line, single=True) for line in below if line)
    if all(linked) and len(set(linked)) == len(linked):
        return starts
    if all(bold) and authored * 2 > len(starts):
        return starts
    return []


def _links_in_line(cell: Inline, own: list[tuple[int, Link]]) -> list[int]:
    text = cell.text
    for _, link in reversed(own):
        before, cut, after = text.rpartition(link.text)
        text = before + after if cut else text
    keys = {links.canonical(link.url) for _, link in own if leads_to_paper(link.url)}
    if len(keys) < len(own) or re.sub(r"\b(?:and|or)\b|[和与及\W_]", "", text):
        return []
    return [start for start, _ in own]


def leads_to_paper(url: str) -> bool:
    """Whether an address is that of a paper by its host, its identifier or its ending.

    >>> leads_to_paper("https://arxiv.org/abs/1706.03762"), leads_to_paper("papers/attention.pdf")
    (True, True)
    """
    return links.is_paper(url) or url.lower().partition("#")[0].partition("?")[0].endswith(".pdf")


def _cut(cell: Inline, places: list[tuple[int, Link]], start: int, end: int) -> Inline:
    text = cell.text[start:end].strip(SPACES + "\n,;，；、")
    shift = start + cell.text[start:end].find(text)
    strong = (Span(span.start - shift, span.end - shift) for span in cell.strong)
    return Inline(
        text,
        tuple(link for place, link in places if start <= place < end),
        (),
        tuple(span for span in strong if span.start >= 0 and span.end <= len(text)),
    )
