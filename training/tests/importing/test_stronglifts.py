"""Files of StrongLifts: sets in columns."""

from datetime import datetime
from decimal import Decimal

import pytest

from training.tests.importing.reading_of import STRONGLIFTS, facts_of, read, read_one


def row(
    exercise="Squat", sets="5,60,5,60,5,60", *, date="2024/03/05", number=1, title="Workout A",
    body="83.5", reps="3×5", time="", hours="1.0", start="6:01 PM", end="7:01 PM", notes="",
):  # fmt: skip
    return (
        f'{date},{number},"{title}","StrongLifts 5×5",{body},"{exercise}",{reps},{time},5×60,70,15,'
        f'900,900,{hours},{start},{end},"{notes}",{sets}'
    )


def test_reads_a_workout_from_a_file_with_a_mark():
    workout = read_one(
        "\ufeff" + STRONGLIFTS,
        row(),
        row("Bench Press", "5,40,5,40,4,40", notes="pause"),
    )
    assert workout.key == "stronglifts|2024-03-05 18:01:00|Workout A"
    assert (workout.title, workout.start) == ("Workout A", datetime(2024, 3, 5, 18, 1))
    assert (workout.duration_seconds, workout.has_clock, workout.rows) == (3600, True, 2)
    assert (workout.body_weight, workout.body_weight_unit) == (Decimal("83.5"), "kg")
    squat, bench = workout.exercises
    assert [(done.weight, done.weight_unit, done.reps) for done in bench.sets] == [
        (40, "kg", 5),
        (40, "kg", 5),
        (40, "kg", 4),
    ]
    assert (squat.notes, bench.notes) == ("", "pause")
    assert not facts_of(STRONGLIFTS, row())["asks_unit"]


def test_pounds_by_the_names_of_the_columns():
    workout = read_one(STRONGLIFTS.replace("KG", "LB"), row(sets="5,135,5,135,5,135", body=180))
    assert {done.weight_unit for done in workout.exercises[0].sets} == {"lb"}
    assert workout.body_weight_unit == "lb"


def test_body_weight_has_a_unit_of_its_own():
    workout = read_one(STRONGLIFTS.replace("Weight (KG)", "Weight (LB)"), row(body=180))
    assert (workout.body_weight, workout.body_weight_unit) == (180, "lb")
    assert workout.exercises[0].sets[0].weight_unit == "kg"


def test_a_set_of_no_reps_was_skipped():
    workout = read_one(
        STRONGLIFTS, row(sets="5,60,0,60,4,60"), row("Row", "0,40,0,40,,"), row("Curl", "8,0,,,,")
    )
    assert [(one.name, [done.reps for done in one.sets]) for one in workout.exercises] == [
        ("Squat", [5, 4]),
        ("Curl", [8]),
    ]
    assert workout.exercises[1].sets[0].weight == 0
    assert workout.rows == 3


def test_a_workout_of_skipped_sets_only_still_counts_its_rows():
    workout = read_one(STRONGLIFTS, row(sets="0,60,0,60,0,60"))
    assert (workout.exercises, workout.rows) == ([], 1)


def test_timed_sets():
    workout = read_one(STRONGLIFTS, row("Plank", "60,,45,,0,", reps="", time="2×60"))
    assert [(one.reps, one.duration_seconds) for one in workout.exercises[0].sets] == [
        (None, 60),
        (None, 45),
    ]


@pytest.mark.parametrize(
    ("values", "start", "seconds"),
    [
        ({"start": "18:01", "end": "19:01"}, "18:01", 3600),
        ({"start": "11:30 PM", "end": "12:30 AM"}, "23:30", 3600),
        ({"start": "10:02 AM", "end": "11:55 AM", "hours": "1.2789"}, "10:02", 6780),
        ({"start": "10:56 PM", "end": "10:57 PM", "hours": "0.0094444"}, "22:56", 33),
        ({"start": "10:57 PM", "end": "10:57 PM", "hours": "0.01"}, "22:57", 36),
        ({"start": "10:57 PM", "end": "", "hours": "0.5"}, "22:57", 1800),
        ({"start": "10:57 PM", "end": "late", "hours": "long"}, "22:57", None),
        ({"start": "", "end": "", "hours": "0.5"}, "", 1800),
    ],
)
def test_start_and_duration(values, start, seconds):
    workout = read_one(STRONGLIFTS, row(**values))
    assert workout.duration_seconds == seconds
    assert workout.has_clock == bool(start)
    assert workout.start.strftime("%H:%M") == (start or "12:00")


def test_two_workouts_of_a_day():
    workouts, _ = read(
        STRONGLIFTS,
        row(),
        row(number=2, title="Workout B", start="8:00 PM", end="9:00 PM"),
        row(number=3),
    )
    assert [one.key for one in workouts] == [
        "stronglifts|2024-03-05 18:01:00|Workout A",
        "stronglifts|2024-03-05 20:00:00|Workout B",
        "stronglifts|2024-03-05 18:01:00|Workout A|2",
    ]


def test_the_same_exercise_twice_in_a_workout_stays_two_entries():
    workout = read_one(STRONGLIFTS, row(), row())
    assert [len(one.sets) for one in workout.exercises] == [3, 3]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"sets": "5,60,x,60,5,60"}, "“x” is not a number."),
        ({"sets": "5,heavy,5,60,5,60"}, "“heavy” is not a number."),
        ({"date": "2024/13/05"}, "“2024/13/05” is not a date."),
        ({"exercise": ""}, "This row names no exercise."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_read(values, why):
    [workout], [bad] = read(STRONGLIFTS, row(), row(**values), row("Row"))
    assert (bad.line, bad.why) == (3, why)
    assert [one.name for one in workout.exercises] == ["Squat", "Row"]


def test_a_body_weight_that_cannot_be_read_loses_no_workout():
    assert read_one(STRONGLIFTS, row(body="?")).body_weight is None
