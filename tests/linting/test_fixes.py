"""What a safe fix may do, held against any messy list (see `fix_strategies`).

``CONTRACT`` is what each rule promises of its safe fixes: how the words that a reader sees, and
where links lead, may change, as GitHub's own parser renders them, and which characters of the
source may go. All else stays.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from hypothesis import given

from llmpaper_md import Finding, Fix, FixResult, LintOptions, fix, lint, parse
from llmpaper_md.linting import checking, fixing, registry
from llmpaper_md.linting.context import Context
from llmpaper_md.linting.findings import Problem
from llmpaper_md.linting.fix_proof import Proof
from llmpaper_md.reading.links import arxiv_id, without_tracking
from llmpaper_md.repairing.radicals import UNIFIED
from llmpaper_md.source import Edit, Span, apply
from tests.fix_strategies import INVISIBLE, messy_lists, random_list, tame_lists
from tests.github import html

OPTIONS = LintOptions(strict=True, today=date(2026, 1, 1))

_SPACES = re.compile(r"[\s\u00a0\u0085\u2028\u2029]+")
_STARS = re.compile("(?:⭐|★|✡|🌟|:star2:|:star:)\ufe0f?")
_HIDDEN = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufeff"
    "\x01-\x08\x0b-\x1f\x7f-\x9f]"
)
_WRITTEN = re.compile(r"https?:(?:(?!https?:)[^\s，()\[\]])*", re.IGNORECASE)
_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _same(text: str) -> str:
    return text


def _anything(_: str) -> str:
    return ""


def _unmarked(text: str) -> str:
    text = re.sub("<!--.*?-->", "", text)
    return re.sub(r"[!\\*_~`\[\]()]", "", text)


def _without_inner_links(text: str) -> str:
    """A text with the address alone where the address of a link is a link."""
    return re.sub(r"\]\(\s*\[[^\[\]]*\]\(\s*(https?:[^\s()]*)\s*\)\s*\)", r"](\1)", text)


def _arxiv(url: str) -> str:
    found = arxiv_id(url)
    return f"arxiv:{found.id}v{found.version}" if found else url


@dataclass(frozen=True)
class Promise:
    """What a safe fix of a rule may change.

    Attributes:
        words: makes of the visible text what stays the same.
        spaces: whether spaces may come and go between words.
        url: makes of a destination what stays the same.
        links: how the links may change: not at all, more of them, or shorter ones.
        goes: which characters of the source may go.
        source: makes of the source what is compared with it for that.
    """

    words: Callable[[str], str] = _same
    spaces: bool = False
    url: Callable[[str], str] = _same
    links: str = "same"
    goes: str | None = ""
    source: Callable[[str], str] = _same


CONTRACT: dict[str, Promise] = {
    "arxiv-form": Promise(
        words=lambda text: re.sub(r"(?i)/(?:abs|pdf)/", "/", text).replace(".pdf", ""),
        url=_arxiv,
        goes="abspdfABSPDF.",
    ),
    "bare-url": Promise(words=_unmarked, spaces=True, links="shorter"),
    "broken-emphasis": Promise(words=lambda text: text.replace("*", ""), spaces=True, goes="*"),
    "broken-link": Promise(
        words=lambda text: re.sub(r"[\[\]()]|https?:[^\s\[\]()]*", "", text),
        spaces=True,
        links="more",
        goes="（）",
        source=_without_inner_links,
    ),
    "broken-table": Promise(
        words=lambda text: re.sub(r"[|:-]|[｜：+=—–─━―﹣－‐‑‒]", "", _unmarked(text)),
        spaces=True,
        links="more",
        goes="|-:｜：+=_—–─━―﹣－‐‑‒",
    ),
    "cjk-latin-spacing": Promise(spaces=True),
    "cjk-radical": Promise(
        words=lambda text: text.translate(UNIFIED), goes="".join(map(chr, UNIFIED))
    ),
    "fullwidth-latin": Promise(
        words=lambda text: text.translate(_FULL), spaces=True, goes="".join(map(chr, _FULL))
    ),
    "glued-heading-number": Promise(spaces=True),
    "glued-links": Promise(spaces=True),
    "insecure-url": Promise(
        words=lambda text: re.sub("(?i)https?:?", "https:", text),
        url=lambda url: re.sub("(?i)^https?:", "https:", url),
    ),
    "invalid-url": Promise(words=_anything, url=_anything, goes=None),
    "invisible-character": Promise(
        words=lambda text: _HIDDEN.sub("", text), spaces=True, goes="".join(INVISIBLE)
    ),
    "link-text-spaces": Promise(spaces=True),
    "missing-anchor": Promise(url=lambda url: re.sub(r"[\W_]", "", unquote(url))),
    "missing-cells": Promise(),
    "mixed-stars": Promise(words=lambda text: _STARS.sub("★", text), goes="⭐★✡🌟\ufe0f:star2"),
    "mojibake": Promise(words=_anything, spaces=True, goes=None),
    "tracking-parameters": Promise(
        words=_anything,
        spaces=True,
        url=lambda url: without_tracking(url.replace("&amp;", "&")),
        goes=None,
    ),
    "unused-ignore": Promise(goes=None),
    "swallowed-text": Promise(words=_unmarked, spaces=True, links="shorter"),
}


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "a" and "href" in named:
            self.links.append(f"{named['href']}")
        elif tag == "img":
            self.links.append(f"{named.get('src')}")
            self.text.append(named.get("alt") or "")
        elif tag in ("p", "td", "th", "tr", "br", "li", "h1", "h2", "h3"):
            self.text.append(" ")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


class Seen(NamedTuple):
    text: str
    links: Counter[str]


def seen(text: str) -> Seen:
    """What a reader sees of a list on GitHub, and where its links lead."""
    parser = _Seen()
    parser.feed(html(text))
    parser.close()
    return Seen("".join(parser.text), Counter(parser.links))


def broken_promises(before: str, after: str, rules: Iterable[str]) -> Iterator[str]:
    """What fixes of these rules changed that none of them may."""
    promises = [CONTRACT[name] for name in dict.fromkeys(rules)]
    old, new = seen(before), seen(after)
    words = [old.text, new.text]
    for promise in promises:
        words = [promise.words(text) for text in words]
    space = "" if any(promise.spaces for promise in promises) else " "
    words = [_SPACES.sub(space, text).strip(" ") for text in words]
    less = any(promise.links != "same" for promise in promises)
    if words[0] != words[1] and not (less and _is_part(words[1], words[0])):
        yield f"words: {words[0]!r} to {words[1]!r}"
    links = [old.links, new.links]
    for promise in promises:
        links = [_mapped(counted, promise.url) for counted in links]
    lost, gained = links[0] - links[1], links[1] - links[0]
    how = {promise.links for promise in promises}
    if "more" in how:
        gained.clear()
    if how != {"same"}:
        for url in list(lost.elements()):
            shorter = next((other for other in gained if url.startswith(other)), None)
            if shorter is None and any(url.startswith(other) for other in links[1]):
                lost[url] -= 1
            elif shorter:
                lost[url] -= 1
                gained[shorter] -= 1
        # What was taken into a URL may itself be links.
        whole = "".join([*old.links, old.text])
        for promise in promises:
            whole = _mapped_inside(whole, promise.url)
        whole = _unmarked(unquote(whole))
        gained = Counter(
            {url: n for url, n in gained.items() if _unmarked(unquote(url)) not in whole}
        )
        lost, gained = +lost, +gained
    if lost or gained:
        yield f"links: {dict(lost)} to {dict(gained)}"
    allowed = [promise.goes for promise in promises]
    if None not in allowed:
        for promise in promises:
            before = promise.source(before)
        gone = Counter(_SPACES.sub("", before)) - Counter(_SPACES.sub("", after))
        if named := set(gone) - set("".join(part or "" for part in allowed)):
            yield f"characters: {named}"


def _mapped_inside(text: str, change: Callable[[str], str]) -> str:
    """A text with each URL that is written in it changed."""
    return _WRITTEN.sub(lambda match: change(match[0]), text)


def is_read_alike(text: str) -> bool:
    """Whether GitHub finds the links that are found here, but for what bare URLs take in there.

    Brackets inside brackets are read in another way here and there, and then what is done here
    cannot be held against what GitHub shows.
    """
    links = Context(parse(text), LintOptions()).links
    bare = tuple(_written(link.url) for link in links if link.kind == "bare")
    own = Counter(_written(link.url) for link in links)
    there = _mapped(seen(text).links, _written)
    longer = list((there - own).elements())
    return all(url.startswith(bare) for url in longer) and all(
        any(url in other for other in longer) for url in own - there
    )


def _written(url: str) -> str:
    return unquote(url).replace("\\", "")


def _is_part(part: str, whole: str) -> bool:
    """Whether a text is what is left of another without some of its characters."""
    rest = iter(whole)
    return all(character in rest for character in part)


def _mapped(counted: Counter[str], change: Callable[[str], str]) -> Counter[str]:
    mapped: Counter[str] = Counter()
    for url, count in counted.items():
        mapped[change(url)] += count
    return mapped


def more_findings(
    before: Iterable[Finding], after: Iterable[Finding], applied: Iterable[Finding]
) -> dict[str, int]:
    """By how many findings each rule has more than it should after fixes: none where all is well."""
    count = Counter(finding.rule for finding in after)
    count.subtract(Counter(finding.rule for finding in before))
    count.update(Counter(finding.rule for finding in applied))
    return {name: number for name, number in count.items() if number > 0}


def _safe(findings: Iterable[Finding]) -> list[Finding]:
    return [f for f in findings if f.fix and f.fix.applicability == "safe"]


def _fixed(done: FixResult) -> list[str]:
    """The rules that find less than before and have safe fixes."""
    fewer = Counter(f.rule for f in done.found) - Counter(f.rule for f in done.left)
    return [name for name in fewer if name in CONTRACT]


@given(messy_lists())
def test_safe_fixes_leave_fewer_findings_of_their_rules_and_no_more_of_any(text: str) -> None:
    """A fix makes its finding go away, and makes no new one; `lint` says how many there will be."""
    before = lint(text, OPTIONS)
    done = fix(text, OPTIONS)
    assert not more_findings(before, done.left, done.applied)
    assert [f.rule for f in done.applied] == [f.rule for f in _safe(before)]
    assert list(done.found) == before
    assert list(done.left) == lint(done.text, OPTIONS)
    assert not _safe(done.left)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 3000, 100))
def test_that_holds_of_thousands_of_lists(first: int) -> None:
    for number in range(first, first + 100):
        text = random_list(number)
        before, done = lint(text, OPTIONS), fix(text, OPTIONS)
        assert not more_findings(before, done.left, done.applied), number
        assert [f.rule for f in done.applied] == [f.rule for f in _safe(before)], number
        assert list(done.found) == before, number
        assert not _safe(done.left), number


@given(messy_lists())
def test_fixing_once_is_enough(text: str) -> None:
    """`fix` is idempotent."""
    once = fix(text, OPTIONS)
    again = fix(once.text, OPTIONS)
    assert (again.text, again.applied) == (once.text, ())


@given(messy_lists())
def test_no_character_goes_that_no_rule_names(text: str) -> None:
    """No character other than spaces disappears unless a finding names it."""
    done = fix(text, OPTIONS)
    allowed = [CONTRACT[name].goes for name in _fixed(done)]
    if None in allowed:
        return
    for name in _fixed(done):
        text = CONTRACT[name].source(text)
    gone = Counter(_SPACES.sub("", text)) - Counter(_SPACES.sub("", done.text))
    assert set(gone) <= set("".join(part or "" for part in allowed))


@given(messy_lists())
def test_the_order_of_the_rules_does_not_matter(text: str) -> None:
    done = fix(text, OPTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "chosen", lambda options: registry.chosen(options)[::-1])
        other = fix(text, OPTIONS)
    assert (other.text, other.left) == (done.text, done.left)


@given(tame_lists())
def test_readers_see_what_the_rules_promise(text: str) -> None:
    """What a reader sees and where links lead on GitHub changes only as the finding says."""
    done = fix(text, OPTIONS)
    assert not more_findings(lint(text, OPTIONS), done.left, done.applied)
    if is_read_alike(text):
        assert not [*broken_promises(text, done.text, _fixed(done))]


# What these find depends on the rest of the list: one fix of several may make more of it for a while.
FILE_WIDE = frozenset(
    "arxiv-form missing-link missing-stars missing-introduction mixed-stars mojibake".split()
)


@given(tame_lists())
def test_each_safe_fix_alone_does_what_its_rule_promises(text: str) -> None:
    document = parse(text)
    before = checking.check(document, OPTIONS)
    safe = _safe(before)
    needs = Proof(Context(document, OPTIONS)).needs(safe)
    alike = is_read_alike(text)
    for made in {id(f.fix): f.fix for f in _safe(fix(text, OPTIONS).found) if f.fix}.values():
        # Others have to wait for those beside them.
        own = [
            f
            for f in safe
            if f.fix and f.fix.edits == made.edits and needs.get(id(f.fix)) == frozenset()
        ]
        if not own:
            continue
        after = apply(text, made.edits)
        more = more_findings(before, checking.check(parse(after), OPTIONS), own)
        assert not set(more) - FILE_WIDE, own
        if alike:
            assert not [*broken_promises(text, after, [f.rule for f in own])], own


def test_the_contract_is_that_of_all_safe_fixes() -> None:
    fixing = {name for name in registry.RULES if registry.rule(name).fix == "safe"}
    assert fixing | {"swallowed-text"} == set(CONTRACT)


# Texts that a fix of the rule would harm.
HARMED = [
    # without its only text, a link cannot be seen
    ("invisible-character", "- [\u200b](https://a.org)\n"),
    ("invisible-character", "- [\u00ad \u200b][ref]\n\n[ref]: https://a.org\n"),
    # the rest of the line is another block
    ("invisible-character", "\u200b# heading\n"),
    ("invisible-character", "1. \u202e- item\n"),
    # a backslash escapes what is behind the character
    ("invisible-character", "| A | B |\n| - | - |\n| a\\\u200b| b |\n"),
    ("invisible-character", "a \\\u200b[b](https://a.org)\n"),
    ("invisible-character", "ab\u200bhttps://a.org\n"),
    ("link-text-spaces", "[NYT]([ https://a.org/x](https://a.org/x))\n"),
    ("cjk-latin-spacing", "见https://a.org/模型GPT/x\n"),
    ("cjk-latin-spacing", "见 [ https://a.org/模型GPT](https://a.org/模型GPT)\n"),
    ("cjk-latin-spacing", "[]([https://a.org/模型GPT/x](https://a.org/模型GPT/x))\n"),
    ("cjk-radical", "见https://a.org/论⽂\n"),
    ("cjk-radical", "见 https://论⽂.org\n"),
    ("cjk-radical", "[https://a.org/论⽂](https://a.org/论⽂)\n"),
    ("broken-emphasis", "**Fine-tuning****Safety**\n"),
    ("broken-link", "[a](https://a.org/x）见 b\n"),
    ("tracking-parameters", "见https://a.org/?utm_source=x，模型\n"),
    ("bare-url", "https://a.org/https://b.org/x\n"),
]


@pytest.mark.parametrize(("rule", "text"), HARMED)
def test_harm_is_not_done(rule: str, text: str) -> None:
    done = fix(text, LintOptions(select=(rule,)))
    assert (done.text, done.applied, _safe(done.found)) == (text, (), [])


HELPED = [
    ("broken-link", "[a](https://a.org/x）\n", "[a](https://a.org/x)\n"),
    ("broken-emphasis", "**Chat****的**\n", "**Chat的**\n"),
    ("invisible-character", "\u200bAttention\n", "Attention\n"),
    ("invisible-character", "[\u200bA](https://a.org)\n", "[A](https://a.org)\n"),
    (
        "cjk-latin-spacing",
        "见 https://a.org/模型GPT 使用GPT\n",
        "见 https://a.org/模型GPT 使用 GPT\n",
    ),
    ("cjk-radical", "⼤模型 https://a.org/论⽂\n", "大模型 https://a.org/论⽂\n"),
    ("link-text-spaces", '[a ](https://a.org "](b")\n', '[a](https://a.org "](b")\n'),
    (
        "unused-ignore",
        "a <!-- llmpaper-md: ignore empty-row, bare-url, empty-link -->\n",
        "a\n",
    ),
]


@pytest.mark.parametrize(("rule", "text", "after"), HELPED)
def test_what_is_beside_harm_is_fixed(rule: str, text: str, after: str) -> None:
    named = ("empty-row", "empty-link", "bare-url") if rule == "unused-ignore" else ()
    assert fix(text, LintOptions(select=(rule, *named))).text == after


def test_what_a_bare_url_takes_in_is_fixed_once_the_url_ends() -> None:
    text = "见http://github.com/a/b?utm_source=x，使用⼤模型\n"
    assert fix(text).text == "见<https://github.com/a/b>，使用大模型\n"
    assert len(fix(text).applied) == len(_safe(lint(text))) == 5


def test_a_comment_inside_a_comment_is_none() -> None:
    text = "<!--\na <!-- llmpaper-md: ignore empty-row -->\n"
    assert lint(text, LintOptions(select=("unused-ignore", "empty-row"))) == []


def _turning(name: str, words: dict[str, str]) -> registry.Rule:
    """A rule that finds words and puts others, or has no fix where there is none."""

    def check(context: Context) -> Iterator[Problem]:
        for match in re.finditer("|".join(words), context.source.text):
            span = Span(*match.span())
            new = words[match[0]]
            made = Fix("", (Edit(span, new),), "safe", "links") if new else None
            yield Problem("", span, fix=made)

    return registry.Rule(name, "Papers", "warning", "default", "safe", "", (), check)


def _set_rules(rules: list[registry.Rule], patch: pytest.MonkeyPatch) -> None:
    patch.setattr(checking, "chosen", lambda _: rules)


_BAD = {"turn": {"good": "done", "bad": "worse"}, "worse": {"worse": ""}}


FAULTS = [
    # one bad fix among good ones, in a line of its own and beside others
    ("good\nbad\ngood\n", "done\nbad\ndone\n"),
    ("good bad good\n", "done bad done\n"),
    ("bad good bad good bad\n" * 3, "bad done bad done bad\n" * 3),
    ("bad\n" * 40 + "good\n", "bad\n" * 40 + "done\n"),
]


@pytest.mark.parametrize(("text", "after"), FAULTS)
def test_fixes_at_fault_are_found_among_others(
    text: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_rules([_turning(*rule) for rule in _BAD.items()], monkeypatch)
    assert fix(text).text == after
    assert len(_safe(lint(text))) == text.count("good")


def test_a_fault_that_shows_elsewhere_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a link more in a table makes those without one stand out."""

    def check(context: Context) -> Iterator[Problem]:
        if "worse" in context.source.text:
            yield Problem("", Span(0, 0))

    rules = [
        _turning("turn", _BAD["turn"]),
        registry.Rule("elsewhere", "Papers", "warning", "default", None, "", (), check),
    ]
    _set_rules(rules, monkeypatch)
    text = "a\n" + "good\n" * 5 + "bad\n" + "good\n" * 2
    assert fix(text).text == text.replace("good", "done")


def _count_checks(patch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows by one each time that the rules run."""
    times: list[int] = []

    def counting(context: Context) -> list[Finding]:
        times.append(1)
        return checking.check_context(context)

    patch.setattr(fixing, "check_context", counting)
    return times


def test_many_fixes_at_fault_take_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    _set_rules([_turning(*rule) for rule in _BAD.items()], monkeypatch)
    times = _count_checks(monkeypatch)
    assert "worse" not in fix("good bad " * 500 + "\n").text
    assert len(times) < 100


def test_a_list_whose_fixes_are_good_is_checked_no_more_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = _count_checks(monkeypatch)
    assert len(fix("[a ](http://arxiv.org/abs/1706.03762)\n\n[b ](https://a.org)\n").applied) == 3
    assert len(times) == 2


@pytest.mark.parametrize(
    ("text", "after"),
    [
        # what GitHub takes into a URL, and what ends the URL
        (
            "见http://github.com/a/b，使用⼤模型\n",
            "见<https://github.com/a/b>，使用大模型\n",
        ),
        (
            "https://a.github.io/https://b.org/y\n",
            "<https://a.github.io/> <https://b.org/y>\n",
        ),
        # fixes that touch
        ("[论⽂ ](https://a.org)\n", "[论文](https://a.org)\n"),
    ],
)
def test_fixes_that_need_or_touch_one_another_are_proved_together(
    text: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = _count_checks(monkeypatch)
    assert fix(text).text == after
    assert len(times) == 2


@pytest.mark.parametrize(("width", "count", "is_fixed"), [(250, 200, True), (260, 200, False)])
def test_a_table_does_not_grow_without_end(width: int, count: int, is_fixed: bool) -> None:
    text = "|a" * width + "|\n" + "|-" * width + "|\n" + "|b|\n" * count
    text = text.replace("|a", "|Paper", 1)
    done = fix(text, LintOptions(select=("missing-cells",)))
    assert (done.text != text) == is_fixed == (not done.left)
