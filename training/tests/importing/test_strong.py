"""Files of Strong: every shape and every quirk."""

from datetime import datetime
from decimal import Decimal

import pytest

from training.tests.importing.reading_of import (
    STRONG_A10,
    STRONG_A11,
    STRONG_A12,
    STRONG_B14,
    STRONG_C13,
    STRONG_FRENCH,
    STRONG_GERMAN,
    facts_of,
    numbers,
    read,
    read_one,
)

BENCH = "Bench Press (Barbell)"


def row(
    order="1", weight="0", reps="0", distance="0", seconds="0.0", *, at="2024-03-05 18:01:09",
    workout="Push", duration="1h 5m", exercise=BENCH, notes="", about="", rpe="",
):  # fmt: skip
    """A row of the shape A12."""
    return (
        f'{at},"{workout}",{duration},"{exercise}",{order},{weight},{reps},{distance},{seconds},'
        f'"{notes}","{about}",{rpe}'
    )


@pytest.mark.parametrize(
    ("header", "line", "duration"),
    [
        (STRONG_A11, '2024-03-05 18:01:09,"Push","Bench",1,80.0,8.0,0,0.0,"easy","strong",7.5', 0),
        (
            STRONG_A12,
            '2024-03-05 18:01:09,"Push",1h 5m,"Bench",1,80.0,8.0,0,0.0,"easy","strong",7.5',
            1,
        ),
        (
            STRONG_B14,
            '2024-03-05 18:01:09;"Push";"Bench";1;80;kg;8;7.5;;;0;"easy";"strong";65m',
            1,
        ),
        (
            STRONG_C13,
            '"12";"2024-03-05 18:01:09";"Push";"3900";"Bench";"1";"80";"8";"7.5";"";"";"easy";'
            '"strong"',
            1,
        ),
        (
            STRONG_FRENCH,
            '2024-03-05 18:01:09,"Push",1h 5min,"Bench",1,80.0,8.0,0,0.0,"easy","strong",7.5',
            1,
        ),
        (
            STRONG_FRENCH.replace("'", "’"),
            '2024-03-05 18:01:09,"Push",1h 5min,"Bench",1,"80,0",8,0,0,"easy","strong","7,5"',
            1,
        ),
        (
            STRONG_GERMAN,
            '2024-03-05 18:01:09,"Push",65m,"Bench",1,80.0,8.0,0,0.0,"easy","strong",7.5',
            1,
        ),
        (
            STRONG_GERMAN.replace("Dauer", "Workout-Dauer").replace(",", ";"),
            '2024-03-05 18:01:09;"Push";65m;"Bench";1;80,0;8,0;0;0,0;"easy";"strong";7,5',
            1,
        ),
    ],
)
def test_reads_every_shape(header, line, duration):
    workout = read_one(header, line)
    assert workout.key == "strong|2024-03-05 18:01:09|Push"
    assert (workout.title, workout.start) == ("Push", datetime(2024, 3, 5, 18, 1, 9))
    assert workout.duration_seconds == (3900 if duration else None)
    assert workout.notes == "strong"
    assert workout.has_clock
    [entry] = workout.exercises
    [done] = entry.sets
    assert (entry.name, entry.notes) == ("Bench", "")
    assert numbers(done) == (80, 8, None, None)
    assert (done.kind, done.rpe, done.notes, done.line) == ("work", Decimal("7.5"), "easy", 2)


def test_reads_the_shape_without_notes():
    workout = read_one(STRONG_A10, "2024-03-05 18:01:09,Push,45m,Bench,1,80,8,0,0,8.5")
    assert workout.duration_seconds == 2700
    assert workout.exercises[0].sets[0].rpe == Decimal("8.5")


def test_columns_may_stand_in_any_order():
    workout = read_one(
        "Reps,Weight,Set Order,Exercise Name,Workout Name,Date", "8,80,1,Bench,Push,2024-03-05"
    )
    assert numbers(workout.exercises[0].sets[0]) == (80, 8, None, None)


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        ("3", "work"),
        ("W", "warmup"),
        ("WARM_UP", "warmup"),
        ("D", "drop"),
        ("F", "failure"),
        ("FAILURE", "failure"),
        ("", "work"),
    ],
)
def test_kinds_of_sets(order, kind):
    assert read_one(STRONG_A12, row(order, 80, 8)).exercises[0].sets[0].kind == kind


def test_rest_rows_are_no_sets_but_the_rest_of_their_exercise():
    workout = read_one(
        STRONG_A12,
        row("1", 80, 8),
        row("Rest Timer", seconds="90.0"),
        row("2", 80, 8),
        row("Rest Timer", seconds="120.0"),
        row("3", 80, 8),
        row("Rest Timer", seconds="120.0"),
        row("1", 20, 8, exercise="Fly"),
        row("Rest Timer", seconds="60.0", exercise="Rest Timer"),
        row("1", 20, 8, exercise="Curl"),
    )
    assert [(one.rest_seconds, len(one.sets)) for one in workout.exercises] == [
        (120, 3),
        (60, 1),
        (None, 1),
    ]
    assert workout.rows == 9


def test_of_rests_equally_common_the_last_counts():
    workout = read_one(
        STRONG_A12,
        row("1", 80, 8),
        row("Rest Timer", seconds="120.0"),
        row("2", 80, 8),
        row("Rest Timer", seconds="90.0"),
    )
    assert workout.exercises[0].rest_seconds == 90


def test_rests_in_the_words_of_another_language():
    workout = read_one(
        STRONG_FRENCH,
        '2024-03-05 18:01:09,"Push",35min,"Bench",1,80.0,8.0,0,0.0,"","",',
        '2024-03-05 18:01:09,"Push",35min,"Bench",Minuteur de repos,0,0.0,0,120.0,,,',
    )
    assert workout.duration_seconds == 2100
    assert workout.exercises[0].rest_seconds == 120
    assert len(workout.exercises[0].sets) == 1


def test_note_rows_are_no_sets_but_notes_of_their_exercise():
    workout = read_one(
        STRONG_A12,
        row("Note", notes="elbows in"),
        row("1", 80, 8, notes="slow"),
        row("1", 20, 8, exercise="Fly"),
        row("Note", notes="pause", exercise="Fly"),
    )
    assert [(one.name, one.notes, len(one.sets)) for one in workout.exercises] == [
        (BENCH, "elbows in", 1),
        ("Fly", "pause", 1),
    ]
    assert workout.exercises[0].sets[0].notes == "slow"
    assert workout.exercises[1].sets[0].notes == ""


def test_notes_stay_at_the_sets_they_were_written_at():
    workout = read_one(
        STRONG_A12, row("1", 80, 8, notes="first"), row("2", 80, 8), row("3", 80, 8, notes="last")
    )
    assert [done.notes for done in workout.exercises[0].sets] == ["first", "", "last"]


def test_an_empty_note_and_none_are_the_same():
    rows = (f'2024-03-05 18:01:09,"Push",1h 5m,"Bench",{n},80,8,0,0,{{0}},{{0}},' for n in (1, 2))
    first, second = rows
    workout = read_one(STRONG_A12, first.format('""'), second.format(""))
    assert (workout.notes, workout.exercises[0].notes) == ("", "")
    assert [done.notes for done in workout.exercises[0].sets] == ["", ""]


def test_a_workouts_note_stands_on_its_first_row_or_on_every():
    once = read_one(STRONG_A12, row("1", 80, 8, about="strong"), row("2", 80, 8))
    always = read_one(STRONG_A12, row("1", 80, 8, about="strong"), row("2", 80, 8, about="strong"))
    assert once.notes == always.notes == "strong"


def test_a_workouts_note_outlives_its_bad_row():
    [workout], [bad] = read(STRONG_A12, row("1", "x", 8, about="strong"), row("2", 80, 8))
    assert workout.notes == "strong"
    assert bad.why == "“x” is not a number."


def test_notes_of_several_lines_and_the_lines_after_them():
    [workout], [bad] = read(
        STRONG_C13,
        '"12";"2024-03-05 18:01:09";"Push";"3900";"Bench";"1";"80";"8";"";"";"";"one',
        'two; ""three""";"all',
        'of it"',
        '"12";"2024-03-05 18:01:09";"Push";"3900";"Bench";"2";"x";"8";"";"";"";"";""',
    )
    assert workout.exercises[0].sets[0].notes == 'one\ntwo; "three"'
    assert workout.notes == "all\nof it"
    assert (bad.line, bad.why) == (5, "“x” is not a number.")


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [("3,527h 3min", 3527 * 3600 + 180), ("1,004h", 1004 * 3600), ("35min", 2100), ("3900", 3900)],
)
def test_a_forgotten_timer_is_one_column_too_many(duration, seconds):
    workout = read_one(STRONG_A12, row("1", 80, 8, duration=duration, about="late", rpe="8"))
    assert workout.duration_seconds == seconds
    assert numbers(workout.exercises[0].sets[0]) == (80, 8, None, None)
    assert (workout.exercises[0].name, workout.notes) == (BENCH, "late")


def test_a_column_too_many_for_another_reason_is_told():
    workouts, [bad] = read(STRONG_A12, row("1", 80, 8) + ",more")
    assert not workouts
    assert bad.why == "This row has 13 cells, where the header has 12."


def test_two_workouts_of_a_name_and_a_day_stay_two():
    workouts, _ = read(
        STRONG_A12, row("1", 80, 8), row("1", 60, 8, at="2024-03-05 21:00:00"), row("2", 80, 8)
    )
    assert [len(one.exercises[0].sets) for one in workouts] == [2, 1]
    assert [one.key for one in workouts] == [
        "strong|2024-03-05 18:01:09|Push",
        "strong|2024-03-05 21:00:00|Push",
    ]


def test_two_workouts_of_a_name_and_a_moment_get_keys_of_their_own():
    rows = [
        f'"{number}";"2024-03-05 18:01:09";"Push";"60";"Bench";"1";"80";"8";"";"";"";"";""'
        for number in (12, 13, 14)
    ]
    workouts, _ = read(STRONG_C13, *rows)
    assert [one.key.removeprefix("strong|2024-03-05 18:01:09|") for one in workouts] == [
        "Push",
        "Push|2",
        "Push|3",
    ]


def test_a_key_is_never_given_twice():
    rows = [
        f'"{number}";"2024-03-05 18:01:09";"{title}";"60";"Bench";"1";"80";"8";"";"";"";"";""'
        for number, title in ((12, "Push|2"), (13, "Push"), (14, "Push"))
    ]
    workouts, _ = read(STRONG_C13, *rows)
    assert len({one.key for one in workouts}) == 3


def test_equal_rows_are_as_many_sets():
    workout = read_one(STRONG_A12, row("1", 80, 8), row("1", 80, 8), row("1", 80, 8))
    [entry] = workout.exercises
    assert len(entry.sets) == 3


def test_the_same_exercise_twice_in_a_workout_stays_two_entries():
    workout = read_one(
        STRONG_A12,
        row("1", 80, 8),
        row("1", 20, 12, exercise="Fly"),
        row("1", 60, 15),
        row("2", 60, 15),
        row("1", 40, 20),
    )
    assert [(one.name, len(one.sets)) for one in workout.exercises] == [
        (BENCH, 1),
        ("Fly", 1),
        (BENCH, 2),
        (BENCH, 1),
    ]


def test_a_zero_means_nothing_where_the_exercise_has_no_such_number():
    workout = read_one(
        STRONG_A12,
        row("1", 80, 8),
        row("1", 0, 0, 0, "60.0", exercise="Plank"),
        row("1", 0, 12, exercise="Push Up"),
        row("1", 0, 0, "5.2", "1800.0", exercise="Running"),
    )
    assert [numbers(one.sets[0]) for one in workout.exercises] == [
        (80, 8, None, None),
        (None, None, 60, None),
        (None, 12, None, None),
        (None, None, 1800, Decimal("5.2")),
    ]


def test_a_zero_is_meant_where_other_sets_have_such_a_number():
    workouts, _ = read(
        STRONG_A12,
        row("1", 0, 10, exercise="Pull Up"),
        row("1", 100, 0),
        row("1", 10, 8, exercise="Pull Up", at="2025-01-01 08:00:00"),
        row("1", 100, 1, at="2025-01-01 08:00:00"),
    )
    pull_up, bench = workouts[0].exercises
    assert numbers(pull_up.sets[0]) == (0, 10, None, None)
    assert numbers(bench.sets[0]) == (100, 0, None, None)


def test_rest_rows_do_not_make_an_exercise_a_timed_one():
    workout = read_one(
        STRONG_A12, row("1", 80, 8), row("Rest Timer", seconds="120.0"), row("2", 80, 8)
    )
    assert [numbers(one) for one in workout.exercises[0].sets] == [(80, 8, None, None)] * 2


def test_one_slip_does_not_decide_for_all_sets():
    rows = [row(str(number), 0, 0, 0, "60.0", exercise="Plank") for number in range(1, 40)]
    workout = read_one(STRONG_A12, *rows, row("40", 0, 1, 0, "60.0", exercise="Plank"))
    sets = workout.exercises[0].sets
    assert [one.reps for one in sets] == [None] * 39 + [1]


def test_a_set_of_zeros_only_is_no_reps():
    assert numbers(read_one(STRONG_A12, row("1")).exercises[0].sets[0]) == (None, 0, None, None)


def test_a_zero_is_a_zero_where_the_file_has_units():
    workout = read_one(
        STRONG_B14,
        '2024-03-05 18:01:09;"Push";"Push Up";1;0;kg;8;;;;0;"";"";65m',
        '2024-03-05 18:01:09;"Push";"Bench";1;100;kg;0;;;;0;"";"";65m',
    )
    assert [numbers(one.sets[0]) for one in workout.exercises] == [
        (0, 8, None, None),
        (100, 0, None, None),
    ]


def test_units_per_row():
    workout = read_one(
        STRONG_B14,
        '2024-03-05 18:01:09;"Push";"Bench";1;80,5;kg;8;;;;0;"";"";65m',
        '2024-03-05 18:01:09;"Push";"Bench";2;185;lbs;8;;;;0;"";"";65m',
        '2024-03-05 18:01:09;"Push";"Running";1;;;;;3.1;mi;1800;"";"";65m',
        '2024-03-05 18:01:09;"Push";"Rowing";1;;;;;500;meters;120;"";"";65m',
        '2024-03-05 18:01:09;"Push";"Cycling";1;;;;;20;km;;"";"";65m',
    )
    sets = [done for one in workout.exercises for done in one.sets]
    assert [(done.weight, done.weight_unit) for done in sets[:3]] == [
        (Decimal("80.5"), "kg"),
        (185, "lb"),
        (None, ""),
    ]
    assert [(done.distance, done.distance_unit) for done in sets[2:]] == [
        (Decimal("3.1"), "mi"),
        (500, "m"),
        (20, "km"),
    ]
    assert sets[4].duration_seconds is None


def test_a_unit_in_the_header():
    workout = read_one(
        STRONG_A12.replace("Weight", "Weight (lbs)").replace("Distance", "Distance (km)"),
        row("1", 135, 8),
        row("1", 0, 0, 5, 1800, exercise="Running"),
    )
    bench, run = (one.sets[0] for one in workout.exercises)
    assert (bench.weight_unit, run.distance_unit) == ("lb", "km")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (row("X", 80, 8), "“X” is no kind of set known here."),
        (row("9" * 5000, 80, 8), f"“{'9' * 39}…” is no kind of set known here."),
        (row("1", 80, "8.5"), "“8.5” is not a whole number."),
        (row("1", 80, -8), "“-8” is below zero."),
        (row("1", 12345, 8), "A weight of 12345 is more than can be logged."),
        (row("1", 80, 8, rpe="11"), "RPE “11” is not between 1 and 10."),
        (row("1", 80, 8, exercise=""), "This row names no exercise."),
        (row("1", 80, 8, at="yesterday"), "“yesterday” is not a date."),
        (row("1", 80, "", "", ""), "This row has neither reps nor a time nor a distance."),
        ('2024-03-05 18:01:09,"Push"', "This row names no exercise."),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_the_rest_is_read(line, why):
    [workout], [bad] = read(STRONG_A12, row("1", 80, 8), line, row("2", 80, 8))
    assert (bad.line, bad.why) == (3, why)
    assert bad.text == line[:200]
    assert [done.line for done in workout.exercises[0].sets] == [2, 4]
    assert workout.rows == 2


def test_asks_for_the_unit_where_the_file_does_not_say_it():
    facts = facts_of(STRONG_A12, row("1", 80, 8))
    assert (facts["asks_unit"], facts["asks_zone"]) == (True, True)
    for header, line in (
        (STRONG_A12, row("1", 0, 0, 0, 60)),
        (STRONG_B14, '2024-03-05 18:01:09;"Push";"Bench";1;80;kg;8;;;;0;"";"";65m'),
        (STRONG_C13, '"1";"2024-03-05 18:01:09";"Push";"1";"B";"1";"80";"8";"";"";"";"";""'),
    ):
        assert not facts_of(header, line)["asks_unit"]


@pytest.mark.parametrize(
    ("header", "weights", "unit", "reason"),
    [
        (STRONG_A12, [45, 95, 135, 185, 225], "lb", "as with plates of 45 pounds"),
        (STRONG_A12, [62.5, 82.5, 100, 101.25], "kg", "as with plates of 1.25 kg"),
        (STRONG_A12, [20, 60, 80, 100], "kg", "more like kilograms"),
        (STRONG_FRENCH, [45, 95, 135, 185, 225], "kg", "The file is in French."),
        (STRONG_GERMAN, [45, 95, 135, 185, 225], "kg", "The file is in German."),
    ],
)
def test_guesses_the_unit_with_a_reason(header, weights, unit, reason):
    facts = facts_of(header, *(row("1", weight, 8) for weight in weights))
    assert facts["unit_guess"][0] == unit
    assert reason in facts["unit_reason"]


def test_guesses_the_unit_of_distances():
    def guess(distance, weight=60):
        run = row("1", 0, 0, distance, 1800, exercise="Running")
        return facts_of(STRONG_A12, run, *[row("1", weight, 8)] * 3)["distance_unit_guess"][0]

    assert (guess("5.2"), guess("5.2", 225), guess(5000)) == ("km", "mi", "m")


def in_kg(*weights):
    return [
        f'"1";"2024-03-05 18:01:09";"Push";"1";"B";"1";"{weight}";"8";"";"";"";"";""'
        for weight in weights
    ]


def test_proposes_pounds_where_most_kilograms_are_quarter_pounds():
    pounds = [Decimal(one) * Decimal("0.45359237") for one in ("135", "142.5", "185", "95.25")]
    facts = facts_of(STRONG_C13, *in_kg(*(round(one, 9) for one in pounds), 80, ""))
    assert facts["round_to_quarter_lb"]
    assert facts["asks_unit"]
    assert (facts["quarter_lb_weights"], facts["weights"]) == (4, 5)
    assert facts["unit_guess"][0] == "lb"
    assert "4 of 5 weights are pounds" in facts["unit_reason"]


def test_proposes_no_pounds_for_kilograms():
    weights = [20 + Decimal("1.25") * one for one in range(100)]
    facts = facts_of(STRONG_C13, *in_kg(*weights, "65.181223569"))
    assert not facts["round_to_quarter_lb"]
    assert not facts["asks_unit"]


def test_weights_in_kg_stay_as_they_are_written():
    workout = read_one(STRONG_C13, *in_kg("65.181223569"))
    done = workout.exercises[0].sets[0]
    assert (done.weight, done.weight_unit) == (Decimal("65.181223569"), "kg")
