"""The exercises of a workout: found and added once, moved, noted, removed with Undo."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.models import Exercise, SessionExercise
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
EVERY_WAY = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture
def workout(alice):
    return WorkoutFactory(user=alice)


@pytest.fixture
def entries(workout):
    return [EntryFactory(workout=workout, exercise__name=name) for name in "ABC"]


def picker(workout):
    return reverse("training:session-exercise-create", args=[workout.pk])


def add(client, workout, **body):
    return client.post(picker(workout), {"id": uuid7()} | body)


def post(client, entry, verb, headers=HTMX, **body):
    url = reverse(f"training:session-exercise-{verb}", args=[entry.pk])
    return client.post(url, body, headers=headers)


def names(workout):
    entries = SessionExercise.objects.filter(workout=workout).order_by("order_index")
    return "".join(entries.values_list("exercise__name", flat=True))


def found(client, workout, headers=None, **query):
    page = client.get(picker(workout), query, headers=headers)
    return [one.exercise.name for one in page.context["found"]]


# Adding


def test_adds_an_exercise_and_returns(alice_client, workout):
    response = add(alice_client, workout, exercise=ExerciseFactory(name="D").pk)
    entry = workout.session_exercises.get()
    assert response.url == f"{workout.get_absolute_url()}#exercise-{entry.pk}"
    assert names(workout) == "D"


def test_adds_it_once(alice_client, workout):
    body = {"id": uuid7(), "exercise": ExerciseFactory(name="D").pk}
    first, second = (add(alice_client, workout, **body) for _ in range(2))
    assert first.url == second.url
    assert names(workout) == "D"


def test_adds_it_again_under_another_id(alice_client, workout):
    exercise = ExerciseFactory(name="D").pk
    for _ in range(2):
        assert add(alice_client, workout, exercise=exercise).status_code == 302
    assert names(workout) == "DD"


def test_an_id_that_is_taken_shows_the_picker_again(alice_client, workout, entries):
    response = add(alice_client, workout, id=entries[0].pk, exercise=ExerciseFactory().pk)
    assert response.status_code == 409
    assert "Added meanwhile. Try again." in response.content.decode()
    assert response.context["new_id"] != entries[0].pk
    assert names(workout) == "ABC"


def test_a_wrong_id_shows_the_picker_again(alice_client, workout):
    response = add(alice_client, workout, id="x", exercise=ExerciseFactory().pk)
    assert response.status_code == 422
    assert "Try again." in response.content.decode()
    assert names(workout) == ""


@pytest.mark.parametrize("exercise", ["", "x", "11111111-1111-7111-8111-111111111111"])
def test_adds_nothing_that_is_not_there(alice_client, workout, exercise):
    assert add(alice_client, workout, exercise=exercise).status_code == 404
    assert names(workout) == ""


def test_adds_nothing_retired(alice_client, workout):
    exercise = ExerciseFactory()
    exercise.soft_delete()
    assert add(alice_client, workout, exercise=exercise.pk).status_code == 404


# The picker


@EVERY_WAY
def test_finds_exercises(alice_client, workout, headers):
    ExerciseFactory(name="Bench press")
    ExerciseFactory(name="Squat")
    page = alice_client.get(picker(workout), {"q": "bench"}, headers=headers)
    text = page.content.decode()
    assert ("<html" in text) == (not headers)
    assert "HX-Request" in page["Vary"]
    assert 'aria-label="Add Bench press"' in text
    assert "Squat" not in text


def test_filters_by_equipment_and_muscle(alice_client, workout):
    ExerciseFactory(name="A", equipment="dumbbell", primary_muscle="chest")
    ExerciseFactory(name="B", equipment="barbell", primary_muscle="chest")
    ExerciseFactory(name="C", equipment="barbell", primary_muscle="lats")
    assert found(alice_client, workout, equipment="dumbbell") == ["A"]
    assert found(alice_client, workout, muscle="chest") == ["A", "B"]
    assert found(alice_client, workout, muscle="lats", equipment="barbell") == ["C"]
    assert found(alice_client, workout, muscle="nothing") == []


def test_shows_when_it_was_done_last(alice, alice_client, workout):
    date = timezone.now() - timedelta(days=1)
    entry = EntryFactory(workout__user=alice, workout__session_date=date, exercise__name="Z")
    SetFactory(session_exercise=entry, weight=80, reps=8)
    ExerciseFactory(name="A")
    assert found(alice_client, workout) == ["Z", "A"]
    assert f"last {date:%-d %b}, 80 × 8" in alice_client.get(picker(workout)).content.decode()


def test_hides_what_others_made_and_did(mallory, alice_client, workout):
    SetFactory(session_exercise__workout__user=mallory, session_exercise__exercise__name="Z")
    ExerciseFactory(name="A")
    ExerciseFactory(name="Hers", owner=mallory)
    assert found(alice_client, workout) == ["A", "Z"]
    assert "last " not in alice_client.get(picker(workout)).content.decode()


def test_says_when_nothing_is_found_and_when_there_is_more(alice_client, workout):
    assert "Nothing found." in alice_client.get(picker(workout), {"q": "zzz"}).content.decode()
    ExerciseFactory.create_batch(42)
    page = alice_client.get(picker(workout))
    assert len(page.context["found"]) == 40
    assert "2 more." in page.content.decode()


def test_escapes_the_query(alice_client, workout):
    page = alice_client.get(picker(workout), {"q": '"><script>x'}).content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize("query", ["", "exercise"])
def test_the_picker_costs_the_same_for_many(alice, alice_client, workout, query):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(picker(workout), {"q": query})
        return len(queries)

    SetFactory(session_exercise__workout__user=alice)
    one = cost()
    for _ in range(8):
        SetFactory(session_exercise__workout__user=alice)
    assert cost() == one


# Moving


@EVERY_WAY
def test_moves_an_exercise(alice_client, workout, entries, headers):
    response = post(alice_client, entries[2], "move", headers, position=1)
    assert response.status_code == (200 if headers else 302)
    assert names(workout) == "ACB"
    post(alice_client, entries[0], "move", headers, position=1)
    assert names(workout) == "CAB"


def test_shows_the_new_order(alice_client, workout, entries):
    text = post(alice_client, entries[2], "move", position=0).content.decode()
    places = [text.index(f'id="exercise-{entry.pk}"') for entry in entries]
    assert places[2] < places[0] < places[1]
    first_card = text[: places[0]]
    assert "Move up" not in first_card
    assert "Move down" in first_card


@pytest.mark.parametrize("position", ["", "x", "-1", "99999"])
def test_a_wrong_position_moves_nothing(alice_client, workout, entries, position):
    assert post(alice_client, entries[2], "move", position=position).status_code == 200
    assert names(workout) == "ABC"


# Notes


@EVERY_WAY
def test_keeps_a_note(alice_client, entries, headers):
    seen = entries[0].updated_at.isoformat()
    for _ in range(2):
        response = post(
            alice_client, entries[0], "update", headers, notes="<b>Elbows in", seen=seen
        )
        assert response.status_code == (200 if headers else 302)
    entries[0].refresh_from_db()
    assert entries[0].notes == "<b>Elbows in"
    page = alice_client.get(entries[0].workout.get_absolute_url()).content.decode()
    assert "&lt;b&gt;Elbows in</textarea>" in page


@EVERY_WAY
def test_says_what_is_wrong_with_a_note(alice_client, entries, headers):
    seen = entries[0].updated_at.isoformat()
    note = "x" * 10_001
    response = post(alice_client, entries[0], "update", headers, notes=note, seen=seen)
    assert response.status_code == 422
    text = response.content.decode()
    assert f"{note}</textarea>" in text
    assert "at most 10000 characters" in text
    entries[0].refresh_from_db()
    assert entries[0].notes == ""


@EVERY_WAY
def test_a_stale_note_is_shown_and_wins_when_sent_again(alice_client, entries, headers):
    entry, seen = entries[0], entries[0].updated_at.isoformat()
    elsewhere = SessionExercise.objects.get(pk=entry.pk)
    elsewhere.notes = "Theirs"
    elsewhere.save()
    response = post(alice_client, entry, "update", headers, notes="Mine", seen=seen)
    assert response.status_code == 409
    text = response.content.decode()
    assert "Changed elsewhere meanwhile to “Theirs”. Save again to keep yours." in text
    assert "Mine</textarea>" in text
    entry.refresh_from_db()
    assert entry.notes == "Theirs"

    card = response.context["log"].card(entry.pk)
    again = post(alice_client, entry, "update", headers, notes="Mine", seen=card.note_seen)
    assert again.status_code == (200 if headers else 302)
    entry.refresh_from_db()
    assert entry.notes == "Mine"


# Removing


@EVERY_WAY
def test_removes_an_exercise_with_undo(alice_client, workout, entries, headers):
    logged = SetFactory(session_exercise=entries[1])
    response = post(alice_client, entries[1], "delete", headers)
    if not headers:
        assert response.status_code == 302
        response = alice_client.get(response.url)
    undo = reverse("training:session-exercise-restore", args=[entries[1].pk])
    text = response.content.decode()
    assert "B removed." in text
    assert f'action="{undo}"' in text
    assert names(workout) == "AC"
    logged.refresh_from_db()
    assert logged.deleted_at is not None

    response = alice_client.post(undo, headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert names(workout) == "ABC"
    logged.refresh_from_db()
    assert logged.deleted_at is None


def test_nothing_is_done_to_what_was_removed(alice_client, entries):
    entries[0].soft_delete()
    for verb in ("move", "update"):
        assert post(alice_client, entries[0], verb, position=1, notes="x").status_code == 404
    url = reverse("training:set-create", args=[entries[0].pk])
    assert alice_client.post(url, {"id": uuid7(), "weight": 1, "reps": 1}).status_code == 404


def test_a_retired_exercise_stays_in_its_workout(alice_client, workout, entries):
    Exercise.objects.get(name="B").soft_delete()
    page = alice_client.get(workout.get_absolute_url())
    assert [card.entry.name for card in page.context["log"].cards] == ["A", "B", "C"]
    assert found(alice_client, workout) == ["A", "C"]
