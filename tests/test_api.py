"""What all public functions have in common: what they accept, and what they return."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import pytest

import llmpaper_md
from llmpaper_md import (
    Document,
    FormatOptions,
    LintOptions,
    Source,
    compare,
    fix,
    format_text,
    lint,
    merge,
    normalize,
    parse,
    render,
    repair,
    to_bibtex,
    to_csv,
    to_dict,
    to_dicts,
    to_html,
    to_json,
    to_jsonl,
    to_urls,
)

TEXT = """\
# List

| ID | Paper | Notes |
| - | - | - |
| 1★★ | [A ](https://arxiv.org/abs/1706.03762) | **new** |
| | [B](https://b.org/b.pdf) | x |
"""

OF_LISTS: tuple[Callable[[Any], Any], ...] = (
    lambda text: compare(text, text),
    fix,
    format_text,
    lint,
    lambda text: merge(text, text),
    normalize,
    parse,
    render,
    repair,
    to_bibtex,
    to_csv,
    to_dict,
    to_dicts,
    to_html,
    to_json,
    to_jsonl,
    to_urls,
)
TAKE_SEVERAL = (to_bibtex, to_csv, to_dicts, to_json, to_jsonl, to_urls)
OTHERS = {"apply", "from_json", "read"}  # edits, JSON and files are no lists


FUNCTIONS = [n for n in llmpaper_md.__all__ if inspect.isfunction(getattr(llmpaper_md, n))]


def test_no_function_is_left_out() -> None:
    named = {function.__name__ for function in OF_LISTS} - {"<lambda>"}
    assert set(FUNCTIONS) == named | {"compare", "merge"} | OTHERS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_are_documented(name: str) -> None:
    function = getattr(llmpaper_md, name)
    text = inspect.getdoc(function) or ""
    sections = text.partition("Args:")[2]
    assert [p for p in inspect.signature(function).parameters if f" {p}: " not in sections] == []
    assert "Returns:" in sections
    assert ">>>" in sections


@pytest.mark.parametrize("function", OF_LISTS)
def test_a_list_can_be_given_in_any_form(function: Callable[[Any], Any]) -> None:
    if function is to_bibtex:
        pytest.importorskip("bibtexparser")
    source = Source.of(TEXT)
    assert function(TEXT) == function(source) == function(parse(source))


@pytest.mark.parametrize("function", TAKE_SEVERAL)
def test_exports_take_several_lists(function: Callable[[Any], Any]) -> None:
    document = parse(TEXT)
    several = [TEXT, document.source, document]
    assert function(several) == function(iter(several)) == function([document] * 3)
    assert function([]) != function([TEXT])


@pytest.mark.parametrize("function", [fix, normalize, lambda text: merge(text, text)])
def test_results_have_their_text_and_document(function: Callable[[Any], Any]) -> None:
    result = function(TEXT)
    assert isinstance(result.document, Document)
    assert result.text == result.document.source.text
    assert result.document == parse(result.text, columns=result.document.columns)


NAMED = TEXT.replace("Paper", "Arbeit").replace("arxiv.org", "a.example").replace("b.pdf", "b")
COLUMNS: Any = {"title": ["Arbeit"]}


@pytest.mark.parametrize(
    "document",
    [
        fix(NAMED, LintOptions(columns=COLUMNS, max_stars=9)).document,
        normalize(NAMED, LintOptions(columns=COLUMNS, max_stars=9)).document,
        normalize(NAMED, format_options=FormatOptions(columns=COLUMNS, max_stars=9)).document,
        normalize(parse(NAMED, columns=COLUMNS, max_stars=9)).document,
        merge(parse(NAMED, columns=COLUMNS, max_stars=9), TEXT).document,
    ],
)
def test_a_result_is_read_as_the_list_was(document: Document) -> None:
    assert (document.columns, document.max_stars) == (COLUMNS, 9)
    assert document.papers


def test_values_are_frozen_and_hashable() -> None:
    public: list[Any] = [getattr(llmpaper_md, name) for name in llmpaper_md.__all__]
    values = [one for one in public if dataclasses.is_dataclass(one)]
    assert len(values) > 20
    assert [one for one in values if not vars(one)["__dataclass_params__"].frozen] == []
    document = parse(TEXT)
    results = (
        *(document, document.papers[0], document.entries[0], document.tables[0]),
        *(fix(TEXT), normalize(TEXT), merge(TEXT, TEXT), compare(TEXT, ""), *lint(TEXT)),
        *(repair("æˆ‘ä»¬ä»‹ç»ä¸€ç§æ–°çš„æ–¹æ³•ã€‚"), LintOptions(), FormatOptions()),
    )
    assert len({*map(hash, results)}) == len({*results})


def test_repair_keeps_merge_conflicts() -> None:
    """It changes characters and not tables: the other functions that change a list refuse."""
    damaged = "<<<<<<< HEAD\n| æˆ‘ä»¬ |\n=======\n| è®ºæ–‡ |\n>>>>>>> topic\n"
    assert repair(damaged).text == "<<<<<<< HEAD\n| 我们 |\n=======\n| 论文 |\n>>>>>>> topic\n"
