"""Measure the repair on lists in which some cells are garbled and the rest is clean.

    python -m benchmarks.mixtures CLEAN_FILE...

From each text lists are made: 40 rows with stars and Chinese link texts, every fourth introduction
cut to 8 to 80 characters and damaged by one channel. A cell with three or more whole characters
must be reported; its characters should come out right; the rest of the list must not change.
Boundaries count where the run found is the damaged text, but for ASCII at its ends.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from llmpaper_md.repairing import Channel, Repair, repair

ROWS = 40
_CHINESE = re.compile("[\u4e00-\u9fff]")


def _page(name: str, undefined: str = "dropped", soft: str = "kept") -> Callable[[str], str]:
    return Channel(name, undefined, soft).damage  # type: ignore[arg-type]


def _read(encoding: str, errors: str = "replace") -> Callable[[str], str]:
    return lambda text: text.encode().decode(encoding, errors)


def _windows(encoding: str) -> Callable[[str], str]:
    """As code page 936 reads UTF-8: a sign takes what fits nothing, an ASCII byte included."""

    def damage(text: str) -> str:
        data = text.encode()
        made: list[str] = []
        place = 0
        while place < len(data):
            byte = data[place]
            if byte < 0x80:
                made.append(chr(byte))
                place += 1
            elif byte == 0x80:
                made.append("€")
                place += 1
            else:
                pair = data[place : place + 2]
                try:
                    made.append(pair.decode(encoding))
                except UnicodeDecodeError:
                    made.append("?")
                place += len(pair)
        return "".join(made)

    return damage


def _other(encoding: str, page: str) -> Callable[[str], str]:
    return lambda text: text.encode(encoding, "ignore").decode(page, "ignore")


def _traditional(damage: Callable[[str], str]) -> Callable[[str], str]:
    return damage


CHANNELS: dict[str, Callable[[str], str]] = {
    "cp1252": _page("windows-1252"),
    "cp1252, AD dropped": _page("windows-1252", "dropped", "dropped"),
    "cp1252, ?": _page("windows-1252", "question"),
    "cp1252, U+FFFD": _page("windows-1252", "replacement"),
    "cp1254, AD dropped": _page("windows-1254", "dropped", "dropped"),
    "cp1250": _page("windows-1250"),
    "cp1251": _page("windows-1251"),
    "cp1253": _page("windows-1253"),
    "cp1258": _page("windows-1258"),
    "latin-1, C1 kept": _page("iso-8859-1", "c1"),
    "mac-roman": _page("mac-roman"),
    "cp437": _page("cp437"),
    "cp850": _page("cp850"),
    "cp857": _page("cp857"),
    "cp866": _page("cp866"),
    "koi8-r": _page("koi8-r"),
    "gbk, U+FFFD": _read("gbk"),
    "cp936, ?": _windows("gbk"),
    "big5": _read("cp950"),
    "big5, ignored": _read("big5", "ignore"),
    "cp949": _read("cp949"),
    "cp932": _read("cp932"),
    "GBK as latin-1": _other("gbk", "latin-1"),
    "GBK as cp1252": _other("gbk", "cp1252"),
    "GBK as cp1254": _other("gbk", "cp1254"),
    "GBK as cp1251": _other("gbk", "cp1251"),
}


@dataclass
class Tally:
    """What became of the damaged cells and of the rest."""

    cells: int = 0
    reported: int = 0
    exact: int = 0
    characters: int = 0
    right: int = 0
    sure: int = 0
    sure_wrong: int = 0
    clean: int = 0
    clean_changed: int = 0
    missed: list[str] = field(default_factory=list)

    def row(self, name: str) -> str:
        """The figures as a row of a table."""

        def share(part: int, whole: int) -> str:
            return f"{100 * part / whole:6.2f} %" if whole else "-"

        return (
            f"| {name} | {self.cells} | {share(self.reported, self.cells)} | "
            f"{share(self.exact, self.cells)} | "
            f"{share(self.right, self.characters)} | "
            f"{share(self.sure_wrong, self.sure)} of {self.sure} | {self.clean_changed} |"
        )


def lists(
    lines: Sequence[str], damage: Callable[[str], str], seed: int, around: tuple[str, str]
) -> list[list[list[str]]]:
    """Rows of lists: for each the clean text before, the introduction, its damage, and the rest."""
    chosen = random.Random(seed)  # noqa: S311 - for the same lists every time
    made = []
    rows: list[list[str]] = []
    for number, line in enumerate(lines):
        text = line[: chosen.randint(8, 80)].replace("|", "/").strip(" \t`")
        title = chosen.choice(lines)[:12].replace("|", "/").replace("]", ")").replace("[", "(")
        head = f"| [{title}](https://arxiv.org/abs/{2001 + number % 99}.{number:05}) | "
        head += "⭐" * chosen.randint(1, 5) + " | "
        shown = damage(text) if number % 4 == 3 else text
        text, shown = (part.join(around) for part in (text, shown))
        rows.append([head, text, shown, " |\n"])
        if len(rows) == ROWS:
            made.append(rows)
            rows = []
    return made


def measure(
    rows: Sequence[Sequence[str]],
    whole: Callable[[str], int],
    tally: Tally,
    around: tuple[str, str] = ("", ""),
) -> None:
    """Repair one list and count."""
    head = "# 论文列表\n\n| 论文 | 星级 | 介绍 |\n| --- | --- | --- |\n"
    text = head + "".join(row[0] + row[2] + row[3] for row in rows)
    done: Repair = repair(text)
    # Runs map the text at hand to the repaired one.
    place = len(head)
    for front, clean, shown, back in rows:
        start = place + len(front)
        end = start + len(shown)
        place = end + len(back)
        inside = [run for run in done.runs if run.original.start < end and start < run.original.end]
        outside = [
            run
            for run in done.runs
            if run.original.start < start + 0
            and run.original.end > start - len(front)
            and run.before != run.span.cut(done.text)
        ]
        tally.clean += 1
        tally.clean_changed += bool(outside)
        made: list[str] = []
        at = start
        for run in inside:
            made += (text[at : run.original.start], run.span.cut(done.text))
            at = run.original.end
        result = "".join((*made, text[at:end]))
        if shown == clean:
            tally.clean_changed += result != clean
            continue
        if whole(clean) < 3:
            continue
        tally.cells += 1
        tally.reported += bool(inside)
        spans = [_trimmed(text, run.original.start, run.original.end) for run in inside]
        tally.exact += spans == [_trimmed(text, start + len(around[0]), end - len(around[1]))]
        if not inside:
            tally.missed.append(shown)
        count = len(clean)
        tally.characters += count
        if len(result) == count:
            tally.right += sum(a == b for a, b in zip(result, clean, strict=True))
        else:
            common = 0
            for a, b in zip(result, clean, strict=False):
                if a != b:
                    break
                common += 1
            tail = 0
            while tail < min(len(result), count) - common and result[-1 - tail] == clean[-1 - tail]:
                tail += 1
            tally.right += common + tail
        if len(result) == count:
            shift = inside[0].span.start - inside[0].original.start if inside else 0
            for guess in done.guesses:
                offset = guess.span.start - shift - start
                if (
                    len(inside) == 1
                    and inside[0].span.start <= guess.span.start < inside[0].span.end
                    and guess.probability >= 0.99
                ):
                    right = clean[offset : offset + len(guess.chosen)] == guess.chosen
                    tally.sure += 1
                    tally.sure_wrong += not right


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the ASCII at its ends."""
    while start < end and text[start] <= "\x7f":
        start += 1
    while start < end and text[end - 1] <= "\x7f":
        end -= 1
    return start, end


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="CLEAN_FILE")
    parser.add_argument("--channel", help="only channels whose name contains this")
    parser.add_argument("--limit", type=int, default=400, help="rows of each text (default: 400)")
    parser.add_argument("--missed", type=int, default=0, help="show this many missed cells")
    parser.add_argument("--within", action="store_true", help="with clean words on both sides")
    options = parser.parse_args(arguments)
    around = ("我们的方法：", "，见附录。") if options.within else ("", "")
    print("| channel | cells | reported | boundaries | right | sure and wrong | clean changed |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, damage in CHANNELS.items():
        if options.channel and options.channel not in name:
            continue
        tally = Tally()
        for path in options.files:
            text = path.read_bytes().decode("utf-8")
            lines = [
                line
                for line in text.split("\n")
                if len(_CHINESE.findall(line[:30])) >= 8 and "`" not in line[:80]
            ]
            # All of the text in few lists.
            step = max(1, len(lines) // options.limit)
            for rows in lists(lines[::step][: options.limit], damage, 7, around):
                measure(rows, lambda clean: len(_CHINESE.findall(clean)), tally, around)
        print(tally.row(name), flush=True)
        for shown in tally.missed[: options.missed]:
            print("   missed:", shown)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
