"""What a list does throughout is one finding, with one fix."""

from __future__ import annotations

import pytest

from llmpaper_md import Finding, LintOptions, fix, lint
from llmpaper_md.linting.habits import MANY, join_habits
from llmpaper_md.source import Span

HEAD = "| Paper |\n| - |\n"
ROW = "| [A](http://arxiv.org/abs/1706.{:05}) |\n"
ONLY = LintOptions(select=("insecure-url", "unused-ignore"))


def rows(count: int, row: str = ROW) -> str:
    return HEAD + "".join(map(row.format, range(1, count + 1)))


def test_a_few_are_reported_one_by_one() -> None:
    assert len(lint(rows(MANY - 1), ONLY)) == MANY - 1


def test_many_are_one_finding_at_the_first_place_with_one_fix() -> None:
    text = rows(2310)
    (finding,) = lint(text, ONLY)
    assert finding.message == "2,310 links to arxiv.org over http: write https://"
    assert finding.span.cut(text) == "[A](http://arxiv.org/abs/1706.00001)"
    assert [place.span.cut(text)[-7:] for place in finding.related] == [".02310)"]
    assert finding.fix
    assert (len(finding.fix.edits), finding.fix.applicability) == (2310, "safe")
    done = fix(text, ONLY)
    assert done.text == rows(2310, ROW.replace("http:", "https:"))
    assert (done.applied, done.left) == ((finding,), ())


def test_other_sites_and_what_has_no_fix_are_on_their_own() -> None:
    other = "| [B](http://a.net/{}) |\n"
    text = rows(MANY) + "".join(map(other.format, range(MANY)))
    assert [finding.message for finding in lint(text, ONLY)] == [
        f"{MANY} links to arxiv.org over http: write https://",
        f"{MANY} links to a.net over http: write https:// if the site supports it",
    ]


def test_a_suppression_takes_out_its_own_line() -> None:
    """It is used, and the others are as many as they are."""
    comment = " <!-- llmpaper-md: ignore insecure-url -->"
    text = rows(MANY) + ROW.format(99).replace(" |\n", f"{comment} |\n")
    (finding,) = lint(text, ONLY)
    assert finding.message.startswith(f"{MANY} links")


@pytest.mark.parametrize("rule", ["arxiv-form", "tracking-parameters", "empty-link", "bare-url"])
def test_which_rules_know_habits(rule: str) -> None:
    row = {
        "arxiv-form": "| [A](https://arxiv.org/pdf/1706.{:05}.pdf) |\n",
        "tracking-parameters": "| [A](https://a.net/{}?utm_source=x) |\n",
        "empty-link": "| [A{}]() |\n",
        "bare-url": "| A https://a.net/{} |\n",
    }[rule]
    (finding,) = lint(rows(MANY, row), LintOptions(select=(rule,)))
    assert finding.message.startswith(f"{MANY} ")


def test_findings_without_a_habit_stay_as_they_are() -> None:
    found = [Finding("empty-row", "warning", "", Span(place, place)) for place in range(MANY)]
    assert join_habits(found) == found
