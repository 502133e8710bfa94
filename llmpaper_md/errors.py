"""Exceptions. A problem in a list is a finding, never an exception."""


class LLMPaperError(Exception):
    """The base class of all errors that this package raises on purpose.

    The message is one line: where, the problem, and the remedy.

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
    """A file with an unresolved merge conflict.

    Raised by `fix`, `format_text`, `normalize` and `merge`, which change tables: they would read
    both sides of the conflict as parts of one list, and its markers as rows. `repair` changes
    characters only, and accepts it.

    >>> from llmpaper_md import format_text
    >>> format_text("| A |\\n| - |\\n<<<<<<< HEAD\\n| x |\\n=======\\n| y |\\n>>>>>>> topic\\n")
    Traceback (most recent call last):
    llmpaper_md.errors.ConflictError: <string>:3: unresolved merge conflict, up to line 7: resolve \
it and delete its markers
    """


def no_memory(name: str) -> SourceError:
    """The error to raise instead of a `MemoryError` while a file is processed.

    >>> print(no_memory("list.md"))
    list.md: out of memory: split the file, or use a machine with more memory
    """
    return SourceError(f"{name}: out of memory: split the file, or use a machine with more memory")


class CorrectionError(LLMPaperError):
    """A correction that does not fit the text.

    Raised by `normalize` if it is given choices; none of them is applied.
    """


class ChannelError(LLMPaperError, ValueError):
    """A channel name with an unknown code page or phrase.

    Raised by `repair`, `normalize` and `Channel.parse`.

    >>> from llmpaper_md import Channel
    >>> Channel.parse("windows-1252, all lost")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    llmpaper_md.errors.ChannelError: unknown phrase 'all lost' in the channel ...
    """


class ModelError(LLMPaperError):
    """A language model file that is truncated, corrupt, of another format or of another version.

    Raised by `repair` and functions that call it, when the model is first needed: the installation
    is broken, or the machine is not little-endian.
    """


class ConfigError(LLMPaperError):
    """Invalid settings, options, metadata or baseline files.

    Raised by the command line, by `lint` and functions that call it if `LintOptions` names an
    unknown rule, and by all functions that parse if column names are not lists by field.

    >>> from llmpaper_md import LintOptions, lint
    >>> lint("", LintOptions(select=("empty-rows",)))
    Traceback (most recent call last):
    llmpaper_md.errors.ConfigError: unknown rule 'empty-rows'; llmpaper-md rules lists them
    """


class ProofError(LLMPaperError):
    """A new text that does not contain everything that it should; it was not written.

    Raised by `format_text`, `normalize` and `merge`, always because of a bug in them, and by
    `render` if a record contains something that no table can hold.

    >>> from llmpaper_md import Paper, render
    >>> render([Paper(title="A", url="https://a.org", year=99)])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    llmpaper_md.errors.ProofError: not written: the year of paper 1 (A) cannot be written: 99 ...
    """


def proof_error(where: str, what: str) -> ProofError:
    """The error for a new text that would lose something because of a bug.

    >>> print(proof_error("a.md: not merged", "a heading would change"))
    a.md: not merged: a heading would change. This is a bug in llmpaper-md, not a problem in the \
list; please report it with the list
    """
    return ProofError(
        f"{where}: {what}. This is a bug in llmpaper-md, not a problem in the list; please report "
        "it with the list"
    )


class RecordError(LLMPaperError):
    """An invalid record in JSON. Raised by `from_json`.

    >>> from llmpaper_md import from_json
    >>> from_json('[{"title": 1}]', "papers.json")
    Traceback (most recent call last):
    llmpaper_md.errors.RecordError: papers.json: record 1: title: expected text or null
    """


class BlockError(LLMPaperError):
    """A file in which the markers of a block are missing or appear twice.

    Raised by the command line for ``render --into``.
    """


class WorkerError(LLMPaperError):
    """A worker process ended before its work was done, or could not be started."""
