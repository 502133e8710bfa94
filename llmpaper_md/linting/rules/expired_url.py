"""A signed URL that has expired or will expire.

## What it does

Reports signed URLs of Facebook (`oe=`), Amazon (`X-Amz-Expires`, `Expires`), Google
(`X-Goog-Expires`) and Azure (`se=`). Without the option `today` this rule finds nothing.

## Why it matters

Storage services sign URLs for hours or days. After that time the link leads nowhere.

## Example

Expired on 2023-08-19:

```markdown
[LLaMA](https://scontent.xx.fbcdn.net/v/paper.pdf?oh=00_Af&oe=64E14022)
```

## Use instead

```markdown
[LLaMA](https://arxiv.org/abs/2302.13971)
```

## Fix safety

There is no fix: link to the page from which the file was downloaded.

## Options

- `today` (`--today`): The day by which dates are judged.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from ...choices import Severity
from ...reading.links import host, is_at
from ..context import Context
from ..findings import Applicability, Level, Problem

SEVERITY: Severity = "error"
LEVEL: Level = "default"
FIX: Applicability | None = None

_PARAMETER = re.compile(r"[?&]([A-Za-z-]+)=([^&#]*)")
# What shows that a parameter called Expires belongs to a signature.
_SIGNATURES = frozenset(["signature", "awsaccesskeyid", "googleaccessid", "key-pair-id"])
_START = re.compile(r"(\d{8}T\d{6})Z", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T|%|$)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each signed URL that has a last day."""
    today = context.options.today
    if today is None:
        return
    for link in context.links:
        end = expiry(link.url)
        if end:
            when = "expired" if end < today else "expires"
            yield Problem(
                f"signed URL {when} on {end}: link to the page that offers the file",
                link.span,
            )


def expiry(url: str) -> date | None:
    """The day (UTC) on which a signed URL expires, or None where it has none.

    >>> expiry("https://scontent.xx.fbcdn.net/v/paper.pdf?oh=00_Af&oe=64E14022")
    datetime.date(2023, 8, 19)
    """
    if "=" not in url:
        return None
    own = {name.lower(): value for name, value in _PARAMETER.findall(url)}
    try:
        if is_at(host(url), "fbcdn.net", "cdninstagram.com"):
            return _after(_EPOCH, int(own["oe"], 16)) if "oe" in own else None
        for vendor in ("amz", "goog"):
            start = _START.fullmatch(own.get(f"x-{vendor}-date", ""))
            if start and f"x-{vendor}-expires" in own:
                begin = datetime.strptime(start[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                return _after(begin, int(own[f"x-{vendor}-expires"]))
        if "expires" in own and _SIGNATURES & own.keys():
            return _after(_EPOCH, int(own["expires"]))
        if "sig" in own and (day := _DAY.match(own.get("se", ""))):
            return date.fromisoformat(day[1])
    except (ValueError, OverflowError):
        pass
    return None


def _after(start: datetime, seconds: int) -> date:
    return (start + timedelta(seconds=seconds)).date()
