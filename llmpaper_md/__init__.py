"""Lists of papers kept as Markdown tables: parsed into records, repaired, linted, formatted.

>>> import llmpaper_md
>>> document = llmpaper_md.parse("| Paper |\\n| - |\\n| [A](https://arxiv.org/abs/1706.03762) |")
>>> document.papers[0].arxiv_id
'1706.03762'
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False  # what typing's own says, without the time that typing takes to load
if TYPE_CHECKING:
    from .lists.comparing import Change, Changed, Comparison, compare
    from .reading.document import Document, NamedTable, Paper
    from .errors import (
        BlockError,
        ChannelError,
        ConfigError,
        CorrectionError,
        LLMPaperError,
        ModelError,
        ProofError,
        RecordError,
        SourceError,
    )
    from .export.bibtex import to_bibtex
    from .export.csv import to_csv
    from .export.jsonl import to_jsonl
    from .export.json_loading import from_json
    from .page.html import to_html
    from .export.json_records import to_dict, to_json
    from .export.urls import to_urls
    from .formatting import FormatOptions, format_text
    from .formatting.render import render
    from .reading.links import ArxivId, Link
    from .linting import Finding, Fix, Fixed, Options, Related, fix, lint
    from .merging import Conflict, Filled, Merged, merge
    from .normalizing import Normalized, normalize
    from .reading.parser import parse
    from .repairing import Candidate, Channel, Guess, Question, Repair, repair
    from .reading.sections import Section
    from .source import Edit, Position, Source, Span, read
    from .reading.tables import Cell, Row, Table

# Names are imported when they are first asked for: the command line's --version and --help
# then need nothing but the argument parser.
_HOMES = {
    "ArxivId": "links",
    "BlockError": "errors",
    "Candidate": "repairing",
    "Cell": "tables",
    "Change": "comparing",
    "Changed": "comparing",
    "Channel": "repairing",
    "ChannelError": "errors",
    "Comparison": "comparing",
    "ConfigError": "errors",
    "Conflict": "merging",
    "CorrectionError": "errors",
    "Document": "document",
    "Edit": "source",
    "Filled": "merging",
    "Finding": "linting",
    "Fix": "linting",
    "Fixed": "linting",
    "FormatOptions": "formatting",
    "Guess": "repairing",
    "LLMPaperError": "errors",
    "Link": "links",
    "Merged": "merging",
    "ModelError": "errors",
    "NamedTable": "document",
    "Normalized": "normalizing",
    "Options": "linting",
    "Paper": "document",
    "Position": "source",
    "ProofError": "errors",
    "Question": "repairing",
    "RecordError": "errors",
    "Related": "linting",
    "Repair": "repairing",
    "Row": "tables",
    "Section": "sections",
    "Source": "source",
    "SourceError": "errors",
    "Span": "source",
    "Table": "tables",
    "compare": "comparing",
    "fix": "linting",
    "format_text": "formatting",
    "from_json": "export.loading",
    "lint": "linting",
    "merge": "merging",
    "normalize": "normalizing",
    "parse": "papers",
    "read": "source",
    "render": "formatting.rendering",
    "repair": "repairing",
    "to_bibtex": "export.bibliography",
    "to_csv": "export.comma_separated",
    "to_dict": "export.records",
    "to_html": "export.page",
    "to_json": "export.records",
    "to_jsonl": "export.lines",
    "to_urls": "export.urls",
}

__all__ = [  # noqa: RUF022 - in the order of _HOMES
    "__version__",
    "ArxivId",
    "BlockError",
    "Candidate",
    "Cell",
    "Change",
    "Changed",
    "Channel",
    "ChannelError",
    "Comparison",
    "ConfigError",
    "Conflict",
    "CorrectionError",
    "Document",
    "Edit",
    "Filled",
    "Finding",
    "Fix",
    "Fixed",
    "FormatOptions",
    "Guess",
    "LLMPaperError",
    "Link",
    "Merged",
    "ModelError",
    "NamedTable",
    "Normalized",
    "Options",
    "Paper",
    "Position",
    "ProofError",
    "Question",
    "RecordError",
    "Related",
    "Repair",
    "Row",
    "Section",
    "Source",
    "SourceError",
    "Span",
    "Table",
    "compare",
    "fix",
    "format_text",
    "from_json",
    "lint",
    "merge",
    "normalize",
    "parse",
    "read",
    "render",
    "repair",
    "to_bibtex",
    "to_csv",
    "to_dict",
    "to_html",
    "to_json",
    "to_jsonl",
    "to_urls",
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
