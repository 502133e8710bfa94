"""The version and the address of the project, in a module so that `--version` imports little."""

__version__ = "0.1.0"

DOCS_URL = "https://example.org/llmpaper-md"
"""Where the documentation is read. A placeholder until the project has a published address."""
