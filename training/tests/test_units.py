"""Units: numbers stay as typed, sums are in kilograms."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from training.loads import volume_expression
from training.models import ExerciseSet, Measure
from training.templatetags.training import in_unit, minutes
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory
from training.units import METERS_PER, kilograms


@pytest.mark.parametrize(
    ("weight", "unit", "kg"),
    [
        ("100", "kg", "100"),
        ("0", "lb", "0"),
        ("45", "lb", "20.41165665"),
        ("1", "lb", "0.45359237"),
    ],
)
def test_converts_weights_exactly(weight, unit, kg):
    assert kilograms(Decimal(weight), unit) == Decimal(kg)


def test_a_marathon_is_as_long_in_miles():
    assert Decimal("42.195") * METERS_PER["km"] == pytest.approx(
        Decimal("26.21876") * METERS_PER["mi"], abs=Decimal("0.01")
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("measure", "values", "kg"),
    [
        (Measure.WEIGHT_REPS, {"weight": "82.5", "reps": 8}, 660),
        (Measure.WEIGHT_REPS, {"weight": 100, "reps": 5, "weight_unit": "lb"}, 226.796185),
        (Measure.WEIGHT_REPS, {"weight": 0, "reps": 8}, 0),
        (Measure.WEIGHT_REPS, {"weight": 100, "reps": 0}, 0),
        (Measure.BODYWEIGHT_REPS, {"weight": None, "reps": 12}, 0),
        (Measure.BODYWEIGHT_REPS, {"weight": 10, "reps": 12}, 120),
        (Measure.ASSISTED_REPS, {"weight": 20, "reps": 8}, 0),
        (Measure.TIME, {"weight": None, "reps": None, "duration_seconds": 60}, 0),
        (Measure.WEIGHT_TIME, {"weight": 24, "reps": None, "duration_seconds": 60}, 0),
    ],
)
def test_the_database_and_python_agree_on_volume(measure, values, kg):
    entry = EntryFactory(exercise=ExerciseFactory(measure=measure))
    logged = ExerciseSet.objects.get(pk=SetFactory(session_exercise=entry, **values).pk)
    summed = ExerciseSet.objects.aggregate(volume=Sum(volume_expression()))["volume"]
    assert (summed or 0) == pytest.approx(kg)
    assert logged.volume_kg == pytest.approx(kg)


@pytest.mark.parametrize(
    ("kg", "unit", "text"),
    [(3240, "kg", "3,240 kg"), (45.359237, "lb", "100 lb"), (None, "kg", "0 kg")],
)
def test_shows_a_volume_in_the_lifters_unit(kg, unit, text):
    assert in_unit(kg, unit) == text


@pytest.mark.parametrize(
    ("duration", "text"), [(0, "0 min"), (59, "0 min"), (52 * 60, "52 min"), (3900, "1 h 5 min")]
)
def test_shows_how_long_it_took(duration, text):
    assert minutes(timedelta(seconds=duration)) == text
