"""The tree of sections that headings make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..source import Span
from .blocks import Heading, References
from .inline import Inline, read_inline

# 2.2CoT, 2.4 PEFT, 3. Models, 4) Data, 一、概述, 第二章 方法, IV. Results. A number of three digits
# or more is a year or a size, and so is one that a word follows without a space (3D).
_NUMBER = re.compile(
    r"""
    (?: 第 \s? (\d{1,2} | [零一二三四五六七八九十百]+) \s? (?:部分 | [章节節部篇讲講])
      | [(（] (\d{1,2} | [零一二三四五六七八九十百]+) [)）]
      | (\d{1,2}(?:\.\d+)+) (?=\.?\s|[.、)）:：]|[^\W\d]|$)
      | (\d{1,2}) (?=\.(?!\d)|\s?[、)）:：]|\s)
      | ([零一二三四五六七八九十百]+) (?=[、.．])
      | ([IVX]+) (?=\.\s)
    )
    (?:\s?[、)）:：] | [.．])* \s*
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its place in the tree of sections.

    Attributes:
        level: 1 to 6.
        number: the number at the start of the title as written (``2.2``), or that of the list item
            that the heading opens (``1. # Title``), or None.
        title: plain text without the number.
        path: the titles of the sections, from the outermost to this one.
        span: the heading, in code points of the file.
        line: its line, from 1.

    >>> from llmpaper_md import parse
    >>> section = parse("# Papers\\n## 2.2 CoT").sections[1]
    >>> section.number, section.title, section.path, section.line
    ('2.2', 'CoT', ('Papers', 'CoT'), 2)
    """

    level: int
    number: str | None
    title: str
    path: tuple[str, ...]
    span: Span
    line: int


def split_number(title: str) -> tuple[str | None, str]:
    """The section number at the head of a title, or None, and the rest.

    >>> [split_number(t) for t in ("2.2CoT", "3. Models", "一、概述", "3D vision", "2023 papers")]
    [('2.2', 'CoT'), ('3', 'Models'), ('一', '概述'), (None, '3D vision'), (None, '2023 papers')]
    """
    match = _NUMBER.match(title)
    if match and match.end() < len(title):
        return match[match.lastindex or 0], title[match.end() :]
    return None, title


def read_sections(headings: Iterable[Heading], references: References) -> list[Section]:
    """The sections, in order: each is inside the nearest one before it with a lower level."""
    sections: list[Section] = []
    enclosing: list[Section] = []
    for heading in headings:
        while enclosing and enclosing[-1].level >= heading.level:
            enclosing.pop()
        text = _without_ways_back(read_inline(heading.content, references))
        number, title = split_number(text.replace("\n", " "))
        section = Section(
            level=heading.level,
            number=number or heading.marker,
            title=title,
            path=(*(enclosing[-1].path if enclosing else ()), title),
            span=heading.span,
            line=heading.line,
        )
        enclosing.append(section)
        sections.append(section)
    return sections


# Links in headings that lead back to where the reader came from.
_BACK = re.compile(
    r"(?:back(?:\s+to)?(?:\s+the)?\s*|return(?:\s+to)?\s*|go\s+)?"
    r"(?:top|toc|contents?|index|table\s+of\s+contents)|back|[↑⬆🔝⤴🔼⏫\ufe0f\s^]+"
    r"|返回(?:顶部|目录|首页)?|回到?(?:顶部|目录)|目录|顶部",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(?<![\s(（\[|<])[\s(（\[|<]*+$")


def _without_ways_back(heading: Inline) -> str:
    """The text of a heading less links such as ``[Back to top](#contents)``."""
    text = heading.text
    for link in heading.links:
        if link.url.startswith("#") and link.kind != "image" and _BACK.fullmatch(link.text.strip()):
            before, found, after = text.rpartition(link.text)
            if found and (before.strip() or after.strip(" )）]|>")):
                text = (_AROUND.sub("", before) + after.lstrip(" )）]|>")).strip(" \t|-–")
    return text


def list_title(sections: Sequence[Section]) -> Section | None:
    """The section that is the title of the whole list: the first one, if all others are in it.

    >>> from llmpaper_md import parse
    >>> list_title(parse("# Papers\\n## A\\n## B").sections).title
    'Papers'
    >>> list_title(parse("# A\\n# B").sections)
    """
    if not sections or sections[0].level != 1:
        return None
    return None if any(section.level == 1 for section in sections[1:]) else sections[0]


def section_paths(sections: Sequence[Section]) -> list[tuple[int, ...]]:
    """For each section, the numbers (from 0) of those that contain it, and its own.

    Sections may have the same titles, and so the same `Section.path`; their numbers differ.
    """
    paths: list[tuple[int, ...]] = []
    for number, section in enumerate(sections):
        # A later section may be inside any of these that has a lower level.
        outer = paths[-1] if paths else ()
        while outer and sections[outer[-1]].level >= section.level:
            outer = outer[:-1]
        paths.append((*outer, number))
    return paths


def section_name(section: Section) -> str:
    """A section's number and title."""
    return f"{section.number} {section.title}" if section.number else section.title
