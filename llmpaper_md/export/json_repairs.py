"""What a repair did, as JSON and as a review file."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import CorrectionError
from ..filenames import quoted_for_shell
from ..repairing import SURE, Choice, Guess, Repair, Run, sentence
from ..source import Source, Span
from .text import escape_unsafe, escape_unsafe_toml

SCHEMA_VERSION = 1
LARGEST = 16 << 20
"""How many bytes a review file may have."""

_SHOWN = 0.0001
_AROUND = 12
_HEAD = """\
# Restored characters of {name} with a probability below {below:g}.
# If a `choice` is wrong, replace it by one of the candidates (those with a probability of at least
# 0.0001 are listed, but any character that the bytes allow is accepted), save, and run
#     llmpaper-md repair --corrections THIS_FILE {name}
# Lines and columns are those of the repaired text; the comments show the character as ⟦this⟧.
"""


def to_dict(repair: Repair, of: str | Source = "<string>") -> dict[str, Any]:
    """A repair as plain data. Lines and columns count from 1, columns in code points.

    ``of`` is the repaired file, or its name; with the file runs have their lines and columns in it.

    >>> from llmpaper_md.repairing import repair
    >>> to_dict(repair("clean"))
    {'schema_version': 1, 'source': '<string>', 'channel': None, 'steps': [], 'text': 'clean', \
'runs': [], 'guesses': []}
    """
    name = of if isinstance(of, str) else of.name
    original = None if isinstance(of, str) else of
    source = Source.of(repair.text)
    starts = [guess.span.start for guess in repair.guesses]
    return {
        "schema_version": SCHEMA_VERSION,
        "source": name,
        "channel": repair.channel.describe() if repair.channel else None,
        "steps": list(repair.steps),
        "text": repair.text,
        "runs": [_run(repair, run, original, starts) for run in repair.runs],
        "guesses": [_guess(source, guess) for guess in repair.guesses],
    }


def to_json(repair: Repair, of: str | Source = "<string>") -> str:
    """A repair as a JSON object with a line ending, each guess on its own line."""
    data = to_dict(repair, of)
    guesses = ",\n".join(json.dumps(guess, ensure_ascii=False) for guess in data.pop("guesses"))
    head = json.dumps(data, ensure_ascii=False)[:-1]
    return escape_unsafe(f'{head}, "guesses": [\n{guesses}\n]}}') + "\n"


def _run(
    repair: Repair, run: Run, original: Source | None, starts: Sequence[int]
) -> dict[str, Any]:
    made: dict[str, Any] = {
        "start": run.original.start,
        "end": run.original.end,
        "before": run.before,
        "after": run.span.cut(repair.text),
        "kind": run.kind,
        "channel": run.channel,
        "proved": run.proved,
        "evidence": run.evidence,
        "guesses": bisect_left(starts, run.span.end) - bisect_left(starts, run.span.start),
    }
    if original is not None:
        place = original.position(run.original.start)
        made = {"line": place.line, "column": place.column, **made}
    return made


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
    """Rounded to four digits, but 1 only if it is certain."""
    return min(round(probability, 4), 0.9999) if probability < 1 else 1.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A ``[[character]]`` of a review file: its text, and the parsed data."""

    text: str
    data: dict[str, Any]

    @property
    def decided(self) -> bool:
        """Whether a person decided: it is marked so, or is not the model's choice."""
        candidates = self.data.get("candidates")
        first = next(iter(candidates), None) if isinstance(candidates, dict) else None
        return bool(self.data.get("decided")) or first not in (None, self.data.get("choice"))


def read_entries(text: str, name: str) -> list[Entry]:
    """The entries of a review file.

    Raises:
        CorrectionError: the file is not TOML, or contains anything else.
    """
    _load(text, name)
    chunks = re.split(r"^(?=\[\[character\]\])", text, flags=re.MULTILINE)[1:]
    return [Entry(chunk.rstrip("\n") + "\n", _load(chunk, name)[0]) for chunk in chunks]


def progress(text: str, name: str = "<string>") -> tuple[int, int]:
    """The number of decided entries of a review file, and of all.

    >>> progress('[[character]]\\nchoice = "a"\\ncandidates = { "b" = 0.6, "a" = 0.4 }\\n')
    (1, 1)
    """
    entries = read_entries(text, name)
    return sum(entry.decided for entry in entries), len(entries)


def write_review(
    repair: Repair,
    name: str,
    below: float = SURE,
    earlier: str = "",
    decided: Collection[int] = (),
) -> str:
    """A TOML file of the characters with a probability below ``below``.

    Each ``[[character]]`` has its ``line`` and ``column`` (from 1, in the repaired text), the
    ``sentence`` around it, the ``choice``, and the ``candidates`` with their probabilities.

    Args:
        repair: the repair.
        name: the name of the file.
        below: see above.
        earlier: the existing review file; all of its entries are kept.
        decided: the numbers of the guesses that were just decided.

    Raises:
        CorrectionError: ``earlier`` is not a review file.
    """
    source = Source.of(repair.text)
    waiting = read_entries(earlier, name) if earlier else []
    by_place: dict[tuple[object, object], list[Entry]] = {}
    by_sentence: dict[tuple[object, ...], list[Entry]] = {}
    for entry in waiting:
        data = entry.data
        by_place.setdefault((data.get("line"), data.get("column")), []).append(entry)
        by_sentence.setdefault(_alike(data.get("sentence"), data.get("candidates")), []).append(
            entry
        )
    taken: set[int] = set()
    parts = [_HEAD.format(name=quoted_for_shell(name), below=below)]
    for number, guess in enumerate(repair.guesses):
        place = source.position(guess.span.start)
        around = sentence(repair.text, guess.span)
        around_text = around.cut(repair.text)
        shown = _shown_candidates(guess)
        found = [
            entry
            for entry in (
                *by_place.get((place.line, place.column), ()),
                *by_sentence.get(_alike(around_text, shown), ()),
            )
            if id(entry) not in taken and _fits(entry, guess)
        ]
        if found:
            taken.add(id(found[0]))
        kept = bool(found) and (found[0].decided or found[0].data["choice"] == guess.chosen)
        if kept and number not in decided:
            text = re.sub(r"^line = .*$", f"line = {place.line}", found[0].text, flags=re.MULTILINE)
            text = re.sub(r"^column = .*$", f"column = {place.column}", text, flags=re.MULTILINE)
            parts.append("\n" + text)
            continue
        sure = guess.candidates[0].probability >= below and guess.chosen == guess.candidates[0].text
        if sure and number not in decided and not found:
            continue
        candidates = ", ".join(f"{_string(text)} = {share:.4f}" for text, share in shown.items())
        parts.append(
            f"\n[[character]] # {_marked(repair.text, around, guess)}\n"
            f"line = {place.line}\n"
            f"column = {place.column}\n"
            f"sentence = {_string(around_text)}\n"
            f"choice = {_string(guess.chosen)}\n"
            + ("decided = true\n" if number in decided else "")
            + f"candidates = {{ {candidates} }}\n"
        )
    parts += ("\n" + entry.text for entry in waiting if id(entry) not in taken)
    return escape_unsafe_toml("".join(parts))


def decisions(repair: Repair, earlier: str, name: str) -> dict[int, str]:
    """The earlier decisions, by the number of the guess.

    Args:
        repair: the repair.
        earlier: a review file, or nothing.
        name: its name, for messages.

    Raises:
        CorrectionError: it is not a review file.
    """
    made: dict[int, str] = {}
    entries = [entry for entry in read_entries(earlier, name) if entry.decided] if earlier else []
    if not entries:
        return made
    source = Source.of(repair.text)
    places = {(entry.data.get("line"), entry.data.get("column")): entry for entry in entries}
    for number, guess in enumerate(repair.guesses):
        place = source.position(guess.span.start)
        entry = places.get((place.line, place.column))
        if entry is not None and _fits(entry, guess):
            made[number] = entry.data["choice"]
    return made


def _shown_candidates(guess: Guess) -> dict[str, float]:
    return {
        candidate.text: _rounded(candidate.probability)
        for candidate in guess.candidates
        if candidate.probability >= _SHOWN or candidate.text == guess.chosen
    }


def _alike(around: object, candidates: object) -> tuple[object, ...]:
    """A key that is the same for two entries about the same character, even if it has moved."""
    names = frozenset(candidates) if isinstance(candidates, dict) else frozenset()
    return (len(around) if isinstance(around, str) else 0, names)


def _fits(entry: Entry, guess: Guess) -> bool:
    """Whether an entry is about this guess: its choice is one of the candidates."""
    return any(candidate.text == entry.data.get("choice") for candidate in guess.candidates)


def _marked(text: str, around: Span, guess: Guess) -> str:
    """The character with its context, for a comment."""
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
        repaired: the repaired text, which lines and columns refer to.

    Raises:
        CorrectionError: the file is not TOML, or not in the form of `write_review`.
    """
    characters = _load(text, name)
    source = Source.of(repaired)
    return [
        _choice(entry, f"{name}: [[character]] {number}", source)
        for number, entry in enumerate(characters, 1)
    ]


def _load(text: str, name: str) -> list[dict[str, Any]]:
    from ..toml import loads

    try:
        data = loads(text, deepest=2)
    except ValueError as error:
        raise CorrectionError(f"{name}: not valid TOML: {error}") from None
    characters = data.get("character", [])
    if not isinstance(characters, list) or set(data) - {"character"}:
        raise CorrectionError(f"{name}: expected a list of [[character]] and nothing else")
    return characters


def _choice(entry: object, where: str, source: Source) -> Choice:
    match entry:
        case {
            "line": int(line),
            "column": int(column),
            "sentence": str(around),
            "choice": str(choice),
            **rest,
        } if set(rest) <= {"candidates", "decided"}:
            pass
        case _:
            raise CorrectionError(
                f"{where}: expected line and column (numbers), sentence and choice (strings), and "
                "optionally candidates and decided"
            )
    where = f"{where} (line {line}, column {column})"
    if not (1 <= line <= len(source.line_starts) and 1 <= column <= len(source.line(line))):
        raise CorrectionError(f"{where}: the repaired text has no such line and column")
    candidates = rest.get("candidates")
    names = tuple(candidates) if isinstance(candidates, dict) else ()
    return Choice(source.offset(line, column), choice, around, where, names)
