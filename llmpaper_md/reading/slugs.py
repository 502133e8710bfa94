"""The names that GitHub gives to headings, for links to lead to."""

from __future__ import annotations

import re

from ..source import SPACES

_SLUG = re.compile(r"[^\w\- ]+")


def slug(heading: str) -> str:
    """The name that GitHub gives a heading for links to lead to.

    >>> slug("2.1 LLM 的关键技术：")
    '21-llm-的关键技术'
    """
    return _SLUG.sub("", heading.strip(SPACES).lower()).replace(" ", "-")
