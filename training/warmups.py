"""Warm-up sets on the way to the work weight."""

from collections.abc import Callable
from decimal import Decimal

from accounts.models import User, WeightUnit
from training.models import ExerciseSet, Measure, SessionExercise, SetKind
from training.plates import load, rack

EMPTY_BAR_REPS = 10
RAMP = [(Decimal("0.4"), 5), (Decimal("0.6"), 3), (Decimal("0.8"), 2)]
STEPS = {WeightUnit.KG: Decimal("2.5"), WeightUnit.LB: Decimal(5)}


def ramp(
    work: Decimal, bar: Decimal, nearest: Callable[[Decimal], Decimal]
) -> list[tuple[Decimal, int]]:
    """Return the (weight, reps) of warm-up sets; `bar` is 0 where there is none.

    The empty bar, then even jumps to the work weight with ever fewer reps, so that it prepares
    and does not tire: https://startingstrength.com/get-started/faq, "Warm-up Sets", whose two
    sets of 5 with the bar are one of 10 here. Its examples, 135 185 235 on the way from 45 to 275,
    are about 40, 60 and 80 % of that way. A set that is less than a tenth of the work weight away
    from the one before or from the work weight is left out.
    """
    sets = [(bar, EMPTY_BAR_REPS)] if 0 < bar < work else []
    for part, reps in RAMP:
        weight = nearest(bar + (work - bar) * part)
        before = sets[-1][0] if sets else 0
        if before < weight < work and min(weight - before, work - weight) >= work / 10:
            sets.append((weight, reps))
    return sets


def propose(
    entry: SessionExercise, work: ExerciseSet, user: User
) -> tuple[list[ExerciseSet], bool]:
    """Make the warm-up sets, not stored, for a work set that is to come.

    They go on from the heaviest warm-up that is logged. Also say whether they were taken up: one
    of them is logged, so that the others are wanted too.
    """
    if entry.measure != Measure.WEIGHT_REPS or work.weight is None:
        return [], False
    unit = work.weight_unit
    sets = _ramp_for(entry, work.weight, unit, user)
    done = {one.weight: one.reps for one in entry.sets if one.weight_unit == unit}
    heaviest = max((weight for weight in done if weight is not None), default=-1)
    left = [
        ExerciseSet(kind=SetKind.WARMUP, weight=weight, weight_unit=unit, reps=reps)
        for weight, reps in sets
        if weight > heaviest
    ]
    return left, any(done.get(weight) == reps for weight, reps in sets)


def _ramp_for(entry, work, unit, user):
    bar, plates = rack(user, unit) if entry.loads_bar else (Decimal(0), ())
    if plates:
        return ramp(work, bar, lambda weight: load(weight, bar, plates).nearest.weight)
    step = STEPS[unit]
    return ramp(work, bar, lambda weight: round(weight / step) * step)
