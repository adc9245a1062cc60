"""Files for Strong and Hevy: what their readers here make of them is what was logged."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from accounts.models import WeightUnit
from training import catalog
from training.exporting import hevy, strong
from training.exporting.foreign import spelled_there
from training.importing.matching import Matcher, Shape
from training.importing.reading import open_file
from training.models import Exercise, Measure, SetKind
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)

pytestmark = pytest.mark.django_db

START = datetime(2024, 3, 5, 17, 1, 9, tzinfo=UTC)
BOTH = pytest.mark.parametrize("form", [strong, hevy], ids=["strong", "hevy"])


def read(form, user):
    return list(open_file("".join(form.chunks(user)).encode()).workouts())


@pytest.fixture
def leg_day(alice):
    """Alice's leg day in Berlin: a superset with notes, a drop set in pounds, a run."""
    workout = WorkoutFactory(
        user=alice,
        title="Leg day 🦵",
        session_date=START,
        finished_at=START + timedelta(minutes=69),
        time_zone="Europe/Berlin",
        notes='felt "strong"\nslept well',
    )
    squat = ExerciseFactory(name="Squat", equipment="barbell")
    AliasFactory(exercise=squat, name="Squat (Barbell)")
    first = EntryFactory(
        workout=workout, exercise=squat, notes="belt", rest_seconds=90, superset_with_next=True
    )
    SetFactory(session_exercise=first, kind=SetKind.WARMUP, weight=60, reps=5)
    SetFactory(session_exercise=first, weight=Decimal("102.5"), reps=5, rpe=Decimal("8.5"))
    SetFactory(
        session_exercise=first, kind=SetKind.DROP, weight=225, weight_unit=WeightUnit.LB, reps=0
    )
    plank = ExerciseFactory(name="Plank", measure=Measure.TIME, equipment="bodyweight")
    second = EntryFactory(workout=workout, exercise=plank)
    SetFactory(session_exercise=second, weight=None, reps=None, duration_seconds=90)
    run = ExerciseFactory(name="Run", measure=Measure.DISTANCE_TIME, equipment="")
    third = EntryFactory(workout=workout, exercise=run)
    SetFactory(
        session_exercise=third,
        weight=None,
        reps=None,
        duration_seconds=1500,
        distance_meters=Decimal(5000),
    )
    gone = SetFactory(session_exercise=third)
    gone.soft_delete()
    return workout


def sets(workout, *names):
    return [
        (entry.name, *(getattr(done, name) for name in names))
        for entry in workout.exercises
        for done in entry.sets
    ]


@BOTH
def test_says_the_same_numbers(leg_day, alice, form):
    (workout,) = read(form, alice)
    assert sets(workout, "kind", "reps", "duration_seconds", "distance", "rpe") == [
        ("Squat (Barbell)", "warmup", 5, None, None, None),
        ("Squat (Barbell)", "work", 5, None, None, Decimal("8.5")),
        ("Squat (Barbell)", "drop", 0, None, None, None),
        ("Plank", "work", None, 90, None, None),
        ("Run", "work", None, 1500, 5, None),
    ]
    weights = [done.weight for entry in workout.exercises for done in entry.sets]
    assert weights == [60, Decimal("102.5"), Decimal("102.05828325"), None, None]


@BOTH
def test_says_when_and_what_else(leg_day, alice, form):
    (workout,) = read(form, alice)
    local = START.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
    assert workout.start == (local if form is strong else local.replace(second=0))
    assert (workout.title, workout.notes) == ("Leg day 🦵", leg_day.notes)
    assert workout.duration_seconds == 69 * 60
    assert [entry.notes for entry in workout.exercises] == ["belt", "", ""]
    assert not any(done.notes for entry in workout.exercises for done in entry.sets)


def test_strong_has_the_lifters_unit_and_rests(leg_day, alice):
    alice.weight_unit = WeightUnit.LB
    (workout,) = read(strong, alice)
    squats, _, run = workout.exercises
    assert [done.weight for done in squats.sets] == [
        Decimal("132.277357311"),
        Decimal("225.973818739"),
        225,
    ]
    assert squats.rest_seconds == 90
    assert run.sets[0].distance == Decimal("3.106855961")
    content = "".join(strong.chunks(alice))
    assert content.startswith(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
        "Notes,Workout Notes,RPE\n"
        '2024-03-05 18:01:09,"Leg day 🦵",1h 9m,"Squat (Barbell)",W,'
    )


def test_hevy_has_units_and_supersets(leg_day, alice):
    (workout,) = read(hevy, alice)
    assert {done.weight_unit for entry in workout.exercises for done in entry.sets} == {"kg", ""}
    assert workout.exercises[2].sets[0].distance_unit == "km"
    first, second, third = (entry.superset for entry in workout.exercises)
    assert first == second == "0"
    assert third == ""
    header, row, *_ = "".join(hevy.chunks(alice)).split("\n")
    assert header == (
        '"title","start_time","end_time","description","exercise_title","superset_id",'
        '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
        '"duration_seconds","rpe"'
    )
    assert row == (
        '"Leg day 🦵","5 Mar 2024, 18:01","5 Mar 2024, 19:10",'
        '"felt ""strong""\\nslept well","Squat (Barbell)",0,"belt",0,"warmup",60,5,,,'
    )


@BOTH
def test_an_exercise_done_twice_is_two(alice, form):
    workout = WorkoutFactory(user=alice)
    press, row = ExerciseFactory(name="Press"), ExerciseFactory(name="Row")
    for exercise in (press, row, press, press):
        entry = EntryFactory(workout=workout, exercise=exercise)
        SetFactory.create_batch(2, session_exercise=entry)
    (read_back,) = read(form, alice)
    assert [entry.name for entry in read_back.exercises] == ["Press", "Row", "Press", "Press"]


@pytest.mark.parametrize(("form", "first"), [(strong, "Old"), (hevy, "New")])
def test_goes_by_time(alice, form, first):
    for title, days in (("Old", 0), ("New", 1)):
        workout = WorkoutFactory(user=alice, title=title, session_date=START + timedelta(days=days))
        SetFactory(session_exercise__workout=workout)
    assert read(form, alice)[0].title == first


@BOTH
def test_holds_no_formulas(alice, form):
    workout = WorkoutFactory(user=alice, title="=1+1", notes="@home")
    entry = EntryFactory(workout=workout, exercise=ExerciseFactory(name="+1 Press"), notes="-5")
    SetFactory(session_exercise=entry)
    (workout,) = read(form, alice)
    (entry,) = workout.exercises
    assert [workout.title, workout.notes, entry.name, entry.notes] == [
        "'=1+1",
        "'@home",
        "'+1 Press",
        "'-5",
    ]


def test_names_are_found_again(alice):
    """Every exercise of the catalog, by what it is called there, where the words tell it."""
    catalog.load(catalog.read())
    matcher = Matcher(alice)
    found = {}
    for exercise in Exercise.objects.catalog().prefetch_related("aliases"):
        shape = Shape(sets=1, **dict.fromkeys(Measure(exercise.measure).fields, 1))
        found[exercise] = matcher.match(spelled_there(exercise), shape).exercise
    wrong = {one for one, other in found.items() if other != one}
    assert {one.name for one in wrong} <= {"Low-to-High Cable Fly", "High-to-Low Cable Fly"}
