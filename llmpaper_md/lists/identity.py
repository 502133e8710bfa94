"""The identity of a paper: its canonical key, and normalized titles."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from ..reading.document import Paper
from ..reading.links import canonical, host
from ..source import SPACES

# Shorter titles (Introduction, GPT-4) do not identify a paper.
_LONG = 16
_CHINESE = 3  # the weight of a Chinese character


@lru_cache(4096)  # several rules ask for the same title
def title_key(title: str) -> str:
    """A title normalized for comparison: without case, width, spaces and punctuation.

    >>> title_key("GPT‑4: A  Report ") == title_key("gpt4 a report")
    True
    """
    return "".join(filter(str.isalnum, normalize("NFKC", title).casefold()))


def is_distinctive_title(key: str) -> bool:
    """Whether a title key is long enough to identify a single paper."""
    if len(key) >= _LONG or len(key) * _CHINESE < _LONG:
        return len(key) >= _LONG
    return len(key) + (_CHINESE - 1) * sum("\u3400" <= char <= "\u9fff" for char in key) >= _LONG


# What lists put around a title: icons, a number, a label in brackets, an affiliation at the end.
_BEFORE = re.compile(r"(?::[a-z0-9_+-]+:|\d{1,3}[.)](?=\s)|[^\w\s\[(（【“\"'])+\s*", re.IGNORECASE)
_LABEL = re.compile(r"[\[【][^\[\]【】]{1,60}[\]】]\s*[:：]?\s*(?=\S)")
_AFTER = re.compile(r"[(（][^()（）]{1,80}[)）]$")
_QUOTED = re.compile(r"\(\[?(['\"‘“])([^()]{8,300})['\"’”]\]?\)")
# A description: "Name - a model that …".
_DESCRIPTION = re.compile(r"\s[-–—]\s+(?=[a-z])")
_DASHES = re.compile("[-–—]")
_LONGEST = 500
_WORD = re.compile(r"[㐀-鿿]|[^\W_㐀-鿿]+")
_COLON = re.compile("[:：]")
_FEW = 3


@lru_cache(4096)  # as for title_key
def bare_title(title: str) -> str:
    """A title without what a list writes around it: icons, labels, an affiliation, a description.

    >>> bare_title("🔥[vLLM] Efficient memory management (@Berkeley)")
    'Efficient memory management'
    >>> bare_title("ResNet-50 ('Deep residual learning')"), bare_title("[CLS] or BERT")
    ('Deep residual learning', 'or BERT')
    """
    title = title.partition("\n")[0][:_LONGEST].strip(SPACES)
    if "(" in title and (quoted := _QUOTED.search(title)):
        return quoted[2]
    if not title[:1].isalpha():
        for pattern in (_BEFORE, _LABEL, _BEFORE):
            if (match := pattern.match(title)) and match.end() < len(title):
                title = title[match.end() :]
    if title[-1:] in (")", "）"):
        title = _AFTER.sub("", title).rstrip(SPACES) or title
    return _DESCRIPTION.split(title, maxsplit=1)[0] if _DASHES.search(title) else title


def are_one_title(one: str, other: str) -> bool:
    """Whether two titles can be ways to write the title of one paper.

    They are if one is part of the other, if they differ in a name before a colon alone, or if half
    of their words are the same; and so are a title and a name of one or two words.

    >>> are_one_title("Adam: A Method for Optimization", "Adam, a method for optimisation")
    True
    >>> are_one_title("Attention Is All You Need", "Adam: A Method for Optimization")
    False
    """
    one, other = bare_title(one), bare_title(other)
    if is_same_title(one, other) or is_short_title(one) != is_short_title(other):
        return True
    words, others = _words(one), _words(other)
    return 2 * len(words & others) > min(len(words), len(others))


def is_same_title(one: str, other: str) -> bool:
    """Whether one title is all or part of another, but for a name before a colon.

    >>> is_same_title("vLLM: Efficient Memory Management", "🔥 Efficient memory management")
    True
    """
    one, other = bare_title(one), bare_title(other)
    a, b = title_key(one), title_key(other)
    if a in b or b in a:
        return True
    a, b = (title_key(_COLON.split(title, maxsplit=1)[-1]) for title in (one, other))
    return bool(a and b) and (a in b or b in a)


def is_short_title(title: str) -> bool:
    """Whether a title is a name rather than a title: it has one or two words.

    >>> is_short_title("GPT-4"), is_short_title("密集段落检索方法")
    (True, False)
    """
    return len(_words(title)) < _FEW


def _words(title: str) -> set[str]:
    return set(_WORD.findall(title.casefold()))


def paper_key(paper: Paper) -> str | None:
    """The canonical key of a paper: an identifier if it has one, else that of its main URL."""
    main = canonical(paper.url) if paper.url else None
    if main and is_identifier(main):
        return main
    if paper.arxiv_id:
        return f"arxiv:{paper.arxiv_id.lower()}"
    if paper.doi:
        return f"doi:{paper.doi}"
    if paper.openreview_id:
        return f"openreview:{paper.openreview_id}"
    return main


def is_identifier(key: str) -> bool:
    """Whether a canonical key is an identifier rather than a URL."""
    return key.startswith(("arxiv:", "doi:", "openreview:"))


def are_distinct(a: Paper, b: Paper) -> bool:
    """Whether two papers with the same title are different papers.

    They are if identifiers of the same kind differ, or the authors, or their pages on one site.
    """
    pairs = (
        (a.arxiv_id, b.arxiv_id),
        (a.doi, b.doi),
        (a.openreview_id, b.openreview_id),
    )
    if any(left and right and left != right for left, right in pairs):
        return True
    if a.authors and b.authors and title_key(a.authors) != title_key(b.authors):
        return True
    if a.url and b.url:
        return host(a.url) == host(b.url) and canonical(a.url) != canonical(b.url)
    return False
