"""Rest: how long after which set, told to the page, remembered with the exercise."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from training.log import Card, Row
from training.models import ExerciseSet, SessionExercise, SetKind, WorkoutSession
from training.rest import next_text, rest_after, rest_label
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

WORK, WARMUP, DROP = SetKind.WORK, SetKind.WARMUP, SetKind.DROP
HTMX = {"HX-Request": "true"}


# The rule; the lifter rests 120 seconds, and 60 after a warm-up


def after(kind=WORK, *, following=WORK, last=False, warmup_rest=60, **entry):
    lifter = User(rest_seconds=120, warmup_rest_seconds=warmup_rest)
    entry = SessionExercise(workout=WorkoutSession(user=lifter), **entry)
    logged = ExerciseSet(kind=kind)

    def row(number, kind, logged=None):
        return Row(entry, uuid7(), number, str(number), kind, "kg", [], logged=logged)

    rows = [row(1, kind, logged), *([row(2, following)] if following else [])]
    return rest_after(logged, Card(entry, rows, [], last=last))


@pytest.mark.parametrize(
    ("seconds", "case"),
    [
        (120, {}),
        (120, {"following": None}),
        (120, {"following": SetKind.FAILURE}),
        (120, {"kind": DROP}),
        (90, {"rest_seconds": 90}),
        (0, {"rest_seconds": 0}),
        # A warm-up's is the shorter one.
        (60, {"kind": WARMUP}),
        (60, {"kind": WARMUP, "rest_seconds": 180}),
        (30, {"kind": WARMUP, "rest_seconds": 30}),
        (0, {"kind": WARMUP, "rest_seconds": 0}),
        (0, {"kind": WARMUP, "warmup_rest": 0}),
        # A drop set follows at once.
        (0, {"following": DROP}),
        (0, {"following": DROP, "rest_seconds": 90}),
        # In a superset, after its last exercise only.
        (0, {"superset_with_next": True}),
        (0, {"superset_with_next": True, "rest_seconds": 90}),
        (0, {"superset_with_next": True, "kind": WARMUP}),
        (120, {"superset_with_next": True, "last": True}),
    ],
)
def test_rest_after_a_set(seconds, case):
    assert after(**case) == seconds


@pytest.mark.parametrize(("seconds", "label"), [(0, "Off"), (30, "0:30"), (300, "5:00")])
def test_labels(seconds, label):
    assert rest_label(seconds) == label


def test_nothing_comes_after_the_last_row():
    assert next_text(None, Card(SessionExercise(), [], [])) == ""


# What the page is told


@pytest.fixture
def workout(alice):
    return WorkoutFactory(user=alice)


@pytest.fixture
def entry(workout):
    return EntryFactory(workout=workout, exercise__name="Bench press")


def log(client, entry, headers=HTMX, **typed):
    body = {"id": uuid7(), "number": 1, "weight_unit": "kg", "weight": "82.5", "reps": "8"} | typed
    return client.post(reverse("training:set-create", args=[entry.pk]), body, headers=headers)


def told(response):
    """Return what an answer tells of the rest; `now` is close enough, and left out."""
    rest = json.loads(response.headers.get("HX-Trigger", "{}")).get("set-logged")
    if rest:
        now = timezone.now().timestamp() * 1000
        assert now - 10_000 < rest.pop("now") <= now + 1
    return rest


def milliseconds(logged, seconds):
    return round(logged.created_at.timestamp() * 1000) + seconds * 1000


def of_page(client, workout):
    return client.get(workout.get_absolute_url()).context["rest"]


@pytest.mark.django_db
class TestTellsThePage:
    def test_of_the_set_that_was_logged(self, alice_client, entry):
        response = log(alice_client, entry)
        logged = entry.exercise_sets.get()
        assert told(response) == {
            "set": str(logged.pk),
            "rest": 120,
            "ends": milliseconds(logged, 120),
            "next": "82.5 × 8",
        }

    def test_when_the_rows_have_other_numbers_than_shown(self, alice_client, entry):
        assert told(log(alice_client, entry, number=7))["rest"] == 120

    def test_the_same_when_a_set_is_sent_again(self, alice_client, entry):
        """Its first answer may have been lost; nothing starts anew."""
        body = {"id": uuid7()}
        first = told(log(alice_client, entry, **body))
        assert told(log(alice_client, entry, **body)) == first

    def test_of_none_in_a_superset_until_its_last_exercise(self, alice_client, workout, entry):
        entry.superset_with_next = True
        entry.save(update_fields=["superset_with_next"])
        row = EntryFactory(workout=workout, exercise__name="Row")
        SetFactory(session_exercise=row, weight=Decimal(60), reps=10)
        first = told(log(alice_client, entry))
        assert (first["rest"], first["next"]) == (0, "Row 60 × 10")
        second = told(log(alice_client, row))
        assert (second["rest"], second["next"]) == (120, "Bench press 82.5 × 8")

    def test_nothing_when_a_set_is_wrong(self, alice_client, entry):
        response = log(alice_client, entry, reps="many")
        assert response.status_code == 422
        assert told(response) is None

    def test_nothing_when_a_set_is_edited(self, alice_client, entry):
        logged = SetFactory(session_exercise=entry)
        body = {"number": 1, "weight_unit": "kg", "weight": "80", "reps": "8"}
        body["seen"] = logged.updated_at.isoformat()
        url = reverse("training:set-update", args=[logged.pk])
        response = alice_client.post(url, body, headers=HTMX)
        assert response.status_code == 200
        assert told(response) is None

    def test_nothing_when_a_finished_workout_gets_a_set(self, alice_client, workout, entry):
        workout.finish()
        assert told(log(alice_client, entry)) is None

    def test_that_a_set_was_removed(self, alice_client, entry):
        logged = SetFactory(session_exercise=entry)
        url = reverse("training:set-delete", args=[logged.pk])
        response = alice_client.post(url, headers=HTMX)
        assert json.loads(response["HX-Trigger"])["set-removed"] == {"set": str(logged.pk)}

    def test_when_it_is_loaded(self, alice_client, workout, entry):
        SetFactory(session_exercise=EntryFactory(workout=workout))
        latest = SetFactory(session_exercise=entry, weight=Decimal("82.5"), reps=8)
        rest = of_page(alice_client, workout)
        assert (rest.after, rest.seconds, rest.next) == (latest, 120, "82.5 × 8")
        page = alice_client.get(workout.get_absolute_url()).content.decode()
        assert f'data-set="{latest.pk}" data-rest="120" data-ends="{rest.ends}"' in page

    @pytest.mark.parametrize(("minutes", "there"), [(11.9, True), (12.1, False)])
    def test_until_ten_minutes_after_its_end(self, alice_client, workout, entry, minutes, there):
        SetFactory(session_exercise=entry, created_at=timezone.now() - timedelta(minutes=minutes))
        assert bool(of_page(alice_client, workout)) == there

    def test_of_none_without_a_set_or_when_finished(self, alice_client, workout, entry):
        assert of_page(alice_client, workout) is None
        SetFactory(session_exercise=entry)
        workout.finish()
        assert of_page(alice_client, workout) is None

    def test_on_other_pages_without_asking_the_database(self, alice_client, workout, entry):
        def queries():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                page = alice_client.get(reverse("training:trash")).content.decode()
            assert "<rest-timer" in page
            assert "data-set" not in page
            return len(captured)

        before = queries()
        SetFactory(session_exercise=entry)
        assert queries() == before

    def test_with_the_same_queries_for_any_number_of_sets(self, alice_client, workout, entry):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                assert of_page(alice_client, workout)
            return len(captured)

        SetFactory(session_exercise=entry)
        one = queries()
        for _ in range(8):
            SetFactory(session_exercise=entry)
        assert queries() == one

    def test_nothing_where_nobody_is_logged_in(self, client):
        assert "<rest-timer" not in client.get(reverse("account_login")).content.decode()


# Its length, remembered per exercise


def choose(client, entry, headers, **body):
    url = reverse("training:session-exercise-rest", args=[entry.pk])
    return client.post(url, body, headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
class TestChoice:
    @pytest.mark.parametrize(("value", "seconds"), [("0", 0), ("30", 30), ("300", 300), ("", None)])
    def test_is_saved(self, alice_client, entry, headers, value, seconds):
        entry.set_rest(150)
        response = choose(alice_client, entry, headers, rest_seconds=value)
        assert response.status_code == (200 if headers else 302)
        entry.refresh_from_db()
        assert entry.rest_seconds == seconds

    @pytest.mark.parametrize("value", ["45", "-30", "long"])
    def test_is_one_of_those_offered(self, alice_client, entry, headers, value):
        entry.set_rest(150)
        assert choose(alice_client, entry, headers, rest_seconds=value).status_code == 422
        entry.refresh_from_db()
        assert entry.rest_seconds == 150

    def test_is_the_lifters_own(self, mallory_client, entry, headers):
        assert choose(mallory_client, entry, headers, rest_seconds="90").status_code == 404
        entry.refresh_from_db()
        assert entry.rest_seconds is None


@pytest.mark.django_db
class TestIsRememberedWithTheExercise:
    @pytest.fixture
    def bench(self):
        return ExerciseFactory(name="Bench press")

    def done(self, user, bench, rest, days, **workout):
        when = timezone.now() - timedelta(days=days)
        workout = WorkoutFactory(user=user, session_date=when, **workout)
        return EntryFactory(workout=workout, exercise=bench, rest_seconds=rest)

    def added(self, workout, bench):
        return workout.add_exercise(bench, id=uuid7()).rest_seconds

    def test_from_the_latest_entry_of_it(self, alice, workout, bench):
        self.done(alice, bench, 90, days=2)
        self.done(alice, bench, 240, days=9)
        self.done(alice, ExerciseFactory(), 30, days=1)
        assert self.added(workout, bench) == 90

    def test_the_default_too(self, alice, workout, bench):
        self.done(alice, bench, None, days=2)
        self.done(alice, bench, 240, days=9)
        assert self.added(workout, bench) is None

    def test_not_from_somebody_else_nor_from_the_trash(self, alice, mallory, workout, bench):
        self.done(alice, bench, 240, days=9)
        self.done(mallory, bench, 30, days=1)
        self.done(alice, bench, 60, days=2).soft_delete()
        self.done(alice, bench, 90, days=3).workout.soft_delete()
        assert self.added(workout, bench) == 240

    def test_off_where_it_is_new(self, workout, bench):
        assert self.added(workout, bench) is None


# The lifter's defaults


def save_settings(client, **changes):
    url = reverse("accounts:settings")
    form = client.get(url).context["form"]
    return client.post(url, {name: form[name].value() for name in form.fields} | changes)


@pytest.mark.django_db
class TestDefaults:
    def test_are_shown_as_times(self, alice_client):
        page = alice_client.get(reverse("accounts:settings")).content.decode()
        assert 'name="rest_seconds" value="2:00"' in page
        assert 'name="warmup_rest_seconds" value="1:00"' in page

    @pytest.mark.parametrize(
        ("typed", "seconds"), [("1:30", 90), ("45", 45), ("0", 0), ("1:00:00", 3600)]
    )
    def test_are_saved(self, alice_client, alice, typed, seconds):
        response = save_settings(alice_client, rest_seconds=typed, warmup_rest_seconds=typed)
        assert response.status_code == 302
        alice.refresh_from_db()
        assert (alice.rest_seconds, alice.warmup_rest_seconds) == (seconds, seconds)

    @pytest.mark.parametrize("typed", ["", "soon", "-5", "1:75", "1:00:01"])
    @pytest.mark.parametrize("name", ["rest_seconds", "warmup_rest_seconds"])
    def test_say_what_is_wrong(self, alice_client, alice, name, typed):
        response = save_settings(alice_client, **{name: typed})
        assert response.status_code == 422
        assert response.context["form"].errors[name]
        assert f'name="{name}" value="{typed}"' in response.content.decode() or not typed
        alice.refresh_from_db()
        assert (alice.rest_seconds, alice.warmup_rest_seconds) == (120, 60)
