"""Which lines are looked at, and which of their parts are code."""

import pytest

from llmpaper_md.repairing.lines import Line, lines_beyond_ascii


@pytest.mark.parametrize("text", ["", "plain", "a\r\n\rb\n", "```\nplain\n```\n"])
def test_plain_ascii_is_passed_over(text: str) -> None:
    assert list(lines_beyond_ascii(text)) == []


def test_lines_end_at_carriage_return_and_line_feed_only() -> None:
    text = "é\u0085\u2028\x0bé\r\né\rplain\n\nœ"
    assert [(line.start, line.text) for line in lines_beyond_ascii(text)] == [
        (0, "é\u0085\u2028\x0bé"),
        (7, "é"),
        (16, "œ"),
    ]


@pytest.mark.parametrize(
    ("text", "fenced"),
    [
        pytest.param("é\né", "..", id="no fence"),
        pytest.param("``\né\n``\né", "..", id="two backticks"),
        pytest.param("``` a`\né\n```\né", ".f", id="a backtick after backticks, and a fence"),
        pytest.param("a ```\né\n~~~ b\né", ".f", id="text before backticks, and a fence"),
        pytest.param("```\né\n```\né", "f.", id="backticks"),
        pytest.param("~~~\né\n~~~\né", "f.", id="tildes"),
        pytest.param("~~~ a`b\né\n~~~\né", "f.", id="a backtick after tildes"),
        pytest.param("```python é\né\n``` \t\né", "f.", id="a language"),
        pytest.param("```\né\n~~~\né\n```\né", "ff.", id="tildes within backticks"),
        pytest.param("~~~\né\n```\né\n~~~\né", "ff.", id="backticks within tildes"),
        pytest.param("````\né\n```\né\n`````\né", "ff.", id="fewer within more"),
        pytest.param("```\né\n``` text\né\n```\né", "ff.", id="text after the closing fence"),
        pytest.param("```\n``` é\né\n```\né", "ff.", id="which may be a line of its own"),
        pytest.param("> ```\n> é\n> ```\n> é", "f.", id="in a quotation"),
        pytest.param("- ```\n  é\n  ```\n1. ~~~\n   é\n   ~~~\né", "ff.", id="in items of lists"),
        pytest.param("é\n```\né", ".f", id="never closed"),
    ],
)
def test_fences_open_and_close(text: str, fenced: str) -> None:
    """A line of the text is ``f`` where it stands in code, ``.`` elsewhere."""
    assert "".join("f" if line.fenced else "." for line in lines_beyond_ascii(text)) == fenced


@pytest.mark.parametrize(
    ("text", "spans", "prose"),
    [
        ("é", [], "é"),
        ("`é", [], "`é"),
        ("`é``", [], "`é``"),
        ("`é` œ", [(0, 3)], "    œ"),
        ("œ ``é ` é`` œ `ø`", [(2, 11), (14, 17)], "œ           œ    "),
    ],
)
def test_code_spans_are_blanked_out(text: str, spans: list[tuple[int, int]], prose: str) -> None:
    line = Line(0, text, fenced=False)
    assert list(line.code_spans()) == spans
    assert line.prose == prose
