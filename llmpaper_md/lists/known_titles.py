"""The file of known titles that ``lint --metadata`` reads: JSON Lines, one object per paper.

Each object has ``arxiv_id`` or ``doi``, and ``title``; other members are kept and ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..errors import ConfigError
from ..source import SPACES

LARGEST = 64 << 20
"""The most bytes that the file may have."""

Record = Mapping[str, object]
"""One object: what is known about a paper."""


def record_key(record: Record) -> str:
    """The canonical key of the paper in a record, as returned by `links.canonical`.

    Raises:
        ValueError: the record has no identifier that is a string.

    >>> record_key({"arxiv_id": "math.GT/0309136", "title": "…"})
    'arxiv:math.gt/0309136'
    """
    for kind, name in (("arxiv", "arxiv_id"), ("doi", "doi")):
        value = record.get(name)
        if value and isinstance(value, str):
            return f"{kind}:{value.lower()}"
        if value:
            break  # a number: an arXiv identifier would have lost zeros
    raise ValueError("neither arxiv_id nor doi")


class KnownTitles:
    r"""The records of a file, with each line kept as written.

    >>> known = KnownTitles.load('{"arxiv_id": "1706.03762", "title": "Attention"}\n', "m.jsonl")
    >>> known.put({"doi": "10.1000/a", "title": "文"})
    >>> known.titles
    {'arxiv:1706.03762': 'Attention', 'doi:10.1000/a': '文'}
    >>> known.dump().splitlines()[1]
    '{"doi": "10.1000/a", "title": "文"}'
    """

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self._lines: list[str] = []
        self._places: dict[str, int] = {}

    @classmethod
    def load(cls, text: str, name: str) -> KnownTitles:
        """Read the text of a file; of two records for the same paper, the later one applies.

        Args:
            text: JSON Lines; empty lines are ignored.
            name: the name of the file for error messages.

        Raises:
            ConfigError: a line is not such an object; the message gives its number.

        """
        known = cls()
        lines = text.removesuffix("\n").split("\n") if text else []
        for number, line in enumerate(lines, 1):
            if line.strip(SPACES + "\r"):
                try:
                    record = json.loads(line.removeprefix("\ufeff"))
                    key, title = record_key(record), record["title"]
                    if not (title and isinstance(title, str)):
                        raise ValueError("no title")
                except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                    expected = "expected an object with arxiv_id or doi, and title"
                    raise ConfigError(f"{name}:{number}: {expected}") from None
                known.titles[key] = title
                known._places[key] = number - 1
        known._lines = lines
        return known

    def put(self, record: Record) -> None:
        """Add a record, or replace the record of the same paper.

        Raises:
            ValueError: it has no identifier.

        """
        key = record_key(record)
        line = json.dumps(record, ensure_ascii=False)
        self.titles[key] = str(record["title"])
        place = self._places.setdefault(key, len(self._lines))
        self._lines[place : place + 1] = [line]

    def dump(self) -> str:
        """The text of the file; lines that were not replaced are as they were read."""
        return "".join(f"{line}\n" for line in self._lines)
