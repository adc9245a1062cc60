"""By how much one tap changes a number."""

from decimal import Decimal

import pytest

from training.models import Exercise, ExerciseSet
from training.steps import field_step, weight_step


def sets(*weights, **values):
    return [
        ExerciseSet(weight=None if weight is None else Decimal(weight), **values)
        for weight in weights
    ]


@pytest.mark.parametrize(
    ("equipment", "used", "step"),
    [
        ("barbell", [], "2.5"),
        ("barbell", ["80", "82.5"], "2.5"),
        ("barbell", ["80", "82"], "2"),
        ("barbell", ["80", "81.25"], "1.25"),
        ("barbell", ["80", "81"], "1"),
        ("machine", ["12.5", "13"], "0.5"),
        ("cable", ["11.25", "11.5"], "0.25"),
        ("barbell", ["80.1"], "2.5"),
        ("barbell", ["0"], "2.5"),
        ("barbell", [None], "2.5"),
        ("dumbbell", [], "2"),
        ("dumbbell", ["20", "22"], "2"),
        ("dumbbell", ["20", "22.5"], "2.5"),
        ("dumbbell", ["9", "10"], "1"),
        ("kettlebell", ["16", "24"], "2"),
        ("", [], "2.5"),
    ],
)
def test_kilograms(equipment, used, step):
    assert weight_step(Exercise(equipment=equipment), "kg", sets(*used)) == Decimal(step)


@pytest.mark.parametrize(
    ("used", "step"),
    [([], "5"), (["135", "225"], "5"), (["132.5"], "2.5"), (["136"], "2"), (["135.5"], "0.5")],
)
@pytest.mark.parametrize("equipment", ["barbell", "dumbbell"])
def test_pounds(equipment, used, step):
    used = sets(*used, weight_unit="lb")
    assert weight_step(Exercise(equipment=equipment), "lb", used) == Decimal(step)


@pytest.mark.parametrize("other", [{"weight_unit": "lb"}, {"kind": "warmup"}])
def test_learns_nothing_from_warm_ups_or_the_other_unit(other):
    used = sets("80") + sets("41", **other)
    assert weight_step(Exercise(equipment="barbell"), "kg", used) == Decimal("2.5")


def test_needs_no_exercise():
    assert weight_step(None, "kg", sets("20")) == Decimal("2.5")


@pytest.mark.parametrize(
    ("name", "unit", "step"),
    [
        ("reps", "m", "1"),
        ("duration_seconds", "m", "5"),
        ("rpe", "m", "0.5"),
        ("distance_meters", "m", "5"),
        ("distance_meters", "km", "0.1"),
        ("distance_meters", "mi", "0.1"),
    ],
)
def test_other_fields(name, unit, step):
    assert field_step(name, unit) == Decimal(step)
