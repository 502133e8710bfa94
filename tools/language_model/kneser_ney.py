"""Modified Kneser-Ney estimates of a character n-gram model, from counts that were cut below 2.

The method is that of S. F. Chen and J. Goodman, *An Empirical Study of Smoothing Techniques for
Language Modeling*, Harvard TR-10-98, 1998 (section 4.1.6, "modified Kneser-Ney"), interpolated:

    P(w | h) = (n(h w) - D[n(h w)]) / N(h)  +  gamma(h) * P(w | h')

where h' is h without its first character. In the highest order n is the count; in the orders
below, n is the number of different characters that stand before the n-gram and N the number of
different pairs around the history. Two points are this project's own:

- An n-gram that the files leave out (it occurred once) is treated as if it had not occurred: its
  mass stays in gamma(h), because N(h) is that of the whole text. So every distribution sums to 1.
- Nothing but a line end stands before an n-gram that begins with one, so a number of different
  predecessors says nothing there: such an n-gram keeps its plain count in every order. A history
  holds one line end at most; what stands before it is of no account.

Sums are taken over integers, and of floating-point operations only ``+ - * /`` are used, which
IEEE 754 defines to the last bit: the estimates do not depend on the machine or on numpy's version.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from counts import I64, LINE_END, U64, Counts, Table, character, history, low_characters
from numpy.typing import NDArray

F64 = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Order:
    """The n-grams of one order.

    keys: the ids of the n-gram's characters, 16 bits each, first character highest; ascending.
    count: how often each stands in the text.
    prob: P(last character | the others).
    gamma: the weight of the next lower order after this n-gram as history, 1 where no n-gram of
        the next order begins with it.
    """

    keys: U64
    count: I64
    prob: F64
    gamma: F64


def discounts(types: tuple[int, int, int, int]) -> tuple[float, float, float]:
    """What to take off an n-gram seen once, twice, and three times or more.

    types: how many n-grams were seen once, twice, three and four times (Chen and Goodman, eq. 26).

    >>> [round(d, 3) for d in discounts((3852035, 660566, 266192, 143687))]
    [0.745, 1.1, 1.392]
    """
    n1, n2, n3, n4 = types
    if min(types) <= 0:
        raise ValueError(f"discounts need n-grams seen 1, 2, 3 and 4 times, not {types}")
    y = n1 / (n1 + 2 * n2)
    found = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    # Tiny or odd counts can leave the range in which a discount makes sense.
    return tuple(min(max(d, 0.05), k) for k, d in enumerate(found, 1))  # type: ignore[return-value]


def unigrams(counts: Counts) -> tuple[F64, float]:
    """P(w) of each character, most frequent first, and of all characters never counted together.

    A frequent character has the number of its predecessors. The rare ones take part in no longer
    n-gram and have none; half their count stands in for it, which is what the rarest characters
    that do have predecessors show (4 occurrences, 2 predecessors; 5, 3). The unseen get what the
    characters seen once have (Good and Turing).
    """
    table = counts.orders[0]
    left = np.where(table.left > 0, table.left.astype(np.float64), table.count / 2)
    once = max(int(table.count[table.count <= counts.unit].sum()), counts.unit)
    doubled = int((left * 2).sum())  # whole numbers: the order of the sum does not matter
    total = (doubled + once) / 2
    return left / total, once / 2 / total


def estimate(counts: Counts) -> tuple[list[Order], float]:
    """All orders of the model, and the probability of an uncounted character."""
    prob, unseen = unigrams(counts)
    first = counts.orders[0]
    orders = [Order(first.keys, first.count, prob, np.ones(len(prob)))]
    for n in range(2, len(counts.orders) + 1):
        order, gamma = _order(counts, n, orders[-1])
        below = orders[-1]
        orders[-1] = Order(below.keys, below.count, below.prob, gamma)
        orders.append(order)
    return orders, unseen


def within_line(keys: U64, n: int) -> NDArray[np.bool_]:
    """Which n-grams have a line end at most first or last, so that they can be asked for."""
    line_end = np.uint64(LINE_END)
    keep = np.ones(len(keys), bool)
    for place in range(1, n - 1):
        keep &= character(keys, place) != line_end
    if n == 2:
        keep &= keys != np.uint64(LINE_END << 16 | LINE_END)
    return keep


def _order(counts: Counts, n: int, below: Order) -> tuple[Order, F64]:
    highest = n == len(counts.orders)
    table = counts.orders[n - 1]
    keep = within_line(table.keys, n)
    keys, count, left = table.keys[keep], table.count[keep], table.left[keep]
    begin = np.searchsorted(below.keys, history(keys))
    suffix = np.searchsorted(below.keys, low_characters(keys, n - 1))
    if not (
        np.array_equal(below.keys[begin], history(keys))
        and np.array_equal(below.keys[suffix], low_characters(keys, n - 1))
    ):
        raise ValueError(f"the {n}-grams have beginnings or ends that the {n - 1}-grams lack")

    plain = np.full(len(keys), highest) | (character(keys, n - 1) == np.uint64(LINE_END))
    # A rare character before an n-gram is not counted as a predecessor; it was one all the same.
    seen = np.where(plain, count, np.where(left > 0, left, np.minimum(count, counts.unit)))
    by_plain = _taken_off(seen, counts.types[n - 1], counts.unit)
    by_left = by_plain if highest else _taken_off(seen, counts.left_types[n - 1], counts.unit)
    off = np.where(plain, by_plain, by_left)

    total = _totals(counts, n, below)
    gamma = np.ones(len(below.keys))
    size = len(below.keys)
    kept = np.bincount(begin, seen, size).astype(np.int64)
    taken = np.bincount(begin, off, size)
    total = np.maximum(total, kept)
    has = kept > 0
    gamma[has] = 1 - (kept[has] - taken[has]) / total[has]
    prob = (seen - off) / total[begin] + gamma[begin] * below.prob[suffix]
    return Order(keys, count, prob, np.ones(len(keys))), gamma


def _taken_off(seen: I64, types: tuple[int, int, int, int], unit: int) -> F64:
    """What to take off each n-gram; between whole numbers of occurrences in proportion."""
    steps = np.array([0.0, *discounts(types)])
    whole = np.minimum(seen // unit, 3)
    rest = np.where(whole < 3, (seen % unit) / unit, 0.0)
    result: F64 = (steps[whole] * (1 - rest) + steps[np.minimum(whole + 1, 3)] * rest) * unit
    return result


def _totals(counts: Counts, n: int, below: Order) -> I64:
    """N(h) of each history: all that follows it in the text, whether the files hold it or not."""
    table: Table = counts.orders[n - 2]
    keep = within_line(table.keys, n - 1) if n > 2 else np.ones(len(table.keys), bool)
    plain = np.full(len(below.keys), n == len(counts.orders)) | (
        character(below.keys, n - 2) == np.uint64(LINE_END)
    )
    total = np.where(plain, table.count[keep], table.between[keep])
    if n == 2:  # of four line ends in a row, three are followed by another
        pair = np.uint64(LINE_END << 16 | LINE_END)
        twice = counts.orders[1].count[counts.orders[1].keys == pair].sum()
        total[below.keys == np.uint64(LINE_END)] -= twice
    return total
