"""The parts of an item: its title, and what is told apart around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given, strategies as st

from llmpaper_md.reading.blocks import Item, Paragraph, read_blocks
from llmpaper_md.reading.text_entries import split_lines
from llmpaper_md.reading.text_parts import TextParts, read_text_parts
from llmpaper_md.reading.text_pieces import count_words, trimmed_title
from llmpaper_md.source import Source

URL = "https://arxiv.org/abs/2301.00001"
PDF = f"[[pdf]]({URL})"


def read(text: str) -> TextParts:
    source = Source.of(text)
    blocks = read_blocks(source)
    return read_text_parts(
        source, split_lines([*_inside(blocks.items), *blocks.paragraphs], blocks)
    )


def _inside(items: Iterable[Item]) -> Iterator[Paragraph]:
    for item in items:
        yield from item.paragraphs
        yield from _inside(item.children)


def describe(text: str) -> dict[str, str]:
    """What each part reads as, less the links."""
    found: dict[str, str] = {}
    for part in read(text).parts:
        key = part.field or part.name or ""
        if key not in ("links", "code"):
            found.setdefault(key, part.inline.text)
    return found


TITLES = {
    "a link": (f"[Nets of pebbles]({URL})", "link"),
    "a link in bold": (f"**[Nets of pebbles.]({URL})**", "link"),
    "a link in quotation marks": (f'"[Nets of pebbles]({URL})"', "quoted"),
    "a link after an icon": (f":star: [Nets of pebbles]({URL})", "link"),
    "a link with an icon": (f"[:star: Nets of pebbles]({URL})", "link"),
    "a link after a number": (f"**[12]** [Nets of pebbles]({URL})", "link"),
    "a link after a label": (f"[[pdf]]({URL}) [Nets of pebbles](http://a.org)", "link"),
    "a link after a bold name": (f"**PNet**: [Nets of pebbles]({URL})", "link"),
    "quoted after a bold name": (f'**PNet**: "Nets of pebbles". {PDF}', "quoted"),
    "quoted after a linked name": (f'[PNet]({URL}): "Nets of pebbles"', "quoted"),
    "Chinese quotation marks": (f"《Nets of pebbles》 {PDF}", "quoted"),
    "quoted and bold": (f'**"Nets of pebbles"**. *A. Ames* {PDF}', "quoted"),
    "bold": (f"**Nets of pebbles** {PDF}", "bold"),
    "bold, and its author linked": (f"**Nets of pebbles**, [Ann Ames](http://a.org) {PDF}", "bold"),
    "bold in HTML": (f"<b>Nets of pebbles</b> {PDF}", "bold"),
    "bold with its year": (f"**Nets of pebbles (ICML 2023)** {PDF}", "bold"),
    "italic after authors": (f"Ann Ames, Ben Berg, *Nets of pebbles*, NIPS {PDF}", "italic"),
    "plain, up to a label": (f"Nets of pebbles {PDF}", "plain"),
    "plain, up to a year": (f"Nets of pebbles (2016), A. Ames {PDF}", "plain"),
    "plain, up to a venue": (f"Nets of pebbles. ICML 2023. {PDF}", "plain"),
    "plain, up to authors": (f"Nets of pebbles, A. Ames et al. {PDF}", "plain"),
    "plain, up to a dash": (f"Nets of pebbles - a note on it {PDF}", "plain"),
    "plain, up to a bar": (f"Nets of pebbles | **[ICML' 23]** | {PDF}", "plain"),
    "plain after a bold name in brackets": (f"**[PNet]** Nets of pebbles {PDF}", "plain"),
    "plain after a bold name": (f"**PNet**: Nets of pebbles {PDF}", "plain"),
    "plain after authors": (f"A. Ames, B. Berg, Nets of pebbles, NIPS, 1994 {PDF}", "plain"),
    "plain after authors and year": (f"A. Ames (2015). Nets of pebbles. NIPS. {PDF}", "plain"),
    "plain before a labelled video": (f"Nets of pebbles: {PDF} | [Video of it](http://a.org)", "plain"),
    "a key": (f"Title: Nets of pebbles\\\nPaper: {URL}", "plain"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "style"), TITLES.values(), ids=TITLES.keys())
def test_the_title_and_how_it_is_written(text: str, style: str) -> None:
    parts = read(text)
    assert parts.title
    assert (parts.title.inline.text, parts.style) == ("Nets of pebbles", style)
    assert parts.title.raw == parts.title.span.cut(text)
    assert parts.title.raw in ("Nets of pebbles", f"[Nets of pebbles]({URL})")


NO_TITLE = {
    "labels alone": f"[pdf]({URL}) [code](http://a.org)",
    "labels in brackets": f"[[pdf]({URL})] [[code](http://a.org)]",
    "icons": ":star: :fire:",
    "an image": "![a badge of it](http://a.org/i.png)",
    "a key and its link": f"Paper: {URL}",
    "nothing": "",
}


@pytest.mark.parametrize("text", NO_TITLE.values(), ids=NO_TITLE.keys())
def test_a_title_that_cannot_be_told_is_none(text: str) -> None:
    assert read(text).title is None


T = f"[Nets of pebbles]({URL})"
PARTS: dict[str, dict[str, str]] = {
    f"{T}": {},
    f"{T}, A. Ames et al.": {"authors": "A. Ames et al."},
    f"{T} *Ann Ames (Stone University) et al. arXiv.*": {"authors": "Ann Ames et al.", "venue": "arXiv"},
    f"{T} *Ann Ames et al.arXiv.*": {"authors": "Ann Ames et al.", "venue": "arXiv"},
    f"{T} *Ann Ames (Stone University). ICML.*": {"authors": "Ann Ames", "venue": "ICML"},
    f"{T} by Ann Ames": {"authors": "Ann Ames"},
    f"{T}. *Ann Ames, Ben Berg*. ICML 2023.": {
        "authors": "Ann Ames, Ben Berg", "venue": "ICML", "year": "2023",
    },
    f"{T} (ICML 2023)": {"venue": "ICML", "year": "2023"},
    f"{T} `Nowhere` `2016`": {"year": "2016"},
    f"{T} *arXiv, Jul 2023*": {"venue": "arXiv", "year": "2023", "date": "Jul 2023"},
    f"2023 {T}": {"year": "2023"},
    f"CVPR-19 {T}": {"venue": "CVPR", "year": "2019"},
    f"[ICML 2023] {T}": {"venue": "ICML", "year": "2023"},
    f"{T} [ICML 2023](http://icml.cc)": {"venue": "ICML", "year": "2023"},
    f"{T}, A. Ames et al., *Workshop on Pebbles*, 2016": {
        "authors": "A. Ames et al.", "venue": "Workshop on Pebbles", "year": "2016",
    },
    f"Ann Ames, Ben Berg and Chen Chu, Nets of pebbles, ICML, 2015. {PDF}": {
        "authors": "Ann Ames, Ben Berg and Chen Chu", "venue": "ICML", "year": "2015",
    },
    f"Ann Ames, Ben Berg, Nets of pebbles, Conference on stones, 2015 {PDF}": {
        "authors": "Ann Ames, Ben Berg", "venue": "Conference on stones", "year": "2015",
    },
    f"[1] Ames, Ann T and Berg, Ben K, Nets of pebbles, IJCV, 2000. {PDF}": {
        "authors": "Ames, Ann T and Berg, Ben K", "venue": "IJCV", "year": "2000",
    },
    f"{T} by Ann Ames, Ben Berg, Chen Chu, Dora Dietz, Emil Egger, Finn Faro, Gina Gold, Hugo Hahn, "
    "Ivo Iten, Jan Jung, and Kim Kern, NIPS 2021.": {
        "authors": "Ann Ames, Ben Berg, Chen Chu, Dora Dietz, Emil Egger, Finn Faro, Gina Gold, "
        "Hugo Hahn, Ivo Iten, Jan Jung, and Kim Kern", "venue": "NIPS", "year": "2021",
    },
    f"{T} by Berg, Ben, and David Dietz. arXiv, 2016.": {
        "authors": "Berg, Ben, and David Dietz", "venue": "arXiv", "year": "2016",
    },
    f"Ann Ames, Ben Berg, Chen Chu. Nets of pebbles. CVPR, 2021. {PDF}": {
        "authors": "Ann Ames, Ben Berg, Chen Chu", "venue": "CVPR", "year": "2021",
    },
    f"Ann Ames, Ben Berg, and Chen Chu, Nets of pebbles, ICCV 2015 {PDF}": {
        "authors": "Ann Ames, Ben Berg, and Chen Chu", "venue": "ICCV", "year": "2015",
    },
    f"Nets of pebbles (**oral**) {PDF}": {},
    f"Nets of pebbles [[CVPR2018]]({URL}) [[code]](http://a.org)": {"venue": "CVPR", "year": "2018"},
    f"{T}\\\n*Ann Ames, Ben Berg*": {"authors": "Ann Ames, Ben Berg"},
    f"Ann Ames, Ben Berg, {T}, NIPS 2015": {
        "authors": "Ann Ames, Ben Berg", "venue": "NIPS", "year": "2015",
    },
    f"**PNet**: {T}": {"name": "PNet"},
    f"PNet: {T}": {"name": "PNet"},
    f"{T} - a note on pebbles": {"introduction": "a note on pebbles"},
    f"{T}：关于卵石的论文": {"introduction": "关于卵石的论文"},
    f"{T}\\\nKeyword: sorting, safety": {"Keyword": "sorting, safety"},
    f"{T}\\\nPublisher: ICML 2023": {"venue": "ICML", "year": "2023"},
    f"{T}\\\n作者: 张三、李四\\\n摘要: 一种方法": {"authors": "张三、李四", "introduction": "一种方法"},
    f"{T}\\\nTL;DR: it works": {"introduction": "it works"},
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PARTS.items())
def test_tells_apart_what_is_around_the_title(text: str, expected: dict[str, str]) -> None:
    found = describe(text)
    assert found.pop("title") == "Nets of pebbles"
    assert found == expected


@pytest.mark.parametrize(("text", "rating"), [
    (T, 0), (f":star: {T}", 0), (f"{T} :star:[code](http://a.org)", 0), (f"{T} :star:", 1),
    (f"{T} ⭐⭐⭐", 3), (f"{T}  :star::star:", 2), (f"{T} ★★\\\na note", 2), (f"⭐⭐ {T}", 0),
])  # fmt: skip
def test_stars_at_the_end_rate(text: str, rating: int) -> None:
    assert read(text).rating == rating


@pytest.mark.parametrize(("text", "labels"), [
    (T, []), (f"{T} [[pdf]({URL})]", ["pdf"]), (f"{T} [[PDF]]({URL})", ["pdf"]),
    (f"{T} ([Paper]({URL}))", ["paper"]), (f"{T}\\\n论文: [x]({URL})", ["论文"]),
])  # fmt: skip
def test_labels(text: str, labels: list[str]) -> None:
    assert [label for label, _ in read(text).labelled] == labels


@pytest.mark.parametrize(("text", "leads"), [
    (T, True), (f":star: {T}", True), (f"1. {T}", True), (f"PNet: {T}", True), (f"Ann Ames, {T}", True),
    (f"We have read {T}, and it was good", False), (f"See also the paper that is called {T}", False),
    (f"[关于卵石的研究]({URL})发现卵石很重", False), (f"[关于卵石的研究]({URL})：卵石很重", True),
])  # fmt: skip
def test_whether_the_title_leads(text: str, leads: bool) -> None:
    assert read(text).leads is leads


@pytest.mark.parametrize(("text", "count"), [
    ("", 0), ("Nets of pebbles", 3), ("state-of-the-art", 1), ("大语言模型", 3), ("GPT 大模型", 3), ("- . :", 0),
])  # fmt: skip
def test_counts_words(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(("text", "trimmed"), [
    ("Nets.", "Nets"), ("Nets...", "Nets..."), ("Nets et al.", "Nets et al."), ("Nets in the U.S.", "Nets in the U.S."),
    ("Nets for AI.", "Nets for AI"), ("Nets by A.", "Nets by A."),
    (" Nets, ", "Nets"), ("Why nets?", "Why nets?"), ("卵石。", "卵石"), (": Nets ~", "Nets"),
])  # fmt: skip
def test_titles_lose_the_signs_at_their_ends(text: str, trimmed: str) -> None:
    assert trimmed_title(text) == trimmed


PIECES = st.sampled_from([
    T, PDF, "[[code](http://a.org)]", '"Nets of pebbles"', "**PNet**", "**[PNet]**", "*Nets of pebbles*", "Nets of pebbles",
    "Ann Ames, Ben Berg", "A. Ames", "et al.", "ICML 2023", "(2016)", "2023", "Jul", "`2016`", "CVPR'23", ".", ",", ": ",
    " - ", "|", "(", ")", "[", "]", "Keyword: ", "Code: ", "Title: ", "作者：", "张三", ":star:", "⭐⭐", "\n", "\\\n", "<br>", " ",
    "\\[", "&amp;", "![i](http://a.org/i.png)", "1.", "by ", "**", "*", '"',
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map(" ".join)


@given(st.one_of(TEXTS, st.text(max_size=40)))
def test_parts_are_cut_from_the_text(text: str) -> None:
    parts = read(text)
    for part in parts.parts:
        assert part.raw == part.span.cut(text)
        for link in part.inline.links:
            assert link.span.cut(text) != ""
    assert parts.title is None or parts.title in parts.parts
    assert (parts.title is None) or parts.style


@given(TEXTS)
def test_no_link_is_lost(text: str) -> None:
    urls = [link.url for link in read(text).links]
    for url in (URL, "http://a.org"):
        assert (f"]({url})" not in text) or url in urls or "[[" in text or "code" in text
