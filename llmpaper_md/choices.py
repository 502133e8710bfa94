"""The choices of settings and command-line options.

They have their own module because parsing the command line needs them and little else.
"""

from __future__ import annotations

from typing import Literal, get_args

TableStyle = Literal["keep", "compact", "aligned"]
EndOfLine = Literal["keep", "lf", "crlf"]
SortKey = Literal["id", "stars", "year", "title"]
Severity = Literal["error", "warning"]
Place = Literal["tables", "items", "paragraphs"]
"""Where in a list papers are looked for."""

ITEM_TEMPLATE = "- **{title}** {authors}. {venue} {year}. [[paper]({url})] [[code]({code})] {stars}"
"""How a paper is written as a list item if no other template is set."""
TABLE_STYLES: tuple[TableStyle, ...] = get_args(TableStyle)
ENDS_OF_LINE: tuple[EndOfLine, ...] = get_args(EndOfLine)
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
PLACES: tuple[Place, ...] = get_args(Place)
