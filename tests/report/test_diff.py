from __future__ import annotations

import re

from hypothesis import given, strategies as st

from llmpaper_md.report.diff import changed_lines, unified_diff
from llmpaper_md.source import Edit, Source, Span, apply


@st.composite
def _edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(alphabet="ab\n", max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    new = st.text(alphabet="cd\n", max_size=4)
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, [Edit(span, draw(new)) for span in spans]


def patch(text: str, diff: list[str]) -> str:
    """What ``patch`` does with a diff, without any leniency."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    made: list[str] = []
    position = 0
    for line in "".join(diff[2:]).replace("\n\\ No newline at end of file\n", "\n").split("\n"):
        if header := re.fullmatch(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", line):
            start = int(header[1]) - (header[2] != "0")
            made += lines[position:start]
            position = start
            assert int(header[3]) - (header[4] != "0") == len(made)
        elif line:
            if line[0] != "+":
                assert lines[position].rstrip("\n") == line[1:]
                position += 1
            if line[0] != "-":
                made.append(line[1:] + "\n")
    return "".join(made + lines[position:])


def test_no_edit_is_no_diff() -> None:
    assert list(unified_diff(Source.of("a\n"), [])) == []


@given(_edited())
def test_the_diff_makes_the_new_text_of_the_old_one(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    diff = list(unified_diff(Source.of(text, "x"), edits))
    if diff:
        assert diff[:2] == ["--- x\n", "+++ x\n"]
        assert patch(text, diff).rstrip("\n") == apply(text, edits).rstrip("\n")
    else:
        assert text == apply(text, edits)


def test_a_missing_line_end_is_said() -> None:
    diff = "".join(unified_diff(Source.of("a\nb"), [Edit(Span(3, 3), "\n")]))
    assert diff.endswith("-b\n\\ No newline at end of file\n+b\n")


def test_carriage_returns_and_unicode_line_ends_are_text() -> None:
    before, after = Source.of("a\u2028b\r\nc\r\n"), Source.of("a\u2028x\r\nc\r\n")
    diff = "".join(unified_diff(before, changed_lines(before, after)))
    assert diff.split("@@\n")[1] == "-a\u2028b\r\n+a\u2028x\r\n c\r\n"


@given(_edited())
def test_the_edits_between_two_texts_make_the_one_of_the_other(
    case: tuple[str, list[Edit]],
) -> None:
    text, edits = case
    before, after = Source.of(text), Source.of(apply(text, edits))
    assert apply(text, changed_lines(before, after)) == after.text


def test_a_line_taken_out_of_many_is_one_edit() -> None:
    lines = [f"line {n}\n" for n in range(20_000)]
    before, after = Source.of("".join(lines)), Source.of("".join(lines[:9] + lines[10:]))
    (edit,) = changed_lines(before, after)
    assert (edit.span.cut(before.text), edit.replacement) == ("line 9\n", "")
