"""The block structure of a text, line by line, as GitHub's parser finds it.

This follows cmark-gfm 0.29.0.gfm.13 (``src/blocks.c``, ``extensions/table.c`` and ``tasklist.c``),
footnotes included, and keeps of each block what this package needs: where its lines are. Other
parsers of Markdown agree on common texts, and not on where a table begins and ends beside other
blocks. Nothing here is recursive, so containers may be inside one another to any depth.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from markdown_it.common.utils import normalizeReference, unescapeAll

from ..source import Source
from .tables import count_delimiters, is_row, split_row

Kind = Literal[
    "document",
    "quote",
    "list",
    "item",
    "footnote",
    "paragraph",
    "heading",
    "code",
    "fence",
    "html",
    "rule",
    "table",
]

_LEAVES_OF_TEXT = frozenset(["paragraph", "heading", "code", "fence"])
_CONTAINERS = frozenset(["document", "quote", "item", "footnote"])
_INDENT = 4
_TAB = 4
_MAX_DEPTH = 100  # of containers that begin in one line
_MAX_FENCE = 255
_MAX_DIGITS = 9
_MAX_LABEL = 1000
_MAX_PARENTHESES = 32
_SPACES = " \t\n\v\f\r"

_HEADING = re.compile(r"(#{1,6})(?:[ \t]+|$)")
_FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
_CLOSING_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*$")
_UNDERLINE = re.compile(r"(?:(=+)|-+)[ \t]*$")
_RULE = re.compile(r"([*_-])[ \t]*(?:\1[ \t]*){2,}$")
_FOOTNOTE = re.compile(r"\[\^[^\] \r\n\t]+\]:[ \t]*")
_TASK = re.compile(r"[ \t\v\f]*(?:[-+*]|[0-9]+.)[ \t\v\f]+\[[ xX]\][ \t\v\f]+")
_TAG_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p"
    "|param|section|source|title|summary|table|tbody|td|tfoot|th|thead|tr|track|ul"
)
_ATTRIBUTE = (
    r"[ \t\v\f]+[a-zA-Z_:][a-zA-Z0-9:._-]*+"
    r"(?:[ \t\v\f]*=[ \t\v\f]*(?:[^ \t\v\f\"'=<>`]++|'[^']*'|\"[^\"]*\"))?+"
)
COMMENT_END = re.compile(r"-->")
"""What an HTML block ends with that is a comment."""
# How an HTML block begins, and what is in the line that it ends with; None: an empty line ends it.
_HTML: tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...] = (
    (
        re.compile(r"<(?:script|pre|textarea|style)(?:[ \t\v\f>]|$)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|textarea|style)>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), COMMENT_END),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\[", re.IGNORECASE), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_TAG_NAMES})(?:[ \t\v\f]|/?>|$)", re.IGNORECASE), None),
)
_LONE_TAG = re.compile(
    rf"<(?:[A-Za-z][A-Za-z0-9-]*+(?:{_ATTRIBUTE})*+[ \t\v\f]*/?>|/[A-Za-z][A-Za-z0-9-]*[ \t\v\f]*>)"
    r"[ \t\f]*$"
)
_LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.?)*+)\]:", re.DOTALL)
_SPACES_AND_LINE_END = re.compile(r"[ \t]*\n?[ \t]*")
_BRACKETED_URL = re.compile(r"<((?:[^\\<>\n]|\\.)*+)>", re.DOTALL)
_TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.DOTALL)
_END = re.compile(r"[ \t]*\n")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Piece(NamedTuple):
    """A line of a block: its number, from 1, and where in the source its content is.

    ``continues`` says that it could not begin the block: it is indented too far, or lazy.
    """

    line: int
    start: int
    end: int
    continues: bool = False


class Block:
    """A block: what kind it is, its lines, and what there is to know of that kind."""

    __slots__ = (
        *("kind", "parent", "is_open", "last", "children", "pieces", "first_line", "last_line"),
        *("level", "opener", "fence", "ending", "offset", "padding", "marker", "visited"),
        *("lacks_end", "in_item"),
    )

    def __init__(self, kind: Kind, parent: Block | None, line: int) -> None:
        self.kind: Kind = kind
        self.parent = parent
        self.is_open = True
        self.last: Block | None = None
        self.children = 0
        self.pieces: list[Piece] = []
        self.first_line = self.last_line = line
        # Of a heading: its level, and the block that it is the first of.
        self.level = 0
        self.opener: Block | None = None
        # Of a fence: its character and length; of HTML: what it ends with.
        self.fence = ""
        self.ending: re.Pattern[str] | None = None
        # Of a list item, how far its marker and its content are indented; of a fence, how far it
        # is itself; of a heading, where in the source it begins.
        self.offset = self.padding = 0
        # Of a list, the sign that the markers of its items end with; of an item, its number. The
        # one piece of an item is its marker.
        self.marker = ""
        # Of a paragraph, whether a delimiter row has not fitted it.
        self.visited = False
        # Of code and HTML, whether it has an end that it lacks so far.
        self.lacks_end = False
        # Whether a list item or footnote is around it.
        self.in_item = False


class BlockParser:
    """Reads a text line by line.

    Attributes:
        leaves: the headings, paragraphs, tables, code and HTML, in their order.
        items: the list items in their order, each before those inside it.
        references: the link reference definitions, in the form that markdown-it-py keeps them.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._root = Block("document", None, 1)
        self._current = self._root
        self.leaves: list[Block] = []
        self.items: list[Block] = []
        self.references: dict[str, dict[str, Any]] = {}
        # The line that is read, and how far: offsets in it, columns with tabs spread.
        self._number = 0
        self._line = ""
        self._start = 0
        self._offset = self._column = 0
        self._next = self._next_column = 0
        self._indent = 0
        self._is_blank = False
        self._in_tab = False

    def run(self, first: int = 1) -> None:
        """Read the lines from ``first`` on, counted from 1."""
        text, starts = self._text, self._source.line_starts
        holds_nul = "\0" in text
        for number in range(first, len(starts) + 1):
            start = starts[number - 1]
            end = starts[number] if number < len(starts) else len(text)
            line = text[start:end].rstrip("\r\n")
            if number == len(starts) and not line:
                break  # what a line end at the end opens is no line
            if line.startswith("|") and self._continue_table(number, start, line):
                continue
            if holds_nul:
                line = line.replace("\0", "\ufffd")
            self._number, self._line, self._start = number, line, start
            self._offset = 1 if number == 1 and line.startswith("\ufeff") else 0
            self._column = self._next = self._next_column = 0
            self._in_tab = False
            self._process()
        while self._current is not self._root:
            self._current = self._close(self._current)

    def _continue_table(self, number: int, start: int, line: str) -> bool:
        """Whether a line is a row of a table outside any container: most are. Nothing else can
        begin with its pipe.
        """
        table = self._current
        if table.kind != "table" or table.parent is not self._root:
            return False
        if not is_row(line, 0, len(line)):
            return False
        table.pieces.append(Piece(number, start, start + len(line)))
        table.last_line = number
        return True

    # --- a line -------------------------------------------------------------------------------

    def _process(self) -> None:
        matched, all_matched = self._continue_blocks()
        if matched is None:
            return
        container = self._open_blocks(matched, all_matched)
        self._add_text(container, matched)

    def _continue_blocks(self) -> tuple[Block | None, bool]:
        """The innermost open block that goes on in the line; None for the end of a fence."""
        container = self._root
        while (child := container.last) is not None and child.is_open:
            self._find_content()
            match child.kind:
                case "quote":
                    if self._indent >= _INDENT or not self._at(">"):
                        return container, False
                    self._advance(self._indent + 1)
                    if self._line[self._offset : self._offset + 1] in (" ", "\t"):
                        self._advance(1)
                case "item":
                    if self._indent >= child.offset + child.padding:
                        self._advance(child.offset + child.padding)
                    elif self._is_blank and child.children:
                        self._skip_to(self._next)
                    else:
                        return container, False
                case "footnote":
                    if self._indent >= _INDENT:
                        self._advance(_INDENT)
                    elif self._line:
                        return container, False
                case "code":
                    if self._indent >= _INDENT:
                        self._advance(_INDENT)
                    elif self._is_blank:
                        self._skip_to(self._next)
                    else:
                        return container, False
                case "fence":
                    if self._ends_fence(child):
                        child.last_line = self._number
                        child.lacks_end = False
                        self._current = self._close(child)
                        return None, True
                    spaces = child.offset
                    while spaces and self._line[self._offset : self._offset + 1] in (" ", "\t"):
                        self._advance(1)
                        spaces -= 1
                case "html":
                    if child.ending is None and self._is_blank:
                        return container, False
                case "paragraph":
                    if self._is_blank:
                        return container, False
                case "table":
                    if self._is_blank or not is_row(self._line, self._next, len(self._line)):
                        return container, False
                case "heading" | "rule":
                    return container, False
            container = child
        return container, True

    def _ends_fence(self, fence: Block) -> bool:
        match = self._indent < _INDENT and _CLOSING_FENCE.match(self._line, self._next)
        return bool(match and match[1][0] == fence.fence[0] and len(match[1]) >= len(fence.fence))

    def _open_blocks(self, container: Block, all_matched: bool) -> Block:
        """Open the blocks that begin in the rest of the line, and return the innermost one."""
        is_lazy = self._current.kind == "paragraph"
        depth = 0
        while container.kind not in ("code", "fence", "html"):
            depth += 1
            self._find_content()
            opened = self._open_block(container, all_matched, is_lazy, depth)
            if opened is None:
                break
            container = opened
            if container.kind in _LEAVES_OF_TEXT:
                break
            is_lazy = False
        return container

    def _open_block(
        self, container: Block, all_matched: bool, is_lazy: bool, depth: int
    ) -> Block | None:
        """The block that begins here, in a container or after it, or None."""
        if self._indent >= _INDENT:
            if is_lazy or self._is_blank:
                return None
            self._advance(_INDENT)
            return self._add(container, "code")
        if self._is_blank:
            return None
        line, place = self._line, self._next
        character = line[place]
        in_paragraph = container.kind == "paragraph"
        if character == ">":
            self._skip_to(place + 1)
            if line[place + 1 : place + 2] in (" ", "\t"):
                self._advance(1)
            return self._add(container, "quote")
        if character == "#" and (match := _HEADING.match(line, place)):
            self._skip_to(match.end())
            heading = self._add(container, "heading")
            heading.level = len(match[1])
            heading.offset = self._start + place
            return heading
        if character in "`~" and (match := _FENCE.match(line, place)):
            fence = self._add(container, "fence")
            fence.lacks_end = True
            fence.fence = match[0][:_MAX_FENCE]
            fence.offset = place - self._offset
            self._skip_to(match.end())
            return fence
        if character == "<":
            html = self._open_html(container)
            if html is not None:
                return html
        if character in "=-" and in_paragraph and (match := _UNDERLINE.match(line, place)):
            if self._define(container):
                container.kind = "heading"
                container.level = 1 if match[1] else 2
                container.offset = container.pieces[0].start
                container.last_line = self._number
                self._skip_to(len(line))
            return container
        if (
            character in "*-_"
            and not (in_paragraph and not all_matched)
            and _RULE.match(line, place)
        ):
            rule = self._add(container, "rule")
            self._skip_to(len(line))
            return rule
        if depth < _MAX_DEPTH:
            if character == "[" and (match := _FOOTNOTE.match(line, place)):
                self._skip_to(match.end())
                return self._add(container, "footnote")
            if marker := self._list_marker(in_paragraph):
                return self._open_item(container, marker)
        if in_paragraph:
            return self._open_table(container)
        if container.kind == "table":
            container.pieces.append(self._rest())
            self._skip_to(len(line))
            return container
        if container.kind == "item" and _TASK.match(line):
            self._skip_to(self._offset + 3)
        return None

    def _open_html(self, container: Block) -> Block | None:
        for opening, ending in _HTML:
            if opening.match(self._line, self._next):
                html = self._add(container, "html")
                html.ending = ending
                html.lacks_end = ending is not None
                return html
        if container.kind != "paragraph" and _LONE_TAG.match(self._line, self._next):
            return self._add(container, "html")
        return None

    def _list_marker(self, in_paragraph: bool) -> tuple[str, int] | None:
        """The marker of a list item, and how long it is."""
        line, place = self._line, self._next
        if line[place] in "*-+":
            end = place + 1
        else:
            end = place
            while end - place < _MAX_DIGITS and "0" <= line[end : end + 1] <= "9":
                end += 1
            if end == place or line[end : end + 1] not in (".", ")"):
                return None
            if in_paragraph and int(line[place:end]) != 1:
                return None
            end += 1
        if line[end : end + 1] not in ("", *_SPACES):
            return None
        if in_paragraph and not line[end:].strip(" \t"):
            return None
        return line[place:end], end - place

    def _open_item(self, container: Block, marker: tuple[str, int]) -> Block:
        text, length = marker
        indent, place = self._indent, self._next
        self._skip_to(self._next + length)
        before = self._offset, self._column, self._in_tab
        while self._column - before[1] <= _TAB + 1 and self._line[
            self._offset : self._offset + 1
        ] in (" ", "\t"):
            self._advance(1)
        spaces = self._column - before[1]
        padding = length + spaces
        if not 1 <= spaces <= _TAB or self._offset == len(self._line):
            padding = length + 1
            self._offset, self._column, self._in_tab = before
            if spaces > 0:
                self._advance(1)
        kind = text[-1]
        if container.kind != "list" or container.marker != kind:
            container = self._add(container, "list")
            container.marker = kind
        item = self._add(container, "item")
        item.marker = text[:-1]
        item.offset, item.padding = indent, padding
        start = self._start + place
        item.pieces = [Piece(self._number, start, start + length)]
        self.items.append(item)
        return item

    def _open_table(self, paragraph: Block) -> Block:
        """Make a paragraph a table if the line is a delimiter row below its last line."""
        if paragraph.visited:
            return paragraph
        delimiter = self._rest()
        columns = count_delimiters(self._text, delimiter.start, delimiter.end)
        if not columns:
            return paragraph
        header = paragraph.pieces[-1]
        if len(split_row(self._text, header.start, header.end)) != columns:
            paragraph.visited = True
            return paragraph
        if len(paragraph.pieces) > 1:
            # What is left of the paragraph is text, definitions in it too.
            above = Block("paragraph", paragraph.parent, paragraph.first_line)
            above.pieces = paragraph.pieces[:-1]
            above.last_line = above.pieces[-1].line
            above.in_item = paragraph.in_item
            self.leaves.append(above)
        paragraph.kind = "table"
        paragraph.first_line = header.line
        paragraph.pieces = [header, delimiter]
        self._skip_to(len(self._line))
        return paragraph

    def _add_text(self, container: Block, matched: Block) -> None:
        """Add the rest of the line to the block that it belongs to."""
        self._find_content()
        current = self._current
        if (
            current is not matched
            and container is matched
            and not self._is_blank
            and current.kind == "paragraph"
        ):
            # A lazy line. Unlike others it keeps its indentation.
            self._add_line(current, self._offset + self._in_tab, continues=True)
            return
        while self._current is not matched:
            self._current = self._close(self._current)
        kind = container.kind
        if kind in ("code", "fence"):
            self._add_line(container, self._offset + self._in_tab)
        elif kind == "html":
            self._add_line(container, self._offset + self._in_tab)
            if container.ending and container.ending.search(self._line, self._next):
                container.lacks_end = False
                container = self._close(container)
        elif self._is_blank:
            if kind == "table":
                container.last_line = self._number
        elif kind in _LEAVES_OF_TEXT:
            self._add_line(container, self._next, continues=self._indent >= _INDENT)
        else:
            container = self._add(container, "paragraph")
            self._add_line(container, self._next)
        self._current = container

    # --- blocks -------------------------------------------------------------------------------

    def _add(self, parent: Block, kind: Kind) -> Block:
        """A new block in ``parent``, or in the nearest block around it that can hold such a one."""
        while not (parent.kind == "list" if kind == "item" else parent.kind in _CONTAINERS):
            parent = self._close(parent)
        block = Block(kind, parent, self._number)
        block.in_item = parent.in_item or parent.kind in ("item", "footnote")
        if parent.children == 0:
            block.opener = parent
        parent.children += 1
        parent.last = block
        return block

    def _add_line(self, block: Block, offset: int, *, continues: bool = False) -> None:
        end = self._start + len(self._line)
        start = min(self._start + offset, end)
        block.pieces.append(Piece(self._number, start, end, continues))
        block.last_line = self._number

    def _rest(self) -> Piece:
        """The rest of the line, without its indentation."""
        return Piece(self._number, self._start + self._next, self._start + len(self._line))

    def _close(self, block: Block) -> Block:
        """Close a block, and return the one around it."""
        parent = block.parent
        assert parent is not None  # noqa: S101 - the document itself is never closed
        block.is_open = False
        if block.kind == "paragraph" and not self._define(block):
            parent.children -= 1
            if parent.last is block:
                parent.last = None
        elif block.kind not in ("quote", "list", "item", "footnote", "rule"):
            self.leaves.append(block)
        return parent

    # --- places in a line ---------------------------------------------------------------------

    def _find_content(self) -> None:
        """Find where the indentation ends, and how far it goes."""
        line = self._line
        if self._next <= self._offset:
            place, column = self._offset, self._column
            while (character := line[place : place + 1]) in (" ", "\t") and character:
                column += _TAB - column % _TAB if character == "\t" else 1
                place += 1
            self._next, self._next_column = place, column
        self._indent = self._next_column - self._column
        self._is_blank = self._next >= len(line)

    def _at(self, character: str) -> bool:
        return self._line[self._next : self._next + 1] == character

    def _advance(self, columns: int) -> None:
        """Go on by so many columns; a tab may be left in the middle."""
        while columns > 0 and self._offset < len(self._line):
            if self._line[self._offset] == "\t":
                width = _TAB - self._column % _TAB
                self._in_tab = width > columns
                self._column += min(columns, width)
                self._offset += not self._in_tab
                columns -= min(columns, width)
            else:
                self._in_tab = False
                self._offset += 1
                self._column += 1
                columns -= 1

    def _skip_to(self, offset: int) -> None:
        """Go on to an offset in the line."""
        while self._offset < offset:
            character = self._line[self._offset : self._offset + 1]
            if not character:
                break
            self._column += _TAB - self._column % _TAB if character == "\t" else 1
            self._offset += 1
        self._in_tab = False

    # --- link reference definitions -----------------------------------------------------------

    def _define(self, paragraph: Block) -> bool:
        """Take the definitions from the beginning of a paragraph; whether any text is left."""
        pieces = paragraph.pieces
        if self._text[pieces[0].start : pieces[0].start + 1] != "[":
            return True
        text = "".join(f"{self._text[piece.start : piece.end]}\n" for piece in pieces)
        end = 0
        while end < len(text) and text[end] == "[":
            found = self._definition(text, end)
            if found is None:
                break
            name, definition, after = found
            first, last = text.count("\n", 0, end), text.count("\n", 0, after) - 1
            definition["map"] = pieces[first].line - 1, pieces[last].line
            if name:
                self.references.setdefault(name, definition)
            end = after
        if end:
            del pieces[: text.count("\n", 0, end)]
            if pieces:
                paragraph.first_line = pieces[0].line
        return bool(text[end:].strip(" \t\n"))

    def _definition(self, text: str, place: int) -> tuple[str, dict[str, Any], int] | None:
        """The definition that begins at ``place``: its name, what it says, and where it ends."""
        label = _LABEL.match(text, place)
        if not label or len(label[1]) > _MAX_LABEL or not label[1].strip(_SPACES):
            return None
        place = _after(_SPACES_AND_LINE_END, text, label.end())
        if text.startswith("<", place):
            bracketed = _BRACKETED_URL.match(text, place)
            if not bracketed:
                return None
            url, place = bracketed[1], bracketed.end()
        else:
            end = _url_end(text, place)
            if end is None:
                return None
            url, place = text[place:end], end
        title = ""
        end_of_url = place
        place = _after(_SPACES_AND_LINE_END, text, place)
        found = _TITLE.match(text, place) if place > end_of_url else None
        end_of_line = _END.match(text, found.end()) if found else None
        if found and end_of_line:
            title = found[0][1:-1]
        else:
            end_of_line = _END.match(text, end_of_url)
            if not end_of_line:
                return None
        definition = {"href": unescapeAll(url.strip(_SPACES)), "title": unescapeAll(title)}
        return normalizeReference(label[1]), definition, end_of_line.end()


def _after(pattern: re.Pattern[str], text: str, place: int) -> int:
    match = pattern.match(text, place)
    return match.end() if match else place


def _url_end(text: str, start: int) -> int | None:
    """Where the destination of a definition ends that is not in angle brackets."""
    depth = 0
    place = start
    while place < len(text):
        character = text[place]
        if character == "\\" and text[place + 1 : place + 2] in _PUNCTUATION:
            place += 2
            continue
        if character in _SPACES:
            break
        if character == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return None
        elif character == ")":
            if depth == 0:
                break
            depth -= 1
        place += 1
    return None if place == start and text[place : place + 1] in (*_SPACES, "") else place
