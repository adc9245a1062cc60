"""Files of Liftosaur: instants, a unit per weight, and what was planned."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from training.tests.importing.reading_of import LIFTOSAUR, facts_of, numbers, read, read_one

COLUMNS = LIFTOSAUR.split(",")
BASE = {
    "Workout DateTime": "2026-03-01T10:00:00.000Z",
    "Program": "My Program",
    "Day Name": "Day 1",
    "Exercise": "Squat",
    "Is Warmup Set?": 0,
    "Required Reps": 5,
    "Completed Reps": 5,
    "Is AMRAP?": 0,
    "Required Weight Value": 225,
    "Required Weight Unit": "lb",
    "Completed Weight Value": 225,
    "Completed Weight Unit": "lb",
    "Completed Reps Time": "2026-03-01T10:05:00.000Z",
    "Target Muscles": "Quadriceps,Gluteus Maximus",
}


def row(values=None, **more):
    values = BASE | (values or {}) | more
    return ",".join(f'"{values.get(column, "")}"' for column in COLUMNS)


def test_reads_a_workout():
    workout = read_one(
        LIFTOSAUR,
        row({"Is Warmup Set?": 1, "Completed Weight Value": 135}),
        row({"Is AMRAP?": 1, "Completed Reps": 9, "Completed RPE": "8.5"}),
        row(
            {
                "Exercise": "Bench Press",
                "Completed Weight Value": "62.5",
                "Completed Weight Unit": "kg",
                "Completed Reps Time": "2026-03-01T10:45:30.000Z",
                "Notes": "belt",
            }
        ),
    )
    assert workout.key == "liftosaur|2026-03-01 10:00:00+00:00|Day 1"
    assert (workout.title, workout.start) == ("Day 1", datetime(2026, 3, 1, 10, tzinfo=UTC))
    assert (workout.duration_seconds, workout.rows) == (45 * 60 + 30, 3)
    squat, bench = workout.exercises
    assert [(done.kind, numbers(done), done.rpe, done.notes) for done in squat.sets] == [
        ("warmup", (135, 5, None, None), None, ""),
        ("work", (225, 9, None, None), Decimal("8.5"), "AMRAP"),
    ]
    assert (squat.category, squat.notes, bench.notes) == ("Quadriceps", "", "belt")
    assert [done.weight_unit for one in workout.exercises for done in one.sets] == [
        "lb",
        "lb",
        "kg",
    ]


def test_asks_neither_for_a_unit_nor_for_a_zone():
    facts = facts_of(LIFTOSAUR, row())
    assert (facts["asks_unit"], facts["asks_zone"]) == (False, False)


def test_sets_that_were_planned_only_are_skipped():
    workout = read_one(LIFTOSAUR, row(), row({"Completed Reps": ""}), row({"Completed Reps": 0}))
    assert [done.reps for done in workout.exercises[0].sets] == [5, 0]
    assert workout.rows == 3


def test_a_weight_that_was_not_asked_for_is_the_planned_one():
    line = row({"Completed Weight Value": "", "Completed Weight Unit": ""})
    done = read_one(LIFTOSAUR, line).exercises[0].sets[0]
    assert (done.weight, done.weight_unit) == (225, "lb")


def test_an_instant_with_an_offset_or_none():
    workouts, _ = read(
        LIFTOSAUR,
        row({"Workout DateTime": "2026-03-01T10:00:00+05:30"}),
        row({"Workout DateTime": "2026-03-02T10:00:00"}),
    )
    assert [one.start.astimezone(UTC) for one in workouts] == [
        datetime(2026, 3, 1, 4, 30, tzinfo=UTC),
        datetime(2026, 3, 2, 10, tzinfo=UTC),
    ]


@pytest.mark.parametrize("text", ["", "later", "2026-03-01T09:00:00Z", "2027-03-01T10:00:00Z"])
def test_a_time_of_a_set_that_tells_nothing_loses_no_set(text):
    workout = read_one(LIFTOSAUR, row({"Completed Reps Time": text}))
    assert workout.duration_seconds is None
    assert len(workout.exercises[0].sets) == 1


def test_the_same_exercise_twice_in_a_workout_stays_two_entries():
    workout = read_one(LIFTOSAUR, row(), row(Exercise="Row"), row())
    assert [one.name for one in workout.exercises] == ["Squat", "Row", "Squat"]


def test_a_workout_of_no_named_day_is_called_by_its_program():
    assert read_one(LIFTOSAUR, row({"Day Name": ""})).title == "My Program"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"Completed Reps": "five"}, "“five” is not a number."),
        ({"Completed Weight Unit": "stone"}, "“stone” is no unit of weight known here."),
        ({"Workout DateTime": "not-a-date"}, "“not-a-date” is not a date."),
        ({"Exercise": ""}, "This row names no exercise."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_read(values, why):
    [workout], [bad] = read(LIFTOSAUR, row(), row(values), row())
    assert (bad.line, bad.why) == (3, why)
    assert len(workout.exercises[0].sets) == 2
