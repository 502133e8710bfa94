"""The manual of all rules as one Markdown page, made from their own pages.

``python -m llmpaper_md.linting.manual > docs/rules.md`` writes it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .registry import GROUPS, Rule, rule

_HEAD = """\
# The rules of lint

Generated from the pages that `llmpaper-md rule NAME` prints. Strict rules run with
`--strict`. `--fix` applies safe fixes, `--unsafe-fixes` unsafe ones as well.
"""


def manual() -> str:
    """The page: for each group of rules a table, then the pages of the rules."""
    groups = [(name, [rule(each) for each in names]) for name, names in GROUPS.items()]
    tables = (f"**{name}**\n\n{_table(rules)}" for name, rules in groups)
    pages = (
        part
        for name, rules in groups
        for part in (f"## {name}", *(f"### {each.name}\n\n{_nested(each.page)}" for each in rules))
    )
    return "\n\n".join([_HEAD.rstrip("\n"), *tables, *pages]) + "\n"


def _table(rules: Iterable[Rule]) -> str:
    rows = (
        f"| [`{each.name}`](#{each.name}) | {each.severity} | {each.level} "
        f"| {each.fix or ''} | {each.summary.replace('|', chr(92) + '|')} |"
        for each in rules
    )
    head = ("| rule | severity | level | fix | finds |", "| --- | --- | --- | --- | --- |")
    return "\n".join((*head, *rows))


def _nested(page: str) -> str:
    """A rule's page with its headings two levels deeper, and its examples as they are."""
    return "\n".join(_nested_lines(page.split("\n")))


def _nested_lines(lines: Iterable[str]) -> Iterator[str]:
    in_example = False
    for line in lines:
        if line.startswith("```"):
            in_example = not in_example
        yield f"##{line}" if line.startswith("## ") and not in_example else line


if __name__ == "__main__":
    print(manual(), end="")
