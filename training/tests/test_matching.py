"""What a name in another app's file means here."""

from time import perf_counter

import pytest
from django.core.management import call_command

from training.importing.matching import How, Matcher, Shape, equipment_of, muscle_of, spelled
from training.models import Exercise, ImportName
from training.tests.factories import AliasFactory, ExerciseFactory

pytestmark = pytest.mark.django_db

LIFTED = Shape(sets=10, weight=10, reps=10)
REPS = Shape(sets=10, reps=10)
TIMED = Shape(sets=10, duration_seconds=10)


@pytest.fixture
def matcher(alice):
    for name, equipment in (
        ("Bench Press", "barbell"),
        ("Dumbbell Bench Press", "dumbbell"),
        ("Incline Dumbbell Bench Press", "dumbbell"),
        ("Leg Press", "machine"),
    ):
        ExerciseFactory(name=name, equipment=equipment)
    ExerciseFactory(name="Pull-Up", equipment="bodyweight", measure="bodyweight_reps")
    ExerciseFactory(name="Assisted Pull-Up", equipment="machine", measure="assisted_reps")
    ExerciseFactory(name="Plank", equipment="bodyweight", measure="time")
    AliasFactory(exercise=Exercise.objects.get(name="Leg Press"), name="Sled Press")
    return Matcher(alice)


@pytest.mark.parametrize(
    ("name", "shape", "means", "how"),
    [
        ("bench press", LIFTED, "Bench Press", How.NAME),
        ("Pull Ups", REPS, "Pull-Up", How.NAME),
        ("Sled press", LIFTED, "Leg Press", How.ALIAS),
        ("Bench Press (Barbell)", LIFTED, "Bench Press", How.EQUIPMENT),
        ("Bench Press (Dumbbell)", LIFTED, "Dumbbell Bench Press", How.NAME),
        ("Incline Bench Press (Dumbbell)", LIFTED, "Incline Dumbbell Bench Press", How.NAME),
        ("Bench Press (Kurzhantel)", LIFTED, "Dumbbell Bench Press", How.EQUIPMENT),
        ("Pull Up (Assisted)", LIFTED, "Assisted Pull-Up", How.NAME),
        ("Bench Prss", LIFTED, "Bench Press", How.GUESS),
        ("Leg Press 2", LIFTED, None, How.NEW),
        ("Bench Press (Cable)", LIFTED, None, How.NEW),
        ("Plank", LIFTED, None, How.NEW),
        ("Plank", TIMED, "Plank", How.NAME),
        ("Leg Press Calf Raise", LIFTED, None, How.NEW),
        ("Пресс", LIFTED, None, How.NEW),
        ("", LIFTED, None, How.NEW),
    ],
)
def test_means(matcher, name, shape, means, how):
    match = matcher.match(name, shape)
    assert (match.exercise and match.exercise.name, match.how) == (means, how)


def test_what_was_chosen_before_comes_first(matcher, alice):
    chosen = Exercise.objects.get(name="Leg Press")
    ImportName.remember(alice, {"Bench PRESS": chosen.pk})
    assert Matcher(alice).match("bench press", LIFTED) == (chosen, How.REMEMBERED)


def test_nobody_elses_choice_or_exercise_counts(matcher, alice, mallory):
    ImportName.remember(mallory, {"bench press": Exercise.objects.get(name="Leg Press").pk})
    ExerciseFactory(name="Zercher Thing", owner=mallory)
    matcher = Matcher(alice)
    assert matcher.match("bench press", LIFTED).exercise.name == "Bench Press"
    assert matcher.match("Zercher Thing", LIFTED).how == How.NEW


def test_ones_own_comes_before_the_catalogs(matcher, alice):
    own = ExerciseFactory(name="Bench press", owner=alice)
    assert Matcher(alice).match("Bench Press", LIFTED).exercise == own


@pytest.mark.parametrize("name", ["Low-to-High Cable Fly", "High-to-Low Cable Fly"])
@pytest.mark.parametrize("spelling", ["{}", "{} (Cable)", "{}s"])
def test_of_names_with_the_same_words_their_order_decides(alice, name, spelling):
    for other in ("High-to-Low Cable Fly", "Low-to-High Cable Fly"):
        ExerciseFactory(name=other, equipment="cable")
    typed = spelling.format(name if "(" not in spelling else name.replace(" Cable", ""))
    assert Matcher(alice).match(typed, LIFTED) == (Exercise.objects.get(name=name), How.NAME)


def test_of_aliases_with_the_same_words_their_order_decides(alice):
    low, high = (ExerciseFactory(name=name) for name in ("Fly A", "Fly B"))
    AliasFactory(exercise=high, name="High to Low Fly")
    AliasFactory(exercise=low, name="Low to High Fly")
    matcher = Matcher(alice)
    assert matcher.match("Low to high fly", LIFTED) == (low, How.ALIAS)
    assert matcher.match("High to low fly", LIFTED) == (high, How.ALIAS)


@pytest.mark.parametrize(
    ("name", "shape", "measure"),
    [
        ("Curl", LIFTED, "weight_reps"),
        ("Dip", REPS, "bodyweight_reps"),
        ("Dip (Assisted)", LIFTED, "assisted_reps"),
        ("Hang", TIMED, "time"),
        ("Carry", Shape(sets=3, weight=3, duration_seconds=3), "weight_time"),
        ("Run", Shape(sets=3, distance_meters=3, duration_seconds=3), "distance_time"),
        ("Curl", Shape(sets=100, weight=100, reps=100, duration_seconds=2), "weight_reps"),
        ("Nothing", Shape(), "bodyweight_reps"),
    ],
)
def test_guesses_the_measure_from_the_rows(name, shape, measure):
    assert shape.measure(name) == measure


@pytest.mark.parametrize(
    ("name", "base", "equipment"),
    [
        ("Bench Press (Barbell)", "Bench Press", "barbell"),
        ("Squat (Smith Machine)", "Squat", "smith_machine"),
        ("Squat (paused)", "Squat (paused)", None),
        ("(Barbell)", "(Barbell)", None),
        ("Curl", "Curl", None),
    ],
)
def test_tells_the_equipment_in_parentheses(name, base, equipment):
    assert equipment_of(name) == (base, equipment)


def test_spells_all_ways_to_write_a_name_alike():
    assert spelled("Chin-Ups") == spelled("chin up") == spelled("Up, Chin")
    assert spelled("Leg Press") != spelled("Leg Pre")


@pytest.mark.parametrize(
    ("category", "muscle"), [("Back", "lats"), ("Chest", "chest"), ("Misc", ""), ("", "")]
)
def test_takes_the_muscle_from_the_category(category, muscle):
    assert muscle_of(category) == muscle


def test_300_names_take_no_time(alice):
    call_command("load_catalog", verbosity=0)
    names = [f"Zercher Thing Number {number} (Cable)" for number in range(300)]
    start = perf_counter()
    matcher = Matcher(alice)
    assert {matcher.match(name, LIFTED).how for name in names} == {How.NEW}
    assert perf_counter() - start < 3
