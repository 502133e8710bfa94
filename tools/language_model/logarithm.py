"""A natural logarithm that is the same on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_LN2 = 0.6931471805599453
_TERMS = 11


def log(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give ln x for x > 0, from ``+ - * /`` and powers of two alone.

    ``numpy.log`` may differ in the last bit between processors and versions, and one bit is enough
    to put a probability on the other side of a rounding. IEEE 754 fixes these operations wholly.
    The series is that of the inverse hyperbolic tangent, ln m = 2 artanh((m - 1) / (m + 1)), for m
    between sqrt(1/2) and sqrt(2); eleven terms leave an error below 1e-15.

    >>> float(log(np.array([1.0]))[0])
    0.0
    >>> abs(float(log(np.array([1e-7]))[0]) + 16.11809565095832) < 1e-14
    True
    """
    mantissa, exponent = np.frexp(x)
    small = mantissa < 0.7071067811865476
    mantissa = np.where(small, mantissa * 2, mantissa)
    s = (mantissa - 1) / (mantissa + 1)
    square = s * s
    total = np.zeros_like(s)
    for k in range(2 * _TERMS + 1, 0, -2):
        total = total * square + 1 / k
    result: NDArray[np.float64] = 2 * s * total + (exponent - small) * _LN2
    return result
