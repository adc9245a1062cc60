"""By how much one tap changes a number."""

from collections.abc import Iterable
from decimal import Decimal

from accounts.models import WeightUnit
from training.models import Equipment, Exercise, ExerciseSet

# The usual step first, then finer ones; the first that fits all weights used is the exercise's.
BAR_STEPS = [Decimal(step) for step in ("2.5", "2", "1.25", "1", "0.5", "0.25")]
DUMBBELL_STEPS = [Decimal(step) for step in ("2", "2.5", "1", "1.25", "0.5", "0.25")]
POUND_STEPS = [Decimal(step) for step in ("5", "2.5", "2", "1", "0.5")]
HAND_HELD = {Equipment.DUMBBELL, Equipment.KETTLEBELL}
STEPS = {"reps": Decimal(1), "duration_seconds": Decimal(5), "rpe": Decimal("0.5")}
DISTANCE_STEPS = {"m": Decimal(5), "km": Decimal("0.1"), "mi": Decimal("0.1")}


def weight_step(exercise: Exercise | None, unit: str, used: Iterable[ExerciseSet]) -> Decimal:
    """Return the weight step in `unit`, learned from the work sets that the lifter did."""
    if unit == WeightUnit.LB:
        steps = POUND_STEPS
    elif exercise and exercise.equipment in HAND_HELD:
        steps = DUMBBELL_STEPS
    else:
        steps = BAR_STEPS
    weights = [
        done.weight
        for done in used
        if done.weight is not None and done.weight_unit == unit and not done.is_warmup
    ]
    return next((step for step in steps if all(weight % step == 0 for weight in weights)), steps[0])


def field_step(name: str, distance_unit: str) -> Decimal:
    """Return the step of a field other than the weight."""
    return DISTANCE_STEPS[distance_unit] if name == "distance_meters" else STEPS[name]
