"""An arXiv link that is not in the form of the others.

## What it does

Reports links to abstracts in a list that links to PDFs, or the other way round, and `.pdf` at the
end, which is not needed. The form of a file is that of most of its arXiv links. A link whose text
names its target (`[pdf](…)`) keeps its form.

## Why it matters

Readers expect all links to open the same kind of page, and a search of the file for one form misses
the other.

## Example

```markdown
- [BERT](https://arxiv.org/abs/1810.04805)
- [GPT-3](https://arxiv.org/pdf/2005.14165.pdf)
```

## Use instead

```markdown
- [BERT](https://arxiv.org/abs/1810.04805)
- [GPT-3](https://arxiv.org/abs/2005.14165), also as [pdf](https://arxiv.org/pdf/2005.14165)
```

## Fix safety

Changes the link to the other form. The fix is safe: it is the same paper, in the same version.

## Since

0.1.0
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...choices import Severity
from ...reading.links import Link, arxiv_id, is_web
from ...setting_types import Choice, Option
from ..context import Context
from ..findings import Applicability, Level, Problem
from ..url_fixes import url_fix

SEVERITY: Severity = "warning"
LEVEL: Level = "default"
FIX: Applicability | None = "safe"
FORM = Option(
    "arxiv-form",
    Choice("consistent", "abs", "pdf"),
    "consistent",
    "How arXiv links are written; consistent: like most links of the file.",
)
OPTIONS = (FORM,)

_URL = re.compile(
    r"(?P<before>https?://(?:www\.)?arxiv\.org/)(?P<form>abs|pdf)/"
    r"(?P<id>(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})(?:v\d+)?)(?P<suffix>\.pdf)?",
    re.ASCII | re.IGNORECASE,
)
# A text that names what the link leads to, in a word or as another URL.
_NAMES_FORM = re.compile(r".{0,8}\b(?:abs|abstract|pdf)\b.{0,8}", re.IGNORECASE)


def check(context: Context) -> Iterator[Problem]:
    """Yield a problem for each link in another form."""
    every = list(_links(context))
    found = [(link, match) for link, match in every if not _names_its_form(link)]
    form = context.option(FORM)
    why = f"the settings ask for {form}"
    if form == "consistent":
        count = Counter(match["form"].lower() for _, match in found)
        form = "pdf" if count["pdf"] > count["abs"] else "abs"
        has = "has" if count[form] == 1 else "have"
        why = f"{count[form]} of the file's {len(found)} arXiv links {has} the form {form}"
    for link, match in every:
        own = match["form"] if _names_its_form(link) else form
        if match["form"].lower() == own.lower() and not match["suffix"]:
            continue
        right = f"{match['before']}{own}/{match['id']}"
        if match["form"].lower() != own.lower():
            message = f"arXiv link of the form {match['form']}, but {why}: write {right}"
            title = f"Change the link to the form {form}"
            habit = f"arXiv links of the form {match['form']}, but {why}: write {form}"
        else:
            message = f"arXiv link with a needless .pdf: write {right}"
            title = "Remove .pdf from the link"
            habit = "arXiv links with a needless .pdf: remove it"
        fix = url_fix(context.source.text, link, right, title)
        yield Problem(message, link.span, fix=fix, habit=habit)


def _links(context: Context) -> Iterator[tuple[Link, re.Match[str]]]:
    for link in context.links:
        match = _URL.fullmatch(link.url) if is_web(link) else None
        if match and arxiv_id(link.url):
            yield link, match


def _names_its_form(link: Link) -> bool:
    if link.text == link.url:
        return False
    return "arxiv.org/" in link.text.lower() or _NAMES_FORM.fullmatch(link.text) is not None
