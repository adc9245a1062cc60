"""Ticks: the few round numbers beside a chart."""

import math
from collections.abc import Iterable
from itertools import chain, count

MOST = 5
# Steps in seconds that are round by the clock; beyond these, hours are counted by tens.
CLOCK = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000)


def nice_ticks(low: float, high: float, *, least: float = 1.0) -> list[float]:
    """Return 2 to 5 evenly spaced round numbers that enclose two values.

    They are multiples of `least`, a power of ten.
    """
    return _enclose(low, high, _decimal_steps(math.log10(least), least))


def clock_ticks(low: float, high: float) -> list[float]:
    """Return 2 to 5 evenly spaced numbers of seconds, round by the clock, around two values."""
    hours = (3600 * step for step in _decimal_steps(1, 1))
    return _enclose(low, high, chain(CLOCK, hours))


def _decimal_steps(power: float, least: float) -> Iterable[float]:
    """Yield 1, 2, 2.5, 5, 10, 20 … from a power of ten on, but for what is no multiple of least."""
    for exponent in count(round(power)):
        for factor in (1, 2, 2.5, 5):
            step = factor * 10.0**exponent
            if math.isclose(step / least, round(step / least)):
                yield step


def _enclose(low: float, high: float, steps: Iterable[float]) -> list[float]:
    for step in steps:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        last = max(last, first + 1)
        if last - first < MOST:
            return [number * step for number in range(first, last + 1)]
    raise ValueError("There are no steps that large.")
