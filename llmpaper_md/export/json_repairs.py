"""What a repair did, as JSON and as a file for a person to look over."""

from __future__ import annotations

import json
from typing import Any

from ..errors import CorrectionError
from ..filenames import quoted_for_shell
from ..repairing import SURE, Choice, Guess, Repair, sentence
from ..source import Source, Span
from .text import escape_unsafe, escape_unsafe_toml

SCHEMA_VERSION = 1
LARGEST = 16 << 20
"""How many bytes a review file may have."""

_SHOWN = 0.0001
_AROUND = 12
_HEAD = """\
# The characters that the repair of {name} was less sure of than {below:g}.
# Where a `choice` is wrong, write one of its candidates instead (they are shown from 0.0001 on,
# but any character that the bytes allow will do), save, and apply the file with
#     llmpaper-md repair --corrections THIS_FILE {name}
# Lines and columns are those of the repaired text; the comment shows the character as ⟦this⟧.
"""


def to_dict(repair: Repair, name: str = "<string>") -> dict[str, Any]:
    """A repair as plain data. Lines and columns count from 1, columns in code points.

    >>> from llmpaper_md.repairing import repair
    >>> to_dict(repair("clean"))
    {'schema_version': 1, 'source': '<string>', 'channel': None, 'steps': [], 'text': 'clean', \
'guesses': []}
    """
    source = Source.of(repair.text)
    return {
        "schema_version": SCHEMA_VERSION,
        "source": name,
        "channel": repair.channel.describe() if repair.channel else None,
        "steps": list(repair.steps),
        "text": repair.text,
        "guesses": [_guess(source, guess) for guess in repair.guesses],
    }


def to_json(repair: Repair, name: str = "<string>") -> str:
    """A repair as a JSON object with a line end, each guess on a line of its own."""
    data = to_dict(repair, name)
    guesses = ",\n".join(json.dumps(guess, ensure_ascii=False) for guess in data.pop("guesses"))
    head = json.dumps(data, ensure_ascii=False)[:-1]
    return escape_unsafe(f'{head}, "guesses": [\n{guesses}\n]}}') + "\n"


def _guess(source: Source, guess: Guess) -> dict[str, Any]:
    place = source.position(guess.span.start)
    return {
        "line": place.line,
        "column": place.column,
        "chosen": guess.chosen,
        "probability": _rounded(guess.probability),
        "candidates": [
            {"text": candidate.text, "probability": _rounded(candidate.probability)}
            for candidate in guess.candidates
        ],
    }


def _rounded(probability: float) -> float:
    """Four digits, but never a certainty that there is none of."""
    return min(round(probability, 4), 0.9999) if probability < 1 else 1.0


def write_review(repair: Repair, name: str, below: float = SURE) -> str:
    """A TOML file of the characters that a repair is less sure of than ``below``.

    Each ``[[character]]`` has its ``line`` and ``column`` (from 1, in the repaired text), the
    ``sentence`` around it, the ``choice``, and the ``candidates`` with their probabilities.
    """
    source = Source.of(repair.text)
    parts = [_HEAD.format(name=quoted_for_shell(name), below=below)]
    for guess in repair.guesses:
        if guess.probability >= below:
            continue
        place = source.position(guess.span.start)
        around = sentence(repair.text, guess.span)
        candidates = ", ".join(
            f"{_string(candidate.text)} = {_rounded(candidate.probability):.4f}"
            for candidate in guess.candidates
            if candidate.probability >= _SHOWN or candidate.text == guess.chosen
        )
        parts.append(
            f"\n[[character]] # {_marked(repair.text, around, guess)}\n"
            f"line = {place.line}\n"
            f"column = {place.column}\n"
            f"sentence = {_string(around.cut(repair.text))}\n"
            f"choice = {_string(guess.chosen)}\n"
            f"candidates = {{ {candidates} }}\n"
        )
    return escape_unsafe_toml("".join(parts))


def _marked(text: str, around: Span, guess: Guess) -> str:
    """Some characters to either side, for the eye: this is a comment and never read."""
    before = text[max(around.start, guess.span.start - _AROUND) : guess.span.start]
    after = text[guess.span.end : min(around.end, guess.span.end + _AROUND)]
    marked = f"{before}⟦{guess.chosen}⟧{after}"
    return "".join(character if character.isprintable() else " " for character in marked)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def read_corrections(text: str, name: str, repaired: str) -> list[Choice]:
    """The choices in a review file.

    Args:
        text: the TOML.
        name: the name of the file, for messages.
        repaired: the repaired text, in which lines and columns count.

    Raises:
        CorrectionError: the file is no TOML, or not as `write_review` writes it.
    """
    from ..toml import loads

    try:
        data = loads(text, deepest=2)
    except ValueError as error:
        raise CorrectionError(f"{name}: not valid TOML: {error}") from None
    characters = data.get("character", [])
    if not isinstance(characters, list) or set(data) - {"character"}:
        raise CorrectionError(f"{name}: expected a list of [[character]] and nothing else")
    source = Source.of(repaired)
    return [
        _choice(entry, f"{name}: [[character]] {number}", source)
        for number, entry in enumerate(characters, 1)
    ]


def _choice(entry: object, where: str, source: Source) -> Choice:
    match entry:
        case {
            "line": int(line),
            "column": int(column),
            "sentence": str(around),
            "choice": str(choice),
            **rest,
        } if set(rest) <= {"candidates"}:
            pass
        case _:
            raise CorrectionError(
                f"{where}: expected line and column (numbers), sentence and choice (strings) and "
                "perhaps candidates"
            )
    where = f"{where} (line {line}, column {column})"
    if not (1 <= line <= len(source.line_starts) and 1 <= column <= len(source.line(line))):
        raise CorrectionError(f"{where}: the repaired text has no such place")
    return Choice(source.offset(line, column), choice, around, where)
