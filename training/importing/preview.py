"""What an import would do, told before anything is written."""

from dataclasses import dataclass
from decimal import Decimal

from training.importing.here import find_here
from training.importing.naming import Name, names_of
from training.importing.options import Options
from training.importing.staging import HEAVY
from training.models import Import
from training.units import kilograms
from workoutlog.numbers import format_number

SHOWN = 20  # So many odd values and unreadable lines are on the page.


@dataclass
class Odd:
    """A value that looks like a slip, where it is in the file."""

    line: int
    name: str
    text: str


@dataclass
class Preview:
    """What the page shows of an import that is ready."""

    to_import: int
    here: int
    changed: int
    names: list[Name]
    odd: list[Odd]
    is_own: bool

    @property
    def to_look_at(self) -> list[Name]:
        return [name for name in self.names if name.to_look_at]

    @property
    def matched(self) -> list[Name]:
        return [name for name in self.names if not name.to_look_at]

    @property
    def new(self) -> int:
        return sum(name.exercise is None for name in self.names)


def preview(data_import: Import) -> Preview:
    here = find_here(data_import)
    skipped = len(here.same)
    if not data_import.options.get("changed"):
        skipped += len(here.changed)
    return Preview(
        to_import=data_import.workouts - skipped,
        here=len(here.same),
        changed=len(here.changed),
        names=names_of(data_import),
        odd=_odd(data_import),
        # Then it has more than workouts: settings, exercises, body weights.
        is_own="own" in data_import.facts,
    )


def _odd(data_import: Import) -> list[Odd]:
    """Return the odd values; which weights are heavy depends on the unit that was chosen."""
    unit = Options.of(data_import).unit
    odd = []
    for line, name, text, *weight in data_import.odd:
        if weight:
            number, unit_said = Decimal(weight[0]), weight[1] or unit
            if kilograms(number, unit_said) <= HEAVY:
                continue
            text = f"{format_number(number)} {unit_said}"
        odd.append(Odd(line, name, text))
    return odd
