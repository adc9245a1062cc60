"""Records: sets that beat all that the lifter did of the exercise before.

They are derived whenever they are shown, so that they follow every edit. Warm-ups and ties are
none, and there is none without something that it beats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db.models import Max, Q

from training.models import ExerciseSet, Measure, WorkoutSession
from training.units import kilograms

# Beyond a dozen reps the formulas drift apart, and none is to be trusted.
MOST_REPS = 12
# Kilograms made from pounds are equal within a milligram.
NEARLY = 1e-6


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


@dataclass
class Effort:
    """What was lifted: kg (bodyweight alone is 0), reps, estimated one-rep max in kg (else 0)."""

    kg: float
    reps: int
    one_rep_max: float

    @classmethod
    def of(cls, measure: str, weight, unit: str, reps: int) -> "Effort":
        kg = float(kilograms(weight, unit)) if weight else 0.0
        # What the lifter weighs is not known, so neither is what a pull-up lifts in all.
        known = measure == Measure.WEIGHT_REPS
        return cls(kg, reps, (known and estimated_one_rep_max(kg, reps)) or 0.0)

    def matches(self, other: "Effort") -> bool:
        """Whether it is as good in everything, so that the other is no record after it."""
        return (
            self.kg >= other.kg - NEARLY
            and self.reps >= other.reps
            and self.one_rep_max >= other.one_rep_max - NEARLY
        )


@dataclass
class Record:
    """What is a record about a set, its value in kg (or reps), and the value that it beat."""

    kind: Kind
    value: float
    beaten: float


def records_of(effort: Effort, before: list[Effort]) -> list[Record]:
    """Return what an effort is a record in, given all efforts before it."""
    if not before:
        return []
    records = []
    strongest = max(one.one_rep_max for one in before)
    if strongest and effort.one_rep_max > strongest + NEARLY:
        records.append(Record(Kind.ONE_REP_MAX, effort.one_rep_max, strongest))
    heaviest = max(one.kg for one in before)
    if heaviest and effort.kg > heaviest + NEARLY:
        records.append(Record(Kind.HEAVIEST, effort.kg, heaviest))
    at_weight = [one.reps for one in before if abs(one.kg - effort.kg) <= NEARLY]
    as_heavy = [one.reps for one in before if one.kg >= effort.kg - NEARLY]
    if at_weight and effort.reps > max(as_heavy):
        records.append(Record(Kind.REPS, effort.reps, max(at_weight)))
    return records


def records_in(workout: WorkoutSession, previous: dict) -> dict[UUID, list[Record]]:
    """Map the sets of a workout loaded with `with_log()` to their records.

    `previous` maps each entry to the sets of its last time. A set that is matched by one of these
    is no record, so that all of history is asked only about the few that are not.
    """
    candidates = []
    same_day: dict[UUID, list[Effort]] = {}
    for entry in workout.log:
        if entry.measure not in {Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS}:
            continue
        today = same_day.setdefault(entry.exercise_id, [])
        last_time = [*_efforts(previous.get(entry.pk, []))]
        for done in entry.sets:
            for effort in _efforts([done]):
                if not any(one.matches(effort) for one in last_time + today):
                    candidates.append((done.pk, entry.exercise_id, effort, list(today)))
                today.append(effort)
    done_before = {entry.exercise_id for entry in workout.log if previous.get(entry.pk)}
    history = _history(workout, done_before & {exercise_id for _, exercise_id, _, _ in candidates})
    found = {
        pk: records_of(effort, history.get(exercise_id, []) + today)
        for pk, exercise_id, effort, today in candidates
    }
    return {pk: records for pk, records in found.items() if records}


def _efforts(sets: Iterable[ExerciseSet]) -> Iterable[Effort]:
    for done in sets:
        if done.reps and not done.is_warmup:
            measure = done.session_exercise.measure
            yield Effort.of(measure, done.weight, done.weight_unit, done.reps)


def _history(workout: WorkoutSession, exercise_ids: set[UUID]) -> dict[UUID, list[Effort]]:
    """Return the best efforts at each weight of the lifter's workouts before this one."""
    if not exercise_ids:
        return {}
    rows = (
        ExerciseSet.objects.for_user(workout.user_id)
        .working()
        .filter(
            session_exercise__exercise__in=exercise_ids,
            session_exercise__workout__session_date__lt=workout.session_date,
            reps__gt=0,
        )
        .order_by()
        .values_list(
            "session_exercise__exercise",
            "session_exercise__exercise__measure",
            "weight",
            "weight_unit",
        )
        .annotate(most=Max("reps"), most_counted=Max("reps", filter=Q(reps__lte=MOST_REPS)))
    )
    history: dict[UUID, list[Effort]] = {}
    for exercise_id, measure, weight, unit, most, most_counted in rows:
        for reps in {most, most_counted} - {None}:
            effort = Effort.of(measure, weight, unit, reps)
            history.setdefault(exercise_id, []).append(effort)
    return history


def record_counts(workouts: list[WorkoutSession]) -> dict[UUID, int]:
    """Map workouts of one lifter to how many records were set in each; none are left out."""
    return {}
