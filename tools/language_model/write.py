"""The model as one file, laid out as `llmpaper_md.repairing.model` reads it."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from counts import I64, U64, history, low_characters
from kneser_ney import F64
from logarithm import log
from numpy.typing import NDArray
from prune import Pruned

from llmpaper_md.repairing.model import BLOCK, HEADER, MAGIC, SECTIONS, VERSION

STEPS = (0.1, 0.1, 0.2)
"""Width in nats of a code of ln P, for 2-, 3- and 4-grams."""
BACKOFF_STEP = 0.15
"""Width in nats of a code of a backoff weight."""

Codes = NDArray[np.uint8]
Array = NDArray[Any]


def model_bytes(characters: str, orders: list[Pruned], unseen: float) -> bytes:
    """The bytes of the model file.

    characters: those of the ids 1 and up.
    orders: 1- to 4-grams, closed as `prune` leaves them.
    unseen: the probability of all other characters together.
    """
    first, second, third, fourth = orders
    codes = [_codes(log(o.order.prob), step) for o, step in zip(orders[1:], STEPS, strict=True)]
    two = _second(len(characters), second.order.keys)
    three = _longer(third.order.keys, codes[1], 3, second.order.keys, two["place"])
    by_three = third.order.keys[three["sorted"]]
    four = _longer(fourth.order.keys, codes[2], 4, by_three, three["place"])
    size3 = np.bincount(three["parent"], minlength=len(second.order.keys))
    size4 = np.bincount(four["parent"], minlength=len(by_three))
    if size3.max(initial=0) >= 1 << 16 or size4.max(initial=0) >= 1 << 8:
        raise ValueError("a list of n-grams is longer than its size can say")
    weights1 = np.concatenate([[0], _backoff_codes(first.backoff)]).astype(np.uint8)
    arrays = {
        "characters": np.array([ord(c) for c in characters], "<u4"),
        "unigrams": log(np.concatenate([[unseen], first.order.prob])).astype("<f4"),
        "levels": _levels(),
        "backoff1": weights1,
        "first2": two["first"].astype("<u4"),
        "id2": (second.order.keys & np.uint64(0xFFFF)).astype("<u2"),
        "prob2": codes[0],
        "backoff2": _backoff_codes(second.backoff),
        "size3": size3.astype("<u2"),
        "block3": _blocks(size3),
        "low3": (three["stored"] & 0xFF).astype(np.uint8),
        "high3": (three["stored"] >> 8).astype(np.uint8),
        "prob3": codes[1][three["sorted"]],
        "backoff3": _backoff_codes(third.backoff)[three["sorted"]],
        "size4": size4.astype(np.uint8),
        "block4": _blocks(size4),
        "low4": (four["stored"] & 0xFF).astype(np.uint8),
        "high4": (four["stored"] >> 8).astype(np.uint8),
        "prob4": codes[2][four["sorted"]],
    }
    return _file([arrays[name].tobytes() for name, _ in SECTIONS])


def _codes(logs: F64, step: float) -> Codes:
    """The code of each ln P: the number of whole steps below 0."""
    return np.minimum(np.floor(-logs / step), 255).astype(np.uint8)


def _backoff_codes(weights: F64) -> Codes:
    """The code of each weight: 0 is a weight of 1, exactly; others are rounded to a whole step.

    Pruning can lift a weight above 1, hence the codes for four steps above it.
    """
    steps = np.rint(-log(weights) / BACKOFF_STEP)
    return np.where(weights == 1, 0, np.clip(steps + 5, 1, 255)).astype(np.uint8)


def _levels() -> Array:
    """What the codes mean: the middle of their step."""
    code = np.arange(256)
    rows = [-(code + 0.5) * step for step in STEPS]
    rows.append(np.where(code == 0, 0.0, -(code - 5.0) * BACKOFF_STEP))
    return np.concatenate(rows).astype("<f4")


def _second(characters: int, keys: U64) -> dict[str, I64]:
    """Where the 2-grams of each id begin, and the place of each within its list."""
    heads = history(keys).astype(np.int64)
    first = np.searchsorted(heads, np.arange(characters + 2))
    return {"first": first, "place": np.arange(len(keys)) - first[heads]}


def _longer(keys: U64, codes: Codes, n: int, below: U64, place: I64) -> dict[str, I64]:
    """The n-grams as lists, the most probable first.

    below: the n-grams one shorter, in the order in which they are stored.
    place: the place of each of them within its list.

    Returns, in the order in which the n-grams are to be stored: `sorted` (where each stands in
    keys), `parent` (the n-gram it begins with), `stored` (the place of the one it ends with),
    `place` (its own place).
    """
    ascending = np.argsort(below, kind="stable")
    ordered = below[ascending]
    parent = ascending[np.searchsorted(ordered, history(keys))]
    stored = place[ascending[np.searchsorted(ordered, low_characters(keys, n - 1))]]
    order = np.lexsort((stored, codes, parent))
    parent, stored = parent[order], stored[order]
    within = np.arange(len(keys)) - np.searchsorted(parent, parent)
    return {
        "sorted": order,
        "parent": parent,
        "stored": stored,
        "place": within,
    }


def _blocks(sizes: I64) -> Array:
    ends = np.concatenate([[0], np.cumsum(sizes)])
    return ends[:-1:BLOCK].astype("<u4")


def _file(sections: list[bytes]) -> bytes:
    """Header, table and sections, each section at a multiple of 8."""
    offset = HEADER.size + 16 * len(sections)
    table = b""
    parts = []
    for section in sections:
        padding = -offset % 8
        offset += padding
        table += offset.to_bytes(8, "little") + len(section).to_bytes(8, "little")
        parts += [bytes(padding), section]
        offset += len(section)
    body = table + b"".join(parts)
    header = HEADER.pack(MAGIC, VERSION, len(sections), zlib.crc32(body), offset)
    return header + body
