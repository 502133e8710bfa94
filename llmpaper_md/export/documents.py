"""Documents to export, one or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..reading.document import Document
from ..reading.parser import as_document
from ..source import Source

Readable = str | Source | Document
"""A list in any of the forms that public functions accept."""


def as_documents(documents: Readable | Iterable[Readable]) -> Iterator[Document]:
    """The documents to export, whether one or several are given.

    >>> [len(document.papers) for document in as_documents("| Paper |\\n| - |\\n| A |")]
    [1]
    >>> [document.source.name for document in as_documents(["", Source.of("", "b.md")])]
    ['<string>', 'b.md']
    """
    if isinstance(documents, (str, Source, Document)):
        documents = [documents]
    return map(as_document, documents)
