"""What stops the work. What is wrong in a list is a finding, never one of these."""


class LLMPaperError(Exception):
    """The base of every error this package raises on purpose.

    Its text is one line for a person: what happened, where, and what to do.

    >>> from llmpaper_md import read
    >>> try:
    ...     read("missing.md")
    ... except LLMPaperError as error:
    ...     print(error)
    missing.md: no such file
    """


class SourceError(LLMPaperError):
    """A file that cannot be read as UTF-8 text, or cannot be written.

    Raised by `read`.
    """


class ConflictError(LLMPaperError):
    """A file with an unresolved merge conflict: in which line, and what to do.

    Raised by what makes a new text of a list: `fix`, `format_text`, `normalize` and `merge`. Both
    sides of a conflict would be read as parts of one list, and its markers as rows.

    >>> from llmpaper_md import format_text
    >>> format_text("| A |\\n| - |\\n<<<<<<< HEAD\\n| x |\\n=======\\n| y |\\n>>>>>>> topic\\n")
    Traceback (most recent call last):
    llmpaper_md.errors.ConflictError: <string>:3: unresolved merge conflict up to line 7: keep one \
side or join both, and remove the lines of markers
    """


def no_memory(name: str) -> SourceError:
    """What to raise in the place of a `MemoryError`, about the file that was worked on.

    >>> print(no_memory("list.md"))
    list.md: out of memory: split the file, or use a machine with more
    """
    return SourceError(f"{name}: out of memory: split the file, or use a machine with more")


class CorrectionError(LLMPaperError):
    """A choice of a person that does not fit the text: which one, and why.

    Raised by `normalize`, when it is given choices; none of them is applied.
    """


class ChannelError(LLMPaperError, ValueError):
    """The name of a channel that is none: no code page, or a phrase that is not known.

    Raised by `repair`, `normalize` and `Channel.parse`.

    >>> from llmpaper_md import Channel
    >>> Channel.parse("windows-1252, all lost")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    llmpaper_md.errors.ChannelError: unknown phrase 'all lost' in the channel ...
    """


class ModelError(LLMPaperError):
    """A language model file that is truncated, corrupt, foreign or of another version.

    Raised by `repair`, and by what repairs, when the model is first asked: the installation is
    broken, or the machine is not little-endian.
    """


class ConfigError(LLMPaperError):
    """Settings, options, or a file of titles or of a baseline, that are not as they should be.

    The command line raises it; `lint` and what lints do where `LintOptions` name an unknown rule,
    and all that parse do where names of columns are no lists by field.

    >>> from llmpaper_md import LintOptions, lint
    >>> lint("", LintOptions(select=("empty-rows",)))
    Traceback (most recent call last):
    llmpaper_md.errors.ConfigError: unknown rule 'empty-rows'; llmpaper-md rules lists them
    """


class ProofError(LLMPaperError):
    """A new text that does not hold all that the old one did; it was not written.

    Raised by `format_text`, `normalize` and `merge`, where it is a mistake of theirs; and by
    `render`, where a record says what no table can hold.

    >>> from llmpaper_md import Paper, render
    >>> render([Paper(title="A", url="https://a.org", year=99)])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    llmpaper_md.errors.ProofError: not written: the year of paper 1 (A) cannot be written: 99 ...
    """


class RecordError(LLMPaperError):
    """A record in JSON that is none: which one, and what was expected. Raised by `from_json`.

    >>> from llmpaper_md import from_json
    >>> from_json('[{"title": 1}]', "papers.json")
    Traceback (most recent call last):
    llmpaper_md.errors.RecordError: papers.json: record 1: title: expected text or null
    """


class BlockError(LLMPaperError):
    """A file without the markers of a block that is to be filled, or with them twice.

    The command line raises it, for ``render --into``.
    """


class WorkerError(LLMPaperError):
    """One of several processes at work came to its end before its work did."""
