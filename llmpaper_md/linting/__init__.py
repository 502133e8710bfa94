"""Find what is wrong in a list of papers, and mend what can be mended for sure."""

from .findings import Finding, Fix, Related
from .linter import Fixed, fix, lint
from .options import Options

__all__ = ["Finding", "Fix", "Fixed", "Options", "Related", "fix", "lint"]
