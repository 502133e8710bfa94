"""Lists of papers kept as Markdown tables: parsed into records, repaired, linted, formatted.

>>> import llmpaper_md
>>> document = llmpaper_md.parse("| Paper |\\n| - |\\n| [A](https://arxiv.org/abs/1706.03762) |")
>>> document.papers[0].arxiv_id
'1706.03762'
"""

from ._version import __version__ as __version__

# Like typing.TYPE_CHECKING, without importing typing: see `llmpaper_md.current_folder`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from .errors import (
        BlockError as BlockError,
        ChannelError as ChannelError,
        ConfigError as ConfigError,
        ConflictError as ConflictError,
        CorrectionError as CorrectionError,
        LLMPaperError as LLMPaperError,
        ModelError as ModelError,
        ProofError as ProofError,
        RecordError as RecordError,
        SourceError as SourceError,
    )
    from .export.bibtex import to_bibtex as to_bibtex
    from .export.csv import to_csv as to_csv
    from .export.flat_rows import FLAT_COLUMNS as FLAT_COLUMNS, to_dicts as to_dicts
    from .export.json_loading import from_json as from_json
    from .export.json_records import to_dict as to_dict, to_json as to_json
    from .export.jsonl import to_jsonl as to_jsonl
    from .export.urls import to_urls as to_urls
    from .formatting.format_options import FormatOptions as FormatOptions
    from .formatting.normal_form import format_text as format_text
    from .formatting.rendering import render as render
    from .linting.findings import Finding as Finding, Fix as Fix, RelatedLocation as RelatedLocation
    from .linting.fixing import FixResult as FixResult, fix as fix
    from .linting.linter import lint as lint
    from .linting.options import LintOptions as LintOptions
    from .lists.comparing import (
        Change as Change,
        ChangedPaper as ChangedPaper,
        Comparison as Comparison,
        compare as compare,
    )
    from .merging.joining import merge as merge
    from .merging.merge_result import (
        Conflict as Conflict,
        FilledCell as FilledCell,
        MergeResult as MergeResult,
    )
    from .normalizing import NormalizeResult as NormalizeResult, normalize as normalize
    from .page.html import to_html as to_html
    from .reading.document import (
        Document as Document,
        Entry as Entry,
        Paper as Paper,
        Part as Part,
        Table as Table,
    )
    from .reading.inline import Inline as Inline
    from .reading.links import ArxivId as ArxivId, Link as Link
    from .reading.parser import parse as parse
    from .reading.sections import Section as Section
    from .reading.tables import Cell as Cell, Grid as Grid, Row as Row
    from .repairing import (
        Candidate as Candidate,
        Channel as Channel,
        Guess as Guess,
        MultiByteChannel as MultiByteChannel,
        Question as Question,
        Repair as Repair,
        Run as Run,
        repair as repair,
    )
    from .source import (
        Edit as Edit,
        Position as Position,
        Source as Source,
        Span as Span,
        apply as apply,
        read as read,
    )

# A name is imported when it is first asked for: importing all of them takes 0.2 s, and a program
# needs few. Modules with the names that they define:
_NAMES = {
    "errors": "BlockError ChannelError ConfigError ConflictError CorrectionError LLMPaperError "
    "ModelError ProofError RecordError SourceError",
    "export.bibtex": "to_bibtex",
    "export.csv": "to_csv",
    "export.flat_rows": "FLAT_COLUMNS to_dicts",
    "export.json_loading": "from_json",
    "export.json_records": "to_dict to_json",
    "export.jsonl": "to_jsonl",
    "export.urls": "to_urls",
    "formatting.format_options": "FormatOptions",
    "formatting.normal_form": "format_text",
    "formatting.rendering": "render",
    "linting.findings": "Finding Fix RelatedLocation",
    "linting.fixing": "FixResult fix",
    "linting.linter": "lint",
    "linting.options": "LintOptions",
    "lists.comparing": "Change ChangedPaper Comparison compare",
    "merging.joining": "merge",
    "merging.merge_result": "Conflict FilledCell MergeResult",
    "normalizing": "NormalizeResult normalize",
    "page.html": "to_html",
    "reading.document": "Document Entry Table Paper Part",
    "reading.inline": "Inline",
    "reading.links": "ArxivId Link",
    "reading.parser": "parse",
    "reading.sections": "Section",
    "reading.tables": "Cell Row Grid",
    "repairing": "Candidate Channel Guess MultiByteChannel Question Repair Run repair",
    "source": "Edit Position Source Span apply read",
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names.split(" ")}

__all__ = ["__version__", *_MODULES]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_MODULES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
