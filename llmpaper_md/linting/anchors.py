"""The places in a file that a link such as ``[a](#name)`` can lead to."""

from __future__ import annotations

import re
from collections import Counter
from unicodedata import category
from urllib.parse import unquote

from ..reading.blocks import Heading
from ..reading.document import Document
from ..reading.inline import read_inline
from ..reading.slugs import slug

_ATTRIBUTE = re.compile(
    r"""\b(?:id|name)[ \t]?=[ \t]?(?:"([^"\r\n]*)"|'([^'\r\n]*)'|([^\s"'=<>`]+))"""
)
_BRACES = re.compile(r"\{:?[ \t]*#([\w:.-]+)")
_BARE_BEGINNING = re.compile(r"[\w*_`~\[(\\]")
_USER_CONTENT = "user-content-"


class Anchors:
    """The anchors of a file, and the anchor that one which is not there must stand for.

    Names are compared without case and without signs that choose how a character looks (U+FE0F):
    browsers and GitHub differ in how they take these.
    """

    def __init__(self, document: Document) -> None:
        self._names: dict[str, str] = {}
        self._alike: dict[str, list[str]] = {}
        self._other: set[str] = set()
        counts = Counter[str]()
        references = document.blocks.references
        for heading in document.blocks.blocks:
            if not isinstance(heading, Heading):
                continue
            raw = heading.content.text
            name = slug(read_inline(heading.content, references).text)
            number = counts[name]
            counts[name] += 1
            self._add(f"{name}-{number}" if number else name)
            # Images and tags leave their spaces, which become hyphens.
            if raw[:1] and not _BARE_BEGINNING.match(raw):
                self._other.add(_comparable(f"-{name}"))
            if raw.endswith((">", ")")):
                self._other.update((_comparable(f"{name}-"), _comparable(f"-{name}-")))
        text = document.source.text
        for match in _ATTRIBUTE.finditer(text):
            self._other.add(_comparable(match[1] or match[2] or match[3] or ""))
        self._other.update(_comparable(match[1]) for match in _BRACES.finditer(text))

    def _add(self, name: str) -> None:
        self._names[_comparable(name)] = name
        self._alike.setdefault(_letters(name), []).append(name)

    def __contains__(self, fragment: str) -> bool:
        """Whether a fragment, without its ``#``, leads anywhere in the file."""
        name = _comparable(unquote(fragment).removeprefix(_USER_CONTENT))
        return name in self._names or name in self._other

    def meant(self, fragment: str) -> str | None:
        """The only anchor of a heading with the letters and digits of a fragment."""
        alike = self._alike.get(_letters(unquote(fragment)), [])
        return alike[0] if len(alike) == 1 and alike[0] else None


def _comparable(name: str) -> str:
    if name.isascii():
        return name.lower()
    kept = (char for char in name.lower() if category(char) not in ("Mn", "Cf"))
    return "".join(kept)


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.lower()))
