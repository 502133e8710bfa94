"""What the words of a list item or a paragraph are: its title, authors, venue, links.

A row has columns; text has only the way in which it is written. The title is the first link with
words of its own, else the first words in quotation marks, else the first bold ones, else the plain
words up to what can be no part of a title. What is before and after it is told apart by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Literal

from ..source import Source, Span
from . import links, stars
from .document import Part, PartField
from .inline import Inline
from .labels import is_label
from .link_spans import text_span
from .links import Link, LinkKind
from .person_names import are_names, is_name, leading_names, may_begin_names, split_names
from .segments import Segment
from .venues import Appearance, is_known_venue, read_appearance

TitleStyle = Literal["link", "quoted", "bold", "italic", "plain"]
Line = Sequence[Segment]


@dataclass(slots=True)
class TextParts:
    """The parts of an item or paragraph, in the order of the text.

    Attributes:
        title: the part that is its title, None where there is none.
        style: how the title is written.
        leads: whether the title begins the text, but for icons, labels, names and the like.
        parts: all parts, the title too; what is left of the words is ``introduction``.
        labelled: the links that say what they lead to, by their text in lower case.
        mentioned: the links in what is left of the words that do not say what they lead to.
        rating: how many stars are at the end of a line, 0 for none.
        is_key: whether the text is a key and its value: ``Code: …``.
    """

    title: Part | None = None
    style: TitleStyle | None = None
    leads: bool = True
    parts: list[Part] = field(default_factory=list)
    labelled: list[tuple[str, Link]] = field(default_factory=list)
    mentioned: list[Link] = field(default_factory=list)
    rating: int = 0
    is_key: bool = False
    links_to_paper: bool | None = None
    _words: int | None = None
    _first: dict[PartField, Part] = field(default_factory=dict)

    @property
    def links(self) -> Iterator[Link]:
        """All links, images too."""
        return (link for part in self.parts for link in part.inline.links)

    @property
    def words(self) -> int:
        """How many words the title has; each Chinese character counts as half of one."""
        if self._words is None:
            self._words = count_words(self.title.inline.text) if self.title else 0
        return self._words

    def of(self, wanted: PartField) -> Part | None:
        """The first part that holds a field."""
        return self._first.get(wanted)

    def add(self, part: Part) -> None:
        """Add a part."""
        self.parts.append(part)
        if part.field:
            self._first.setdefault(part.field, part)


_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’\-+./][^\W_]+)*")


def count_words(text: str) -> int:
    """The number of words in a text; two Chinese characters are one."""
    if text.isascii() or not _HAN.search(text):
        return len(_WORD.findall(text))
    han = len(_HAN.findall(text))
    return len(_WORD.findall(_HAN.sub(" ", text))) + (han + 1) // 2


# What may be before a title: icons, numbers, check marks, brackets with nothing in them.
_SHORTCODE = re.compile(r":[a-z0-9_+-]+:")
_NOTHING = re.compile(r"[\W_]*(?:\d{1,4}[.)\]:、]?)?[\W_]*$")
_EDGES = " \t,;:.|/·•、，；：。-–—>→!*_~#&\ufe0f\u200b"
_KEY = re.compile(r"[\W_]*([^\W\d_][\w /&.;-]{0,28}?)\s*[:：]\s*(?=\S|$)")
_KEYS: dict[str, PartField | None] = {
    **dict.fromkeys(("author", "authors", "by", "作者"), "authors"),
    **dict.fromkeys(
        (
            *("venue", "publisher", "conference", "journal", "published in", "publication"),
            *("published", "published at", "publication venue", "source", "会议", "期刊", "发表"),
        ),
        "venue",
    ),
    **dict.fromkeys(("year", "年份"), "year"),
    **dict.fromkeys(("date", "time", "日期", "时间", "发表时间", "publication date"), "date"),
    **dict.fromkeys(("title", "题目", "标题", "论文题目", "论文标题"), "title"),
    **dict.fromkeys(
        (
            "code",
            "github",
            "repo",
            "repository",
            "source code",
            "implementation",
            "official code",
            "代码",
            "代码地址",
            "开源代码",
            "code link",
        ),
        "code",
    ),
    **dict.fromkeys(
        (
            "paper",
            "papers",
            "pdf",
            "arxiv",
            "link",
            "links",
            "url",
            "doi",
            "abs",
            "paper link",
            "论文",
            "论文地址",
            "论文链接",
            "链接",
            "地址",
            "openreview",
        ),
        "links",
    ),
    **dict.fromkeys(
        (
            *("abstract", "summary", "tl;dr", "tldr", "note", "notes", "description", "overview"),
            *(
                "introduction",
                "intro",
                "摘要",
                "简介",
                "介绍",
                "说明",
                "概述",
                "总结",
                "一句话总结",
            ),
        ),
        "introduction",
    ),
}
_EXTRA_KEYS = frozenset(
    """
    keyword keywords key tag tags topic topics task tasks dataset datasets data model models project
    homepage website demo video blog institution institutions affiliation affiliations method
    category 关键词 标签 数据集 项目 主页 机构 任务 方法 单位
    """.split()
) | {"key words", "project page"}
_OPEN, _CLOSE = "([（【{", ")]）】}"
_LABEL_WORDS = 4
_MOST_VENUE_WORDS = 8
_LONGEST_PLAIN = 1500  # characters of a line with a title in plain words: more are prose
# More pieces than this, and more places where names may end, are no paper's: the rest is left.
_MOST_PIECES = 24
_MOST_ENDS = 64
_LONG = 3  # words, from which on a text is a title and not a name
_SENTENCE = re.compile(r"(?<=[^\W_]{2})[.?!。](?=\s|$)|(?<=[)\"”])\.(?=\s|$)")
_YEAR_IN_BRACKETS = re.compile(
    r"(?<!\s)\s*[(\[（](?:[^()\[\]（）]{0,40}?[\s,'’])?(?:19|20)\d\d[^()\[\]（）]{0,20}[)\]）]"
)
_YEAR_AT_END = re.compile(
    r"(?<!\s)\s*[(（](?:[A-Z][\w&/-]*[\s,'’]+)?(?:19|20)\d\d(?:,?\s*[A-Z][\w&/-]*)?[)）]$"
)
_ICONS = re.compile(r"(?:\s*:[a-z0-9_+-]+:)+\s*")
_NUMBER = re.compile(r"[\W_]*\d{1,4}[.)\]、:]\s+")
_BRACKET_AT_END = re.compile(
    r"\s[(（\[][^()（）\[\]]*\Z|(?<!\s)\s*[(（\[][^()（）\[\]]*[\])）]\s*\Z"
)
_BY_NAMES = re.compile(r"\A[Bb]y\s+")
_YEAR_NEXT = re.compile(r"[\s,.(]{0,3}(?:19|20)\d\d\b")
_BARE_YEAR = re.compile(r"(?:19|20)\d\d")
_BRACKETED = re.compile(r"\s*[\[【](.+)[\]】]\s*")
_DASH = re.compile(r"(?<!\s)(?:\s+[-–—|]+\s+|\s*——\s*|\s+[-–—]+(?=[\u4e00-\u9fff]))")
_BY = re.compile(r"(?<!\s)(?:,|\s)\s*(?:by|By)\s+(?=[^\W\d_a-z])")
# Where words are cut: at brackets, but not those around the year of a venue: Journal (2014).
_CHUNK = re.compile(
    r"[)\[\]）【】;；|·•]+(?<!(?:19|20)\d\d\))|[(（](?!(?:19|20)\d\d[)）])|\s[-–—]+(?=\s)|——|\\"
)
_COMMA = re.compile(r",\s")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.")
_BRACKET = re.compile(r"[()\[\]（）【】]")
_MAY_END_NAMES = re.compile(r"[.,。，]\s|\sin\s|\.$|:\s|\s?[(（]")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_LEADING_YEAR = re.compile(r"[\s,.:]*[(（\[]?(?:19|20)\d\d[)）\]][\s,.:]*")
_STAR_ENDS = ("⭐", "★", "🌟", ":", "\ufe0f")
_RATING = re.compile(r"(?:(?:⭐|★|🌟|:star2?:)\ufe0f?\s{0,2}){1,20}$")


def read_text_parts(source: Source, lines: Sequence[Line]) -> TextParts:
    """Tell the parts of a text apart.

    Args:
        source: what the spans of the segments refer to.
        lines: the segments of each of its lines; those without any count for nothing.
    """
    reader = _Reader(source, TextParts())
    reader.read([line for line in lines if line])
    return reader.found


def read_more_parts(source: Source, parts: TextParts, lines: Iterable[Line]) -> None:
    """Add the parts of further lines, as of the items inside an item."""
    _Reader(source, parts).read_rest(lines)


class _Reader:
    def __init__(self, source: Source, parts: TextParts) -> None:
        self._source = source
        self.found = parts
        self._depth = 0  # of brackets
        self._opener = ""  # the last that was opened

    def read(self, lines: Sequence[Line]) -> None:
        """Read a text from its beginning on."""
        if not lines:
            return
        if self._key(lines[0]):
            self.found.is_key = True
            self.read_rest(lines)
            return
        first = next((n for n, line in enumerate(lines[:2]) if _has_words(line)), 0)
        for line in lines[:first]:
            self._rest(self._rated(line))
        self._title_line(self._rated(lines[first]))
        self.read_rest(lines[first + 1 :])

    def read_rest(self, lines: Iterable[Line]) -> None:
        """Read lines that have no title."""
        for line in lines:
            rated = self._rated(line)
            if key := self._key(rated):
                self._keyed(*key, list(rated))
            else:
                self._rest(rated, alone=True)

    # --- the title --------------------------------------------------------------------------

    def _title_line(self, line: Line) -> None:
        index, style = _title_segment(line)
        if style == "plain":
            self._plain_title(line, index)
            return
        segment = line[index]
        before, after = list(line[:index]), list(line[index + 1 :])
        if style == "bold":
            # Bold words that go on in a link or in quotation marks are one title.
            index, segment = _whole_bold(line, index)
            after = list(line[index + 1 :])
            if (plain := _named(segment, after)) is not None:
                self._before(before)
                bracketed = _BRACKETED.fullmatch(segment.text)
                self._add("name", _piece(segment, *bracketed.span(1)) if bracketed else segment)
                self._plain_title(after, plain)
                return
        self._before(before)
        self.found.style = style
        self.found.title = self._title(segment)
        if style == "link" and after and _HAN.match(segment.text[-1:]):
            # Chinese that goes on after the link: a sentence about what it links to.
            self.found.leads = self.found.leads and not _HAN.match(after[0].text)
        self._rest(after)

    def _title(self, segment: Segment) -> Part:
        text, span = segment.text, segment.span
        if segment.link and segment.kind == "link":
            span = _text_span(self._source, segment)
        icons = _ICONS.match(text)
        whole = _piece(Segment("text", text, span), icons.end() if icons else 0, len(text))
        text, span = _trimmed(whole.text, whole.span)
        whole = Segment("text", text, span)
        found = () if segment.link is None else (segment.link,)
        year = _YEAR_AT_END.search(text)
        if year and count_words(text[: year.start()]) > 1:
            title = _piece(whole, 0, year.start())
            text, span = _trimmed(title.text, title.span)
            self._chunk(_piece(whole, *year.span()), set_apart=False)
        part = Part("title", None, span.cut(self._source.text), span, Inline(text, found))
        self.found.add(part)
        return part

    def _plain_title(self, line: Line, first: int) -> None:
        """A title in plain words: up to a label, or to what can be no part of a title."""
        self._before(line[:first])
        last = first
        while last < len(line) and line[last].kind in ("text", "quoted"):
            last += 1
        if last == first:
            self._rest(line[first:])
            return
        words = _Words(line[first:last])
        if len(words.text) > _LONGEST_PLAIN:
            self.found.leads = False
            self._rest(line[first:])
            return
        begin, end = _plain_bounds(words.text, ends=last == len(line))
        names = words.text[:begin]
        title = words.text[begin:end].strip()
        if names.strip(_EDGES):
            number = _NUMBER.match(words.text)
            self._rest(words.cut(number.end() if number else 0, begin), alone=True)
        if _ALPHANUMERIC.search(_SHORTCODE.sub("", title)):
            style: TitleStyle = "bold" if line[first].style == "bold" else "plain"
            self.found.style = style
            span = words.span(begin, end)
            text, span = _trimmed(words.text[begin:end], span)
            self.found.title = Part("title", None, span.cut(self._source.text), span, Inline(text))
            self.found.add(self.found.title)
        self._rest([*words.cut(end, len(words.text)), *line[last:]])

    def _before(self, line: Line) -> None:
        """What is before the title: a name with a colon, authors, a venue in brackets, icons."""
        # Without icons and numbers of their own: **[1]**
        line = [one for one in line if one.link or not _NOTHING.match(one.text) or not one.style]
        words = [one for one in line if one.kind in ("text", "quoted", "code", "link")]
        text = "".join(one.text for one in words)
        plain = _SHORTCODE.sub("", text)
        name = plain.strip(_EDGES + "[]()（）【】\"'“”")
        if _NOTHING.match(plain) and not _BARE_YEAR.fullmatch(name):
            self._rest([one for one in line if one.link])
            return
        named = plain.rstrip().endswith((":", "：", "-", "–", "—")) or any(
            one.style == "bold" or one.kind in ("code", "link") for one in words
        )
        is_venue = read_appearance(name) is not None and (
            count_words(name) <= _LABEL_WORDS or is_known_venue(name)
        )
        has_colon = plain.rstrip().endswith((":", "："))
        if is_venue or leading_names(split_names(name)):
            self._rest(line)
        elif not has_colon and are_names(name, alone=True):
            if any(one.link for one in line):
                self._rest(line, alone=True)
            else:
                span = Span(words[0].span.start, words[-1].span.end)
                self._add_text("authors", Segment("text", text, span), _without_edges(text))
        elif named and count_words(name) <= _LABEL_WORDS + 2 and name:
            holder = max(words, key=lambda one: len(one.text.strip(_EDGES)))
            self._add("name", holder._replace(text=holder.text))
            self._rest([one for one in line if one is not holder and one.link])
        elif plain.lstrip().startswith(tuple(_OPEN)) and count_words(name) <= _LABEL_WORDS:
            self._rest(line)
        else:
            self.found.leads = False
            self._rest(line)

    # --- the rest ---------------------------------------------------------------------------

    def _rest(self, line: Line, *, alone: bool = False) -> None:
        """Authors, venue, year, links and what is left of a line without its title."""
        found = self.found
        self._depth = 0
        for number, segment in enumerate(line):
            if segment.kind == "link" and segment.link:
                self._worded_venue(segment)
                self._link(segment, "code" if _leads_to_code(segment) else "links")
                if not _is_labelled(line, number) and count_words(segment.text) >= _LONG:
                    found.mentioned.append(segment.link)
            elif segment.kind == "image" and segment.link:
                found.add(self._part("links", segment))
            elif segment.kind in ("text", "code", "quoted"):
                own = alone and len([one for one in line if one.text.strip(_EDGES)]) == 1
                set_apart = bool(segment.style) or segment.kind == "code" or own
                after = line[number + 1].text if number + 1 < len(line) else ""
                if (
                    segment.style == "italic"
                    and _YEAR_NEXT.match(after)
                    and self._is_venue(segment)
                ):
                    self._add_text("venue", segment, None)
                    continue
                self._words(segment, set_apart=set_apart, is_first=number == 0)

    def _is_venue(self, segment: Segment) -> bool:
        """Whether italic words before a year can be a venue."""
        text = segment.text.strip(_EDGES)
        return (
            self.found.of("venue") is None
            and text[:1].isupper()
            and count_words(text) <= _MOST_VENUE_WORDS
            and not read_appearance(text)
            and not are_names(text, alone=True)
        )

    def _worded_venue(self, segment: Segment) -> None:
        """The words of a link may be where the paper appeared: ``[ICML 2020](…)``."""
        if self.found.of("venue") or count_words(segment.text) > _LABEL_WORDS + 2:
            return
        appearance = read_appearance(segment.text)
        if appearance and (is_known_venue(appearance.venue) or appearance.year):
            self._appearance(appearance, segment)

    def _link(self, segment: Segment, field: PartField = "links") -> None:
        assert segment.link is not None  # noqa: S101 - a link has one
        label = segment.text.strip(" []()").casefold()
        self.found.labelled.append((label, segment.link))
        self.found.add(self._part(field, segment))

    def _words(self, segment: Segment, *, set_apart: bool, is_first: bool) -> None:
        found = self.found
        text = segment.text
        if (set_apart or is_first) and not found.of("authors"):
            whole = _BY_NAMES.sub("", _without_edges(text))
            if whole and are_names(whole, alone=set_apart):
                self._add_text("authors", segment, whole)
                return
        if not _ALPHANUMERIC.search(text):
            self._count_brackets(text)
            return
        place = 0
        for match in [*_CHUNK.finditer(text), None]:
            end = match.start() if match else len(text)
            if text[place:end].strip(_EDGES):
                self._chunk(_piece(segment, place, end), set_apart=set_apart)
            if match:
                self._count_brackets(match[0])
            place = match.end() if match else end

    def _count_brackets(self, signs: str) -> None:
        if not _BRACKET.search(signs):
            return
        opened = [sign for sign in signs if sign in _OPEN]
        self._depth = max(self._depth + len(opened) - sum(map(signs.count, _CLOSE)), 0)
        if opened:
            self._opener = opened[-1]

    def _chunk(self, segment: Segment, *, set_apart: bool) -> None:
        """Words between brackets or dashes: authors before a venue, or either of them, or else."""
        waiting = [segment]
        for _ in range(_MOST_PIECES):
            if not waiting:
                return
            segment = waiting.pop()
            if segment.text.strip(_EDGES):
                waiting += reversed(self._split_chunk(segment, set_apart=set_apart))
            set_apart = False
        for segment in reversed(waiting):
            self._left(segment)

    def _split_chunk(self, segment: Segment, *, set_apart: bool) -> list[Segment]:
        """Take what a chunk has of authors, or else of a venue; return what is beside it."""
        found = self.found
        if leading := _LEADING_YEAR.match(segment.text):
            year = _piece(segment, 0, leading.end())
            if appearance := read_appearance(year.text):
                self._appearance(appearance, year)
            segment = _piece(segment, leading.end(), len(segment.text))
        text = segment.text
        if not found.of("authors") and (names := _names_in(text, set_apart=set_apart)):
            start, end = names
            self._add_text("authors", _piece(segment, start, end), None)
            return [_piece(segment, 0, start), _piece(segment, end, len(text))]
        appearance = read_appearance(text) or self._bracketed_venue(text)
        if appearance and found.of("year") and appearance.date and not found.of("date"):
            # The day, after the venue and its year.
            appearance = appearance._replace(venue="")
        elif found.of("year") and found.of("venue"):
            appearance = None
        if appearance is None:
            self._left(segment)
            return []
        if text[: appearance.start].strip(_EDGES):
            self._left(_piece(segment, 0, appearance.start))
        self._appearance(appearance, segment)
        return [_piece(segment, appearance.end, len(text))]

    def _bracketed_venue(self, text: str) -> Appearance | None:
        """The venue in brackets after the year: ``[2024-06] [Proc. ACM Program. Lang.]``."""
        found = self.found
        is_bracketed = self._depth > 0 and self._opener == "["
        if not is_bracketed or not found.of("year") or found.of("venue"):
            return None
        name: str = text.strip(_EDGES)
        if count_words(name) > _MOST_VENUE_WORDS or not name[:1].isupper():
            return None
        start = text.index(name)
        return Appearance(name, None, start, start + len(name))

    def _left(self, segment: Segment) -> None:
        """Words that are nothing else: an introduction, if they are enough for one."""
        found = self.found
        if _SHORTCODE.sub("", segment.text).strip(_EDGES + "[]()"):
            own = found.of("introduction")
            if own is None and not self._depth and found.title and count_words(segment.text) > 1:
                self._add_text("introduction", segment, None)

    def _appearance(self, appearance: Appearance, segment: Segment) -> None:
        found = self.found
        piece = _piece(segment, appearance.start, appearance.end)
        if appearance.venue and not found.of("venue"):
            self._add_text("venue", piece, appearance.venue)
        if appearance.year and not found.of("year"):
            self._add_text("year", piece, str(appearance.year))
        if appearance.date and not found.of("date"):
            self._add_text("date", piece, appearance.date)

    # --- keys -------------------------------------------------------------------------------

    def _key(self, line: Line) -> tuple[str, PartField | None] | None:
        """The key that a line begins with, and the field that it is for."""
        text = ""
        for segment in line[:3]:
            if segment.kind not in ("text", "code"):
                break
            text += segment.text
        match = _KEY.match(text)
        if not match:
            return None
        key = match[1].strip().casefold()
        if key in _KEYS:
            # PDF: A Framework for Pebbles is a title.
            if _KEYS[key] in ("links", "code") and _ALPHANUMERIC.search(text[match.end() :]):
                return None
            return match[1].strip(), _KEYS[key]
        return (match[1].strip(), None) if key in _EXTRA_KEYS else None

    def _keyed(self, key: str, field: PartField | None, line: list[Segment]) -> None:
        found = self.found
        # Without the key, which may be in bold.
        while line:
            head = line.pop(0)
            colon = re.search(r"[:：]", head.text) if head.kind in ("text", "code") else None
            if colon:
                line.insert(0, _piece(head, colon.end(), len(head.text)))
                break
        line = [segment for segment in line if segment.text.strip() or segment.link]
        if not line:
            return
        for segment in line:
            if segment.link and segment.kind != "image":
                words_of_link = segment.text if segment.kind == "link" else key
                label = key if field or is_label(segment.link) else words_of_link
                found.labelled.append((label.casefold(), segment.link))
        words = _Words(line)
        whole = words.text.strip(_EDGES)
        inner = tuple(segment.link for segment in line if segment.link)
        span = Span(line[0].span.start, line[-1].span.end)
        words_of_value, span = _trimmed(words.text, span)
        if field == "venue" and (appearance := read_appearance(whole)):
            joined = line[0]._replace(kind="text", text=words.text, span=span)
            self._appearance(appearance, joined)
            return
        if field == "title" and not found.title:
            found.style = "plain"
            found.title = Part(
                "title", None, span.cut(self._source.text), span, Inline(words_of_value, inner)
            )
            found.add(found.title)
            return
        name = None if field else key
        raw = span.cut(self._source.text)
        found.add(Part(field, name, raw, span, Inline(words_of_value, inner)))

    # --- small things -----------------------------------------------------------------------

    def _rated(self, line: Line) -> Line:
        """A line without the stars at its end, which are counted."""
        kept = list(line)
        while kept and kept[-1].kind == "text":
            last = kept[-1]
            text = last.text.rstrip()
            match = _RATING.search(text) if text.endswith(_STAR_ENDS) else None
            if match:
                self.found.rating += stars.read_stars(match[0]).count
                kept[-1] = _piece(last, 0, match.start())
            if kept[-1].text.strip():
                break
            kept.pop()
        return kept

    def _add(self, field: PartField, segment: Segment) -> None:
        if segment.link and segment.kind != "image":
            self.found.labelled.append((segment.text.casefold(), segment.link))
        text, span = _trimmed(segment.text, segment.span)
        found = (segment.link,) if segment.link else ()
        raw = span.cut(self._source.text)
        self.found.add(Part(field, None, raw, span, Inline(text, found)))

    def _add_text(self, field: PartField, segment: Segment, text: str | None) -> None:
        own, span = _trimmed(segment.text, segment.span)
        raw = span.cut(self._source.text)
        self.found.add(Part(field, None, raw, span, Inline(text or own)))

    def _part(self, field: PartField, segment: Segment) -> Part:
        found = (segment.link,) if segment.link else ()
        raw = segment.span.cut(self._source.text)
        return Part(field, None, raw, segment.span, Inline(segment.text, found))


class _Words:
    """Adjacent segments as one text, and where its parts are."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.text = "".join(segment.text for segment in segments)

    def cut(self, start: int, end: int) -> list[Segment]:
        """The segments of a part of the text."""
        place = 0
        pieces = []
        for segment in self._segments:
            first, last = max(start - place, 0), min(end - place, len(segment.text))
            if first < last:
                pieces.append(_piece(segment, first, last))
            place += len(segment.text)
        return pieces

    def span(self, start: int, end: int) -> Span:
        """Where a part of the text is in the source."""
        pieces = self.cut(start, end)
        return Span(pieces[0].span.start, pieces[-1].span.end) if pieces else Span(0, 0)


def _piece(segment: Segment, start: int, end: int) -> Segment:
    """A part of a segment; its span is that of the whole where escapes make the text shorter."""
    span = segment.span
    if len(segment.text) == span.end - span.start:
        span = Span(span.start + start, span.start + end)
    return Segment(segment.kind, segment.text[start:end], span, segment.style, segment.link)


def _trimmed(text: str, span: Span) -> tuple[str, Span]:
    """A text without the signs at its ends that are none of it, and its span."""
    core = text.strip(" \t,;:|，；：、~")
    if (
        core.endswith(".")
        and not core.endswith(("..", "al.", "etc."))
        and not core[-2:-1].isupper()
    ):
        core = core[:-1]
    core = core.rstrip(" \t,;。")
    if len(text) != span.end - span.start:
        return core, span
    start = text.index(core) if core else 0
    return core, Span(span.start + start, span.start + start + len(core))


def trimmed_title(text: str) -> str:
    """A title without the signs at its ends that text has after it.

    >>> trimmed_title("Nets of pebbles.")
    'Nets of pebbles'
    """
    return _trimmed(text, Span(0, len(text)))[0]


def _text_span(source: Source, segment: Segment) -> Span:
    """Where the words of a link are."""
    assert segment.link is not None  # noqa: S101 - a link has one
    start = segment.span.start + 1
    if source.text.startswith(segment.text + "](", start):
        return Span(start, start + len(segment.text))
    span = text_span(source, segment.link) or segment.span
    raw = span.cut(source.text)
    start = raw.find(segment.text)
    return Span(span.start + start, span.start + start + len(segment.text)) if start >= 0 else span


_CODE = frozenset("code codes github implementation repo repository 代码 开源代码 코드".split())


def _leads_to_code(segment: Segment) -> bool:
    return bool(_CODE.intersection(_WORD.findall(segment.text.casefold())))


def _without_edges(text: str) -> str:
    """A text without the signs around it; the full stop after "al" stays."""
    core = text.strip(_EDGES + "()")
    return (
        core + "."
        if core.endswith(" al") and text[text.index(core) + len(core) :][:1] == "."
        else core
    )


def _has_words(line: Line) -> bool:
    """Whether a line says anything but what its labels lead to."""
    return any(
        one.text.strip(_EDGES + "[]()") and (one.kind != "link" or not _is_labelled(line, number))
        for number, one in enumerate(line)
        if one.kind in ("text", "quoted", "link", "code")
    )


@lru_cache(1024)
def _is_label(text: str, kind: LinkKind) -> bool:
    return is_label(Link(text, "", kind, Span(0, 0)))


def _is_labelled(line: Line, number: int) -> bool:
    """Whether a link says what it leads to: by its words, or by brackets around few words."""
    segment = line[number]
    if segment.link is None or _is_label(segment.text, segment.link.kind):
        return True
    text = segment.text.strip()
    if text.startswith("[") and text.endswith("]"):
        return count_words(text) <= _LABEL_WORDS
    before = line[number - 1].text.rstrip() if number else ""
    after = line[number + 1].text.lstrip() if number + 1 < len(line) else ""
    if before.endswith(tuple(_OPEN)) and after.startswith(tuple(_CLOSE)):
        return count_words(text) <= _LABEL_WORDS
    # [[Paper](…)/[Code](…)]
    return False


def _title_segment(line: Line) -> tuple[int, TitleStyle]:
    """Which segment holds the title, and how it is written."""
    linked = quoted = bold = None
    in_brackets = labelled = plain_words = 0
    for number, segment in enumerate(line):
        text = segment.text
        if segment.kind == "text":
            if bold is None and segment.style == "bold" and in_brackets <= 0:
                has_words = bool(_SHORTCODE.sub("", text).strip(_EDGES + _OPEN + _CLOSE))
                bold = number if has_words and _is_worded(text) else None
            if _BRACKET.search(text):
                in_brackets += sum(map(text.count, _OPEN)) - sum(map(text.count, _CLOSE))
            plain_words += 0 if labelled else count_words(text)
        elif segment.kind == "quoted" and quoted is None and in_brackets <= 0:
            quoted = number if count_words(text) > 1 or not number else None
        elif segment.kind == "link" and _is_labelled(line, number):
            labelled += 1
        elif segment.kind == "link" and linked is None:
            # Pebbles by night: [PDF](…), [Video of a talk](…)
            is_title = _is_worded(text) and not (labelled and plain_words >= _LONG)
            linked = number if is_title else None
    if linked is not None and quoted is not None and quoted < linked:
        linked = None if count_words(line[quoted].text) >= _LONG else linked
    if linked is not None and quoted is not None and linked < quoted:
        # [Net](…): "Nets of pebbles"
        short, long = count_words(line[linked].text), count_words(line[quoted].text)
        linked = None if short < _LONG <= long else linked
    if linked is not None and bold is not None and bold < linked:
        # **Nets of pebbles** by [Ann Ames](…); but **Nets**: [Nets of pebbles](…)
        short, long = count_words(line[linked].text), count_words(line[bold].text)
        if (
            long >= _LONG
            and not line[linked].style
            and (short < _LONG or is_name(line[linked].text))
        ):
            linked = None
    if linked is not None:
        return linked, "link"
    if quoted is not None:
        if bold is not None and bold < quoted and count_words(line[bold].text) >= _LONG * 2:
            return bold, "bold"
        return quoted, "quoted"
    if bold is not None:
        return bold, "bold"
    italic = next((n for n, one in enumerate(line) if one.style == "italic"), 0)
    if italic and all(one.kind in ("text", "quoted") for one in line[: italic + 1]):
        # A. Ames, B. Berg, *Nets of pebbles*, NIPS
        title = line[italic].text
        names = "".join(one.text for one in line[:italic]).strip(_EDGES)
        if count_words(title) > 1 and are_names(names, alone=True) and not are_names(title):
            return italic, "italic"
    first = next(
        (n for n, one in enumerate(line) if one.kind == "text" and _is_worded(one.text)), 0
    )
    return first, "plain"


def _is_worded(text: str) -> bool:
    """Whether a text has a word of more than one letter, and is no number, address or venue."""
    if "://" in text:
        return False
    text = _SHORTCODE.sub("", text)
    appearance = read_appearance(text)
    if appearance and count_words(text) <= _LABEL_WORDS:
        return False
    return bool(re.search(r"[^\W_]*[^\W\d_][^\W_]+|[^\W_]+[^\W\d_]|[\u3400-\u9fff]", text))


def _whole_bold(line: Line, index: int) -> tuple[int, Segment]:
    """The bold words from a segment on, and the number of the last one."""
    last = index
    while (
        last + 1 < len(line)
        and line[last + 1].style == "bold"
        and line[last + 1].kind in ("text", "quoted", "code")
    ):
        last += 1
    words = _Words(line[index : last + 1])
    span = Span(line[index].span.start, line[last].span.end)
    return last, line[index]._replace(text=words.text, span=span)


def _named(name: Segment, after: Line) -> int | None:
    """Where the title begins after a bold name with a colon, None where the name is the title."""
    if count_words(name.text) > _LONG or not after or after[0].kind != "text":
        return None
    begins = (
        name.text.rstrip().endswith((":", "："))
        or after[0].text.lstrip().startswith((":", "："))
        or bool(_BRACKETED.fullmatch(name.text))
    )
    rest = after[0].text.lstrip(_EDGES)
    return 0 if begins and count_words(rest.split(". ")[0]) >= _LONG else None


def _plain_bounds(text: str, *, ends: bool) -> tuple[int, int]:
    """Where a plain title begins and ends in the words of a line up to its first label."""
    icons = _ICONS.match(text)
    start = icons.end() if icons else 0
    start += len(text[start:]) - len(text[start:].lstrip(_EDGES))
    if number := _NUMBER.match(text):
        start = number.end()
    if bracket := _YEAR_IN_BRACKETS.search(text, start):
        before = text[start : bracket.start()]
        if before.strip(_EDGES):
            if leading_names(split_names(before)) == len(split_names(before)) and before.strip():
                # A. Ames and B. Berg (2015). Title. Venue.
                start = (
                    bracket.end()
                    + len(text[bracket.end() :])
                    - len(text[bracket.end() :].lstrip(_EDGES))
                )
            else:
                end = bracket.start()
                split = _authors_first(text, start, end)
                return split or (start, _before_names(text, start, end))
    if split := _authors_first(text, start, len(text)):
        return split
    end = len(text)
    if dash := _DASH.search(text, start + 1):
        end = dash.start()
    if by := _BY.search(text, start + 1, end):
        end = by.start()
    while (bracket := _BRACKET_AT_END.search(text, start, end)) and bracket.start() > start:
        end = bracket.start()
    sentences = [match.start() for match in _SENTENCE.finditer(text, start, end)]
    if sentences and sentences[0] > start and count_words(text[start : sentences[0]]) > 1:
        end = sentences[0] + (text[sentences[0]] in "?!")
    return start, _before_names(text, start, end)


def _authors_first(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The bounds of the title in ``A. Ames, B. Berg, Title, NIPS, 1994``."""
    parts = [(match.start(), match.end()) for match in re.finditer(r"[^,]+", text[start:end])]
    words = [text[start + first : start + last].strip() for first, last in parts]
    if found := _after_full_names(words, parts):
        first, last = start + found[0], start + found[1]
        # Ann Ames, Ben Berg, Chen Chu. Title. NIPS
        before, stop, _ = text[first:last].partition(". ")
        if stop and is_name(before.strip().removeprefix("and ").removeprefix("& ")):
            first += len(before) + len(stop)
        return first, first + _title_end(text[first:last])
    count = leading_names(words)
    if not count and words and (al := re.match(r".{2,80}?\bet\.? al\.?,?\s*", words[0])):
        first = start + parts[0][0] + al.end()
        return first, first + _title_end(text[first:end])
    if not count:
        return None
    rest = range(count, len(parts))
    if not rest:
        # A. Ames, B. Berg. Title.
        return None
    best = max(rest, key=lambda number: count_words(words[number]))
    first = start + parts[best][0]
    name = re.match(r"\s*+(?:(?:and|&)\s*+)?[^.]{2,40}\.\s+(?=[^\W\d_a-z])", text[first:end])
    if name and leading_names([name[0].strip(" .").removeprefix("and ").removeprefix("& ")]):
        first += name.end()
    return first, first + _title_end(text[first : start + parts[best][1]])


def _after_full_names(
    words: Sequence[str], parts: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The bounds of the title in ``Ann Ames, Ben Berg, Title, NIPS, 1994``.

    Args:
        words: the parts between commas.
        parts: where each is.
    """
    count = full = 0
    for part in words:
        names = split_names(part.removeprefix("and ").removeprefix("& "))
        if not names or not all(map(is_name, names)) or _is_appearance(part):
            break
        full += sum(len(name.split()) > 1 for name in names)
        count += 1
    if full < 2 or count == len(parts) or count_words(words[count]) < 2:
        return None
    last = count
    # A title may have commas: it ends before a venue, which may be any words before a year.
    for number in range(count + 1, len(parts)):
        if _is_appearance(words[number]) or (
            number + 1 < len(parts) and _BARE_YEAR.match(words[number + 1])
        ):
            last = number - 1
            break
    return parts[count][0], parts[last][1]


def _title_end(text: str) -> int:
    sentence = next(
        (match for match in _SENTENCE.finditer(text) if count_words(text[: match.start()]) > 1),
        None,
    )
    return sentence.start() if sentence else len(text)


def _before_names(text: str, start: int, end: int) -> int:
    """The end of a title that authors follow after a comma or full stop, or a venue does."""
    places = [match.start() for match in re.finditer(r"[,，]\s|\.\s", text[start:end])]
    for place in places:
        rest = text[start + place + 1 : end].strip(_EDGES)
        if not rest or count_words(text[start : start + place]) < 2:
            continue
        if are_names(rest) or leading_names(split_names(rest)) or _is_appearance(rest):
            return start + place
    return end


def _is_appearance(text: str) -> bool:
    """Whether a text is no more than where and when a paper appeared."""
    appearance = read_appearance(text)
    if not appearance:
        return False
    outside = text[: appearance.start] + text[appearance.end :]
    return not outside.strip(_EDGES) and bool(appearance.year or is_known_venue(text))


def _names_in(text: str, *, set_apart: bool) -> tuple[int, int] | None:
    """Where names are at the beginning of a text, or all of it: before a full stop or a venue."""
    start = len(text) - len(text.lstrip(_EDGES))
    by = re.match(r"[Bb]y\s+", text[start:])
    start += by.end() if by else 0
    alone = set_apart or bool(by)
    ends: list[int] = []
    if may_begin_names(text[start:]):
        places = islice(_MAY_END_NAMES.finditer(text, start), _MOST_ENDS)
        ends = [match.start() for match in places]
        ends = sorted({*ends, len(text)}, reverse=True)
    for end in ends:
        core = text[start:end].strip(_EDGES + "()")
        if core and are_names(core, alone=alone and (bool(by) or end == len(text))):
            tail = text[end : end + 1] if text[:end].rstrip().endswith("al") else ""
            return start, end + len(tail)
    # Names for sure at the end: A Tutorial, A. Ames.
    commas = _COMMA.finditer(text) if _INITIAL.search(text) else iter(())
    for match in islice(commas, _MOST_ENDS):
        core = _without_edges(text[match.end() :])
        names = split_names(core)
        if names and leading_names(names) == len(names):
            return match.end(), match.end() + len(core)
    return None


def paper_labels(labelled: Iterable[tuple[str, Link]]) -> Iterator[Link]:
    """The links that are labelled as papers and can lead to one."""
    for label, link in labelled:
        words = re.sub(r"[\W_]+", " ", label).split()
        is_label = _PAPER_LABELS.intersection(words) or label.strip(" []") in _PAPER_LABELS
        if is_label and not links.repository(link.url) and "://" in link.url:
            yield link


_PAPER_LABELS = frozenset(
    """
    paper papers pdf arxiv 论文 论文地址 论文链接 原文 論文 논문
    preprint abs openreview acl ieee acm doi springer cvf paperlink thesis
    """.split()
)
