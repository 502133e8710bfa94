"""Measure the repair on clean text: damage it, repair it, compare.

    python -m benchmarks.repair [options] CLEAN_FILE...

Any UTF-8 file will do; the figures are meaningful for Chinese. The repair is compared with plain
inversion, the choice of the most frequent candidate, and ftfy with and without careful settings.
A damaged character is one that lost bytes; restored means exactly right. The tools' texts are
compared line by line by Levenshtein alignment where rapidfuzz is installed and the length differs,
as ftfy's does; without it those tools are left out.
"""

import argparse
import math
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import ftfy

from llmpaper_md.repairing import Channel, Repair, repair
from llmpaper_md.repairing.candidates import options
from llmpaper_md.repairing.ftfy_pass import CONFIG
from llmpaper_md.repairing.inversion import Inverter
from llmpaper_md.repairing.model import LanguageModel
from llmpaper_md.repairing.normalise import symbol

BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0000001)


@dataclass
class Score:
    """What became of the characters of one text or of several."""

    damaged: int = 0
    restored: int = 0
    intact: int = 0
    intact_kept: int = 0

    def add(self, other: "Score") -> None:
        """Count another text's characters in."""
        self.damaged += other.damaged
        self.restored += other.restored
        self.intact += other.intact
        self.intact_kept += other.intact_kept

    def row(self) -> str:
        """The shares and counts of the damaged and of the intact characters."""
        wrong = self.damaged - self.restored
        return (
            f"{share(self.restored, self.damaged)} {wrong:6d} of {self.damaged:6d}"
            f"   {share(self.intact_kept, self.intact)} {self.intact - self.intact_kept:6d}"
        )


@dataclass
class Calibration:
    """Probabilities against outcomes: (probability, number of candidates, right)."""

    outcomes: list[tuple[float, int, bool]] = field(default_factory=list)

    def table(self) -> str:
        """Shares of right ones by probability, with their intervals."""
        rows = [
            "probability          share    right      interval (95 %)     mean p   n      wrong"
        ]
        for low, high in pairwise(BINS):
            rows.append(self._row(f"{low:.3f} to {min(high, 1):.3f}", low, high, 0, 10**9))
        rows.append("at 0.99 and above, by number of candidates")
        for few, many in ((1, 1), (2, 2), (3, 4), (5, 8), (9, 32), (33, 10**9)):
            name = f"{few}" if few == many else f"{few} to {many}" if many < 10**9 else f"{few} up"
            rows.append(self._row(name, 0.99, 2, few, many))
        rows.append(self._row("all", 0.99, 2, 0, 10**9))
        return "\n".join(rows)

    def _row(self, name: str, low: float, high: float, few: int, many: int) -> str:
        inside = [
            (p, right)
            for p, count, right in self.outcomes
            if low <= p < high and few <= count <= many
        ]
        if not inside:
            return f"{name:20}      -"
        n, right = len(inside), sum(right for _, right in inside)
        lower, upper = wilson(right, n)
        return (
            f"{name:18} {share(n, len(self.outcomes))} {share(right, n)}   {100 * lower:6.2f} to "
            f"{100 * upper:6.2f}   {statistics.fmean(p for p, _ in inside):8.4f} {n:6d}"
            f" {n - right:6d}"
        )


def wilson(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson score interval of a share (E. B. Wilson, JASA 22, 1927)."""
    p = successes / trials
    centre = p + z * z / (2 * trials)
    margin = z * math.sqrt(p * (1 - p) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale)


def share(part: int, whole: int) -> str:
    """A share in per cent."""
    return f"{100 * part / whole:8.2f}" if whole else "       -"


def damaged_positions(clean: str, channel: Channel) -> set[int]:
    """Offsets of the characters that lose bytes."""
    lost = channel.lost
    return {
        position
        for position, char in enumerate(clean)
        if char > "\x7f" and not lost.isdisjoint(char.encode())
    }


def score(clean: str, made: str, damaged: set[int]) -> Score | None:
    """Compare a text with the truth, aligned where its length differs."""
    equal = _equal(clean, made)
    if equal is None:
        return None
    result = Score()
    for position, char in enumerate(clean):
        if position in damaged:
            result.damaged += 1
            result.restored += equal[position]
        elif char > "\x7f":
            result.intact += 1
            result.intact_kept += equal[position]
    return result


def _equal(clean: str, made: str) -> list[bool] | None:
    if len(clean) == len(made):
        return [a == b for a, b in zip(clean, made, strict=True)]
    try:
        from rapidfuzz.distance import Levenshtein
    except ImportError:
        return None
    equal: list[bool] = []
    left, right = clean.split("\n"), made.split("\n")
    if len(left) != len(right):
        return None
    for number, (true, guess) in enumerate(zip(left, right, strict=True)):
        if number:
            equal.append(True)
        flags = [False] * len(true)
        for step in Levenshtein.opcodes(true, guess):
            if step.tag == "equal":
                flags[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
        equal += flags
    return equal


def invert(text: str, channel: Channel) -> str:
    """Plain inversion, U+FFFD for every damaged character."""
    inverter = Inverter(channel)
    data, _ = inverter.encode_all(text)
    return inverter.damaged.sub(b"\xef\xbf\xbd", data).decode("utf-8", "replace")


def by_frequency(text: str, channel: Channel, model: LanguageModel) -> str:
    """Inversion, with the most frequent candidate for every damaged character."""
    inverter = Inverter(channel)
    data, _ = inverter.encode_all(text)
    choice: dict[bytes, str] = {}

    def frequent(char: str) -> float:
        number = model.ids(symbol(char[0]) or "\n")[0]
        return model.logprob(0, 0, 0, number) if number else -99.0

    made: list[str] = []
    end = 0
    for match in inverter.damaged.finditer(data):
        made.append(data[end : match.start()].decode("utf-8", "replace"))
        group = match[0]
        if group not in choice:
            found = options(group, channel)
            best = max(found, key=lambda option: frequent(option.text), default=None)
            choice[group] = best.text if best else "\ufffd"
        made.append(choice[group])
        end = match.end()
    made.append(data[end:].decode("utf-8", "replace"))
    return "".join(made)


def calibrate(done: Repair, clean: str, into: Calibration) -> None:
    """Count the guesses of one text in."""
    if len(done.text) == len(clean):
        for guess in done.guesses:
            right = clean[guess.span.start : guess.span.end] == guess.chosen
            into.outcomes.append((guess.probability, len(guess.candidates), right))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="CLEAN_FILE")
    parser.add_argument("--codec", default="cp1254", help="code page (default: cp1254)")
    parser.add_argument(
        "--undefined",
        default="dropped",
        choices=("dropped", "c1", "question", "replacement"),
        help="what becomes of undefined bytes (default: dropped)",
    )
    parser.add_argument("--keep-soft-hyphens", action="store_true", help="do not drop U+00AD")
    parser.add_argument("--named", action="store_true", help="name the channel, infer nothing")
    parser.add_argument("--only", action="store_true", help="only our repair, none beside it")
    parser.add_argument("--rounds", type=int, default=1, help="repetitions for the times")
    parser.add_argument("--errors", type=int, default=0, help="show this many frequent errors")
    options_ = parser.parse_args(arguments)
    channel = Channel.parse(
        options_.codec + ("" if options_.keep_soft_hyphens else ", soft hyphens dropped")
    )
    channel = Channel(channel.codec, options_.undefined, channel.soft_hyphens)
    model = LanguageModel.open()
    tools: dict[str, Callable[[str], str]] = {}
    if not options_.only:
        tools = {
            "inversion": lambda text: invert(text, channel),
            "frequency": lambda text: by_frequency(text, channel, model),
            "ftfy": ftfy.fix_text,
            "ftfy careful": lambda text: ftfy.fix_text(text, CONFIG),
        }
    totals = {name: Score() for name in ("repair", *tools)}
    calibration = Calibration()
    errors: Counter[tuple[str, str]] = Counter()
    print(f"channel: {channel.describe()}")
    print("                          restored  wrong of damaged     intact   lost      ms")
    for path in options_.files:
        clean = path.read_bytes().decode("utf-8")
        text = channel.damage(clean)
        damaged = damaged_positions(clean, channel)
        print(path.name)
        times = []
        for _ in range(options_.rounds):
            start = time.perf_counter()
            done = repair(text, channel=channel if options_.named else None, model=model)
            times.append(1000 * (time.perf_counter() - start))
        if done.channel != channel:
            print(f"  taken for: {done.channel.describe() if done.channel else None}")
        calibrate(done, clean, calibration)
        if len(done.text) == len(clean):
            errors.update(
                (clean[p], done.text[p]) for p in sorted(damaged) if clean[p] != done.text[p]
            )
        made = {"repair": (done.text, statistics.median(times))}
        for name, tool in tools.items():
            start = time.perf_counter()
            result = tool(text)
            made[name] = (result, 1000 * (time.perf_counter() - start))
        for name, (result, spent) in made.items():
            outcome = score(clean, result, damaged)
            if outcome is None:
                print(f"  {name:22} not comparable")
                continue
            totals[name].add(outcome)
            print(f"  {name:22} {outcome.row()} {spent:8.1f}")
        again = repair(done.text, channel=channel if options_.named else None, model=model).text
        untouched = repair(clean, model=model).text
        print(
            f"  repaired again: {'the same' if again == done.text else 'CHANGED'};"
            f" the clean text: {'the same' if untouched == clean else 'CHANGED'};"
            f" damaged again: {'the same' if channel.damage(done.text) == text else 'CHANGED'}"
        )
    if len(options_.files) > 1:
        print("all")
        for name, outcome in totals.items():
            print(f"  {name:22} {outcome.row()}")
    print()
    print(calibration.table())
    for (true, wrong), count in errors.most_common(options_.errors):
        print(f"{count:5d}  {true} read as {wrong}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
