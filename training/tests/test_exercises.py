"""A lifter's own exercises: created in the picker, at once, for them alone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from training.models import Exercise, Measure, SessionExercise
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def workout(alice):
    return WorkoutFactory(user=alice)


def picker(workout):
    return reverse("training:session-exercise-create", args=[workout.pk])


def address(workout):
    return reverse("training:exercise-create", args=[workout.pk])


def body(name="Landmine twist", **values):
    return {"id": uuid7(), "entry": uuid7(), "q": name} | values


def offered(client, workout, query, **filters):
    """Return what the picker would create, field by field; nothing if it offers nothing."""
    page = client.get(picker(workout), {"q": query} | filters).content.decode()
    form = page.partition('class="found__create"')[2]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def names(workout):
    entries = SessionExercise.objects.filter(workout=workout).order_by("order_index")
    return [entry.name for entry in entries]


def test_creates_what_was_not_found_and_adds_it(alice, alice_client, workout):
    sent = offered(alice_client, workout, " Landmine twist ", equipment="barbell", muscle="abs")
    response = alice_client.post(address(workout), sent)
    entry = SessionExercise.objects.get()
    assert response.status_code == 302
    assert response.url == entry.get_absolute_url()
    exercise = entry.exercise
    assert (exercise.name, exercise.owner) == ("Landmine twist", alice)
    assert (exercise.equipment, exercise.primary_muscle) == ("barbell", "abs")
    assert exercise.measure == Measure.WEIGHT_REPS
    assert list(Exercise.objects.to_review()) == [exercise]


def test_creates_with_the_measure_that_was_chosen(alice_client, workout):
    alice_client.post(address(workout), body(measure="time"))
    assert Exercise.objects.get().measure == Measure.TIME


@pytest.mark.parametrize("query", ["", "   ", "!!", "bench PRESS", " Bench Press"])
def test_offers_nothing_that_there_is_or_that_has_no_name(alice_client, workout, query):
    ExerciseFactory(name="Bench Press")
    assert not offered(alice_client, workout, query)


@pytest.mark.parametrize("query", ["bench", "Flat Bench Press"])
def test_offers_what_differs_from_all_names(alice_client, workout, query):
    ExerciseFactory(name="Bench Press")
    assert offered(alice_client, workout, query)["q"] == query


def test_is_labelled_by_what_it_makes(alice_client, workout):
    page = alice_client.get(picker(workout), {"q": "<b>y"}).content.decode()
    assert '<button class="button found__button">Create “&lt;b&gt;y”</button>' in page


def test_offers_the_same_in_the_fragment(alice_client, workout):
    page = alice_client.get(picker(workout), {"q": "New"}, headers={"HX-Request": "true"})
    assert page.templates[0].name == "training/session_exercises/_found.html"
    assert "Create “New”" in page.content.decode()


def test_sent_twice_makes_one(alice_client, workout):
    sent = body()
    first = alice_client.post(address(workout), sent)
    second = alice_client.post(address(workout), sent)
    assert second.url == first.url
    assert (Exercise.all_objects.count(), SessionExercise.all_objects.count()) == (1, 1)


def test_uses_the_own_one_of_that_name_before_the_catalogs(alice, mallory, alice_client, workout):
    ExerciseFactory(name="Curl", owner=mallory)
    catalog = ExerciseFactory(name="Curl", equipment="")
    alice_client.post(address(workout), body("CURL"))
    own = ExerciseFactory(name="Curl", owner=alice, equipment="")
    alice_client.post(address(workout), body("curl"))
    used = [entry.exercise for entry in SessionExercise.objects.order_by("order_index")]
    assert used == [catalog, own]


def test_makes_another_for_another_equipment(alice, alice_client, workout):
    ExerciseFactory(name="Curl", equipment="barbell")
    assert offered(alice_client, workout, "Curl", equipment="cable")
    alice_client.post(address(workout), body("Curl", equipment="cable"))
    assert Exercise.objects.get(owner=alice).equipment == "cable"


def test_brings_a_deleted_own_one_back_and_no_retired_one(alice, alice_client, workout):
    own, retired = ExerciseFactory(name="Twist", owner=alice), ExerciseFactory(name="Curl")
    own.soft_delete()
    retired.soft_delete()
    alice_client.post(address(workout), body("twist"))
    alice_client.post(address(workout), body("curl"))
    assert set(Exercise.objects.filter(owner=alice).values_list("name", flat=True)) == {
        "Twist",
        "curl",
    }
    assert names(workout) == ["Twist", "curl"]


def test_uses_what_the_own_one_was_merged_into(alice, alice_client, workout):
    own, target = ExerciseFactory(name="My press", owner=alice), ExerciseFactory(name="Press")
    own.merge_into(target)
    alice_client.post(address(workout), body("My press"))
    assert names(workout) == ["Press"]
    target.soft_delete()
    alice_client.post(address(workout), body("My press"))
    assert names(workout) == ["Press", "My press"]


def test_is_for_its_owner_only(alice_client, mallory, mallory_client, workout):
    alice_client.post(address(workout), body())
    page = alice_client.get(picker(workout), {"q": "landmine"}).content.decode()
    assert "<span>yours</span>" in page
    assert "Add Landmine twist" in page
    theirs = mallory_client.get(picker(WorkoutFactory(user=mallory)), {"q": "landmine"})
    assert "Landmine twist" not in theirs.content.decode()


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"q": "x" * 121}, "At most 120 letters, please."),
        ({"q": "!!"}, "Type a name with letters or numbers."),
        ({"q": " "}, "Type a name."),
        ({"id": "x"}, "That did not work."),
        ({"entry": "x"}, "That did not work."),
        ({"measure": "x"}, "That did not work."),
        ({"equipment": "x"}, "That did not work."),
    ],
)
def test_says_what_is_wrong_beside_what_was_typed(alice_client, workout, htmx, wrong, says):
    sent = body() | wrong
    headers = {"HX-Request": "true"} if htmx else {}
    response = alice_client.post(address(workout), sent, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert f'action="{address(workout)}"' in page or sent["q"] in ("!!", " ")
    assert htmx or f'value="{sent["q"][:120]}"' in page
    assert not Exercise.all_objects.exists()


def test_says_when_the_entry_is_another(alice_client, workout):
    entry = EntryFactory(workout=workout)
    response = alice_client.post(address(workout), body(entry=entry.pk))
    assert response.status_code == 409
    assert "Added meanwhile. Try again." in response.content.decode()
    assert list(Exercise.objects.all()) == [entry.exercise]


def test_is_not_there_for_a_stranger_or_in_a_deleted_workout(mallory_client, alice_client, workout):
    assert mallory_client.post(address(workout), body()).status_code == 404
    workout.soft_delete()
    assert alice_client.post(address(workout), body()).status_code == 404
    assert not Exercise.all_objects.exists()


def test_costs_the_same_for_many(alice, alice_client, workout):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.post(address(workout), body(f"Exercise of {uuid7()}"))
        return len(queries)

    costs = []
    for rows in (1, 8):
        for exercise in ExerciseFactory.create_batch(rows, owner=alice):
            SetFactory(session_exercise=EntryFactory(workout=workout, exercise=exercise))
        costs.append(cost())
    assert costs[0] == costs[1]
