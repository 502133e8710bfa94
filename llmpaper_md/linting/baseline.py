"""A baseline: findings that were there before, so that an old list can start clean.

A finding is identified by its rule and by the content of its line: the paper's identifier or URL
where the line is the row of a paper, else its text. Line numbers do not count.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..errors import ConfigError
from ..reading.document import Document
from .findings import Finding

SCHEMA_VERSION = 1
LARGEST = 16 << 20
"""How many bytes a baseline may have."""
_BLANKS = re.compile(r"[ \t]+")
# In the name of a file that is not UTF-8. As escapes in JSON they come back as they were.
_HALVES = re.compile("[\ud800-\udfff]")

Key = tuple[str, str, str]
"""Path, rule, and the content of the line."""


def keys(findings: Iterable[Finding], document: Document) -> list[Key]:
    """The key of each finding."""
    source = document.source
    papers = {entry.line: entry.paper for entry in document.entries}
    made = []
    for finding in findings:
        line = source.position(finding.span.start).line
        paper = papers.get(line)
        name = None
        if paper:
            name = paper.arxiv_id or paper.doi or paper.openreview_id or paper.url or paper.title
        text = name or _BLANKS.sub(" ", source.line(line))
        made.append((source.name, finding.rule, text))
    return made


def dump(found: Iterable[Key]) -> str:
    """The baseline as JSON, one entry a line, sorted."""
    entries = [
        _escaped({"path": path, "rule": rule, "key": key, "count": count})
        for (path, rule, key), count in sorted(Counter(found).items())
    ]
    body = ",\n".join(entries)
    return f'{{"schema_version": {SCHEMA_VERSION}, "findings": [\n{body}\n]}}\n'


def _escaped(entry: dict[str, str | int]) -> str:
    text = json.dumps(entry, ensure_ascii=False)
    return _HALVES.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def load(text: str, name: str) -> Counter[Key]:
    """The entries of a baseline.

    Raises:
        ConfigError: the text is not a baseline.
    """
    try:
        data: Any = json.loads(text)
        return Counter(
            {
                (str(entry["path"]), str(entry["rule"]), str(entry["key"])): int(entry["count"])
                for entry in data["findings"]
            }
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise ConfigError(f"{name}: not a baseline: write one with --write-baseline") from None


def filter_known(
    findings: Sequence[Finding], their_keys: Sequence[Key], known: Mapping[Key, int]
) -> tuple[list[Finding], Counter[Key]]:
    """Divide findings by a baseline.

    Args:
        findings: the findings of a file.
        their_keys: the key of each.
        known: how many findings of each key the baseline still has.

    Returns:
        The findings that are new, and the entries of the baseline that no finding matched.
    """
    new = []
    unmatched = Counter(known)
    for finding, key in zip(findings, their_keys, strict=True):
        if unmatched[key] > 0:
            unmatched[key] -= 1
        else:
            new.append(finding)
    return new, +unmatched
