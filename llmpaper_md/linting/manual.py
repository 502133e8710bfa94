"""The manual of all rules as one Markdown page, made from their own pages.

``python -m llmpaper_md.linting.manual > docs/rules.md`` writes it anew.
"""

from __future__ import annotations

from .registry import RULES, rule

_HEAD = """\
# The rules of lint

Made from the rules' own pages (`llmpaper-md rule NAME`). Strict rules run with `--strict`.
Safe fixes are applied by `--fix`, unsafe ones by `--unsafe-fixes`.
"""


def manual() -> str:
    """The page: a table of all rules, then each rule's own."""
    rules = [rule(name) for name in RULES]
    rows = [
        f"| [`{known.name}`](#{known.name}) | {known.severity} | {known.level} "
        f"| {known.fix or ''} | {known.summary.replace('|', chr(92) + '|')} |"
        for known in rules
    ]
    table = "\n".join(
        ["| rule | severity | level | fix | finds |", "| --- | --- | --- | --- | --- |", *rows]
    )
    pages = "\n\n".join(f"## {known.name}\n\n{known.page}" for known in rules)
    return f"{_HEAD}\n{table}\n\n{pages}\n"


if __name__ == "__main__":
    print(manual(), end="")
