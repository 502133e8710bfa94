"""The language model: what it answers, and what it refuses to read."""

from __future__ import annotations

import math
import struct
import sys
import zlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from llmpaper_md.errors import ModelError
from llmpaper_md.repairing.model import BUNDLED, HEADER, MAGIC, SECTIONS, VERSION, LanguageModel

TOOLS = Path(__file__).resolve().parents[2] / "tools" / "language_model"

LINES = """大模型可以生成文本
大模型的参数很多
小模型的参数很少
生成模型可以生成图像
大语言模型可以理解文本
图像模型不可以理解文本
压缩大模型的参数可以省时间
大压力下的模型
时间很少的时间很多""".split("\n")


class Tools:
    """The modules of the builder, which needs numpy."""

    def __init__(self) -> None:
        pytest.importorskip("numpy")
        sys.path.insert(0, str(TOOLS))
        try:
            import build
            import counts
            import cut_counts
            import kneser_ney
            import logarithm
            import measured
            import merge
            import prune
            import words
            import write
        finally:
            sys.path.remove(str(TOOLS))
        self.build: ModuleType = build
        self.counts: ModuleType = counts
        self.cut_counts: ModuleType = cut_counts
        self.kneser_ney: ModuleType = kneser_ney
        self.logarithm: ModuleType = logarithm
        self.measured: ModuleType = measured
        self.merge: ModuleType = merge
        self.prune: ModuleType = prune
        self.words: ModuleType = words
        self.write: ModuleType = write


@pytest.fixture(scope="module")
def tools() -> Tools:
    """The builder, imported once."""
    return Tools()


def count(tools: Tools, lines: list[str]) -> Any:
    """Count lines as the real counts were made, but without leaving any n-gram out."""
    import numpy as np

    text = "\n\n\n\n" + "".join(f"{line}\n\n\n\n" for line in lines)
    frequency = Counter(text)
    characters = "".join(sorted(frequency, key=lambda c: (c != "\n", -frequency[c], c)))
    ids = {c: i for i, c in enumerate(characters, 1)}
    tables = []
    for n in range(1, 5):
        seen = Counter(text[i : i + n] for i in range(len(text) - n + 1))
        left, between = defaultdict(set), defaultdict(set)
        for i in range(1, len(text) - n + 1):
            left[text[i : i + n]].add(text[i - 1])
            if i + n < len(text):
                between[text[i : i + n]].add(text[i - 1] + text[i + n])
        rows = sorted((sum(ids[c] << 16 * p for p, c in enumerate(g[::-1])), g) for g in seen)
        keep = [(k, g) for k, g in rows if n < 3 or ("\n" not in g[1:-1] and g[:2] != "\n\n")]
        keep = [(k, g) for k, g in keep if n < 3 or g[-2:] != "\n\n"]
        tables.append(
            tools.counts.Table(
                np.array([k for k, _ in keep], np.uint64),
                np.array([seen[g] for _, g in keep]),
                np.array([len(left[g]) if n < 4 else 0 for _, g in keep]),
                np.array([len(between[g]) if n < 3 else 0 for _, g in keep]),
            )
        )
    # Count-of-counts of a text this small give no discounts; these do.
    types = tuple((100, 40, 20, 12) for _ in range(4))
    return tools.counts.Counts(characters, tuple(tables), types, types)


@pytest.fixture(scope="module")
def toy(tools: Tools) -> Any:
    """Counts of a few lines."""
    return count(tools, LINES)


def data_of(tools: Tools, counts: Any, thresholds: tuple[float, ...] = (0, 0, 0)) -> bytes:
    """The file that the real builder makes of counts, with every n-gram asked for."""
    import numpy as np

    orders, unseen = tools.kneser_ney.estimate(counts)
    asked = np.ones(len(counts.characters) + 1, bool)
    kept = tools.prune.prune(orders, asked, thresholds)
    data: bytes = tools.write.model_bytes(counts.characters, kept, unseen)
    return data


@pytest.fixture(scope="module")
def data(tools: Tools, toy: Any) -> bytes:
    """The toy model's file."""
    return data_of(tools, toy)


@pytest.fixture
def model(data: bytes, tmp_path: Path) -> Iterator[LanguageModel]:
    """The toy model, open."""
    (tmp_path / "toy.model").write_bytes(data)
    with LanguageModel.open(tmp_path / "toy.model") as opened:
        yield opened


def histories(counts: Any) -> list[tuple[int, int, int]]:
    """Three-character histories: all that were seen, and some that were not."""
    seen = [(int(k) >> 32, int(k) >> 16 & 0xFFFF, int(k) & 0xFFFF) for k in counts.orders[2].keys]
    return [*(h for h in seen if h[2] != 1), (1, 1, 1), (2, 2, 2), (0, 0, 0), (3, 0, 5)]


def exact(orders: list[Any], history: tuple[int, ...], d: int, unseen: float) -> float:
    """P(d | history) before quantisation, by the definition of a backoff model."""
    import numpy as np

    if not history:
        return float(orders[0].prob[d - 1]) if d else unseen
    order = orders[len(history)]
    key = 0
    for i in (*history, d):
        key = key << 16 | i
    at = int(np.searchsorted(order.keys, np.uint64(key)))
    if at < len(order.keys) and int(order.keys[at]) == key:
        return float(order.prob[at])
    below = orders[len(history) - 1]
    at = int(np.searchsorted(below.keys, np.uint64(key >> 16)))
    has = at < len(below.keys) and int(below.keys[at]) == key >> 16
    gamma = float(below.gamma[at]) if has else 1.0
    return gamma * exact(orders, history[1:], d, unseen)


def test_the_probabilities_of_all_characters_after_a_history_sum_to_one(
    tools: Tools, toy: Any
) -> None:
    """Before quantisation, the smoothing loses and adds nothing."""
    orders, unseen = tools.kneser_ney.estimate(toy)
    for history in histories(toy):
        total = sum(exact(orders, history, d, unseen) for d in range(len(toy.characters) + 1))
        assert total == pytest.approx(1, abs=1e-9), history


def test_a_history_keeps_the_mass_of_the_ngrams_that_the_files_leave_out(tools: Tools) -> None:
    """Rare n-grams are missing from the real counts; their mass goes to the lower order."""
    import numpy as np

    whole = count(tools, LINES)
    tables = [whole.orders[0]]
    for table in whole.orders[1:]:
        keep = table.count >= 2
        tables.append(
            tools.counts.Table(
                *(np.asarray(c)[keep] for c in (table.keys, table.count, table.left, table.between))
            )
        )
    cut = tools.counts.Counts(whole.characters, tuple(tables), whole.types, whole.left_types)
    orders, unseen = tools.kneser_ney.estimate(cut)
    for history in histories(cut):
        total = sum(exact(orders, history, d, unseen) for d in range(len(cut.characters) + 1))
        assert total == pytest.approx(1, abs=1e-9), history


def test_pruned_models_still_sum_to_one(tools: Tools, toy: Any) -> None:
    """The weights of a history follow what was pruned after it."""
    import numpy as np

    orders, unseen = tools.kneser_ney.estimate(toy)
    asked = np.ones(len(toy.characters) + 1, bool)
    pruned = tools.prune.prune(orders, asked, (0.0, 2e-3, 2e-3))
    assert len(pruned[3].order.keys) < len(orders[3].keys)
    kept = [
        tools.kneser_ney.Order(p.order.keys, p.order.count, p.order.prob, p.backoff) for p in pruned
    ]
    for history in histories(toy):
        total = sum(exact(kept, history, d, unseen) for d in range(len(toy.characters) + 1))
        assert total == pytest.approx(1, abs=1e-6), history


def test_leaving_out_what_is_never_asked_for_changes_no_answer(tools: Tools, toy: Any) -> None:
    """Every n-gram with a damageable character keeps the probability of the whole model."""
    orders, unseen = tools.kneser_ney.estimate(toy)
    asked = tools.prune.can_be_damaged(toy.characters)
    pruned = tools.prune.prune(orders, asked, (0.0, 0.0, 0.0))
    assert len(pruned[3].order.keys) < len(orders[3].keys)
    kept = [
        tools.kneser_ney.Order(p.order.keys, p.order.count, p.order.prob, p.backoff) for p in pruned
    ]
    for history in histories(toy):
        for d in range(len(toy.characters) + 1):
            if asked[d] or any(asked[i] for i in history):
                assert exact(kept, history, d, unseen) == pytest.approx(
                    exact(orders, history, d, unseen), rel=1e-9
                ), (history, d)


def test_the_file_answers_what_was_estimated(tools: Tools, toy: Any, model: LanguageModel) -> None:
    """Each answer is off by no more than its codes were rounded: a step of P, three of weights."""
    orders, unseen = tools.kneser_ney.estimate(toy)
    bound = max(tools.write.STEPS) / 2 + 3 * tools.write.BACKOFF_STEP / 2 + 1e-6
    for history in histories(toy):
        for d in range(len(toy.characters) + 1):
            wanted = math.log(exact(orders, history, d, unseen))
            assert model.logprob(*history, d) == pytest.approx(wanted, abs=bound), (history, d)


def test_a_history_that_was_never_seen_is_cut_short(
    tools: Tools, toy: Any, model: LanguageModel
) -> None:
    """Whatever stands before and whatever was asked before."""
    orders, unseen = tools.kneser_ney.estimate(toy)
    bound = max(tools.write.STEPS) / 2 + 3 * tools.write.BACKOFF_STEP / 2 + 1e-6
    everything = range(len(toy.characters) + 1)
    for history in ((a, b, c) for b in everything for c in everything for a in (0, 2)):
        asked = [history[1], 0]
        answers = model.logprobs(*history, asked)
        assert answers == [model.logprob(*history, d) for d in asked]
        for d, answer in zip(asked, answers, strict=True):
            wanted = math.log(exact(orders, history, d, unseen))
            assert answer == pytest.approx(wanted, abs=bound), (history, d)


def test_what_is_remembered_is_bounded(
    toy: Any, model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is forgotten when it becomes too much, and the answers stay the same."""
    asked = histories(toy)
    everything = range(len(toy.characters) + 1)
    answers = [model.logprobs(*history, everything) for history in asked]
    model._histories.clear()
    model._pairs.clear()
    monkeypatch.setattr("llmpaper_md.repairing.model._HISTORIES", 3)
    monkeypatch.setattr("llmpaper_md.repairing.model._PAIRS", 5)
    histories_kept, pairs_kept = [], []
    for history, answer in zip(asked, answers, strict=True):
        assert model.logprobs(*history, everything) == answer
        histories_kept.append(len(model._histories))
        pairs_kept.append(len(model._pairs))
    assert histories_kept[:7] == [1, 2, 3, 1, 2, 3, 1]
    assert max(pairs_kept) == 5


def test_many_candidates_at_once_get_the_same_answers(toy: Any, model: LanguageModel) -> None:
    everything = range(len(toy.characters) + 1)
    for history in histories(toy):
        answers = model.logprobs(*history, everything)
        assert answers == [model.logprob(*history, d) for d in everything]


def test_lists_longer_than_a_byte_are_found(tools: Tools, tmp_path: Path) -> None:
    """More than 256 characters after one pair: places no longer fit into their low byte."""
    many = [f"大模{chr(0x4E00 + i)}型" for i in range(700)]
    counts = count(tools, many * 2 + LINES)
    orders, unseen = tools.kneser_ney.estimate(counts)
    (tmp_path / "many.model").write_bytes(data_of(tools, counts))
    bound = max(tools.write.STEPS) / 2 + 3 * tools.write.BACKOFF_STEP / 2 + 1e-6
    with LanguageModel.open(tmp_path / "many.model") as model:
        for line in many:
            a, b, c, d = model.ids(line)
            for history, last in (((1, a, b), c), ((a, b, c), d), ((1, 1, a), b)):
                wanted = math.log(exact(orders, history, last, unseen))
                if (history, last) == ((1, a, b), c):
                    continue  # the 4-grams of one list are cut at 255
                assert model.logprob(*history, last) == pytest.approx(wanted, abs=bound)
            wanted = math.log(exact(orders, (a, b), c, unseen))
            assert model.logprob(0, a, b, c) == pytest.approx(wanted, abs=bound)


def test_the_same_counts_make_the_same_bytes(tools: Tools, toy: Any, tmp_path: Path) -> None:
    """Through the compact files, too."""
    tools.counts.write_counts(toy, tmp_path)
    assert data_of(tools, tools.counts.read_counts(tmp_path)) == data_of(tools, toy)


def test_words_add_what_they_hold_and_nothing_is_lost(tools: Tools, toy: Any) -> None:
    """A word the lines lack becomes likely, and all still sums to one."""
    more = tools.words.add_words(toy, [("压力大", 100), ("型号", 9), ("大模型", 4)])
    before, unseen = tools.kneser_ney.estimate(toy)
    orders, more_unseen = tools.kneser_ney.estimate(more)
    for history in histories(more):
        total = sum(exact(orders, history, d, more_unseen) for d in range(len(more.characters) + 1))
        assert total == pytest.approx(1, abs=1e-9), history
    ids = {c: i for i, c in enumerate(toy.characters, 1)}
    history, last = (0, ids["压"], ids["力"]), ids["大"]
    assert exact(orders, history, last, unseen) > 5 * exact(before, history, last, unseen)


def test_words_with_characters_never_counted_are_passed_over(tools: Tools, toy: Any) -> None:
    assert "号" not in toy.characters
    same = tools.words.add_words(toy, [("型号", 9)])
    assert data_of(tools, same) == data_of(tools, toy)


def test_words_come_back_from_their_file(tools: Tools, tmp_path: Path) -> None:
    words = [("一心一意", 12), ("型号", 9), ("〇一", 3)]
    kept = tools.words.ideographs_only([*words, ("B超", 30), ("型", 30), ("稀有", 2)], least=3)
    assert kept == words
    tools.words.write_words(kept, tmp_path / "words.xz")
    assert tools.words.read_words(tmp_path / "words.xz") == sorted(words)


MORE_LINES = """放点盐和糖再煮五分钟
大火煮开以后放盐
小火慢慢地煮大鱼""".split("\n")


def test_joined_counts_are_weighted_sums(tools: Tools, toy: Any) -> None:
    more = count(tools, MORE_LINES)
    joined = tools.merge.merge([(toy, 20), (more, 5)])
    assert joined.unit == 20
    assert set(joined.characters) == {*toy.characters, *more.characters}
    assert joined.characters[0] == "\n"
    ids = {c: i for i, c in enumerate(joined.characters, 1)}
    for n in range(1, 5):
        expected: Counter[int] = Counter()
        for part, weight in ((toy, 20), (more, 5)):
            for key, times in zip(part.orders[n - 1].keys, part.orders[n - 1].count, strict=True):
                own = [int(key) >> 16 * place & 0xFFFF for place in range(n - 1, -1, -1)]
                new = 0
                for i in own:
                    new = new << 16 | ids[part.characters[i - 1]]
                expected[new] += weight * int(times)
        table = joined.orders[n - 1]
        assert dict(zip(table.keys.tolist(), table.count.tolist(), strict=True)) == expected
        assert table.keys.tolist() == sorted(expected)


def test_joined_counts_still_sum_to_one(tools: Tools, toy: Any) -> None:
    """With weights that make parts of occurrences, and with words."""
    joined = tools.merge.merge([(toy, 20), (count(tools, MORE_LINES), 7)])
    joined = tools.words.add_words(joined, [("压力大", 100), ("慢火", 9)])
    orders, unseen = tools.kneser_ney.estimate(joined)
    for history in histories(joined)[::3]:
        total = sum(exact(orders, history, d, unseen) for d in range(len(joined.characters) + 1))
        assert total == pytest.approx(1, abs=1e-9), history


def test_a_text_joined_with_nothing_is_estimated_as_it_was(tools: Tools, toy: Any) -> None:
    """Counting in parts of an occurrence changes no probability."""
    joined = tools.merge.merge([(toy, 20)])
    assert joined.characters == toy.characters
    before, unseen = tools.kneser_ney.estimate(toy)
    after, unseen_after = tools.kneser_ney.estimate(joined)
    assert unseen_after == pytest.approx(unseen)
    for old, new in zip(before, after, strict=True):
        assert new.keys.tolist() == old.keys.tolist()
        assert new.prob.tolist() == pytest.approx(old.prob.tolist())
        assert new.gamma.tolist() == pytest.approx(old.gamma.tolist())


def test_a_heavier_text_has_more_say(tools: Tools, toy: Any) -> None:
    more = count(tools, MORE_LINES)
    likely = []
    for weight in (1, 5, 20, 60):
        joined = tools.merge.merge([(toy, 20), (more, weight)])
        ids = {c: i for i, c in enumerate(joined.characters, 1)}
        orders, unseen = tools.kneser_ney.estimate(joined)
        likely.append(exact(orders, (ids["大"],), ids["火"], unseen))
    assert likely == sorted(set(likely))


def test_a_discount_between_whole_occurrences_is_between_theirs(tools: Tools) -> None:
    import numpy as np

    types = (3852035, 660566, 266192, 143687)
    one, two, more = tools.kneser_ney.discounts(types)
    seen = np.array([0, 1, 10, 20, 30, 40, 60, 1000])
    found = tools.kneser_ney._taken_off(seen, types, 20) / 20
    halfway = (one + two) / 2
    assert found.tolist() == pytest.approx([0, one / 20, one / 2, one, halfway, two, more, more])
    assert all(found <= seen / 20)


def test_rare_ngrams_are_cut_and_the_rest_is_closed(tools: Tools, toy: Any) -> None:
    cut = tools.cut_counts.cut(toy, (1, 2, 2))
    assert [len(t.keys) for t in cut.orders[:2]] == [len(t.keys) for t in toy.orders[:2]]
    assert [int(table.count.min()) for table in cut.orders[2:]] == [2, 2]
    orders, unseen = tools.kneser_ney.estimate(cut)
    for history in histories(cut)[::3]:
        total = sum(exact(orders, history, d, unseen) for d in range(len(cut.characters) + 1))
        assert total == pytest.approx(1, abs=1e-9), history
    with pytest.raises(ValueError, match="fall with n"):
        tools.cut_counts.cut(toy, (2, 3, 1))


def test_a_build_from_folders_is_the_same_to_the_byte(
    tools: Tools, toy: Any, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    tools.counts.write_counts(toy, tmp_path)
    tools.counts.write_counts(count(tools, MORE_LINES), tmp_path / "other")
    tools.words.write_words([("压力大", 100)], tmp_path / "words.xz")
    texts = ((".", 1.0), ("other", 0.25))
    data = tools.build.build(tmp_path, texts, (0, 0, 0))
    assert data == tools.build.build(tmp_path, texts, (0, 0, 0))
    assert data != tools.build.build(tmp_path, texts[:1], (0, 0, 0))
    (tmp_path / "two.model").write_bytes(data)
    with LanguageModel.open(tmp_path / "two.model") as model:
        assert {"盐", "模"} <= {model.text([i]) for i in range(1, len(model) + 1)}


def test_lines_that_share_a_run_with_measured_texts_are_found(tools: Tools) -> None:
    measured = tools.measured.runs(["开头，今天我们一起学习机器翻译的原理，结尾"])
    lines = [
        "今天我们一起学习机器翻译的方法",
        "今天我们一起学习机器，翻译的原理",
        "我们今天一起学习机器翻译的原理",
        "",
        "> **今天我们一起学习机器翻译的**",
    ]
    assert [number for number, _ in tools.measured.shared_lines(lines, measured)] == [1, 5]


def test_no_source_of_the_counts_is_a_text_that_measures(tools: Tools) -> None:
    counted = {name.lower() for name in tools.measured.counted_repositories(TOOLS)}
    assert len(counted) > 250
    assert not counted & {name.lower() for name in tools.measured.REPOSITORIES}
    notice = (TOOLS / "NOTICE").read_text("utf-8").lower()
    assert [name for name in sorted(counted) if f"github.com/{name} " not in notice] == []


def test_a_logarithm_of_our_own_is_as_exact_as_any(tools: Tools) -> None:
    import numpy as np

    x = np.concatenate([np.geomspace(1e-12, 20, 5000), [1.0]])
    assert np.abs(tools.logarithm.log(x) - np.log(x)).max() < 1e-14


def spans(data: bytes) -> dict[str, tuple[int, int]]:
    """Offset and length of each section."""
    table = struct.Struct(f"<{2 * len(SECTIONS)}Q").unpack_from(data, HEADER.size)
    pairs = zip(table[::2], table[1::2], strict=True)
    return {name: pair for (name, _), pair in zip(SECTIONS, pairs, strict=True)}


def refused(data: bytes, path: Path, message: str) -> None:
    """Opening these bytes is an error that names the file and the reason."""
    path.write_bytes(data)
    with pytest.raises(ModelError, match=message) as caught:
        LanguageModel.open(path)
    assert str(path) in str(caught.value)


def test_a_file_cut_anywhere_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cut.model"
    for size in range(1, 8):
        refused(data[:size], path, "not a language model")
    for size in range(8, HEADER.size):
        refused(data[:size], path, "header is not whole")
    for offset, length in [(HEADER.size, 32), *spans(data).values()]:
        for size in (offset, offset + length // 2, offset + length - 1):
            refused(data[:size], path, "bytes where its header says")


def test_a_bit_flipped_anywhere_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "flipped.model"
    for place in range(HEADER.size):
        for bit in range(8):
            refused(flip(data, place, bit), path, "language model")
    for offset, length in [(HEADER.size, 32), *spans(data).values()]:
        for place in (offset, offset + length // 2, offset + length - 1):
            refused(flip(data, place, place % 8), path, "checksum is wrong")


def flip(data: bytes, place: int, bit: int) -> bytes:
    """The bytes with one bit turned."""
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def test_a_file_with_more_after_it_is_refused(data: bytes, tmp_path: Path) -> None:
    refused(data + b"\n", tmp_path / "long.model", "bytes where its header says")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "the file is empty", id="an empty file"),
        pytest.param(b"# A list of papers\n" * 9, "not a language model", id="Markdown"),
        pytest.param(MAGIC.replace(b"\r\n", b"\n") + bytes(99), "not a", id="sent as text"),
        pytest.param(bytes(4096), "not a language model", id="zeros"),
    ],
)
def test_another_file_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    """Whatever it is."""
    refused(content, tmp_path / "other.model", message)


def test_another_version_is_named(data: bytes, tmp_path: Path) -> None:
    """Before anything else is looked at: another version may do everything otherwise."""
    newer = MAGIC + struct.pack("<H", VERSION + 1) + data[10:]
    refused(newer, tmp_path / "newer.model", f"version {VERSION + 1}, not {VERSION}")


def test_another_set_of_sections_is_refused(data: bytes, tmp_path: Path) -> None:
    """A sound checksum does not help a table that this version does not know."""
    body = data[HEADER.size :]
    header = HEADER.pack(MAGIC, VERSION, len(SECTIONS) - 1, zlib.crc32(body), len(data))
    refused(header + body, tmp_path / "fewer.model", "sections")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read: No such file or directory"):
        LanguageModel.open(tmp_path / "none.model")


@pytest.fixture(scope="module")
def chinese() -> Iterator[LanguageModel]:
    """The model that the package ships."""
    with LanguageModel.open() as opened:
        yield opened


def test_the_bundled_model_knows_its_characters(chinese: LanguageModel) -> None:
    text = "\n的大模型，。「」⭐“”a0鬱"
    assert chinese.text(chinese.ids(text)) == text
    assert chinese.ids("\n\u0378") == [1, 0]
    assert chinese.text([0]) == "\ufffd"
    assert len(chinese) > 20_000


@pytest.mark.parametrize(
    ("history", "likely", "unlikely"),
    [
        pytest.param("的大模", "型", "压", id="a word of the field"),
        pytest.param("神经网", "络", "铬", id="a longer word"),
        pytest.param("\n\n\n", "我", "吗", id="the beginning of a line"),
        pytest.param("什么吗", "？", "，", id="punctuation"),
        pytest.param("的时候", "，", "侯", id="an end of a clause"),
        pytest.param("预训练", "模", "嘿", id="a phrase"),
        pytest.param("鬱鬱型", "的", "鬱", id="a history never seen"),
    ],
)
def test_the_bundled_model_prefers_chinese(
    chinese: LanguageModel, history: str, likely: str, unlikely: str
) -> None:
    a, b, c = chinese.ids(history)
    good, bad = chinese.logprobs(a, b, c, chinese.ids(likely + unlikely))
    assert bad < good < 0


class Plain:
    """The file read as its description says, by looking at every entry of a list."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        found = spans(data)
        self.view: dict[str, Any] = {
            name: memoryview(data)[found[name][0] : sum(found[name])].cast(code)
            for name, code in SECTIONS
        }
        self.begins = {
            size: list(accumulate(self.view[size], initial=0)) for size in ("size3", "size4")
        }

    def level(self, row: int, section: str, entry: int) -> float:
        return float(self.view["levels"][256 * row + self.view[section][entry]])

    def pair(self, b: int, c: int) -> int | None:
        first = self.view["first2"]
        entries = range(first[b], first[b + 1])
        return next((e for e in entries if self.view["id2"][e] == c), None)

    def longer(self, n: int, entry: int, place: int) -> int | None:
        """The n-gram in the list of an entry whose last character has a place among shorter ones."""
        begin = self.begins[f"size{n}"]
        low, high = self.view[f"low{n}"], self.view[f"high{n}"]
        entries = range(begin[entry], begin[entry + 1])
        return next((e for e in entries if low[e] + 256 * high[e] == place), None)

    def logprob(self, a: int, b: int, c: int, d: int) -> float:
        bc, ab, cd = self.pair(b, c), self.pair(a, b), self.pair(c, d)
        first = self.view["first2"]
        abc = bcd = abcd = None
        if bc is not None and ab is not None:
            abc = self.longer(3, ab, bc - first[b])
        if bc is not None and cd is not None:
            bcd = self.longer(3, bc, cd - first[c])
            if bcd is not None and abc is not None:
                abcd = self.longer(4, abc, bcd - self.begins["size3"][bc])
        if abcd is not None:
            return self.level(2, "prob4", abcd)
        weight = 0.0 if abc is None else self.level(3, "backoff3", abc)
        if bcd is not None:
            return self.level(1, "prob3", bcd) + weight
        weight += 0.0 if bc is None else self.level(3, "backoff2", bc)
        if cd is not None:
            return self.level(0, "prob2", cd) + weight
        return float(self.view["unigrams"][d]) + weight + self.level(3, "backoff1", c)


def test_the_longest_lists_answer_as_the_file_says(chinese: LanguageModel) -> None:
    """Where more than 256 characters follow, places share their low byte."""
    plain = Plain(BUNDLED)
    first, sizes = plain.view["first2"], plain.view["size3"]
    long_pairs = sorted(range(len(sizes)), key=lambda entry: -sizes[entry])[:12]
    assert sizes[long_pairs[-1]] > 512
    for entry in long_pairs:
        b = bisect_right(first, entry) - 1
        c = plain.view["id2"][entry]
        after = range(first[c], first[c + 1])
        begin = plain.begins["size3"][entry]
        places = [
            plain.view["low3"][e] + 256 * plain.view["high3"][e]
            for e in range(begin, begin + sizes[entry])
        ]
        seen = {plain.view["id2"][after[place]] for place in places}
        asked = [*sorted(seen)[::9], *range(0, 3000, 171)]
        before = [a for a in range(1, 400) if plain.pair(a, b) is not None][::40]
        for a in (0, *before):
            answers = chinese.logprobs(a, b, c, asked)
            for d, answer in zip(asked, answers, strict=True):
                assert answer == pytest.approx(plain.logprob(a, b, c, d), abs=1e-5), (a, b, c, d)


def test_a_history_in_the_longest_lists_is_found(chinese: LanguageModel) -> None:
    """The weights after three characters of which the last is one of more than 512."""
    plain = Plain(BUNDLED)
    first, sizes = plain.view["first2"], plain.view["size3"]
    for entry in sorted(range(len(sizes)), key=lambda entry: -sizes[entry])[:3]:
        a, b = bisect_right(first, entry) - 1, plain.view["id2"][entry]
        begin = plain.begins["size3"][entry]
        for triple in range(begin, begin + sizes[entry], 2):
            place = plain.view["low3"][triple] + 256 * plain.view["high3"][triple]
            c = plain.view["id2"][first[b] + place]
            assert chinese.logprob(a, b, c, 0) == pytest.approx(plain.logprob(a, b, c, 0), abs=1e-5)


def test_a_history_without_longer_ngrams_can_have_no_weight(chinese: LanguageModel) -> None:
    """For channels that damage any character: the n-grams that the file lacks are asked for."""
    other = chinese.for_any_bytes()
    plain = Plain(BUNDLED)
    first, begins = plain.view["first2"], plain.begins["size3"]
    kept, without = (
        next(
            triple
            for triple, size in enumerate(plain.view["size4"])
            if (size > 0) is stored and plain.level(3, "backoff3", triple) < -0.5
        )
        for stored in (True, False)
    )
    for triple, weighed in ((kept, True), (without, False)):
        entry = bisect_right(begins, triple) - 1
        a, b = bisect_right(first, entry) - 1, plain.view["id2"][entry]
        place = plain.view["low3"][triple] + 256 * plain.view["high3"][triple]
        c = plain.view["id2"][first[b] + place]
        weight = 0.0 if weighed else plain.level(3, "backoff3", triple)
        assert other.logprob(a, b, c, 0) == pytest.approx(chinese.logprob(a, b, c, 0) - weight)


def test_a_closed_model_gives_its_file_back(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "toy.model"
    path.write_bytes(data)
    model = LanguageModel.open(path)
    model.close()
    model.close()
    path.unlink()
