"""Sets: logged as typed, safe to send twice, edited without overwriting, removed with Undo."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import DecimalMark
from training.models import ExerciseSet, Measure, Muscle, SessionExercise, SetKind
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
EVERY_WAY = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])


@pytest.fixture
def workout(alice):
    return WorkoutFactory(user=alice)


@pytest.fixture
def entry(workout):
    return EntryFactory(workout=workout, exercise__name="Bench press")


def entry_of(workout, measure, **exercise):
    return EntryFactory(workout=workout, exercise=ExerciseFactory(measure=measure, **exercise))


def log(client, entry, headers=HTMX, **typed):
    body = {"id": uuid7(), "number": 1, "weight_unit": "kg"} | typed
    return client.post(reverse("training:set-create", args=[entry.pk]), body, headers=headers)


def edit(client, logged, headers=HTMX, **typed):
    body = {"number": 1, "weight_unit": "kg", "seen": logged.updated_at.isoformat()} | typed
    return client.post(reverse("training:set-update", args=[logged.pk]), body, headers=headers)


def card_of(client, entry):
    page = client.get(entry.workout.get_absolute_url())
    return page.context["log"].card(entry.pk)


def ready(client, entry):
    """Return the rows that wait to be logged: kind, unit and what is typed into them."""
    rows = [row for row in card_of(client, entry).rows if not row.logged]
    return [(row.kind, row.unit, *[field.value for field in row.fields]) for row in rows]


def told(response, entry):
    """Return the row of an answer that says what is wrong."""
    context = response.context
    card = context["card"] if "log" not in context else context["log"].card(entry.pk)
    [row] = [row for row in card.rows if row.message]
    return row


def field(name, value):
    return f'name="{name}" value="{value}"'


# Logging


def test_logs_a_set_and_brings_the_next_row(alice_client, entry):
    id = uuid7()
    response = log(alice_client, entry, id=id, weight="82.5", reps="8")
    assert response.status_code == 200
    logged = entry.exercise_sets.get()
    assert (logged.pk, logged.set_number, logged.weight, logged.reps) == (id, 1, Decimal("82.5"), 8)
    page = response.content.decode()
    assert "<html" not in page
    assert 'aria-label="Save set 1"' in page
    assert 'aria-label="Log set 2"' in page
    assert page.count(field("weight", "82.5")) == 2


def test_logs_a_set_without_javascript(alice_client, entry):
    response = log(alice_client, entry, headers={}, weight="82.5", reps="8")
    assert response.status_code == 302
    assert response.url == f"{entry.workout.get_absolute_url()}#exercise-{entry.pk}"
    assert field("weight", "82.5") in alice_client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("measure", "muscle", "typed", "stored"),
    [
        (Measure.WEIGHT_REPS, "", {"weight": "100", "reps": "5"}, {"weight": 100, "reps": 5}),
        (Measure.BODYWEIGHT_REPS, "", {"weight": "", "reps": "9"}, {"weight": None, "reps": 9}),
        (Measure.BODYWEIGHT_REPS, "", {"weight": "10", "reps": "9"}, {"weight": 10, "reps": 9}),
        (Measure.ASSISTED_REPS, "", {"weight": "20", "reps": "6"}, {"weight": 20, "reps": 6}),
        (Measure.TIME, "", {"duration_seconds": "1:30"}, {"duration_seconds": 90}),
        (
            Measure.WEIGHT_TIME,
            "",
            {"weight": "24", "duration_seconds": "45"},
            {"weight": 24, "duration_seconds": 45},
        ),
        (
            Measure.DISTANCE_TIME,
            Muscle.CARDIO,
            {"distance_meters": "5.2", "duration_seconds": "1:02:03"},
            {"distance_meters": 5200, "duration_seconds": 3723},
        ),
        (
            Measure.DISTANCE_TIME,
            Muscle.CARDIO,
            {"distance_meters": "400 m", "duration_seconds": "90"},
            {"distance_meters": 400, "duration_seconds": 90},
        ),
        (
            Measure.DISTANCE_TIME,
            "",
            {"distance_meters": "40", "duration_seconds": "30"},
            {"distance_meters": 40, "duration_seconds": 30},
        ),
        (
            Measure.DISTANCE_TIME,
            "",
            {"distance_meters": "1,5km", "duration_seconds": "600"},
            {"distance_meters": 1500, "duration_seconds": 600},
        ),
        (
            Measure.DISTANCE_TIME,
            Muscle.CARDIO,
            {"distance_meters": "1 mi", "duration_seconds": "600"},
            {"distance_meters": Decimal("1609.344"), "duration_seconds": 600},
        ),
    ],
)
def test_takes_the_fields_of_each_measure(alice_client, workout, measure, muscle, typed, stored):
    entry = entry_of(workout, measure, primary_muscle=muscle)
    assert [name for name in measure.fields if name not in typed] == []
    assert log(alice_client, entry, **typed).status_code == 200
    [values] = entry.exercise_sets.values("weight", "reps", "duration_seconds", "distance_meters")
    assert values == dict.fromkeys(values) | stored


@pytest.mark.parametrize(
    ("typed", "weight"),
    [
        ("82,5", "82.5"),
        ("82.5", "82.5"),
        (" 82.5 ", "82.5"),
        (",5", "0.5"),
        ("+10", "10"),
        ("0", "0"),
        ("102.50", "102.5"),
        ("9999", "9999"),
    ],
)
def test_takes_numbers_as_lifters_type_them(alice_client, entry, typed, weight):
    assert log(alice_client, entry, weight=typed, reps="0").status_code == 200
    logged = entry.exercise_sets.get()
    assert (logged.weight, logged.reps) == (Decimal(weight), 0)


@EVERY_WAY
@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("weight", "-5", "Type a weight like 82.5."),
        ("weight", "heavy", "Type a weight like 82.5."),
        ("weight", "NaN", "Type a weight like 82.5."),
        ("weight", "1e5", "Type a weight like 82.5."),
        ("weight", "٨٢", "Type a weight like 82.5."),
        ("weight", "1,000.5", "Type a weight like 82.5."),
        ("weight", "10000", "At most 9,999, please."),
        ("weight", "9" * 5000, "At most 9,999, please."),
        ("weight", "1.0123456789", "At most 9 decimals, please."),
        ("weight", "", "How heavy? Type a weight; 0 is fine."),
        ("weight", "1\x00", "Type a weight like 82.5."),
        ("reps", "-1", "Type whole reps like 8."),
        ("reps", "7.5", "Type whole reps like 8."),
        ("reps", "many", "Type whole reps like 8."),
        ("reps", "10000", "At most 9,999, please."),
        ("reps", "", "How many reps? Type a number; 0 is fine."),
    ],
)
def test_says_what_is_wrong_beside_what_was_typed(alice_client, entry, headers, name, typed, said):
    right = {"weight": "100", "reps": "5"}
    response = log(alice_client, entry, headers, **right | {name: typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert ("<html" in page) == (not headers)
    assert field(name, typed) in page
    assert said in page
    for other in right.keys() - {name}:
        assert field(other, right[other]) in page
    assert not ExerciseSet.all_objects.exists()


@EVERY_WAY
@pytest.mark.parametrize("typed", ["1:75", "abc", "-30", "1:2:3:4", "", "99999999", "1.5"])
def test_says_what_is_wrong_with_a_time(alice_client, workout, headers, typed):
    entry = entry_of(workout, Measure.TIME)
    response = log(alice_client, entry, headers, duration_seconds=typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert field("duration_seconds", typed) in page
    assert 'aria-invalid="true"' in page
    assert not ExerciseSet.all_objects.exists()


@pytest.mark.parametrize("typed", ["5 parsecs", "", "-1 km", "1000 km", "99999 mi", "0.0001"])
def test_says_what_is_wrong_with_a_distance(alice_client, workout, typed):
    entry = entry_of(workout, Measure.DISTANCE_TIME, primary_muscle=Muscle.CARDIO)
    response = log(alice_client, entry, distance_meters=typed, duration_seconds="60")
    assert response.status_code == 422
    assert field("distance_meters", typed) in response.content.decode()
    assert not ExerciseSet.all_objects.exists()


@pytest.mark.parametrize("wrong", [{"id": "x"}, {"weight_unit": "st"}, {"kind": "rest"}])
def test_refuses_what_no_page_of_ours_sends(alice_client, entry, wrong):
    assert log(alice_client, entry, **{"weight": "1", "reps": "1"} | wrong).status_code == 422
    assert not ExerciseSet.all_objects.exists()


def test_mends_a_row_with_the_id_it_had(alice_client, entry):
    """What was refused is sent again from the same row: still one set."""
    id = uuid7()
    page = log(alice_client, entry, id=id, weight="x", reps="5").content.decode()
    assert field("id", id) in page
    assert log(alice_client, entry, id=id, weight="100", reps="5").status_code == 200
    assert entry.exercise_sets.get().pk == id


def test_keeps_the_unit_with_the_set(alice_client, entry):
    log(alice_client, entry, weight="100", reps="5")
    log(alice_client, entry, weight="45", reps="5", weight_unit="lb", number=2)
    units = entry.exercise_sets.order_by("set_number").values_list("weight", "weight_unit")
    assert list(units) == [(100, "kg"), (45, "lb")]
    assert ready(alice_client, entry) == [("work", "lb", "45", "5")]
    page = alice_client.get(entry.workout.get_absolute_url()).content.decode()
    assert '<span class="set-row__unit">lb</span>' in page


def test_shows_numbers_with_the_lifters_mark(alice, alice_client, entry):
    alice.decimal_mark = DecimalMark.COMMA
    alice.save()
    page = log(alice_client, entry, weight="82.50", reps="5").content.decode()
    assert field("weight", "82,5") in page


def test_logs_at_most_what_is_asked_also_in_a_finished_workout(alice_client, entry):
    entry.workout.finish()
    assert ready(alice_client, entry) == []
    assert log(alice_client, entry, weight="100", reps="5").status_code == 200
    assert entry.exercise_sets.count() == 1


# Safe to send twice


@EVERY_WAY
def test_logs_the_same_set_once(alice_client, entry, headers):
    typed = {"id": uuid7(), "weight": "100", "reps": "5"}
    first, second = (log(alice_client, entry, headers, **typed) for _ in range(2))
    assert first.status_code == second.status_code == (200 if headers else 302)
    assert entry.exercise_sets.count() == 1


@EVERY_WAY
def test_shows_the_set_that_has_the_id_and_keeps_the_other(alice_client, entry, headers):
    id = uuid7()
    log(alice_client, entry, id=id, weight="100", reps="5")
    response = log(alice_client, entry, headers, id=id, weight="102.5", reps="3", number=2)
    assert response.status_code == 409
    page = response.content.decode()
    assert "This was logged already, as 100 × 5." in page
    assert field("weight", "102.5") in page
    assert entry.exercise_sets.get().weight == 100

    # Sent again from the row as it is now, it is another set.
    row = told(response, entry)
    assert row.id != id
    log(alice_client, entry, headers, id=row.id, weight="102.5", reps="3", number=row.number)
    assert entry.exercise_sets.count() == 2


@EVERY_WAY
def test_a_removed_set_sent_again_stays_removed(alice_client, entry, headers):
    typed = {"id": uuid7(), "weight": "100", "reps": "5"}
    log(alice_client, entry, **typed)
    entry.exercise_sets.get().soft_delete()
    response = log(alice_client, entry, headers, **typed)
    assert response.status_code == (200 if headers else 302)
    assert not entry.exercise_sets.alive().exists()


# Editing


@EVERY_WAY
def test_edits_a_set(alice_client, entry, headers):
    logged = SetFactory(session_exercise=entry)
    response = edit(alice_client, logged, headers, weight="90", reps="6", kind="warmup")
    assert response.status_code == (200 if headers else 302)
    logged.refresh_from_db()
    assert (logged.weight, logged.reps, logged.kind) == (90, 6, SetKind.WARMUP)
    assert entry.exercise_sets.count() == 1


@EVERY_WAY
def test_says_what_is_wrong_with_an_edit(alice_client, entry, headers):
    logged = SetFactory(session_exercise=entry)
    response = edit(alice_client, logged, headers, weight="abc", reps="6")
    assert response.status_code == 422
    page = response.content.decode()
    assert field("weight", "abc") in page
    assert field("reps", "6") in page
    assert "Type a weight like 82.5." in page
    logged.refresh_from_db()
    assert (logged.weight, logged.reps) == (100, 5)


@EVERY_WAY
def test_a_stale_edit_is_shown_and_wins_when_sent_again(alice_client, entry, headers):
    logged = SetFactory(session_exercise=entry)
    elsewhere = ExerciseSet.objects.get(pk=logged.pk)
    elsewhere.weight = Decimal("105")
    elsewhere.save()

    response = edit(alice_client, logged, headers, weight="95", reps="5")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Changed elsewhere to 105 × 5 meanwhile." in page
    assert field("weight", "95") in page
    logged.refresh_from_db()
    assert logged.weight == 105

    row = told(response, entry)
    again = edit(alice_client, logged, headers, weight="95", reps="5", seen=row.seen)
    assert again.status_code == (200 if headers else 302)
    logged.refresh_from_db()
    assert logged.weight == 95


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-03-05", "9999-12-31T23:59"])
def test_an_edit_of_unknown_age_is_stale(alice_client, entry, seen):
    logged = SetFactory(session_exercise=entry)
    assert edit(alice_client, logged, weight="95", reps="5", seen=seen).status_code == 409


def test_the_same_edit_twice_is_no_conflict(alice_client, entry):
    logged = SetFactory(session_exercise=entry)
    for _ in range(2):
        assert edit(alice_client, logged, weight="95", reps="5").status_code == 200
    logged.refresh_from_db()
    assert logged.weight == 95


def test_edits_nothing_that_was_removed(alice_client, entry):
    logged = SetFactory(session_exercise=entry)
    logged.soft_delete()
    assert edit(alice_client, logged, weight="95", reps="5").status_code == 404


# Removing


@EVERY_WAY
def test_removes_a_set_with_undo(alice_client, entry, headers):
    kept, logged = SetFactory.create_batch(2, session_exercise=entry)
    url = reverse("training:set-delete", args=[logged.pk])
    response = alice_client.post(url, headers=headers)
    if not headers:
        assert response.status_code == 302
        response = alice_client.get(response.url)
    undo = reverse("training:set-restore", args=[logged.pk])
    page = response.content.decode()
    assert "Set removed." in page
    assert f'action="{undo}"' in page
    assert list(entry.exercise_sets.alive()) == [kept]

    assert alice_client.post(undo, headers=headers).status_code == (200 if headers else 302)
    assert entry.exercise_sets.alive().count() == 2


def test_removing_and_restoring_twice_is_the_same(alice_client, entry):
    logged = SetFactory(session_exercise=entry)
    for name, living in (("set-delete", 0), ("set-restore", 1)):
        for _ in range(2):
            url = reverse(f"training:{name}", args=[logged.pk])
            assert alice_client.post(url, headers=HTMX).status_code == 200
            assert entry.exercise_sets.alive().count() == living


# The next row


def done_before(user, exercise, *sets, days=7, **workout):
    """Log the sets, each a dict of values, in a workout of some days ago."""
    date = timezone.now() - timedelta(days=days)
    earlier = WorkoutFactory(user=user, session_date=date, finished_at=date, **workout)
    entry = EntryFactory(workout=earlier, exercise=exercise)
    for values in sets:
        SetFactory(session_exercise=entry, **values)
    return earlier


WARMUP = {"kind": "warmup", "weight": 40, "reps": 10}
FIRST = {"weight": 80, "reps": 8}
SECOND = {"weight": 85, "reps": 6}


def test_an_exercise_never_done_before_has_one_empty_row(alice_client, entry):
    assert ready(alice_client, entry) == [("work", "kg", "", "")]


def test_rows_come_from_the_last_time(alice, alice_client, entry):
    done_before(alice, entry.exercise, {"weight": 60}, days=14)
    done_before(alice, entry.exercise, WARMUP, FIRST, SECOND)
    assert ready(alice_client, entry) == [
        ("warmup", "kg", "40", "10"),
        ("work", "kg", "80", "8"),
        ("work", "kg", "85", "6"),
    ]


def test_shows_what_was_done_last_time_beside_each_set(alice, alice_client, entry):
    done_before(alice, entry.exercise, WARMUP, FIRST, SECOND)
    SetFactory(session_exercise=entry, weight=82)
    SetFactory(session_exercise=entry, kind="warmup", weight=42)
    rows = card_of(alice_client, entry).rows
    previous = [(row.kind, row.previous.weight, bool(row.logged)) for row in rows]
    assert previous == [("work", 80, True), ("warmup", 40, True), ("work", 85, False)]


def test_a_warmup_is_never_offered_as_a_work_set(alice, alice_client, entry):
    done_before(alice, entry.exercise, WARMUP)
    SetFactory(session_exercise=entry, **FIRST)
    rows = card_of(alice_client, entry).rows
    assert {row.previous for row in rows} == {None}
    assert ready(alice_client, entry) == [("work", "kg", "80", "8")]


def test_a_row_added_after_warmups_is_no_warmup(alice, alice_client, entry):
    done_before(alice, entry.exercise, WARMUP)
    url = entry.workout.get_absolute_url()
    rows = alice_client.get(url, {"add_to": entry.pk}).context["log"].card(entry.pk).rows
    typed = [(row.kind, *[field.value for field in row.fields]) for row in rows]
    assert typed == [("warmup", "40", "10"), ("work", "", "")]


@pytest.mark.parametrize("what", ["workout", "entry", "set"])
def test_nothing_deleted_is_a_source(alice, alice_client, entry, what):
    done_before(alice, entry.exercise, {"weight": 60, "reps": 5}, days=14)
    workout = done_before(alice, entry.exercise, FIRST)
    gone = {
        "workout": workout,
        "entry": workout.session_exercises.get(),
        "set": ExerciseSet.objects.get(session_exercise__workout=workout),
    }[what]
    gone.soft_delete()
    assert ready(alice_client, entry) == [("work", "kg", "60", "5")]


def test_nobody_else_is_a_source(mallory, alice_client, entry):
    done_before(mallory, entry.exercise, FIRST)
    assert ready(alice_client, entry) == [("work", "kg", "", "")]


def test_nothing_later_is_a_source(alice, alice_client, entry):
    done_before(alice, entry.exercise, FIRST, days=-1)
    assert ready(alice_client, entry) == [("work", "kg", "", "")]


def test_another_exercise_of_the_same_name_is_no_source(alice, alice_client, entry):
    other = ExerciseFactory(name=entry.exercise.name, equipment="dumbbell")
    done_before(alice, other, FIRST)
    assert ready(alice_client, entry) == [("work", "kg", "", "")]


@EVERY_WAY
def test_adds_a_row_like_the_set_just_logged(alice, alice_client, entry, headers):
    done_before(alice, entry.exercise, FIRST)
    SetFactory(session_exercise=entry, weight=90, reps=3, weight_unit="lb")
    assert ready(alice_client, entry) == []
    query = {"add_to": entry.pk, "rows": 1}
    response = alice_client.get(entry.workout.get_absolute_url(), query, headers=headers)
    page = response.content.decode()
    assert ("<html" in page) == (not headers)
    assert 'aria-label="Log set 2"' in page
    assert field("weight", "90") in page
    assert ExerciseSet.objects.filter(session_exercise=entry).count() == 1


def test_adds_one_row_more_than_there_are(alice_client, entry):
    url = entry.workout.get_absolute_url()
    response = alice_client.get(url, {"add_to": entry.pk, "rows": 3}, headers=HTMX)
    assert 'aria-label="Log set 4"' in response.content.decode()


@pytest.mark.parametrize("query", ["add_to=x", "add_to=&rows=-1", "rows=many"])
def test_does_not_know_other_rows(alice_client, entry, query):
    assert alice_client.get(f"{entry.workout.get_absolute_url()}?{query}").status_code == 404


# Cost


def test_logging_costs_the_same_for_many_sets(alice, alice_client, entry):
    def cost(number):
        with CaptureQueriesContext(connection) as queries:
            assert log(alice_client, entry, weight="1", reps="1", number=number).status_code == 200
        return len(queries)

    done_before(alice, entry.exercise, FIRST)
    EntryFactory(workout=entry.workout)
    one = cost(1)
    for days in range(2, 9):
        done_before(alice, entry.exercise, FIRST, SECOND, days=days)
    for other in EntryFactory.create_batch(8, workout=entry.workout):
        SetFactory.create_batch(3, session_exercise=other)
    assert cost(2) == one


def test_an_exercise_removed_while_a_set_is_on_its_way_is_not_found(
    alice_client, entry, monkeypatch
):
    log_set = SessionExercise.log_set

    def removed_first(self, **values):
        self.soft_delete()
        return log_set(self, **values)

    monkeypatch.setattr(SessionExercise, "log_set", removed_first)
    assert log(alice_client, entry, weight="80", reps="8").status_code == 404


def test_a_new_weight_is_carried_to_the_rows_that_follow(alice, alice_client, entry):
    done_before(alice, entry.exercise, FIRST, FIRST, FIRST)
    answer = log(alice_client, entry, weight="82.5", reps="8", number=1)
    assert ready(alice_client, entry) == [("work", "kg", "82.5", "8")] * 2
    assert answer.headers["HX-Retarget"] == f"#exercise-{entry.pk}"
    assert "Logged set 1, 82.5 kilograms, 8 reps" in answer.content.decode()


def test_an_edit_gives_the_record_of_one_row_to_another(alice, alice_client, entry):
    done_before(alice, entry.exercise, FIRST)
    first, second = SetFactory.create_batch(2, session_exercise=entry, weight=85, reps=1)
    answer = edit(alice_client, first, weight="80", reps="1").content.decode()
    assert answer.count("Heaviest: 85 kg, was 80 kg") == 1
    assert f'id="set-{second.pk}"' in answer


def test_a_pyramid_keeps_its_weights(alice, alice_client, entry):
    done_before(alice, entry.exercise, FIRST, {"weight": 85, "reps": 6})
    log(alice_client, entry, weight="82.5", reps="8", number=1)
    assert ready(alice_client, entry) == [("work", "kg", "85", "6")]


def test_fewer_reps_change_nothing_for_the_rows_that_follow(alice, alice_client, entry):
    done_before(alice, entry.exercise, FIRST, FIRST)
    log(alice_client, entry, weight="80", reps="6", number=1)
    assert ready(alice_client, entry) == [("work", "kg", "80", "8")]
