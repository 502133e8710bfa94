"""An extension of Griffe for the documentation site: doctests in docstrings become code blocks.

Google's style has examples in a section of their own; the docstrings of this package end with them.
"""

from __future__ import annotations

import re
from typing import Any

import griffe


def with_examples(docstring: str) -> str:
    """The docstring with each paragraph of doctests under the heading of an Examples section.

    >>> print(with_examples("Add.\\n\\n>>> 1 + 1\\n2"))
    Add.
    <BLANKLINE>
    Examples:
        >>> 1 + 1
        2
    """
    paragraphs = re.split(r"\n[ \t]*\n", docstring)
    result: list[str] = []
    inside = False
    for paragraph in paragraphs:
        is_doctest = paragraph.startswith(">>> ")
        if is_doctest:
            paragraph = re.sub(r"(?m)^", "    ", paragraph)
            if not inside:
                paragraph = f"Examples:\n{paragraph}"
        inside = is_doctest
        result.append(paragraph)
    return "\n\n".join(result)


class DoctestExamples(griffe.Extension):
    """Rewrites each docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of a module, class, function or attribute."""
        if obj.docstring:
            obj.docstring.value = with_examples(obj.docstring.value)
