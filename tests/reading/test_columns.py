from __future__ import annotations

import pytest

from llmpaper_md.reading import columns
from llmpaper_md.reading.columns import assign_fields
from llmpaper_md.reading.stars import GARBLED, counts_in_asterisks, read_stars

HEADERS = {
    "Model | MMLU | Time (s)": [None, None, None],
    "ID | Paper | Introduction": ["id", "title", "introduction"],
    "**序号** | __论文__ | 简介": ["id", "title", "introduction"],
    "NO. | PAPER TITLE | ABSTRACT": ["id", "title", "introduction"],
    "# | Title | Paper": ["id", "title", "links"],
    "Paper | Title | Link | Links": ["links", "title", "links", "links"],
    "Publication | Paper | Code": ["venue", "title", "code"],
    "Publication | Code": ["title", "code"],
    "论文/链接 | 会议（年份） | 星级": ["title", "venue", "stars"],
    "Title & Authors | Date | Code/Data": ["title", "date", "code"],
    "Title | Title": ["title", None],
    " | ": [None, None],
    "开源 LLM | 论文 Code | Year 2": [None, None, None],
    "Time (s) | Number (B) | Date/GPU": [None, None, None],
    "序号 No. | 论文标题 Title | 年份 Year": ["id", "title", "year"],
    "序号<br>(No.) | 论文<br>Paper | 代码Code": ["id", "title", "code"],
    "Year / 年份 | 星级（Stars） | Title/标题": ["year", "stars", "title"],
    "⭐ Stars | 论文 PDF | 📄 Paper": ["stars", "links", "title"],
    "S.No | Title | arXiv ID | Pub. Date": ["id", "title", "links", "date"],
    "Number of papers | Data | Nome | Notation": [None, None, None, None],
    ":page_facing_up: Paper | :star: | :star2: Stars": ["title", "stars", "stars"],
    "＃ | ＴＩＴＬＥ | 论⽂": ["id", "title", "links"],
    "№ | Paper | Recom": ["id", "title", "stars"],
    "Sr. No. | 英文标题 | 中文标题 | 论文链接 | 一句话总结": [
        *("id", "title", None, "links", "introduction")
    ],
    "Nr. | Titel | Autoren | Jahr | Konferenz | Beschreibung": [
        *("id", "title", "authors", "year", "venue", "introduction")
    ],
    "N° | Titre | Auteurs | Année | Lien | Résumé": [
        *("id", "title", "authors", "year", "links", "introduction")
    ],
    "Nº | Título | Autores | Año | Enlace | Descripción | Código": [
        *("id", "title", "authors", "year", "links", "introduction", "code")
    ],
    "№ | Название | Авторы | Год | Ссылка | Описание": [
        *("id", "title", "authors", "year", "links", "introduction")
    ],
    "番号 | 論文タイトル | 著者 | 発表年 | 会議 | リンク | 概要 | 評価": [
        *("id", "title", "authors", "year", "venue", "links", "introduction", "stars")
    ],
    "번호 | 제목 | 저자 | 연도 | 학회 | 링크 | 코드 | 설명": [
        *("id", "title", "authors", "year", "venue", "links", "code", "introduction")
    ],
}


@pytest.mark.parametrize(("header", "fields"), HEADERS.items())
def test_knows_columns_by_name(header: str, fields: list[str | None]) -> None:
    names = [name.replace("<br>", "\n") for name in header.split(" | ")]
    assert list(assign_fields(names)) == fields


@pytest.mark.parametrize(
    ("text", "count", "glyph", "rest"),
    [
        ("1*", 0, None, "1*"),
        ("", 0, None, ""),
        ("1✡✡✡", 3, "✡", "1"),
        ("⭐️⭐️ 02", 2, "⭐", " 02"),
        ("★★★☆☆", 3, "★", ""),
        ("☆☆☆☆☆", 0, "☆", ""),
        ("7 :star: :star2:", 2, ":star:", "7  "),
        ("🌟12", 1, "🌟", "12"),
        ("1âœ¡âœ¡", 2, "âœ¡", "1"),
        ("3ðŸŒŸ", 1, "ðŸŒŸ", "3"),
        ("3ğŸŒŸ", 1, "ğŸŒŸ", "3"),
        ("4â˜…â˜†", 1, "â˜…", "4"),
    ],
)
def test_counts_stars(text: str, count: int, glyph: str | None, rest: str) -> None:
    stars = read_stars(text)
    assert (stars.count, stars.glyph, stars.rest) == (count, glyph, rest)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1*", "2"], False),
        (["1*", "2*"], False),
        (["1***", "2†"], False),
        ([], False),
        (["1**", "2*", "", "3"], True),
        (["***", "*"], True),
    ],
)
def test_asterisks_are_stars_where_a_whole_table_counts_in_them(
    texts: list[str], expected: bool
) -> None:
    assert counts_in_asterisks(texts) is expected


def test_a_name_stands_once_in_a_field_and_in_its_normal_form() -> None:
    for field, names in columns._ALL_NAMES.items():
        assert [*map(columns._normal, names)] == [*names], field
        assert len({*names}) == len(names), field


def test_garbled_stars_are_what_the_code_pages_make_of_them() -> None:
    for garbled, glyph in GARBLED.items():
        assert garbled in {glyph.encode().decode(f"cp125{n}", "ignore") for n in (2, 4)}
