"""The version and the address of the documentation, in a module that imports nothing else."""

__version__ = "0.1.0"
# The address of the documentation. The project has no published site yet: this is a placeholder.
DOCS_URL = "https://example.org/llmpaper-md"
