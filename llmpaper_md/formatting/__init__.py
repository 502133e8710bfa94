"""The normal form of a list: what it is, the proof that nothing was lost, lists made anew."""

from __future__ import annotations

from .normal_form import FormatOptions, format_document, format_text

__all__ = ["FormatOptions", "format_document", "format_text"]
