"""What stops the work. Bad input in a list is a finding, never one of these."""


class LLMPaperError(Exception):
    """The base of every error this package raises on purpose.

    Its text is one line for a person: what happened, where, and what to do.
    """


class SourceError(LLMPaperError):
    """A file that cannot be read as UTF-8 text, or cannot be written."""


class ConfigError(LLMPaperError):
    """A configuration file that is no TOML, or holds a key or value that is not known."""
