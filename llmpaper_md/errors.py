"""What stops the work. Bad input in a list is a finding, never one of these."""


class LLMPaperError(Exception):
    """The base of every error this package raises on purpose.

    Its text is one line for a person: what happened, where, and what to do.
    """


class SourceError(LLMPaperError):
    """A file that cannot be read as UTF-8 text, or cannot be written."""


class CorrectionError(LLMPaperError):
    """A choice of a person that does not fit the text: which one, and why."""


class ChannelError(LLMPaperError, ValueError):
    """The name of a channel that is none: no code page, or a phrase that is not known."""


class ModelError(LLMPaperError):
    """A language model file that is truncated, corrupt, foreign or of another version."""


class ConfigError(LLMPaperError):
    """A configuration file that is no TOML, or holds a key or value that is not known."""


class ProofError(LLMPaperError):
    """A new text that does not hold all that the old one did; it was not written."""


class RecordError(LLMPaperError):
    """A record in JSON that is none: which one, and what was expected."""


class BlockError(LLMPaperError):
    """A file without the markers of a block that is to be filled, or with them twice."""


class WorkerError(LLMPaperError):
    """One of several processes at work came to its end before its work did."""
