"""Papers written as list items, each on one line, by a template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..choices import ITEM_TEMPLATE
from ..errors import ConfigError
from ..escaping import escape_text, escape_url
from ..reading.document import Paper
from ..reading.stars import FILLED

_FIELD = re.compile(r"\{([a-z_]*)\}")
_FIELD_AND_STOP = re.compile(r"\{([a-z_]*)\}(\.?)")


def _year(paper: Paper) -> list[str]:
    return [str(paper.own_year)] if paper.own_year else []


def _text(name: str) -> Callable[[Paper], list[str]]:
    def values(paper: Paper) -> list[str]:
        value = getattr(paper, name)
        return [escape_text(" ".join(value.split("\n")))] if value else []

    return values


_VALUES: dict[str, Callable[[Paper], list[str]]] = {
    **{name: _text(name) for name in ("title", "name", "authors", "venue", "date")},
    "introduction": _text("introduction_text"),
    "year": _year,
    "url": lambda paper: [escape_url(paper.url)] if paper.url else [],
    "code": lambda paper: [escape_url(url) for url in paper.code],
    "stars": lambda paper: [(paper.star_glyph or FILLED[1]) * paper.stars] if paper.stars else [],
}


def check_template(template: str, where: str = "item template") -> None:
    """Check a template.

    Args:
        template: the template.
        where: what it is called in messages.

    Raises:
        ConfigError: it is no list item of one line, or names an unknown field.

    >>> check_template("- {titel}")
    Traceback (most recent call last):
    llmpaper_md.errors.ConfigError: item template: unknown field 'titel'; known are authors, code, \
date, introduction, name, stars, title, url, venue, year
    """
    for match in _FIELD.finditer(template):
        if match[1] not in _VALUES:
            known = ", ".join(sorted(_VALUES))
            raise ConfigError(f"{where}: unknown field {match[1]!r}; known are {known}")
    if not re.match(r"[-*+] ", template) or "\n" in template:
        raise ConfigError(f"{where}: expected one line that begins with '- '")
    if "{title}" not in template:
        raise ConfigError(f"{where}: expected {{title}} in it")


def write_item(paper: Paper, template: str = ITEM_TEMPLATE) -> str:
    """Write a paper as a list item.

    What is between two spaces of the template is left out where it names a field that the paper
    does not have, and repeated where it has several.

    Args:
        paper: the paper.
        template: the item, with ``{title}``, ``{name}``, ``{authors}``, ``{venue}``, ``{year}``,
            ``{date}``, ``{url}``, ``{code}``, ``{introduction}`` and ``{stars}``.

    >>> write_item(Paper(title="Nets", year=2023, url="https://a.org"))
    '- **Nets** 2023. [[paper](https://a.org)]'
    """
    return " ".join(piece for word in template.split(" ") for piece in _pieces(word, paper))


def _pieces(word: str, paper: Paper) -> Iterator[str]:
    names = _FIELD.findall(word)
    if not names:
        yield word
        return
    values = {name: _VALUES[name](paper) for name in names}
    for number in range(min(map(len, values.values()))):
        own = {name: found[number] for name, found in values.items()}
        # A full stop after "et al." is there already.
        yield _FIELD_AND_STOP.sub(
            lambda match: own[match[1]] + match[2] * (not own[match[1]].endswith(".")),  # noqa: B023
            word,
        )
