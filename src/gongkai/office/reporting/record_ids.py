"""The ids behind a figure in few bytes: a million records of a year, entered one after another, take some kilobytes.

Ascending ids are kept as the steps from one to the next, in one byte each where all are small, else in four or eight,
and compressed. The first byte says which. All loops run inside the interpreter's own functions.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import sub

_WIDTHS = ("B", "I", "Q")


def pack(ids: Sequence[int]) -> bytes:
    """Errors: ValueError for ids that are not ascending, or less than 0.

    >>> unpack(pack((3, 4, 900)))
    (3, 4, 900)
    """
    if not ids:
        return b""
    steps = [ids[0], *map(sub, ids[1:], ids[:-1])]
    if min(steps[1:], default=1) < 1 or steps[0] < 0:
        raise ValueError("ids are ascending and positive")
    largest = max(steps[1:], default=0)
    width = 0 if largest < 256 else 1 if largest < 2**32 else 2
    first = array("Q", steps[:1])
    rest = array(_WIDTHS[width], steps[1:])
    return bytes([width]) + zlib.compress(_little(first) + _little(rest), 1)


def unpack(packed: bytes | memoryview) -> tuple[int, ...]:
    """The ids again, ascending."""
    if not packed:
        return ()
    packed = bytes(packed)
    raw = zlib.decompress(packed[1:])
    first, rest = array("Q"), array(_WIDTHS[packed[0]])
    first.frombytes(raw[:8])
    rest.frombytes(raw[8:])
    if sys.byteorder == "big":
        first.byteswap()
        rest.byteswap()
    return tuple(accumulate([first[0], *rest]))


def _little(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
