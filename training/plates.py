"""What goes on each side of a barbell: the lifter's own bar and plates, in exact arithmetic."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from math import gcd
from typing import NamedTuple

from workoutlog.numbers import format_number, parse_number

MOST_KINDS = 12
MOST_ON_A_SIDE = 32  # More plates than any sleeve holds.


class Plate(NamedTuple):
    """A kind of plate; None pairs are any number of them."""

    weight: Decimal
    pairs: int | None = None


class Loaded(NamedTuple):
    """A weight that the bar can have, and the plates on each side, heaviest first."""

    weight: Decimal
    side: tuple[Decimal, ...]

    @property
    def text(self) -> str:
        """Write the plates of a side, "2 × 25 + 10"."""
        runs = [(plate, len(list(run))) for plate, run in groupby(self.side)]
        texts = (f"{n} × {format_number(one)}" if n > 1 else format_number(one) for one, n in runs)
        return " + ".join(texts) or "bar only"


@dataclass(frozen=True)
class Loading:
    """A weight, and what can be loaded for it: the nearest at or below it, and the nearest above.

    There is none below a weight that is less than the bar, and none above what all plates weigh
    or a weight that is met exactly.
    """

    weight: Decimal
    below: Loaded | None
    above: Loaded | None

    @property
    def exact(self) -> bool:
        return self.below is not None and self.below.weight == self.weight

    @property
    def nearest(self) -> Loaded:
        """The one that is nearest; of two as near, the lighter."""
        choices = [one for one in (self.below, self.above) if one]
        return min(choices, key=lambda one: abs(one.weight - self.weight))

    @property
    def text(self) -> str:
        """Say it in one line."""
        if self.exact:
            return f"Each side {self.below.text}" if self.below.side else "Bar only"
        if not self.below:
            return f"Less than the bar ({format_number(self.above.weight)})"
        choices = [one for one in (self.below, self.above) if one]
        nearest = " or ".join(f"{format_number(one.weight)} ({one.text})" for one in choices)
        return f"{format_number(self.weight)} cannot be loaded exactly: {nearest}"


@lru_cache(maxsize=256)
def parse_plates(text: str) -> tuple[Plate, ...]:
    """Read "25 20×2 1.25", heaviest first; "20×2" are two pairs, "20" is any number of them.

    Raises ValueError with a sentence for the lifter.
    """
    plates = {}
    for word in re.sub(r"\s*[×xX*]\s*", "×", text.strip()).split():
        number, times, pairs = word.partition("×")
        try:
            weight = parse_number(number)
        except ValueError:
            raise ValueError(f"“{word}” is no plate. Write them like 20 10 2.5.") from None
        if not 0 < weight <= 100 or weight != round(weight, 2):
            raise ValueError(f"A plate of {number}? It weighs up to 100, in hundredths at most.")
        if times and not re.fullmatch(r"0*[1-9][0-9]?", pairs, re.ASCII):
            raise ValueError(f"How many pairs is “{word}”? Write 20×2 for two pairs of 20.")
        if weight in plates:
            raise ValueError(f"{number} is there twice. Write {number}×2 for two pairs.")
        plates[weight] = Plate(weight, int(pairs) if times else None)
    if len(plates) > MOST_KINDS:
        raise ValueError(f"At most {MOST_KINDS} kinds of plates, please.")
    return tuple(sorted(plates.values(), reverse=True))


@lru_cache(maxsize=1024)
def load(weight: Decimal, bar: Decimal, plates: tuple[Plate, ...]) -> Loading:
    """Find the fewest plates, heaviest first, that make the weight or the nearest to it.

    All weights are in one unit; `plates` are as `parse_plates` returns them.
    """
    # Weights are counted in the greatest step that all plates are multiples of.
    step = Decimal(gcd(*(int(plate.weight * 100) for plate in plates)) or 100) / 100
    kinds = [(int(plate.weight / step), plate.pairs) for plate in plates]
    wanted = int((weight - bar) / 2 // step)
    if weight < bar:
        return Loading(weight, None, Loaded(bar, ()))

    # Bit n of sums[count] says whether `count` plates can weigh n steps. No sum that matters is
    # above the wanted one by more than the heaviest plate, else one plate less would do.
    mask = (1 << wanted + max((size for size, _ in kinds), default=0) + 1) - 1
    sums = [1] + [0] * MOST_ON_A_SIDE
    upwards = range(1, MOST_ON_A_SIDE + 1)
    lighter = []  # For each kind, the lightest first: the sums without it and all heavier ones.
    for size, pairs in reversed(kinds):
        lighter.append(sums.copy())
        # Upwards a plate is added to sums that have it already; downwards to those that have not.
        for _ in range(min(pairs, MOST_ON_A_SIDE) if pairs else 1):
            for count in reversed(upwards) if pairs else upwards:
                sums[count] |= sums[count - 1] << size & mask

    def loaded(total: int) -> Loaded:
        count = next(count for count, bits in enumerate(sums) if bits >> total & 1)
        side, rest = [], total
        for plate, (size, pairs), others in zip(plates, kinds, reversed(lighter), strict=True):
            taken = next(
                taken
                for taken in range(min(count, rest // size, pairs or count), -1, -1)
                if others[count - taken] >> rest - taken * size & 1
            )
            side += [plate.weight] * taken
            count, rest = count - taken, rest - taken * size
        return Loaded(bar + 2 * total * step, tuple(side))

    reached = 0
    for bits in sums:
        reached |= bits
    below = loaded((reached & (1 << wanted + 1) - 1).bit_length() - 1)
    higher = reached >> wanted + 1
    if below.weight == weight or not higher:
        return Loading(weight, below, None)
    return Loading(weight, below, loaded(wanted + (higher & -higher).bit_length()))


def rack(user, unit: str) -> tuple[Decimal, tuple[Plate, ...]]:
    """Return the lifter's bar and plates in a unit; no plates where none are set."""
    try:
        plates = parse_plates(getattr(user, f"plates_{unit}"))
    except ValueError:
        plates = ()
    return getattr(user, f"bar_{unit}"), plates


def plates_text(user, weight: Decimal | None, unit: str) -> str:
    """Say in one line what to load; empty where there is no weight, or the lifter has no plates."""
    bar, plates = rack(user, unit)
    return load(weight, bar, plates).text if plates and weight is not None else ""
