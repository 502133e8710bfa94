"""The block structure of a Markdown file: where its tables and headings stand.

markdown-it-py reads the blocks, front matter, lists, quotes, fences, comments and all; its own
rule for tables is replaced by one that follows cmark-gfm to the letter and keeps the place of
each row, which markdown-it-py's tokens do not. Nothing here reads inline Markdown.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_OPEN_CLOSE_TAG_STR
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from ..errors import SourceError
from ..source import BLANKS, Excerpt, Source, Span
from .tables import Grid, Row, count_delimiters, is_row, split_row


class Heading(NamedTuple):
    """A heading as it stands in the text.

    ``content`` is its inline Markdown, ``marker`` the number of the list item that it opens
    (``1. # Title``), or None.
    """

    level: int
    content: Excerpt
    span: Span
    line: int
    marker: str | None


References = Mapping[str, Any]
"""Link reference definitions, in the form that markdown-it-py keeps them."""


class Blocks(NamedTuple):
    """The blocks of a file.

    ``blocks`` are its headings and tables in order, ``texts`` the inline Markdown of its headings
    and paragraphs, ``raw`` the lines (from and up to, from 1) of its code, HTML and front matter,
    ``references`` its link reference definitions, ``code`` those of ``raw`` that are code.
    """

    blocks: tuple[Heading | Grid, ...]
    texts: tuple[Excerpt, ...]
    raw: tuple[tuple[int, int], ...]
    references: References
    code: frozenset[tuple[int, int]] = frozenset()


def read_blocks(source: Source) -> Blocks:
    """Find the headings, tables and link definitions of a file.

    >>> blocks = read_blocks(Source.of("> # A\\n> | b |\\n> | - |\\n> | c |"))
    >>> [type(block).__name__ for block in blocks.blocks]
    ['Heading', 'Grid']
    """
    text = source.text.removeprefix("\ufeff")
    normalised = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    # What to add to an offset on line i of the normalised text to have one in the source.
    if normalised == source.text:
        shifts: Sequence[int] = (0,) * len(source.line_starts)
    else:
        starts = Source.of(normalised).line_starts
        shifts = [a - b for a, b in zip(source.line_starts, starts, strict=True)]
        shifts[0] = len(source.text) - len(text)
    tokens, env = _tokenize(normalised, source.name)
    blocks: list[Heading | Grid] = []
    texts: list[Excerpt] = []
    raw: list[tuple[int, int]] = []
    code: set[tuple[int, int]] = set()
    items = 0
    for index, token in enumerate(tokens):
        if token.type == "gfm_table":
            header, delimiter, *rows = (
                _row(source, line, start + shifts[line], end + shifts[line])
                for line, start, end in token.meta["rows"]
            )
            blocks.append(Grid(header, delimiter, tuple(rows), in_list=items > 0))
        elif token.type == "inline":
            texts.append(_excerpt(source, token))
            if tokens[index - 1].type == "heading_open":
                blocks.append(_heading(source, tokens, index - 1, texts[-1]))
        elif token.tag == "li":
            items += token.nesting
        elif token.type in _RAW and token.map:
            raw.append((token.map[0] + 1, token.map[1] + 1))
            if token.type in _CODE:
                code.add(raw[-1])
    # [^1]: begins a footnote, though one of a single word looks like a definition.
    references = {
        label: link for label, link in env.get("references", {}).items() if label[:1] != "^"
    }
    return Blocks(tuple(blocks), tuple(texts), tuple(raw), references, frozenset(code))


_CODE = frozenset(["code_block", "fence"])
_RAW = _CODE | {"front_matter", "html_block"}


def _row(source: Source, line: int, start: int, end: int) -> Row:
    return Row(split_row(source.text, start, end), Span(start, end), line + 1)


def _excerpt(source: Source, token: Token) -> Excerpt:
    """The content of a paragraph or heading: its lines without what containers put before them.

    markdown-it-py strips whatever `str.strip` does from its ends, GitHub blanks alone.
    """
    first, last = token.map or (0, 0)
    lines = token.content.split("\n")[: last - first]
    pieces: list[tuple[int, int]] = []
    offset = 0
    for index, line in enumerate(lines):
        number = first + index + 1
        whole = source.line(number)
        column = max(whole.rfind(line.strip(BLANKS).rstrip("#")), 0)
        column = max(column - (len(line) - len(line.lstrip(BLANKS))), 0)
        if index == 0:
            before = whole[:column]
            kept = before[len(before.rstrip()) :].lstrip(BLANKS)
            line, column = kept + line, column - len(kept)
        if index == len(lines) - 1:
            after = whole[column + len(line) :]
            line += after[: len(after) - len(after.lstrip())].rstrip(BLANKS)
        lines[index] = line
        pieces.append((offset, source.offset(number) + column))
        offset += len(line) + 1
    return Excerpt("\n".join(lines), tuple(pieces))


def _heading(source: Source, tokens: Sequence[Token], index: int, content: Excerpt) -> Heading:
    token = tokens[index]
    first, end = token.map or (0, 1)
    opener = tokens[index - 1] if index else token
    # The heading may stand behind list markers and quote marks.
    start = content.pieces[0][1]
    if token.markup.startswith("#"):
        start = source.offset(first + 1) + source.line(first + 1).find("#")
    return Heading(
        level=int(token.tag[1:]),
        content=content,
        span=Span(start, source.offset(end) + len(source.line(end))),
        line=first + 1,
        marker=opener.info or None if opener.type == "list_item_open" else None,
    )


# markdown-it-py calls itself for each list or quote inside another, two Python frames a level.
# GitHub reads tables at any depth, so a text that runs out of frames is given more of them.
_FRAMES = 100_000


def _tokenize(text: str, name: str) -> tuple[list[Token], dict[str, Any]]:
    limit = sys.getrecursionlimit()
    for frames in (limit, limit + _FRAMES):
        env: dict[str, Any] = {}
        tokens: list[Token] = []
        sys.setrecursionlimit(frames)
        try:
            parser = _parser(text.startswith("---"))
            parser.block.parse(text, parser, env, tokens)
        except RecursionError:
            continue
        finally:
            sys.setrecursionlimit(limit)
        return tokens, env
    raise SourceError(f"{name}: lists or quotes inside one another, more than {_FRAMES // 2} deep")


@cache
def _parser(front_matter: bool) -> MarkdownIt:
    # The preset's limit of 20 levels silently drops all that follows a deep list.
    parser = MarkdownIt("commonmark", {"maxNesting": sys.maxsize})
    if front_matter:  # the plugin takes a list in the first line for some
        parser.use(front_matter_plugin)
    # The header is a line of a paragraph: whatever else it can begin comes first, unless the
    # paragraph began before it and an empty list item, say, could not have ended that.
    ruler = parser.block.ruler
    ruler.before("lheading", "gfm_table", _table_rule, {"alt": ["paragraph", "reference"]})
    ruler.before("code", "gfm_table_in_paragraph", _table_in_paragraph_rule)
    return parser


# Characters that can begin a block which ends a table; most rows begin with a pipe.
_BLOCK_STARTS = frozenset(">#`~*+-_<0123456789")
_HTML_TAG_LINE = re.compile(HTML_OPEN_CLOSE_TAG_STR + r"[ \t\v\f]*$")


def _table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule of markdown-it-py: a table whose header is line ``start``.

    As in cmark-gfm: the header is the last line of a paragraph so far, a paragraph has one
    try at a delimiter row, and a table ends where any other block begins. Pushes one token
    with the line and the normalised offsets of each row, delimiter row included.
    """
    failed: list[int] = state.env.setdefault("failed_delimiters", [-1, -1])
    if not silent:
        failed[:] = -1, -1
        if state.is_code_block(start):
            return False
    else:
        # Lines of a paragraph that can begin nothing are not asked about.
        while failed[0] < failed[1] + 1 < start and _only_continues(state, failed[1] + 1):
            failed[1] += 1
        if failed[0] < start <= failed[1] + 1:
            failed[1] = max(failed[1], start)
            return False
        if _only_continues(state, start - 1) and count_delimiters(
            state.src, *_content(state, start)
        ):
            failed[:] = start - 1, start
            return False
    delimiter = start + 1
    if delimiter >= end or state.sCount[delimiter] < state.blkIndent:
        return False
    if state.is_code_block(delimiter):
        return False
    columns = count_delimiters(state.src, *_content(state, delimiter))
    if not columns:
        return False
    header = _content(state, start)
    if len(split_row(state.src, *header)) != columns:
        failed[:] = start, start + 1
        return False
    if silent:
        state.env["table_in_paragraph"] = start
        return True
    rows = [(start, *header), (delimiter, *_content(state, delimiter))]
    rows += ((line, *_content(state, line)) for line in _body(state, delimiter + 1, end))
    token = state.push("gfm_table", "table", 0)
    token.map = [start, start + len(rows)]
    token.meta["rows"] = rows
    state.line = start + len(rows)
    return True


def _only_continues(state: StateBlock, line: int) -> bool:
    """Whether a line can only continue a paragraph: it is indented far, or a lazy one."""
    return state.is_code_block(line) or state.sCount[line] < 0


def _table_in_paragraph_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule: the table that has just ended a paragraph."""
    return state.env.get("table_in_paragraph") == start and _table_rule(state, start, end, silent)


def _body(state: StateBlock, line: int, end: int) -> Iterator[int]:
    """The lines from ``line`` on that are rows of a table."""
    enclosing, state.parentType = state.parentType, "table"
    terminators = state.md.block.ruler.getRules("blockquote")
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        if state.is_code_block(line):
            break
        first, last = _content(state, line)
        if state.src[first] in _BLOCK_STARTS and (
            any(rule(state, line, end, True) for rule in terminators)
            or _HTML_TAG_LINE.match(state.src[first:last])
        ):
            break
        if not is_row(state.src, first, last):
            break
        yield line
        line += 1
    state.parentType = enclosing


def _content(state: StateBlock, line: int) -> tuple[int, int]:
    """The offsets of a line's content, without the indentation and the marks of containers."""
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]
