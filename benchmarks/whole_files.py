"""Measure the repair on whole files that were misread: what was lost, what was taken, what stays.

    python -m benchmarks.whole_files [options] CLEAN_FILE...

Each file is damaged by each channel and repaired; the result is aligned with the clean text by
Levenshtein distance, for which rapidfuzz is needed. Damaged are characters that lost bytes, taken
are ASCII characters that went with them, intact is everything else beyond ASCII. A guess is right
if its characters are those of the clean text, side by side and next to those beside it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from pathlib import Path
from time import process_time

from rapidfuzz.distance import Levenshtein

from benchmarks.repair import share, wilson
from llmpaper_md.repairing import Channel, MultiByteChannel, Repair, repair
from llmpaper_md.repairing.misread_chinese import misread
from llmpaper_md.repairing.multibyte import FORMS, pair_table, private_character
from llmpaper_md.repairing.result import SURE, Guess

Damage = Callable[[str], str]
Lost = Callable[[str], tuple[set[int], set[int]]]


def _letters(page: str) -> Damage:
    """GBK read as letters: what GBK lacks is left out beforehand."""

    def damage(text: str) -> str:
        made = misread(text, page, "gbk")
        if made is None:
            raise ValueError(f"{page} lacks a byte")
        return made

    return damage


def _nothing(text: str) -> tuple[set[int], set[int]]:
    return set(), set()


def _by_sign(channel: MultiByteChannel) -> Lost:
    """Which characters lose bytes through GBK, and which ASCII characters go with them."""
    form, pairs = channel.form, pair_table(channel.codec)

    def lost(clean: str) -> tuple[set[int], set[int]]:
        data = clean.encode()
        owner = [place for place, char in enumerate(clean) for _ in char.encode()]
        damaged: set[int] = set()
        taken: set[int] = set()
        at = 0
        while at < len(data):
            byte, after = data[at], data[at + 1] if at + 1 < len(data) else -1
            if byte < 0x80 or (byte == 0x80 and form.euro):
                at += 1
            elif byte != 0x80 and (
                byte << 8 | after in pairs
                or (form.private and private_character(channel.codec, byte, after))
            ):
                at += 2
            else:
                damaged.add(owner[at])
                both = not form.again and byte != 0x80 and (after >= 0x80 or form.swallows)
                if both and after >= 0:
                    (taken if after < 0x80 else damaged).add(owner[at + 1])
                at += 2 if both else 1
        return damaged, taken

    return lost


def channels() -> Iterator[tuple[str, Damage, Lost]]:
    """The channels: name, what they do, and what they lose."""
    for page in ("cp850", "cp866", "koi8-r", "cp437", "mac-roman"):
        yield page, Channel(page).damage, _nothing
    for page in ("iso-8859-1", "windows-1252", "windows-1254"):
        yield f"GBK as {page}", _letters(page), _nothing
    for form in FORMS:
        channel = MultiByteChannel("gbk", form)
        yield channel.describe(), channel.damage, _by_sign(channel)


@dataclass
class Tally:
    """What became of the characters."""

    damaged: int = 0
    damaged_right: int = 0
    taken: int = 0
    taken_right: int = 0
    intact: int = 0
    intact_right: int = 0
    guesses: int = 0
    sure: int = 0
    sure_wrong: int = 0
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Count another text in."""
        for name, value in zip(vars(self), astuple(other), strict=True):
            setattr(self, name, getattr(self, name) + value)

    def row(self, name: str) -> str:
        """The figures as a row of a table."""
        interval = ""
        if self.sure:
            low, high = wilson(self.sure_wrong, self.sure)
            interval = f" ({100 * low:.2f} to {100 * high:.2f})"
        return (
            f"| {name} | {share(self.damaged_right, self.damaged)} of {self.damaged} | "
            f"{share(self.taken_right, self.taken)} of {self.taken} | "
            f"{self.intact - self.intact_right} of {self.intact} | "
            f"{share(self.sure, self.guesses)} | {share(self.sure_wrong, self.sure)}{interval} | "
            f"{self.seconds:.1f} |"
        )


def measure(clean: str, damage: Damage, lost: Lost) -> Tally:
    """Damage a text, repair it, and compare."""
    shown = damage(clean)
    start = process_time()
    done = repair(shown)
    seconds = process_time() - start
    back: dict[int, int] = {}
    for step in Levenshtein.opcodes(clean, done.text):
        if step.tag == "equal":
            back.update(
                zip(
                    range(step.dest_start, step.dest_end),
                    range(step.src_start, step.src_end),
                    strict=True,
                )
            )
    same = set(back.values())
    damaged, taken = lost(clean)
    intact = {n for n, char in enumerate(clean) if char > "\x7f"} - damaged
    sure = [guess for guess in done.guesses if guess.probability >= SURE]
    return Tally(
        len(damaged), len(damaged & same), len(taken), len(taken & same),
        len(intact), len(intact & same), len(done.guesses), len(sure),
        sum(not _right(guess, done, back) for guess in sure), seconds,
    )  # fmt: skip


def _right(guess: Guess, done: Repair, back: dict[int, int]) -> bool:
    span = guess.span
    own = [back.get(place, -9) for place in range(span.start, span.end)]
    before, after = back.get(span.start - 1), back.get(span.end)
    if not own:
        return before is None or after is None or after - before == 1
    if -9 in own or any(b - a != 1 for a, b in pairwise(own)):
        return False
    # Where what is beside it is wrong itself, it tells nothing.
    return (before is None or own[0] - before == 1 or own[0] - before > 3) and (
        after is None or after - own[-1] == 1 or after - own[-1] > 3
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="CLEAN_FILE")
    parser.add_argument("--channel", default="", help="only channels whose name contains this")
    parser.add_argument("--limit", type=int, default=8000, help="characters (default: 8000)")
    options = parser.parse_args(arguments)
    print("| channel | damaged, right | taken, right | intact, lost | sure | of these wrong | s |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, damage, lost in channels():
        if options.channel not in name:
            continue
        tally = Tally()
        for path in options.files:
            clean = path.read_bytes().decode("utf-8")[: options.limit]
            if name.startswith("GBK as"):
                clean = clean.encode("gbk", "ignore").decode("gbk")
            tally.add(measure(clean, damage, lost))
        print(tally.row(name), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
