"""Find what is wrong in a list of papers, and mend what can be mended for sure."""

from .linter import Fixed, fix, lint
from .findings import Finding, Fix, Related
from .options import Options

__all__ = ["Finding", "Fix", "Fixed", "Options", "Related", "fix", "lint"]
