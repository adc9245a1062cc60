"""Trash: each deletion once, told in words, with what brings it back; or all of it at once."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.shortcuts import get_object_or_404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.tests.factories import UserFactory
from training.models import BodyWeight, Exercise, ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from training.trash import PAGE, restore_all
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

URL = reverse("training:trash")
RESTORE = reverse("training:trash-restore")


def items(client, query=""):
    page = client.get(URL + query)
    assert page.status_code == 200
    return [(item.name, item.facts) for item in page.context["items"]]


@pytest.fixture
def entry(alice):
    return EntryFactory(workout__user=alice, exercise__name="Bench press")


def test_is_empty_at_first(alice_client):
    page = alice_client.get(URL).content.decode()
    assert "The trash is empty." in page
    assert RESTORE not in page


def test_tells_what_was_deleted_the_latest_first(alice, alice_client, entry):
    logged = SetFactory.create_batch(3, session_exercise=entry, weight=80, reps=8)
    logged[0].soft_delete()
    other = EntryFactory(workout=entry.workout, exercise__name="Squat")
    SetFactory(session_exercise=other, weight=100, reps=5)
    SetFactory(session_exercise=other, weight=225, weight_unit="lb", reps=5)
    other.soft_delete()
    workout = WorkoutFactory(user=alice, title="Legs")
    for name in ("Squat 2", "Row"):
        done = EntryFactory(workout=workout, exercise__name=name)
        SetFactory.create_batch(2, session_exercise=done)
    SetFactory(session_exercise=done).soft_delete()
    workout.soft_delete()
    ExerciseFactory(owner=alice, name="My press").soft_delete()
    assert items(alice_client) == [
        ("My press", "Your own exercise · Barbell"),
        ("Legs", f"Workout of {workout.session_date:%-d %b %Y}, 4 sets: Squat 2, Row"),
        ("Squat", "Exercise in Push day, 2 sets: 100 × 5, 225 lb × 5"),
        ("80 kg × 8", "Set of Bench press in Push day"),
    ]


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=1), "30 days left"),
        (timedelta(days=1, minutes=1), "29 days left"),
        (timedelta(days=29, hours=1), "1 day left"),
        (timedelta(days=31), "gone soon"),
    ],
)
def test_says_when_it_was_and_how_long_it_stays(alice, alice_client, entry, ago, said):
    at = timezone.now() - ago
    entry.soft_delete()
    SessionExercise.all_objects.update(deleted_at=at)
    page = alice_client.get(URL).content.decode()
    assert f"Deleted {at:%a} {at.day} {at:%b}, {at:%H:%M}<" in page
    assert f">{said}<" in page


def test_restores_from_it(alice_client, entry):
    logged = SetFactory(session_exercise=entry)
    rows = {"set": logged, "session-exercise": entry, "workout": entry.workout}
    for name, row in rows.items():
        row.soft_delete()
        url = reverse(f"training:{name}-restore", args=[row.pk])
        page = alice_client.get(URL).content.decode()
        assert f'action="{url}"' in page
        response = alice_client.post(url)
        assert response.status_code == 302
        assert response.url.startswith(entry.workout.get_absolute_url())
        assert items(alice_client) == []
    logged.refresh_from_db()
    assert logged.deleted_at is None


def test_restores_an_own_exercise_but_tells_of_no_merged_one(alice, alice_client):
    own, other = ExerciseFactory.create_batch(2, owner=alice)
    merged = ExerciseFactory(owner=alice)
    merged.merge_into(other)
    own.soft_delete()
    assert [name for name, _ in items(alice_client)] == [own.name]
    url = reverse("training:own-exercise-restore", args=[own.pk])
    assert f'action="{url}"' in alice_client.get(URL).content.decode()
    alice_client.post(RESTORE)
    own.refresh_from_db()
    merged.refresh_from_db()
    assert own.deleted_at is None
    assert merged.deleted_at is not None


def test_what_went_with_something_else_comes_back_with_it(alice_client, entry):
    """A set deleted before its exercise is offered again when the exercise is back."""
    first, _ = SetFactory.create_batch(2, session_exercise=entry)
    first.soft_delete()
    entry.soft_delete()
    [(name, facts)] = items(alice_client)
    assert (name, facts) == ("Bench press", "Exercise in Push day, 1 set: 100 × 5")
    entry.restore()
    assert [name for name, _ in items(alice_client)] == ["100 kg × 5"]


def test_hides_what_others_deleted(mallory, alice_client):
    logged = SetFactory(session_exercise__workout__user=mallory)
    logged.soft_delete()
    EntryFactory(workout__user=mallory).soft_delete()
    WorkoutFactory(user=mallory).soft_delete()
    ExerciseFactory(owner=mallory).soft_delete()
    ExerciseFactory().soft_delete()
    assert items(alice_client) == []


def delete_some(user, entry):
    SetFactory(session_exercise=entry).soft_delete()
    EntryFactory(workout=entry.workout).soft_delete()
    logged = SetFactory(session_exercise__workout__user=user)
    logged.session_exercise.workout.soft_delete()
    ExerciseFactory(owner=user).soft_delete()


def test_costs_the_same_for_many(alice, alice_client, entry, monkeypatch):
    monkeypatch.setattr("training.trash.PAGE", 50)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(URL)
        return len(queries)

    delete_some(alice, entry)
    one = cost()
    for _ in range(8):
        delete_some(alice, entry)
    assert len(items(alice_client)) == 36
    assert cost() == one


def test_goes_on_page_by_page(alice, alice_client, entry):
    """Rows of all kinds that were deleted at one instant stand once each, on either page."""
    for _ in range(PAGE // 4 + 8):
        delete_some(alice, entry)
    for model in (WorkoutSession, SessionExercise, ExerciseSet, Exercise):
        model.all_objects.deleted().update(deleted_at=timezone.now())
    ExerciseSet.all_objects.filter(session_exercise__workout__deleted_at=None).soft_delete()
    count, seen, query = 4 * (PAGE // 4 + 8), [], ""
    while query is not None:
        page = alice_client.get(f"{URL}?{query}")
        seen += [item.restore_url for item in page.context["items"]]
        query = page.context["older"]
        assert (f'href="?{query}"'.replace("&", "&amp;") in page.content.decode()) == bool(query)
    assert len(seen) == len(set(seen)) == count


@pytest.mark.parametrize(
    "query",
    [
        "?before=yesterday&id=0190aaaa-0000-7000-8000-000000000000",
        "?before=2026-01-01T00:00:00&id=0190aaaa-0000-7000-8000-000000000000",
        "?before=2026-01-01T00:00:00%2B00:00&id=1",
        "?before=2026-01-01T00:00:00%2B00:00",
        "?before=0001-01-01T00:00:00%2B14:00&id=0190aaaa-0000-7000-8000-000000000000",
    ],
)
def test_knows_no_other_pages(alice_client, query):
    assert alice_client.get(URL + query).status_code == 404


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("workouts", "workout"),
        ("session_exercises", "session-exercise"),
        ("sets", "set"),
        ("own_exercises", "own-exercise"),
        ("body_weights", "body-weight"),
    ],
)
@pytest.mark.parametrize("verb", ["delete", "restore"])
def test_what_is_purged_at_that_very_moment_is_not_there(
    alice, alice_client, entry, monkeypatch, module, name, verb
):
    logged = SetFactory(session_exercise=entry)
    own = ExerciseFactory(owner=alice)
    weight = BodyWeight.log(alice, id=uuid7(), weighed_on=date(2026, 3, 5), weight=80)
    things = {"workout": entry.workout, "session-exercise": entry, "set": logged}
    thing = (things | {"own-exercise": own, "body-weight": weight})[name]
    url = reverse(f"training:{name}-{verb}", args=[thing.pk])
    assert alice_client.post(url).status_code == 302
    thing.soft_delete()

    def load_and_purge(*args, **kwargs):
        row = get_object_or_404(*args, **kwargs)
        type(row).all_objects.filter(pk=row.pk).delete()
        return row

    monkeypatch.setattr(f"training.views.{module}.get_object_or_404", load_and_purge)
    assert alice_client.post(url).status_code == 404


def rows(*, whole=False):
    """Map every row's id to what a deletion changes of it, or to all of it."""
    found = {}
    for model in (WorkoutSession, SessionExercise, ExerciseSet, Exercise):
        for row in model.all_objects.values():
            row.pop("updated_at")
            found[row["id"]] = row if whole else row["deleted_at"]
    return found


class TestRestoreAll:
    def test_brings_everything_back_as_it_was(self, alice, alice_client, entry):
        logged = SetFactory.create_batch(3, session_exercise=entry)
        other = SetFactory(session_exercise__workout=entry.workout).session_exercise
        before = rows(whole=True)
        for row in (logged[0], entry, entry.workout):
            row.soft_delete()
        ExerciseFactory(owner=alice, name="My press").soft_delete()
        response = alice_client.post(RESTORE)
        assert response.url == URL
        page = alice_client.get(URL).content.decode()
        assert "The trash is empty." in page
        assert "Everything is back." in page
        after = rows(whole=True)
        assert {id: after[id] for id in before} == before
        assert list(entry.workout.session_exercises.order_by("order_index")) == [entry, other]

    def test_is_safe_twice(self, alice, alice_client, entry):
        entry.workout.soft_delete()
        alice_client.post(RESTORE)
        before = WorkoutSession.all_objects.values().get()
        assert alice_client.post(RESTORE).status_code == 302
        assert WorkoutSession.all_objects.values().get() == before

    def test_puts_last_whose_place_was_taken(self, alice, alice_client, entry):
        first, second = SetFactory.create_batch(2, session_exercise=entry)
        second.soft_delete()
        third = SetFactory(session_exercise=entry)
        third.soft_delete()
        fourth = SetFactory(session_exercise=entry)
        assert second.set_number == third.set_number == fourth.set_number
        alice_client.post(RESTORE)
        order = list(entry.exercise_sets.alive().order_by("set_number"))
        assert order == [first, fourth, third, second]

    def test_leaves_an_exercise_whose_name_is_taken_and_says_so(self, alice, alice_client, entry):
        own = ExerciseFactory(owner=alice, name="My press")
        own.soft_delete()
        ExerciseFactory(owner=alice, name="my PRESS")
        entry.soft_delete()
        alice_client.post(RESTORE)
        page = alice_client.get(URL).content.decode()
        assert "There is another My press by now" in page
        assert "Everything is back." not in page
        assert [name for name, _ in items(alice_client)] == ["My press"]
        entry.refresh_from_db()
        assert entry.deleted_at is None

    def test_brings_back_one_body_weight_a_day_the_latest(self, alice, mallory):
        days = ["2026-03-05", "2026-03-05", "2026-03-06", "2026-03-06", "2026-03-07"]
        rows = []
        for weight, day in enumerate(days, 80):
            rows.append(BodyWeight.objects.create(user=alice, weighed_on=day, weight=weight))
            rows[-1].soft_delete()
        living = BodyWeight.objects.create(user=alice, weighed_on="2026-03-06", weight=90)
        BodyWeight.objects.create(user=mallory, weighed_on="2026-03-05", weight=70)
        assert restore_all(alice) == ["3 body weights stay: their days have others by now."]
        assert set(BodyWeight.objects.for_user(alice)) == {rows[1], rows[4], living}
        assert restore_all(alice) == ["3 body weights stay: their days have others by now."]

    def test_touches_nothing_of_others(self, alice_client, mallory, entry):
        delete_some(mallory, EntryFactory(workout__user=mallory))
        entry.soft_delete()
        before = rows(whole=True)
        alice_client.post(RESTORE)
        after = rows(whole=True)
        assert {id for id in before if after[id] != before[id]} == {entry.pk}

    def test_costs_the_same_for_many(self, alice, alice_client, entry):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                alice_client.post(RESTORE)
            return len(queries)

        def delete(count):
            for _ in range(count):
                SetFactory(session_exercise=entry).soft_delete()
                EntryFactory(workout=entry.workout).soft_delete()
                WorkoutFactory(user=alice).soft_delete()

        delete(2)
        few = cost()
        delete(9)
        assert cost() == few


class TestUndoingInTurn(TestCase):
    """Restoring all is the same as undoing every deletion, the latest first."""

    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.lists(st.tuples(st.sampled_from(["add", "delete"]), st.integers(0, 99)), max_size=14))
    def test_brings_back_the_same(self, steps):
        user = UserFactory()
        made = [SetFactory(session_exercise__workout__user=user)]
        deletions = []
        for step, number in steps:
            row = made[number % len(made)]
            kin = [row.session_exercise.workout, row.session_exercise, row][number % 3]
            kin.refresh_from_db()
            parent = SessionExercise.objects.filter(pk=row.session_exercise_id).first()
            if step == "add" and parent:
                made.append(SetFactory(session_exercise=parent))
            elif step == "delete" and kin.deleted_at is None:
                kin.soft_delete()
                deletions.append(kin)
        alive = {one.pk for one in made}
        restore_all(user)
        sets = ExerciseSet.all_objects.filter(session_exercise__workout__user=user)
        assert {one.pk for one in sets.alive()} == alive
        assert not WorkoutSession.all_objects.for_user(user).deleted().exists()
        assert not SessionExercise.all_objects.filter(workout__user=user).deleted().exists()
        numbers = [(one.session_exercise_id, one.set_number) for one in sets]
        assert len(numbers) == len(set(numbers))
