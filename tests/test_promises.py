"""What must always hold, each promise in the words of the test that holds it against any text.

More of them: `test_format` and `test_normalizing` (normal form), `repairing/test_properties`,
`test_rules` (each fix, case by case), `test_files` (writing).
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings, strategies as st

from llmpaper_md import (
    FormatOptions,
    LintOptions,
    fix,
    format_text,
    lint,
    normalize,
    parse,
    repair,
)
from llmpaper_md.choices import TABLE_STYLES
from llmpaper_md.export.json_records import to_json
from llmpaper_md.source import Span, apply
from tests.strategies import PIECES, TEXTS

ROOT = Path(__file__).parent.parent
OPTIONS = LintOptions(strict=True, today=date(2026, 1, 1))
LISTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
STYLES = st.sampled_from(TABLE_STYLES).map(FormatOptions)
BLANK = str.maketrans("", "", " \t\r\n")

# The usual run has other tests of the same; ``night`` searches as long as elsewhere.
fewer = settings(max_examples=50 if settings().derandomize else settings().max_examples)

CLEAN = [
    "本文介绍了大模型的训练方法，效果与人工标注相当。",
    "注意力机制是当前语言模型的核心。",
    "モデルを学習する。",
    "언어 모델을 훈련합니다.",
    "Это языковая модель.",
    "Les modèles de langue, c’est déjà l’été à Orléans.",
    "Größe und Maß der Sprachmodelle",
    "Το μοντέλο μαθαίνει.",
    "نموذج لغوي كبير",
    "מודל שפה גדול",
    "mô hình ngôn ngữ lớn",
    "| 1★ | [Attention](https://arxiv.org/abs/1706.03762) |",
    "`code` and ```fences```",
    "⭐⭐ 🌟",
]


@fewer
@given(st.lists(st.sampled_from(CLEAN), max_size=12), ENDS)
def test_1_clean_text_is_left_alone(lines: list[str], end: str) -> None:
    """`repair` leaves clean text byte for byte as it is, in any language."""
    text = end.join(lines)
    assert repair(text).text == text


@fewer
@given(st.lists(st.sampled_from(CLEAN[:2]), min_size=4, max_size=8))
def test_1_code_follows_the_prose(lines: list[str]) -> None:
    """Code spans and fences follow the prose around them: garbled with it, they are
    repaired; quoted in a clean page about mojibake, they stay.
    """
    garbled = "模型".encode().decode("cp1252")
    page = "\n".join(lines) + f"\n\n`{garbled}`\n\n```\n{garbled}\n```\n"
    assert repair(page).text == page
    whole = "\n".join(lines) + "\n\n`模型`\n\n```\n模型\n```\n"
    damaged = whole.encode().decode("cp1252", "ignore")
    assert repair(damaged).text.endswith("\n\n`模型`\n\n```\n模型\n```\n")


@fewer
@given(TEXTS)
def test_2_once_is_enough(text: str) -> None:
    """`repair(repair(x)) == repair(x)`; `format_text(format_text(x)) == format_text(x)`."""
    once = repair(text).text
    assert repair(once).text == once
    for style in TABLE_STYLES:
        form = format_text(text, FormatOptions(style))
        assert format_text(form, FormatOptions(style)) == form


def _records(text: str) -> Any:
    """What the records say, less where it stands."""

    def without_places(value: Any) -> Any:
        if isinstance(value, dict):
            places = {"line", "column", "span", "start", "end", "end_line", "end_column"}
            return {k: without_places(v) for k, v in value.items() if k not in places}
        return [without_places(v) for v in value] if isinstance(value, list) else value

    return without_places(json.loads(to_json(parse(text))))


def _filled(records: Any) -> Any:
    """Missing cells are as good as empty ones, which normal form puts there."""
    for table in records.get("tables", ()):
        for row in table.get("rows", ()):
            while row["cells"] and not row["cells"][-1]:
                row["cells"].pop()
    return records


@fewer
@given(LISTS, ENDS, STYLES)
def test_3_normal_form_has_the_same_records(text: str, end: str, form: FormatOptions) -> None:
    """`parse(format_text(x))` gives the same records as `parse(x)`."""
    text = text.replace("\n", end)
    assert _filled(_records(format_text(text, form))) == _filled(_records(text))


def _cells(text: str) -> Counter[str]:
    return Counter(
        cell.raw
        for named in parse(text).tables
        for row in (named.grid.header, *named.grid.rows)
        for cell in row.cells
        if cell.raw
    )


@fewer
@given(LISTS, STYLES)
def test_4_normal_form_loses_no_cell(text: str, form: FormatOptions) -> None:
    """No cell and no character other than blanks disappears from a file."""
    after = format_text(text, form)
    assert _cells(after) == _cells(text)
    lost = Counter(text.translate(BLANK)) - Counter(after.translate(BLANK))
    assert set(lost) <= set("" if form.table_style == "keep" else "-")  # of delimiter rows


@fewer
@given(LISTS)
def test_4_fixes_lose_what_findings_name(text: str) -> None:
    """No cell and no character other than blanks disappears from a file unless a finding names it."""
    named: dict[int, list[Span]] = defaultdict(list)
    fixes = {}
    for finding in lint(text, OPTIONS):
        if finding.fix:
            fixes[id(finding.fix)] = finding.fix
            named[id(finding.fix)] += (finding.span, *(r.span for r in finding.related))
    for key, made in fixes.items():
        after = apply(text, made.edits)
        lost = Counter(text.translate(BLANK)) - Counter(after.translate(BLANK))
        shown = Counter("".join(span.cut(text) for span in named[key]))
        del lost["⽂"]  # a radical is the same character to a reader, and named once a run
        assert lost <= shown, (made, named[key])


@fewer
@given(LISTS)
def test_5_fixes_make_their_findings_go_away(text: str) -> None:
    """A fix that does not make its finding go away, or makes a new one, is a bug."""
    done = fix(text, OPTIONS, unsafe=True)
    again = fix(done.text, OPTIONS, unsafe=True)
    assert (again.text, again.applied) == (done.text, ())
    assert list(done.left) == lint(done.text, OPTIONS)


@fewer
@given(LISTS, ENDS, st.booleans())
def test_6_line_ends_are_kept(text: str, end: str, last: bool) -> None:
    """Line ends and a missing last one are kept."""
    text = text.rstrip("\n") + ("\n" if last else "")
    text = "a\n" + text  # there is a first line to take an end from
    text = text.replace("\n", end)
    others = {"\n", "\r\n", "\r"} - {end}
    for after in (repair(text).text, fix(text, OPTIONS, unsafe=True).text):
        assert not others & set(re.findall(r"\r\n|\r|\n", after))
        assert after.endswith(end) == text.endswith(end)
    assert not others & set(re.findall(r"\r\n|\r|\n", format_text(text)))


@fewer
@given(LISTS)
def test_7_the_same_input_gives_the_same_output(text: str) -> None:
    """The same input gives the same output: no clock, no network, no order of sets."""
    assert to_json(parse(text)) == to_json(parse(text))
    assert lint(text, OPTIONS) == lint(text, OPTIONS)
    assert normalize(text, OPTIONS).text == normalize(text, OPTIONS).text


def test_7_no_order_of_sets() -> None:
    """Likewise; the order of sets differs from process to process."""
    listed = str(ROOT / "fixtures" / "README.repaired.md")
    said = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [
                *(sys.executable, "-m", "llmpaper_md", "lint", "--strict", "--today", "2026-01-01"),
                *("--output-format", "sarif", "--fix-only", "--diff", "--unsafe-fixes", listed),
            ],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
        )
        said.add((done.returncode, done.stdout, done.stderr))
    assert len(said) == 1
    assert said.pop()[0] == 1
