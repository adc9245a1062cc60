"""Records: sets that beat all that the lifter did of the exercise before.

Here is what makes a record; `record_book.py` finds them in a history. Warm-ups and ties are none,
and there is none without something that it beats.
"""

from dataclasses import dataclass, field
from enum import Enum

from training.loads import load_kg
from training.models import Measure

# Beyond a dozen reps the formulas drift apart, and none is to be trusted.
MOST_REPS = 12
# Kilograms made from pounds are equal within a milligram.
NEARLY = 1e-6
WITH_RECORDS = (Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.ASSISTED_REPS)


def estimated_one_rep_max(weight: float, reps: int) -> float | None:
    """Estimate a one-rep max in the unit of `weight`; None for 0 or more than 12 reps.

    Epley's formula (B. Epley, Poundage Chart, Boyd Epley Workout, 1985): weight × (1 + reps / 30),
    and for a single rep the weight itself.
    """
    if not 1 <= reps <= MOST_REPS:
        return None
    return weight if reps == 1 else weight * (1 + reps / 30)


class Kind(Enum):
    """What a record is about."""

    ONE_REP_MAX = "Est. 1RM"
    HEAVIEST = "Heaviest"
    REPS = "Most reps at this weight"


@dataclass(slots=True)
class Effort:
    """What was lifted: kg, reps, estimated one-rep max in kg (0 where there is none).

    `whole` is false for bodyweight exercises while the lifter's weight is not known: kg is then
    what was added, and can be compared only with the like.
    """

    kg: float
    reps: int
    one_rep_max: float
    whole: bool = True

    @classmethod
    def of(cls, measure: str, kg: float, body_kg: float | None, reps: int | None):
        """Return what a set of a weight in kg was; None where it can be no record."""
        if measure not in WITH_RECORDS or not reps:
            return None
        load = load_kg(measure, kg, body_kg)
        if load is None:
            return None
        whole = measure == Measure.WEIGHT_REPS or body_kg is not None
        return cls(load, reps, (whole and estimated_one_rep_max(load, reps)) or 0.0, whole)

    def matches(self, other: "Effort") -> bool:
        """Whether it is as good in everything, so that the other is no record after it."""
        return (
            self.whole == other.whole
            and self.kg >= other.kg - NEARLY
            and self.reps >= other.reps
            and self.one_rep_max >= other.one_rep_max - NEARLY
        )


@dataclass(slots=True)
class Record:
    """What is a record about a set, its value in kg (or reps), and the value that it beat."""

    kind: Kind
    value: float
    beaten: float


@dataclass(slots=True)
class Bests:
    """The best of some efforts that can be compared: strongest, heaviest, most reps by weight.

    `front` has each (kg, reps) of which no other is as good in both.
    """

    one_rep_max: float = 0.0
    kg: float = 0.0
    reps: dict[float, int] = field(default_factory=dict)
    front: list[tuple[float, int]] = field(default_factory=list)

    def copy(self) -> "Bests":
        return Bests(self.one_rep_max, self.kg, dict(self.reps), self.front)

    def add(self, effort: Effort) -> None:
        self.one_rep_max = max(self.one_rep_max, effort.one_rep_max)
        self.kg = max(self.kg, effort.kg)
        weight, reps = round(effort.kg, 6), effort.reps
        if reps > self.reps.get(weight, 0):
            self.reps[weight] = reps
            if reps > self._most_from(weight):
                front = [one for one in self.front if one[0] > weight or one[1] > reps]
                self.front = [*front, (weight, reps)]

    def match(self, effort: Effort) -> bool:
        """Whether they are as good in everything, so that the effort is no record after them."""
        return (
            self.one_rep_max >= effort.one_rep_max - NEARLY
            and self._most_from(effort.kg - NEARLY) >= effort.reps
        )

    def beaten_by(self, effort: Effort) -> list[Record]:
        """Return what an effort after all of these is a record in."""
        records = []
        if self.one_rep_max and effort.one_rep_max > self.one_rep_max + NEARLY:
            records.append(Record(Kind.ONE_REP_MAX, effort.one_rep_max, self.one_rep_max))
        if self.kg and effort.kg > self.kg + NEARLY:
            records.append(Record(Kind.HEAVIEST, effort.kg, self.kg))
        most = self.reps.get(round(effort.kg, 6))
        if most is not None and effort.reps > self._most_from(effort.kg - NEARLY):
            records.append(Record(Kind.REPS, effort.reps, most))
        return records

    def _most_from(self, kg: float) -> int:
        """Return the most reps with at least so many kg; 0 if there are none."""
        return max((reps for weight, reps in self.front if weight >= kg), default=0)
