"""Replace: the machine is taken, so another exercise is done at its place."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from training.models import Equipment, Measure, Muscle, SessionExercise
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def workout(alice):
    return WorkoutFactory(user=alice)


@pytest.fixture
def entry(workout):
    """A press on a machine, between two other exercises."""
    EntryFactory(workout=workout, exercise__name="Before", exercise__primary_muscle="lats")
    press = ExerciseFactory(
        name="Machine press",
        equipment=Equipment.MACHINE,
        primary_muscle=Muscle.CHEST,
        secondary_muscles=["triceps"],
    )
    entry = EntryFactory(workout=workout, exercise=press, notes="Seat 4", rest_seconds=90)
    EntryFactory(workout=workout, exercise__name="After", exercise__primary_muscle="lats")
    return entry


def chest(name, equipment=Equipment.DUMBBELL, **values):
    return ExerciseFactory(name=name, equipment=equipment, **values)


def url(entry):
    return reverse("training:session-exercise-replace", args=[entry.pk])


def replace(client, entry, exercise, **body):
    return client.post(url(entry), {"id": uuid7(), "exercise": exercise.pk} | body)


def offered(client, entry):
    return [one.exercise.name for one in client.get(url(entry)).context["alternatives"]]


def names(workout):
    entries = SessionExercise.objects.filter(workout=workout).order_by("order_index")
    return list(entries.values_list("exercise__name", flat=True))


def done_before(user, exercise, **values):
    date = timezone.now() - timedelta(days=3)
    workout = WorkoutFactory(user=user, session_date=date, finished_at=date)
    return SetFactory(session_exercise=EntryFactory(workout=workout, exercise=exercise), **values)


# What is offered


def test_offers_three_of_the_same_muscle_the_same_equipment_first(alice_client, entry):
    for name in ("Fly", "Push-up", "Dumbbell press"):
        chest(name)
    chest("Pec deck", Equipment.MACHINE)
    chest("Row machine", Equipment.MACHINE, primary_muscle=Muscle.LATS)
    assert offered(alice_client, entry) == ["Pec deck", "Dumbbell press", "Fly"]


def test_offers_what_the_lifter_knows_before_what_is_nearer_in_muscles(alice, alice_client, entry):
    chest("Nearer", secondary_muscles=["triceps"])
    chest("Another")
    done_before(alice, chest("Known"))
    assert offered(alice_client, entry) == ["Known", "Nearer", "Another"]


def test_offers_nothing_that_does_not_fit(alice, mallory, alice_client, entry):
    chest("Timed", measure=Measure.TIME)
    chest("Hers", owner=mallory)
    chest("Retired").soft_delete()
    EntryFactory(workout=entry.workout, exercise=chest("In it already"))
    chest("Mine", owner=alice)
    assert offered(alice_client, entry) == ["Mine"]


def test_says_what_this_lifter_last_did_there(alice, mallory, alice_client, entry):
    fly = chest("Fly")
    done_before(alice, fly, weight="22.5", reps=12)
    done_before(mallory, fly, weight=99, reps=9)
    page = " ".join(alice_client.get(url(entry)).content.decode().split())
    assert "last 22.5 × 12" in page
    assert 'aria-label="Do Fly instead"' in page
    assert "99 × 9" not in page


def test_offers_nothing_where_no_muscle_is_known(alice_client, entry):
    chest("Fly")
    entry.exercise.primary_muscle = ""
    entry.exercise.save()
    page = alice_client.get(url(entry))
    assert page.context["alternatives"] == []
    assert "Nothing near to it is known." in page.content.decode()
    entry.exercise = None
    entry.save()
    assert alice_client.get(url(entry)).context["alternatives"] == []


# What is done


def test_takes_the_place_with_the_lifters_own_weights(alice, alice_client, entry):
    fly = chest("Fly")
    done_before(alice, fly, weight="22.5", reps=12)
    response = replace(alice_client, entry, fly)
    assert response.url == entry.get_absolute_url()
    assert names(entry.workout) == ["Before", "Fly", "After"]
    page = alice_client.get(response.url)
    [row] = page.context["log"].card(entry.pk).rows
    assert [field.value for field in row.fields] == ["22.5", "12"]


def test_sets_that_are_logged_stay_with_their_exercise(alice_client, entry):
    logged = SetFactory(session_exercise=entry)
    fly, id = chest("Fly"), uuid7()
    first, second = (replace(alice_client, entry, fly, id=id) for _ in range(2))
    assert first.url == second.url == SessionExercise.objects.get(pk=id).get_absolute_url()
    assert names(entry.workout) == ["Before", "Machine press", "Fly", "After"]
    logged.refresh_from_db()
    assert logged.session_exercise == entry
    assert logged.deleted_at is None


def test_changes_this_workout_only(alice, alice_client, entry):
    earlier = done_before(alice, entry.exercise)
    replace(alice_client, entry, chest("Fly"))
    earlier.session_exercise.refresh_from_db()
    assert earlier.session_exercise.exercise.name == "Machine press"
    assert names(earlier.session_exercise.workout) == ["Machine press"]


# What is refused


@pytest.mark.parametrize("what", ["hers", "retired", "nothing"])
def test_replaces_by_nothing_that_is_not_there(alice_client, mallory, entry, what):
    exercise = chest("Fly", owner=mallory if what == "hers" else None)
    if what == "retired":
        exercise.soft_delete()
    if what == "nothing":
        exercise = ExerciseFactory.build()
    assert replace(alice_client, entry, exercise).status_code == 404
    assert names(entry.workout) == ["Before", "Machine press", "After"]


def test_replaces_nothing_under_anothers_id(mallory, alice_client, entry):
    SetFactory(session_exercise=entry)
    theirs = EntryFactory(workout__user=mallory)
    assert replace(alice_client, entry, chest("Fly"), id=theirs.pk).status_code == 404
    assert names(entry.workout) == ["Before", "Machine press", "After"]


def test_a_stranger_sees_and_replaces_nothing(mallory_client, entry):
    assert mallory_client.get(url(entry)).status_code == 404
    assert replace(mallory_client, entry, chest("Fly")).status_code == 404
    assert names(entry.workout) == ["Before", "Machine press", "After"]
