"""Which n-grams the model keeps.

Two kinds are left out. An n-gram is *never asked for* when none of its characters can lose a byte:
a repair asks only for n-grams with a damaged character in them, and every candidate for that place
has a byte that can be lost, the true one and the wrong ones. Leaving it out changes no answer, so
the weights of its history stay as if it were there. An n-gram is *not worth its place* when its
history says nearly the same without it: the relative entropy between the model with and without
it is below a threshold (A. Stolcke, *Entropy-based Pruning of Backoff Language Models*, Proc. DARPA
Broadcast News Transcription and Understanding Workshop, 1998). The probability of a history is
taken from its count: Kneser-Ney's lower orders do not estimate it (C. Chelba, T. Brants, W.
Neveitt and P. Xu, *Study on Interaction between Entropy Pruning and Kneser-Ney Smoothing*,
Interspeech 2010).

What is kept is closed: with an n-gram stand its beginning (its place in the trie) and its end
(the n-gram that the model falls back to).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from counts import I64, U64, character, history, low_characters
from kneser_ney import F64, Order
from logarithm import log
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

LOST_BYTES = bytes.fromhex("81 83 88 8d 8e 8f 90 98 9d 9e a0 ad")
"""Bytes that Windows-1250, -1251, -1252 and -1254 leave undefined, and those that are blank or
invisible in them (A0, AD): what text that was read through one of them can have lost."""

LONGEST_LIST = 255
"""Most n-grams of the highest order with one history: the file counts them with a byte."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """An order after pruning.

    order: the n-grams that are stored.
    backoff: the weight of the next lower order for each of them as history.
    """

    order: Order
    backoff: F64


def can_be_damaged(characters: str, lost: bytes = LOST_BYTES) -> Mask:
    """For each id, whether the UTF-8 of the character has a byte that can be lost.

    >>> can_be_damaged("a型大").tolist()
    [True, False, True, False]
    """
    gone = frozenset(lost)
    return np.array([True] + [not gone.isdisjoint(c.encode()) for c in characters])


def prune(orders: list[Order], damageable: Mask, thresholds: tuple[float, ...]) -> list[Pruned]:
    """The model without the n-grams that are never asked for or not worth their place.

    damageable: by id, as `can_be_damaged` gives it.
    thresholds: least relative entropy in nats per character of the text of a kept n-gram, by n
        from 2; 0 keeps all.
    """
    asked = [_asked(order.keys, n, damageable) for n, order in enumerate(orders, 1)]
    retained = _retain(orders, asked, thresholds)
    stored = [kept & ask for kept, ask in zip(retained, asked, strict=True)]
    stored[0][:] = True
    for n in range(len(orders), 2, -1):
        keys = orders[n - 1].keys[stored[n - 1]]
        below = orders[n - 2].keys
        stored[n - 2][np.searchsorted(below, history(keys))] = True
        stored[n - 2][np.searchsorted(below, low_characters(keys, n - 1))] = True
    result = []
    for n, (order, store) in enumerate(zip(orders, stored, strict=True), 1):
        backoff = order.gamma
        if n < len(orders):
            backoff = _backoff(order, orders[n], retained[n], n + 1)
        kept = Order(order.keys[store], order.count[store], order.prob[store], order.gamma[store])
        result.append(Pruned(kept, backoff[store]))
    return result


def _asked(keys: U64, n: int, damageable: Mask) -> Mask:
    asked = np.zeros(len(keys), bool)
    for place in range(n):
        asked |= damageable[character(keys, place).astype(np.int64)]
    return asked


def _retain(orders: list[Order], asked: list[Mask], thresholds: tuple[float, ...]) -> list[Mask]:
    """What stays, before the question which of it is stored: from the longest n-grams down."""
    retained = [np.ones(len(order.keys), bool) for order in orders]
    for n in range(len(orders), 1, -1):
        order, below = orders[n - 1], orders[n - 2]
        keep = _relative_entropy(order, below, orders[0], n) >= thresholds[n - 2]
        if n == len(orders):
            keep &= _first_of_list(order, below, keep & asked[n - 1])
        keep |= ~asked[n - 1]
        if n < len(orders):
            longer = orders[n].keys[retained[n]]
            keep[np.searchsorted(order.keys, history(longer))] = True
            keep[np.searchsorted(order.keys, low_characters(longer, n))] = True
        retained[n - 1] = keep
    return retained


def _first_of_list(order: Order, below: Order, wanted: Mask) -> Mask:
    """Which of the wanted n-grams are among the most probable that a list of the file can hold."""
    begin = np.searchsorted(below.keys, history(order.keys))
    ranked = np.lexsort((order.keys, -order.prob, begin, ~wanted))[: int(wanted.sum())]
    within = np.arange(len(ranked)) - np.searchsorted(begin[ranked], begin[ranked])
    first = np.zeros(len(order.keys), bool)
    first[ranked[within < LONGEST_LIST]] = True
    return first


def _masses(order: Order, below: Order, n: int, kept: Mask | None = None) -> tuple[I64, F64, F64]:
    """The history of each n-gram; what those after a history take of their order and the lower."""
    begin: I64 = np.searchsorted(below.keys, history(order.keys)).astype(np.int64)
    suffix = np.searchsorted(below.keys, low_characters(order.keys, n - 1))
    own, lower = order.prob, below.prob[suffix]
    if kept is not None:
        own, lower = np.where(kept, own, 0.0), np.where(kept, lower, 0.0)
    size = len(below.keys)
    return begin, _sums(begin, own, size), _sums(begin, lower, size)


def _sums(begin: I64, weights: F64, size: int) -> F64:
    """The sum of the weights after each history.

    `bincount` adds one after the other, so the sums do not depend on the machine.
    """
    return np.bincount(begin, weights, size).astype(np.float64)


def _relative_entropy(order: Order, below: Order, first: Order, n: int) -> F64:
    """What leaving each n-gram out costs, in nats per character (Stolcke 1998, eq. 7)."""
    begin, _, lower_mass = _masses(order, below, n)
    own = order.prob
    lower = below.prob[np.searchsorted(below.keys, low_characters(order.keys, n - 1))]
    gamma = below.gamma[begin]
    rest = np.maximum(1 - lower_mass[begin], 1e-9)
    without = (gamma * rest + own) / (rest + lower)
    shift = log(without) - log(gamma)
    change = own * (log(lower) + log(without) - log(own)) + shift * gamma * rest
    characters = int(first.count.sum())
    # Never below 0 but for the last digits.
    return np.maximum(-below.count[begin] / characters * change, 0.0)


def _backoff(below: Order, order: Order, retained: Mask, n: int) -> F64:
    """The weight of the lower order after each history: the mass left over for it, on both sides.

    Where nothing was pruned after a history this is gamma itself, without the loss of digits that
    two differences from 1 would bring.
    """
    begin, own, lower = _masses(order, below, n, retained)
    touched = np.zeros(len(below.keys), bool)
    touched[begin[~retained]] = True
    again = np.maximum(1 - own, 1e-9) / np.maximum(1 - lower, 1e-9)
    return np.where(touched, again, below.gamma)
