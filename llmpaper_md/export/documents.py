"""Documents to export, one or several."""

from __future__ import annotations

from collections.abc import Iterable

from ..reading.document import Document


def as_documents(documents: Document | Iterable[Document]) -> Iterable[Document]:
    """The documents to iterate over, whether one or several are given."""
    return [documents] if isinstance(documents, Document) else documents
