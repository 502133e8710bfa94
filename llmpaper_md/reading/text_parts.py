"""What the words of a list item or a paragraph are: its title, authors, venue, links.

A row has columns; text has only the way in which it is written. What is before and after the title
is told apart by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from ..source import Source, Span
from . import links, stars
from .document import Part, PartField
from .inline import Inline
from .labels import is_label
from .links import Link
from .person_names import are_names, leading_names, may_begin_names, split_names
from .segments import Segment
from .text_keys import EXTRA_KEYS, KEYS
from .text_pieces import (
    ALPHANUMERIC,
    BRACKET,
    CLOSING,
    EDGES,
    HAN,
    LABEL_WORDS,
    LONG,
    OPENING,
    SHORTCODE,
    WORD,
    Words,
    count_words,
    cut_segment,
    trimmed,
    without_edges,
    words_span,
)
from .text_titles import (
    BARE_YEAR,
    BRACKETED,
    ICONS,
    LONGEST_PLAIN,
    NUMBER,
    Line,
    TitleStyle,
    has_words,
    is_labelled,
    plain_bounds,
    title_after_name,
    title_segment,
    whole_bold,
)
from .venues import Appearance, is_known_venue, read_appearance


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

    def add_to(self, field: PartField, words: str) -> None:
        """Add words to the first part that holds a field, if it does not end with them."""
        part = self._first[field]
        if not part.inline.text.endswith(words):
            inline = part.inline._replace(text=part.inline.text + words)
            self._first[field] = replace(part, inline=inline)
            self.parts[self.parts.index(part)] = self._first[field]

    def add(self, part: Part) -> None:
        """Add a part."""
        self.parts.append(part)
        if part.field:
            self._first.setdefault(part.field, part)


_NOTHING = re.compile(r"[\W_]*(?:\d{1,4}[.)\]:、]?)?[\W_]*$")
_KEY = re.compile(r"[\W_]*([^\W\d_][\w /&.;-]{0,28}?)\s*[:：]\s*(?=\S|$)")
_MOST_VENUE_WORDS = 8
# More pieces than this, and more places where names may end, are no paper's: the rest is left.
_MOST_PIECES = 24
_MOST_ENDS = 64
_YEAR_AT_END = re.compile(
    r"(?<!\s)\s*[(（](?:[A-Z][\w&/-]*[\s,'’]+)?(?:19|20)\d\d(?:,?\s*[A-Z][\w&/-]*)?[)）]$"
)
_BY_NAMES = re.compile(r"\A[Bb]y\s+")
_YEAR_NEXT = re.compile(r"[\s,.(]{0,3}(?:19|20)\d\d\b")
# Where words are cut: at brackets, but not those around the year of a venue: Journal (2014).
_CHUNK = re.compile(
    r"[)\[\]）【】;；|·•]+(?<!(?:19|20)\d\d\))|[(（](?!(?:19|20)\d\d[)）])|\s[-–—]+(?=\s)|——|\\"
)
_COMMA = re.compile(r",\s")
_INITIAL = re.compile(r"\b[^\W\d_a-z]\.")
_MAY_END_NAMES = re.compile(r"[.,。，]\s|\sin\s|\.$|:\s|\s?[(（]|(?<=\bal\.)(?=[^\W\d_])")
_OTHERS = re.compile(r"\s*(?:et\.?\s?al\b\.?|and others\b)")
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
        first = next((n for n, line in enumerate(lines[:2]) if has_words(line)), 0)
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
        index, style = title_segment(line)
        if style == "plain":
            self._plain_title(line, index)
            return
        segment = line[index]
        before, after = list(line[:index]), list(line[index + 1 :])
        if style == "bold":
            # Bold words that go on in a link or in quotation marks are one title.
            index, segment = whole_bold(line, index)
            after = list(line[index + 1 :])
            if (plain := title_after_name(segment, after)) is not None:
                self._before(before)
                bracketed = BRACKETED.fullmatch(segment.text)
                self._add(
                    "name", cut_segment(segment, *bracketed.span(1)) if bracketed else segment
                )
                self._plain_title(after, plain)
                return
        self._before(before)
        self.found.style = style
        self.found.title = self._title(segment)
        if style == "link" and after and HAN.match(segment.text[-1:]):
            # Chinese that goes on after the link: a sentence about what it links to.
            self.found.leads = self.found.leads and not HAN.match(after[0].text)
        self._rest(after)

    def _title(self, segment: Segment) -> Part:
        text, span = segment.text, segment.span
        if segment.link and segment.kind == "link":
            span = words_span(self._source, segment)
        icons = ICONS.match(text)
        whole = cut_segment(Segment("text", text, span), icons.end() if icons else 0, len(text))
        text, span = trimmed(whole.text, whole.span)
        whole = Segment("text", text, span)
        found = () if segment.link is None else (segment.link,)
        year = _YEAR_AT_END.search(text)
        if year and count_words(text[: year.start()]) > 1:
            title = cut_segment(whole, 0, year.start())
            text, span = trimmed(title.text, title.span)
            self._chunk(cut_segment(whole, *year.span()), set_apart=False)
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
        words = Words(line[first:last])
        if len(words.text) > LONGEST_PLAIN:
            self.found.leads = False
            self._rest(line[first:])
            return
        begin, end = plain_bounds(words.text, ends=last == len(line))
        names = words.text[:begin]
        title = words.text[begin:end].strip()
        if names.strip(EDGES):
            number = NUMBER.match(words.text)
            self._rest(words.cut(number.end() if number else 0, begin), alone=True)
        if ALPHANUMERIC.search(SHORTCODE.sub("", title)):
            style: TitleStyle = "bold" if line[first].style == "bold" else "plain"
            self.found.style = style
            span = words.span(begin, end)
            text, span = trimmed(words.text[begin:end], span)
            self.found.title = Part("title", None, span.cut(self._source.text), span, Inline(text))
            self.found.add(self.found.title)
        self._rest([*words.cut(end, len(words.text)), *line[last:]])

    def _before(self, line: Line) -> None:
        """What is before the title: a name with a colon, authors, a venue in brackets, icons."""
        # Without icons and numbers of their own: **[1]**
        line = [one for one in line if one.link or not _NOTHING.match(one.text) or not one.style]
        words = [one for one in line if one.kind in ("text", "quoted", "code", "link")]
        text = "".join(one.text for one in words)
        plain = SHORTCODE.sub("", text)
        name = plain.strip(EDGES + "[]()（）【】\"'“”")
        if _NOTHING.match(plain) and not BARE_YEAR.fullmatch(name):
            self._rest([one for one in line if one.link])
            return
        named = plain.rstrip().endswith((":", "：", "-", "–", "—")) or any(
            one.style == "bold" or one.kind in ("code", "link") for one in words
        )
        is_venue = read_appearance(name) is not None and (
            count_words(name) <= LABEL_WORDS or is_known_venue(name)
        )
        has_colon = plain.rstrip().endswith((":", "："))
        if is_venue or leading_names(split_names(name)):
            self._rest(line)
        elif not has_colon and are_names(name, alone=True):
            if any(one.link for one in line):
                self._rest(line, alone=True)
            else:
                span = Span(words[0].span.start, words[-1].span.end)
                self._add_text("authors", Segment("text", text, span), without_edges(text))
        elif named and count_words(name) <= LABEL_WORDS + 2 and name:
            holder = max(words, key=lambda one: len(one.text.strip(EDGES)))
            self._add("name", holder._replace(text=holder.text))
            self._rest([one for one in line if one is not holder and one.link])
        elif plain.lstrip().startswith(tuple(OPENING)) and count_words(name) <= LABEL_WORDS:
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
                if not is_labelled(line, number) and count_words(segment.text) >= LONG:
                    found.mentioned.append(segment.link)
            elif segment.kind == "image" and segment.link:
                found.add(self._part("links", segment))
            elif segment.kind in ("text", "code", "quoted"):
                own = alone and len([one for one in line if one.text.strip(EDGES)]) == 1
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
        text = segment.text.strip(EDGES)
        return (
            self.found.of("venue") is None
            and text[:1].isupper()
            and count_words(text) <= _MOST_VENUE_WORDS
            and not read_appearance(text)
            and not are_names(text, alone=True)
        )

    def _worded_venue(self, segment: Segment) -> None:
        """The words of a link may be where the paper appeared: ``[ICML 2020](…)``."""
        if self.found.of("venue") or count_words(segment.text) > LABEL_WORDS + 2:
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
            whole = _BY_NAMES.sub("", without_edges(text))
            if whole and are_names(whole, alone=set_apart):
                self._add_text("authors", segment, whole)
                return
        if not ALPHANUMERIC.search(text):
            self._count_brackets(text)
            return
        place = 0
        for match in [*_CHUNK.finditer(text), None]:
            end = match.start() if match else len(text)
            if text[place:end].strip(EDGES):
                self._chunk(cut_segment(segment, place, end), set_apart=set_apart)
            if match:
                self._count_brackets(match[0])
            place = match.end() if match else end

    def _count_brackets(self, signs: str) -> None:
        if not BRACKET.search(signs):
            return
        opened = [sign for sign in signs if sign in OPENING]
        self._depth = max(self._depth + len(opened) - sum(map(signs.count, CLOSING)), 0)
        if opened:
            self._opener = opened[-1]

    def _chunk(self, segment: Segment, *, set_apart: bool) -> None:
        """Words between brackets or dashes: authors before a venue, or either of them, or else."""
        waiting = [segment]
        for _ in range(_MOST_PIECES):
            if not waiting:
                return
            segment = waiting.pop()
            if segment.text.strip(EDGES):
                waiting += reversed(self._split_chunk(segment, set_apart=set_apart))
            set_apart = False
        for segment in reversed(waiting):
            self._left(segment)

    def _split_chunk(self, segment: Segment, *, set_apart: bool) -> list[Segment]:
        """Take what a chunk has of authors, or else of a venue; return what is beside it."""
        found = self.found
        if leading := _LEADING_YEAR.match(segment.text):
            year = cut_segment(segment, 0, leading.end())
            if appearance := read_appearance(year.text):
                self._appearance(appearance, year)
            segment = cut_segment(segment, leading.end(), len(segment.text))
        if found.of("authors") and (others := _OTHERS.match(segment.text)):
            # Ann Ames (Stone University) et al. ICML
            found.add_to("authors", " et al.")
            segment = cut_segment(segment, others.end(), len(segment.text))
        text = segment.text
        if not found.of("authors") and (names := _names_in(text, set_apart=set_apart)):
            start, end = names
            self._add_text("authors", cut_segment(segment, start, end), None)
            return [cut_segment(segment, 0, start), cut_segment(segment, end, len(text))]
        appearance = read_appearance(text) or self._bracketed_venue(text)
        if appearance and found.of("year") and appearance.date and not found.of("date"):
            # The day, after the venue and its year.
            appearance = appearance._replace(venue="")
        elif found.of("year") and found.of("venue"):
            appearance = None
        if appearance is None:
            self._left(segment)
            return []
        if text[: appearance.start].strip(EDGES):
            self._left(cut_segment(segment, 0, appearance.start))
        self._appearance(appearance, segment)
        return [cut_segment(segment, appearance.end, len(text))]

    def _bracketed_venue(self, text: str) -> Appearance | None:
        """The venue in brackets after the year: ``[2024-06] [Proc. ACM Program. Lang.]``."""
        found = self.found
        is_bracketed = self._depth > 0 and self._opener == "["
        if not is_bracketed or not found.of("year") or found.of("venue"):
            return None
        name: str = text.strip(EDGES)
        if count_words(name) > _MOST_VENUE_WORDS or not name[:1].isupper():
            return None
        start = text.index(name)
        return Appearance(name, None, start, start + len(name))

    def _left(self, segment: Segment) -> None:
        """Words that are nothing else: an introduction, if they are enough for one."""
        found = self.found
        if SHORTCODE.sub("", segment.text).strip(EDGES + "[]()"):
            own = found.of("introduction")
            if own is None and not self._depth and found.title and count_words(segment.text) > 1:
                self._add_text("introduction", segment, None)

    def _appearance(self, appearance: Appearance, segment: Segment) -> None:
        found = self.found
        piece = cut_segment(segment, appearance.start, appearance.end)
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
        if key in KEYS:
            # PDF: A Framework for Pebbles is a title.
            if KEYS[key] in ("links", "code") and ALPHANUMERIC.search(text[match.end() :]):
                return None
            return match[1].strip(), KEYS[key]
        return (match[1].strip(), None) if key in EXTRA_KEYS else None

    def _keyed(self, key: str, field: PartField | None, line: list[Segment]) -> None:
        found = self.found
        # Without the key, which may be in bold.
        while line:
            head = line.pop(0)
            colon = re.search(r"[:：]", head.text) if head.kind in ("text", "code") else None
            if colon:
                line.insert(0, cut_segment(head, colon.end(), len(head.text)))
                break
        line = [segment for segment in line if segment.text.strip() or segment.link]
        if not line:
            return
        for segment in line:
            if segment.link and segment.kind != "image":
                words_of_link = segment.text if segment.kind == "link" else key
                label = key if field or is_label(segment.link) else words_of_link
                found.labelled.append((label.casefold(), segment.link))
        words = Words(line)
        whole = words.text.strip(EDGES)
        inner = tuple(segment.link for segment in line if segment.link)
        span = Span(line[0].span.start, line[-1].span.end)
        words_of_value, span = trimmed(words.text, span)
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
                kept[-1] = cut_segment(last, 0, match.start())
            if kept[-1].text.strip():
                break
            kept.pop()
        return kept

    def _add(self, field: PartField, segment: Segment) -> None:
        if segment.link and segment.kind != "image":
            self.found.labelled.append((segment.text.casefold(), segment.link))
        text, span = trimmed(segment.text, segment.span)
        found = (segment.link,) if segment.link else ()
        raw = span.cut(self._source.text)
        self.found.add(Part(field, None, raw, span, Inline(text, found)))

    def _add_text(self, field: PartField, segment: Segment, text: str | None) -> None:
        own, span = trimmed(segment.text, segment.span)
        raw = span.cut(self._source.text)
        self.found.add(Part(field, None, raw, span, Inline(text or own)))

    def _part(self, field: PartField, segment: Segment) -> Part:
        found = (segment.link,) if segment.link else ()
        raw = segment.span.cut(self._source.text)
        return Part(field, None, raw, segment.span, Inline(segment.text, found))


_CODE = frozenset("code codes github implementation repo repository 代码 开源代码 코드".split())


def _leads_to_code(segment: Segment) -> bool:
    return bool(_CODE.intersection(WORD.findall(segment.text.casefold())))


def _names_in(text: str, *, set_apart: bool) -> tuple[int, int] | None:
    """Where names are at the beginning of a text, or all of it: before a full stop or a venue."""
    start = len(text) - len(text.lstrip(EDGES))
    by = re.match(r"[Bb]y\s+", text[start:])
    start += by.end() if by else 0
    alone = set_apart or bool(by)
    ends: list[int] = []
    if may_begin_names(text[start:]):
        places = islice(_MAY_END_NAMES.finditer(text, start), _MOST_ENDS)
        ends = [match.start() for match in places]
        ends = sorted({*ends, len(text)}, reverse=True)
    for end in ends:
        core = text[start:end].strip(EDGES + "()")
        if core and are_names(core, alone=alone and (bool(by) or end == len(text))):
            tail = text[end : end + 1] if text[:end].rstrip().endswith("al") else ""
            return start, end + len(tail)
    # Names for sure at the end: A Tutorial, A. Ames.
    commas = _COMMA.finditer(text) if _INITIAL.search(text) else iter(())
    for match in islice(commas, _MOST_ENDS):
        core = without_edges(text[match.end() :])
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
