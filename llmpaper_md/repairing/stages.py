"""The ways of misreading beside a single code page, each as edits of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..source import Span
from .edits import Edit, Part
from .escapes import find_escapes
from .glance import may_be_letters, may_hold_escapes
from .lines import Line
from .lost_text import find_lost
from .misread_chinese import LetterRun, find_few, find_letters, misread as as_letters
from .model import LanguageModel
from .multibyte import (
    CODEPAGES,
    FORMS,
    LOSSLESS,
    LOSSY,
    REPLACEMENT,
    SIGNS,
    Form,
    MultiByteChannel,
    may_show,
)
from .multibyte_decoder import Decoded, MultiByteDecoder
from .multibyte_runs import FAIR_GAIN, MultiByteRun, Scorer, find_accented, find_runs
from .result import Chooser
from .review import ask
from .swallowed import File, Shares, kept, swallowed

_MOST = 0.7
"""From this share of the lines on, a file was misread as a whole, not line by line."""
_IMPOSSIBLE = 60.0
"""Logarithms by which a form falls behind the likeliest where it cannot have made a run at all. A
single run can have been damaged otherwise."""
_MANY = 3
"""From so many runs of Chinese read as letters on, single characters are read as well."""
_PARTS = 400
"""How many parts of lines are looked at before it is known how they were misread."""
_TAIL = 2
"""How many characters after the last sign of a run may be clean."""
_VOTES = 12
"""How many damaged runs are read in every form that can be, before one is settled on."""


@dataclass(slots=True)
class Found:
    """What a way of misreading explains.

    Attributes:
        edits: what is repaired, from left to right.
        left: what is reported and left: an edit that changes nothing.
        steps: what was done, in words.
    """

    edits: list[Edit] = field(default_factory=list)
    left: list[Edit] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)


def unchanged(line: Line, start: int, end: int, part: Part) -> Edit:
    """An edit that leaves a stretch of a line as it is and says why."""
    return Edit(line.start + start, line.start + end, line.text[start:end], [], [part])


def multi_byte(
    text: str,
    lines: Sequence[Line],
    model: LanguageModel,
    choose: Chooser | None,
    below: float,
    named: MultiByteChannel | None = None,
) -> Found:
    """What was read through a page of two bytes a character.

    Args:
        text: the text.
        lines: its lines that are not plain ASCII.
        model: the language model.
        choose: asked for each guess that is less sure than ``below``.
        below: see there.
        named: the channel, if it is known.

    Returns:
        What is repaired, and what is left because too much of it is lost.
    """
    made = Found()
    shown = (named.codec,) if named else may_show(text)
    scorer = Scorer(model)
    best: dict[int, tuple[str, list[MultiByteRun]]] = {}
    for codec in shown:
        for number, runs in _runs_by_line(lines, codec, scorer, named is not None).items():
            gain = sum(run.gain for run in runs)
            known = best.get(number)
            if known is None or gain > sum(run.gain for run in known[1]):
                best[number] = (codec, runs)
    for codec in CODEPAGES:
        chosen = [(lines[n], runs) for n, (own, runs) in sorted(best.items()) if own == codec]
        if chosen:
            file = File(text, len(chosen) >= _MOST * len(lines))
            _MultiByteWork(file, codec, model, choose, below, named).repair(chosen, made)
    made.edits.sort(key=lambda edit: edit.start)
    made.left.sort(key=lambda edit: edit.start)
    return made


def _runs_by_line(
    lines: Sequence[Line], codec: str, scorer: Scorer, named: bool
) -> dict[int, list[MultiByteRun]]:
    """The runs of each line, code included where the prose around it is garbled."""
    found: dict[int, list[MultiByteRun]] = {}
    garbled: list[bool | None] = []
    for number, line in enumerate(lines):
        prose = "" if line.fenced else line.prose
        runs = [] if prose.isascii() else find_runs(line, codec, scorer, prose)
        if runs:
            found[number] = runs
        garbled.append(None if prose.isascii() else any(run.sure for run in runs))
    if named is False and not any(garbled):
        return {
            n: [r for r in runs if r.gain >= FAIR_GAIN and r.whole >= 2]
            for n, runs in found.items()
        }
    if codec in LOSSY:
        for number, line in enumerate(lines):
            if number not in found and not line.fenced and not line.prose.isascii():
                runs = find_runs(line, codec, scorer, line.prose, supported=True)
                if runs:
                    found[number] = runs
    if codec == "gbk":
        for number, line in enumerate(lines):
            own = found.get(number, [])
            more = [
                run
                for run in find_accented(line, codec)
                if all(run.end <= other.start or other.end <= run.start for other in own)
            ]
            if more and not line.fenced and line.prose == line.text:
                found[number] = sorted(own + more, key=lambda run: run.start)
    around = _nearest(garbled)
    for number, line in enumerate(lines):
        if (line.fenced or line.prose != line.text) and (around[number] or named):
            found[number] = find_runs(line, codec, scorer)
    return {
        number: [run for run in runs if run.gain >= FAIR_GAIN] for number, runs in found.items()
    }


def _nearest(values: Sequence[bool | None]) -> list[bool]:
    """For each the value itself, or that of the nearest before it, else after it."""
    made: list[bool | None] = []
    last: bool | None = None
    for value in values:
        last = value if value is not None else last
        made.append(last)
    following: bool | None = None
    for place in range(len(values) - 1, -1, -1):
        own = values[place]
        following = own if own is not None else following
        if made[place] is None:
            made[place] = following
    return [bool(value) for value in made]


class _MultiByteWork:
    """Repairs the runs of one page."""

    def __init__(
        self,
        file: File,
        codec: str,
        model: LanguageModel,
        choose: Chooser | None,
        below: float,
        named: MultiByteChannel | None,
    ) -> None:
        self._file = file
        self._codec = codec
        self._decoder = MultiByteDecoder(model, codec)
        self._choose = choose
        self._below = below
        self._named = named

    def repair(self, chosen: Sequence[tuple[Line, list[MultiByteRun]]], made: Found) -> None:
        """Repair the runs of lines, as far as it is known what they were."""
        supported = self._named is not None or any(run.sure for _, runs in chosen for run in runs)
        forms = self._forms(chosen)
        used: dict[str, None] = {}
        for line, runs in chosen:
            for run in runs:
                if not (run.sure or supported):
                    if run.whole >= 2:
                        self._leave(line, run, "suspected", made)
                    continue
                edit = self._edit(line, run, forms)
                if edit is None:
                    self._leave(line, run, "lost", made)
                    continue
                made.edits.append(edit)
                used[edit.parts[0].channel] = None
        made.steps += [f"restored from {channel}" for channel in used]

    def _leave(self, line: Line, run: MultiByteRun, kind: str, made: Found) -> None:
        span = Span(0, run.end - run.start)
        part = Part(
            line.start + run.start, line.start + run.end, span, f"UTF-8 read as {self._codec}",
            "lost" if kind == "lost" else "suspected", _evidence(run),
        )  # fmt: skip
        made.left.append(unchanged(line, run.start, run.end, part))

    def _edit(self, line: Line, run: MultiByteRun, forms: Sequence[Form]) -> Edit | None:
        text = line.text[run.start : run.end]
        if not run.lost:
            # Programs differ in private characters only.
            ways = (MultiByteChannel(self._codec, form) for form in (FORMS[0], FORMS[5]))
            if all(way.damage(run.text) != text for way in ways):
                return None
            return self._made(line, run, Decoded(run.text, [], 0.0), LOSSLESS)
        if self._codec != "gbk" and self._named is None:
            return None
        ends = [run, *self._ends_before(line, run)]
        for form in forms:
            read = [(own, self._decode(line, own, form)) for own in ends]
            decoded = [(own, one) for own, one in read if one is not None]
            if decoded:
                best, made = max(decoded, key=lambda pair: pair[1].score)
                return self._made(line, best, made, form.name)
        one = self._decode(line, run, forms[0], wide=True)
        return None if one is None else self._made(line, run, one, forms[0].name)

    def _ends_before(self, line: Line, run: MultiByteRun) -> list[MultiByteRun]:
        """The same run without what is after its last sign, where that may be clean.

        The bytes of a clean ，or 。 can be the rest of a character as well; which it is tells the
        language model.
        """
        text = line.text[run.start : run.end]
        last = max(text.rfind(sign) for sign in SIGNS) + 1
        if self._file.whole or not 0 < len(text) - last <= _TAIL or text[last:].isascii():
            return []
        return [replace(run, end=run.start + last)]

    def _decode(
        self, line: Line, run: MultiByteRun, form: Form, *, wide: bool = False
    ) -> Decoded | None:
        """What a run was, if the form makes the run of that again."""
        text = line.text[run.start : run.end]
        before, after = line.text[: run.start], line.text[run.end :]
        taken: list[Shares] = []
        if form.swallows:
            taken = list(swallowed(line, run.start, run.end, self._file))
        decoded = self._decoder.decode(text, form, before, after, taken, wide=wide)
        if decoded is None or MultiByteChannel(self._codec, form).damage(decoded.text) != text:
            return None
        return decoded

    def _made(self, line: Line, run: MultiByteRun, decoded: Decoded, form: str) -> Edit:
        edit = Edit(line.start + run.start, line.start + run.end, decoded.text, decoded.guesses)
        if self._choose is not None:
            ask(self._choose, self._below, edit, line.text[: run.start], line.text[run.end :])
        part = Part(
            edit.start, edit.end, Span(0, len(edit.text)), f"{self._codec}, {form}",
            "guessed" if edit.guesses else "exact", _evidence(run),
        )  # fmt: skip
        edit.parts = [part]
        return edit

    def _forms(self, chosen: Sequence[tuple[Line, list[MultiByteRun]]]) -> list[Form]:
        """The forms that can have made the runs, the likeliest first."""
        if self._named is not None:
            return [self._named.form, *(form for form in FORMS if form != self._named.form)]
        damaged = [(line, run) for line, runs in chosen for run in runs if run.lost]
        if not damaged or self._codec != "gbk":
            return list(FORMS)
        shown = "".join(line.text[run.start : run.end] for line, run in damaged)
        private = any(
            "\ue000" <= char <= "\uf8ff"
            for line, runs in chosen
            for run in runs
            for char in line.text[run.start : run.end]
        )
        possible = [
            form
            for form in FORMS
            if form.private == private
            and (form.euro or "€" not in shown)
            and (form.pair in shown or form.pair == form.lead)
            and (REPLACEMENT in (form.pair, form.lead)) == (REPLACEMENT in shown)
        ]
        rest = [form for form in FORMS if form not in possible]
        if len(possible) <= 1:
            return possible + rest
        scores = dict.fromkeys(possible, 0.0)
        # What has many signs tells forms apart.
        damaged.sort(key=lambda own: -sum(own[0].text.count(sign) for sign in SIGNS))
        for line, run in damaged[:_VOTES]:
            made: dict[Form, float] = {}
            for place, form in enumerate(possible):
                decoded = self._decode(line, run, form)
                if decoded is not None:
                    made[form] = decoded.score - 0.5 * place
                    if not form.swallows:
                        made[form] += kept(line, run.start, run.end, self._file)
            if made:
                otherwise = max(made.values()) - _IMPOSSIBLE
                for form in possible:
                    scores[form] += made.get(form, otherwise)
        return sorted(possible, key=lambda form: -scores[form]) + rest


def _evidence(run: MultiByteRun) -> str:
    return f"{run.whole:,} complete UTF-8 characters, e^{run.gain:.0f} times as likely"


def letters(text: str, lines: Sequence[Line], model: LanguageModel) -> Found:
    """What is Chinese in an encoding of its own, read as letters."""
    made = Found()
    if not may_be_letters(text):
        return made
    scorer = Scorer(model)
    runs = [
        find_letters(line.prose, scorer) if not line.fenced and may_be_letters(line.prose) else []
        for line in lines
    ]
    known = Counter(
        (run.channel, run.page) for own in runs for run in own if run.sure and run.whole
    )
    channels = {channel for channel, _ in known}
    if known:
        (channel, page), count = known.most_common(1)[0]
        if count >= _MANY and channel.startswith("GBK"):
            runs = _with_few(lines, runs, page, scorer)
    found = [(line, run) for line, own in zip(lines, runs, strict=True) for run in own]
    for line, run in found:
        before = line.text[run.start : run.end]
        if as_letters(run.text, run.page, run.encoding) != before:
            continue
        sure = run.whole and (run.sure or run.channel in channels)
        kind = "exact" if sure else "suspected"
        length = len(run.text) if sure else len(before)
        part = Part(
            line.start + run.start, line.start + run.end, Span(0, length), run.channel,
            "exact" if sure else "suspected", f"{len(run.text):,} Chinese characters",
        )  # fmt: skip
        if kind == "exact":
            made.edits.append(
                Edit(line.start + run.start, line.start + run.end, run.text, [], [part])
            )
        else:
            made.left.append(unchanged(line, run.start, run.end, part))
    steps = dict.fromkeys(edit.parts[0].channel for edit in made.edits)
    made.steps = [f"restored from {channel}" for channel in steps]
    return made


def _with_few(
    lines: Sequence[Line], runs: Sequence[list[LetterRun]], page: str, scorer: Scorer
) -> list[list[LetterRun]]:
    """The runs of each line, with single characters, and with code where the prose is garbled."""
    garbled = _nearest(
        [
            None if line.fenced or line.prose.isascii() else bool(own)
            for line, own in zip(lines, runs, strict=True)
        ]
    )
    made: list[list[LetterRun]] = []
    for line, own, follows in zip(lines, runs, garbled, strict=True):
        text = line.prose
        if follows and (line.fenced or text != line.text):
            text = line.text
            own = [run for run in find_letters(text, scorer) if run.page == page]
        elif line.fenced:
            made.append([])
            continue
        few = find_few(text, page, scorer, own)
        made.append(sorted([*own, *few], key=lambda run: run.start))
    return made


def letter_parts(parts: Sequence[str], model: LanguageModel) -> set[str]:
    """Which of some parts of lines are Chinese in an encoding of its own, read as letters."""
    scorer = Scorer(model)
    found = {part: find_letters(part, scorer) for part in parts[:_PARTS] if may_be_letters(part)}
    channels = {run.channel for runs in found.values() for run in runs if run.sure and run.whole}
    return {part for part, runs in found.items() if any(run.channel in channels for run in runs)}


def escapes(text: str, lines: Sequence[Line], model: LanguageModel) -> Found:
    """What is written as escapes."""
    made = Found()
    if not may_hold_escapes(text):
        return made
    scorer = Scorer(model)
    for line in lines:
        if line.fenced or not may_hold_escapes(line.text):
            continue
        for run in find_escapes(line.prose, scorer):
            start, end = line.start + run.start, line.start + run.end
            part = Part(
                start, end, Span(0, len(run.text)), run.channel, "exact", "Chinese characters"
            )
            made.edits.append(Edit(start, end, run.text, [], [part]))
    steps = dict.fromkeys(edit.parts[0].channel for edit in made.edits)
    made.steps = [f"restored from {channel}" for channel in steps]
    return made


def lost(lines: Sequence[Line]) -> Iterator[Edit]:
    """What nothing can be read from, left as it is."""
    for line in lines:
        if line.fenced:
            continue
        for run in find_lost(line.prose):
            span = Span(0, run.end - run.start)
            start, end = line.start + run.start, line.start + run.end
            part = Part(start, end, span, run.channel, "lost", "the original bytes are lost")
            yield unchanged(line, run.start, run.end, part)
