"""Lists of papers kept as Markdown tables: parsed into records.

>>> import llmpaper_md
>>> document = llmpaper_md.parse("| Paper |\\n| - |\\n| [A](https://arxiv.org/abs/1706.03762) |")
>>> document.papers[0].arxiv_id
'1706.03762'
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from .document import Document, NamedTable, Paper
    from .errors import ConfigError, LLMPaperError, SourceError
    from .export.records import to_dict, to_json
    from .links import ArxivId, Link
    from .papers import parse
    from .sections import Section
    from .source import Position, Source, Span, read
    from .tables import Cell, Row, Table

# Names are imported when they are first asked for: the command line's --version and --help
# then need nothing but the argument parser.
_HOMES = {
    "ArxivId": "links",
    "Cell": "tables",
    "ConfigError": "errors",
    "Document": "document",
    "LLMPaperError": "errors",
    "Link": "links",
    "NamedTable": "document",
    "Paper": "document",
    "Position": "source",
    "Row": "tables",
    "Section": "sections",
    "Source": "source",
    "SourceError": "errors",
    "Span": "source",
    "Table": "tables",
    "parse": "papers",
    "read": "source",
    "to_dict": "export.records",
    "to_json": "export.records",
}

__all__ = [  # noqa: RUF022 - in the order of _HOMES
    "__version__",
    "ArxivId",
    "Cell",
    "ConfigError",
    "Document",
    "LLMPaperError",
    "Link",
    "NamedTable",
    "Paper",
    "Position",
    "Row",
    "Section",
    "Source",
    "SourceError",
    "Span",
    "Table",
    "parse",
    "read",
    "to_dict",
    "to_json",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
