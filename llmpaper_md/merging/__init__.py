"""Two lists of papers made one, with the proof that no paper of either was lost."""

from __future__ import annotations

from .joining import merge
from .merge_result import Conflict, Filled, Merged

__all__ = ["Conflict", "Filled", "Merged", "merge"]
