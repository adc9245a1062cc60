"""Files of FitNotes: three shapes, one workout a day."""

from datetime import datetime
from decimal import Decimal

import pytest

from training.tests.importing.reading_of import (
    FITNOTES,
    FITNOTES_IOS,
    FITNOTES_OLD,
    facts_of,
    numbers,
    read,
    read_one,
)


@pytest.mark.parametrize(
    ("header", "line", "unit", "notes"),
    [
        (FITNOTES, "2024-03-05,Lat Pulldown,Back,35.0,kgs,10,,,,slow", "kg", "slow"),
        (FITNOTES, "2024-03-05,Lat Pulldown,Back,35.0,lbs,10,,,,", "lb", ""),
        (FITNOTES_OLD, "2024-03-05,Lat Pulldown,Back,35.0,10,,,", "lb", ""),
        (
            FITNOTES_OLD.replace("lbs", "kgs") + ",Comment",
            "2024-03-05,Lat Pulldown,Back,35.0,10,,,,slow",
            "kg",
            "slow",
        ),
        (FITNOTES_IOS, "2024-03-05,Lat Pulldown,Back,35.0,,10,,,,slow,wr", "kg", "slow"),
        (FITNOTES_IOS, "2024-03-05,Lat Pulldown,Back,,35.0,10,,,,,wr", "lb", ""),
    ],
)
def test_reads_every_shape(header, line, unit, notes):
    workout = read_one(header, line)
    assert (workout.key, workout.title) == ("fitnotes|2024-03-05", "")
    assert (workout.start, workout.has_clock) == (datetime(2024, 3, 5, 12), False)
    [entry] = workout.exercises
    [done] = entry.sets
    assert (entry.name, entry.category) == ("Lat Pulldown", "Back")
    assert numbers(done) == (35, 10, None, None)
    assert (done.kind, done.weight_unit, done.notes) == ("work", unit, notes)
    assert not facts_of(header, line)["asks_unit"]


def test_a_day_is_a_workout_in_the_order_of_the_file():
    workouts, _ = read(
        FITNOTES,
        "2024-03-06,Squat,Legs,100,kgs,5,,,,",
        "2024-03-05,Row,Back,60,kgs,8,,,,",
        "2024-03-05,Curl,Biceps,20,kgs,8,,,,",
        "2024-03-05,Row,Back,50,kgs,8,,,,",
    )
    assert [one.start.day for one in workouts] == [6, 5]
    assert [one.name for one in workouts[1].exercises] == ["Row", "Curl", "Row"]
    assert workouts[1].rows == 3


@pytest.mark.parametrize(
    ("time", "seconds"), [("0:01:30", 90), ("1:02:03", 3723), ("01:30", 90), ("90:00", 5400)]
)
def test_times(time, seconds):
    workout = read_one(FITNOTES, f"2024-03-05,Plank,Abs,,,,,,{time},")
    assert numbers(workout.exercises[0].sets[0]) == (None, None, seconds, None)


@pytest.mark.parametrize(
    ("unit", "distance"), [("km", (5, "km")), ("mi", (5, "mi")), ("m", (5, "m")), ("", (5, ""))]
)
def test_distances(unit, distance):
    workout = read_one(FITNOTES, f"2024-03-05,Run,Cardio,,,,5,{unit},0:30:00,")
    done = workout.exercises[0].sets[0]
    assert (done.distance, done.distance_unit, done.duration_seconds) == (*distance, 1800)


def test_feet_become_metres():
    done = read_one(FITNOTES, "2024-03-05,Sled,Legs,,,,100,ft,0:00:30,").exercises[0].sets[0]
    assert (done.distance, done.distance_unit) == (Decimal("30.48"), "m")


def test_zeros():
    workout = read_one(
        FITNOTES,
        "2024-03-05,Pull Up,Back,0.0,kgs,10,,,,",
        "2024-03-05,Pull Up,Back,0.0,kgs,0,0.0,m,0:00:00,",
    )
    assert [numbers(one) for one in workout.exercises[0].sets] == [
        (0, 10, None, None),
        (0, 0, None, None),
    ]


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["60,132.277,", "62.5,137.789,", "50,110,"], "kg"),
        (["61.235,135,", "63.503,140,", "50,110,"], "lb"),
    ],
)
def test_of_two_weights_the_one_that_was_typed(lines, unit):
    workout = read_one(FITNOTES_IOS, *(f"2024-03-05,Row,Back,{one}8,,,,,wr" for one in lines))
    assert {done.weight_unit for done in workout.exercises[0].sets} == {unit}


@pytest.mark.parametrize(
    ("texts", "months"),
    [
        (["05/03/2024", "13/03/2024", "01/04/2024"], [3, 3, 4]),
        (["03/05/2024", "03/13/2024", "04/01/2024"], [3, 3, 4]),
        (["05.03.2024", "07.03.2024", "01.04.2024"], [3, 3, 4]),
        (["03/05/2024", "03/07/2024", "04/01/2024"], [3, 3, 4]),
        (["5 Mar 2024", "7 Mar 2024", "1 Apr 2024"], [3, 3, 4]),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_whole_file(texts, months):
    workouts, bad = read(FITNOTES, *(f"{text},Row,Back,60,kgs,8,,,," for text in texts))
    assert not bad
    assert [one.start.month for one in workouts] == months


def test_asks_for_a_unit_that_a_row_lacks():
    assert facts_of(FITNOTES, "2024-03-05,Row,Back,60,,8,,,,")["asks_unit"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2024-03-05,Row,Back,60,stone,8,,,,", "“stone” is no unit of weight known here."),
        ("2024-03-05,Row,Back,60,kgs,,,,,", "This row has neither reps nor a time nor a distance."),
        ("2024-03-05,Row,Back,60,kgs,8,,,1:2:3:4,", "“1:2:3:4” is not a time."),
        ("2024-03-05,,Back,60,kgs,8,,,,", "This row names no exercise."),
        (",Row,Back,60,kgs,8,,,,", "This row has no date."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_read(line, why):
    good = "2024-03-05,Row,Back,60,kgs,8,,,,"
    [workout], [bad] = read(FITNOTES, good, line, good)
    assert (bad.line, bad.why) == (3, why)
    assert len(workout.exercises[0].sets) == 2
