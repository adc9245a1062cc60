"""Files of Hevy: units, languages, kinds and supersets."""

from datetime import datetime
from decimal import Decimal

import pytest

from training.tests.importing.reading_of import HEVY, facts_of, numbers, read, read_one

COLUMNS = HEVY.replace('"', "").split(",")
BASE = {
    "title": "Leg day 🦵",
    "start_time": "5 Mar 2024, 18:01",
    "end_time": "5 Mar 2024, 19:10",
    "exercise_title": "Squat (Barbell)",
    "set_index": 0,
    "set_type": "normal",
    "weight_kg": 100,
    "reps": 5,
}


def row(columns=COLUMNS, **values):
    return ",".join(f'"{(BASE | values).get(column, "")}"' for column in columns)


def test_reads_a_workout():
    workout = read_one(
        HEVY,
        '"Leg day 🦵","5 Mar 2024, 18:01","5 Mar 2024, 19:10","","Squat (Barbell)",,"",0,"warmup",'
        "60,5,,,",
        '"Leg day 🦵","5 Mar 2024, 18:01","5 Mar 2024, 19:10","","Squat (Barbell)",,"belt",1,'
        '"normal",102.5,5,,,8.5',
    )
    assert workout.key == "hevy|2024-03-05 18:01:00|Leg day 🦵"
    assert (workout.title, workout.start) == ("Leg day 🦵", datetime(2024, 3, 5, 18, 1))
    assert (workout.duration_seconds, workout.rows) == (69 * 60, 2)
    [squat] = workout.exercises
    assert (squat.name, squat.notes, squat.superset) == ("Squat (Barbell)", "belt", "")
    first, second = squat.sets
    assert (first.kind, numbers(first), first.rpe) == ("warmup", (60, 5, None, None), None)
    assert (second.kind, second.rpe) == ("work", Decimal("8.5"))
    assert (second.weight, second.weight_unit, second.line) == (Decimal("102.5"), "kg", 3)


@pytest.mark.parametrize(
    ("weight", "distance", "units"),
    [
        ("weight_kg", "distance_km", ("kg", "km")),
        ("weight_kg", "distance_miles", ("kg", "mi")),
        ("weight_lbs", "distance_km", ("lb", "km")),
        ("weight_lbs", "distance_miles", ("lb", "mi")),
    ],
)
def test_units_of_weight_and_distance_each_on_their_own(weight, distance, units):
    columns = [
        {"weight_kg": weight, "distance_km": distance}.get(column, column) for column in COLUMNS
    ]
    line = row(columns, **{weight: "135.5", distance: "5.2", "reps": "", "duration_seconds": 60})
    done = read_one(",".join(columns), line).exercises[0].sets[0]
    assert numbers(done) == (Decimal("135.5"), None, 60, Decimal("5.2"))
    assert (done.weight_unit, done.distance_unit) == units
    assert not facts_of(",".join(columns), line)["asks_unit"]


def test_older_files_lack_columns():
    columns = [one for one in COLUMNS if one not in ("rpe", "superset_id", "description")]
    workout = read_one(",".join(columns), row(columns))
    assert workout.exercises[0].superset == ""
    assert workout.exercises[0].sets[0].rpe is None


@pytest.mark.parametrize(
    "start",
    [
        "5 Mai 2026, 18:01",
        "5 mai 2026, 18:01",
        "5 may 2026, 18:01",
        "5 mag 2026, 18:01",
        "5 mei 2026, 18:01",
        "5 maj 2026, 18:01",
        "5 May 2026, 18:01",
        "5 мая 2026, 18:01",
        "5 5月 2026, 18:01",
        "5 5월 2026, 18:01",
        "May 5, 2026, 6:01 PM",
        "2026-05-05 18:01:00",
    ],
)
def test_the_same_workout_has_the_same_key_in_every_language(start):
    workout = read_one(HEVY, row(start_time=start, end_time=start.replace("1", "2")))
    assert workout.key == "hevy|2026-05-05 18:01:00|Leg day 🦵"


@pytest.mark.parametrize("title", ["Kniebeuge (Langhantel)", "Жим лёжа", "ベンチプレス", "벤치"])
def test_titles_in_any_language(title):
    assert read_one(HEVY, row(exercise_title=title)).exercises[0].name == title


@pytest.mark.parametrize(
    ("word", "kind"),
    [("normal", "work"), ("warmup", "warmup"), ("failure", "failure"), ("dropset", "drop")],
)
def test_kinds_of_sets(word, kind):
    assert read_one(HEVY, row(set_type=word)).exercises[0].sets[0].kind == kind


def test_an_index_that_begins_again_is_a_second_entry():
    workout = read_one(
        HEVY,
        row(set_index=0),
        row(set_index=1),
        row(set_index=0, weight_kg=60),
        row(set_index=1, weight_kg=60),
        row(set_index=0, exercise_title="Curl"),
        row(set_index=0, weight_kg=40),
    )
    assert [(one.name, len(one.sets)) for one in workout.exercises] == [
        ("Squat (Barbell)", 2),
        ("Squat (Barbell)", 2),
        ("Curl", 1),
        ("Squat (Barbell)", 1),
    ]


def test_supersets_are_of_their_workout():
    monday, tuesday = read(
        HEVY,
        row(superset_id=0, exercise_title="Row"),
        row(superset_id=0, exercise_title="Press"),
        row(exercise_title="Curl"),
        row(superset_id=1, exercise_title="Dip"),
        row(superset_id=0, start_time="6 Mar 2024, 18:01"),
    )[0]
    assert [one.superset for one in monday.exercises] == ["0", "0", "", "1"]
    assert [one.superset for one in tuesday.exercises] == ["0"]


def test_notes_have_their_breaks_written_as_signs_and_their_own_place():
    workout = read_one(
        HEVY,
        row(description=r"good\nday", exercise_notes=r"belt\nsleeves"),
        row(description=r"good\nday", exercise_notes=r"belt\nsleeves", set_index=1),
        row(description=r"good\nday", exercise_title="Curl"),
    )
    assert workout.notes == "good\nday"
    assert [one.notes for one in workout.exercises] == ["belt\nsleeves", ""]


def test_zeros():
    workout = read_one(
        HEVY,
        row(reps=0),
        row(weight_kg=0, set_index=1),
        row(duration_seconds=0, distance_km=0, set_index=2),
        row(exercise_title="Plank", weight_kg="", reps="", duration_seconds=0),
    )
    squat, plank = workout.exercises
    assert [numbers(one) for one in squat.sets] == [
        (100, 0, None, None),
        (0, 5, None, None),
        (100, 5, None, None),
    ]
    assert numbers(plank.sets[0]) == (None, None, 0, None)


def test_the_newest_workout_stays_first():
    workouts, _ = read(HEVY, row(), row(start_time="4 Mar 2024, 18:01"))
    assert [one.start.day for one in workouts] == [5, 4]


def test_two_workouts_of_a_title_and_a_minute():
    workouts, _ = read(HEVY, row(), row(end_time="5 Mar 2024, 20:00"))
    assert [one.key for one in workouts] == [
        "hevy|2024-03-05 18:01:00|Leg day 🦵",
        "hevy|2024-03-05 18:01:00|Leg day 🦵|2",
    ]


@pytest.mark.parametrize("end", ["", "5 Mar 2024, 17:00", "later", "2024-03-05T19:00:00Z"])
def test_an_end_that_tells_nothing_loses_no_workout(end):
    assert read_one(HEVY, row(end_time=end)).duration_seconds is None


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"set_type": "odd"}, "“odd” is no kind of set known here."),
        ({"reps": ""}, "This row has neither reps nor a time nor a distance."),
        ({"weight_kg": "heavy"}, "“heavy” is not a number."),
        ({"exercise_title": " "}, "This row names no exercise."),
        ({"start_time": "5 Foo 2024, 18:01"}, "“5 Foo 2024, 18:01” is not a date."),
        ({"distance_km": "99999999"}, "A distance of 99999999 is more than can be logged."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_read(values, why):
    [workout], [bad] = read(HEVY, row(), row(**values), row(set_index=1))
    assert (bad.line, bad.why) == (3, why)
    assert len(workout.exercises[0].sets) == 2
