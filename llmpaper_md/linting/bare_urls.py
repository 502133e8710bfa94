"""Where GitHub ends a bare URL, and where it was meant to end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..reading.links import Link, host, is_at
from ..source import Edit, Span
from .context import Context, Text
from .findings import Applicability, Fix


class BareUrl(NamedTuple):
    """A bare URL, and what GitHub makes of it.

    ``swallowed`` is text after it that GitHub takes into the link, "" if none; ``fix`` ends the
    URL where it was meant to end, None where that cannot be known; ``reach`` is the offset up to
    which it may go on.
    """

    link: Link
    swallowed: str
    fix: Fix | None
    reach: int


def bare_urls(context: Context) -> tuple[BareUrl, ...]:
    """The bare URLs of the file: the same ones for each rule, so that rules share their fixes."""
    return context.shared(_all_bare_urls, context)


def may_be_in_url(context: Context, place: int) -> bool:
    """Whether a character belongs to a bare URL, or may: an edit of it may lead elsewhere."""
    starts, reaches = context.shared(_extents, context)
    index = bisect_right(starts, place) - 1
    return index >= 0 and place < reaches[index]


def _extents(context: Context) -> tuple[list[int], list[int]]:
    """Where bare URLs begin, and how far each and those before it may go on."""
    spans = [Span(found.link.span.start, found.reach) for found in bare_urls(context)]
    spans += context.chinese_hosts
    starts, reaches = [], []
    reached = 0
    for start, reach in sorted(spans):
        reached = max(reached, reach)
        starts.append(start)
        reaches.append(reached)
    return starts, reaches


def _all_bare_urls(context: Context) -> tuple[BareUrl, ...]:
    return tuple(
        found
        for text in context.texts
        if any(link.kind == "bare" for link in text.inline.links)
        for found in _bare_urls(context.source.text, text)
    )


# GitHub's autolinks end at a space or "<" (cmark-gfm, extensions/autolink.c). Only the beginning
# is examined: a cell of a megabyte without a space must not be read once for each URL.
_RUN = re.compile(r"[^ \t\r\n\f\v<|]{1,400}+")
_WHOLE_RUN = re.compile(r"[^ \t\r\n\f\v<|]*+")
_TRAILING = re.compile(r"[?!.,:;*_~'\")]*+")
# Letters of Chinese, Japanese and Korean. (A character class of them takes 4 ms to compile.)
_CJK_LETTERS = (
    "\u1100\u11ff \u2e80\u2fdf \u3041\u30fa \u30fc\u31ff \u3400\u9fff \uac00\ud7af \uf900\ufaff "
    "\U00020000\U0003ffff"
).split()
_SENTENCE = re.compile(r"[，。；！？、：]")
_PUNCTUATION = frozenset("，。；！？、：（）【】《》「」『』”〈〉〔〕　")
# Chinese that continues like a path, or ends like a file name.
_PATH_GOES_ON = re.compile(r"[/%=?&#]|\.[A-Za-z0-9]{1,5}$")
# URLs that may contain Chinese: queries, fragments, wikis, files in a repository.
_MAY_HOLD_CHINESE = re.compile(
    r"[?#]|/(?:wiki|item|blob|tree|raw|view|files?|tags?)/", re.IGNORECASE
)
_UNITS = {"年": "(?:19|20)\\d\\d|\\d\\d", "月": "1[0-2]|[1-9]", "日": "[12]\\d|3[01]|[1-9]"}
_UNITS |= {"⽉": _UNITS["月"], "⽇": _UNITS["日"], "号": _UNITS["日"]}
_CUTS = {unit: re.compile(rf"(?<=\d)(?:{digits})$") for unit, digits in _UNITS.items()}
# What else a number before it may count: where the URL ends is then open.
_COUNTED = frozenset("个個种種篇倍万萬亿億次位款项項条條岁天周小分秒点點章节節页頁⻚层層步级級代")
# The one word after a page's root that is more often the next word of the sentence.
_ROOT_WORD = re.compile(r"https?://[\w.-]+\.github\.io/([A-Z][A-Za-z]*)$", re.ASCII)


def _bare_urls(text: str, place: Text) -> Iterator[BareUrl]:
    links = place.inline.links
    starts = {link.span.start for link in links}
    ends = {link.span.end for link in links if link.kind != "bare"}
    limit = place.excerpt.span(len(place.excerpt.text) - 1, len(place.excerpt.text)).end
    # Up to where everything is part of a URL whose end is not sure, another URL included, and up
    # to where that URL may go on.
    whole = reach = -1
    for link in links:
        if link.kind == "bare":
            end = link.span.end
            if link.span.start <= whole:
                yield BareUrl(link, "", None, max(reach, end))
                continue
            swallowed, cut = _judge(text, link, limit, starts)
            reach = end
            if cut is None:
                run = _WHOLE_RUN.match(text, end, limit)
                reach = whole = run.end() if run else end
                if swallowed:  # text, from the end of its first sentence at the latest
                    sentence = _SENTENCE.search(text, end, whole)
                    reach = sentence.start() if sentence else end
            yield BareUrl(link, swallowed, _wrap(text, link, cut, starts, ends), reach)


# The URL of what was meant as a Markdown link: `broken-link` fixes the whole of it.
_TARGET_BEFORE = re.compile(r"\][ \t]*[(（]$")


_Cut = tuple[int, Applicability] | None


def _judge(text: str, link: Link, limit: int, starts: set[int]) -> tuple[str, _Cut]:
    """What GitHub takes into the link, and where the URL ends."""
    end, url = link.span.end, link.span.cut(text)
    sure: _Cut = (end, "safe")
    if end in starts and text[end] == "<" and _may_be_a_prefix(url):
        # As before a bare URL: each fix of a row of them would make the one before it fixable.
        return "", None
    run = _RUN.match(text, end, limit)
    if not run:
        return "", sure
    trailing = _TRAILING.match(text, end, run.end())
    first = trailing.end() if trailing else end
    if first == run.end():
        return "", sure
    if first in starts:
        if text[first] == "[" or not _may_be_a_prefix(url):
            return run[0], sure
        return "", None
    if text[first] in _PUNCTUATION:
        return run[0], sure
    if not any(block[0] <= text[first] <= block[1] for block in _CJK_LETTERS):
        return "", sure if text[first] in "[]{}`^" else None
    return _judge_chinese(text, url, run[0], first - end, end)


def _may_be_a_prefix(url: str) -> bool:
    """Whether a URL may be of a service that takes another URL after its own."""
    address = url.partition("://")[2].rstrip("/")
    return "/" not in address and not is_at(host(url), "github.io")


def _judge_chinese(text: str, url: str, run: str, skipped: int, end: int) -> tuple[str, _Cut]:
    sentence = _SENTENCE.search(run)
    stretch = run[: sentence.start()] if sentence else run
    if (
        url[-1] in "/=-+%#&@~"
        or "_" in run[:skipped]
        or _MAY_HOLD_CHINESE.search(url)
        or "wiki" in host(url)
        or _PATH_GOES_ON.search(stretch)
    ):
        # The page may have a Chinese name; no page has a Chinese comma in its name.
        return (run if sentence else ""), None
    if skipped:
        return run, (end, "safe")
    if pattern := _CUTS.get(run[0]):
        if url[-1].isdigit():
            cut = pattern.search(url)
            return run, (end - len(cut[0]), "unsafe") if cut else None
    elif url[-1].isdigit() and run[0] in _COUNTED:
        return run, None
    if word := _ROOT_WORD.match(url):
        return run, (end - len(word[1]), "unsafe")
    return run, (end, "safe")


def _wrap(text: str, link: Link, cut: _Cut, starts: set[int], ends: set[int]) -> Fix | None:
    """``<…>`` around the URL, with a space where another link or a word would touch it."""
    start = link.span.start
    if cut is None or "://" not in link.span.cut(text):
        return None
    if _TARGET_BEFORE.search(text, max(0, start - 16), start):
        return None
    end, applicability = cut
    glued = end in starts or end < link.span.end or text[end : end + 1] == "["
    return Fix(
        "Enclose the URL in < and >",
        (
            Edit(Span(start, start), " <" if start in ends else "<"),
            Edit(Span(end, end), "> " if glued else ">"),
        ),
        applicability,
    )
