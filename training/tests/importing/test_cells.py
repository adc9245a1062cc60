"""What one cell of a file says."""

from decimal import Decimal

import pytest

from training.importing.cells import (
    Unreadable,
    distance_in,
    duration,
    number,
    rpe,
    seconds,
    weight_unit,
    whole,
)


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("80.0", False, "80.0"),
        ("80,0", True, "80.0"),
        ("80,5", False, "80.5"),
        ("65.181223569", True, "65.181223569"),
        (" 80 ", False, "80"),
        ("1,234", False, "1234"),
        ("1,234", True, "1.234"),
        ("1,234.5", False, "1234.5"),
        ("1.234,5", False, "1234.5"),
        ("1.234", True, "1.234"),
        ("1.234.567", True, "1234567"),
        ("1 234,5", False, "1234.5"),
        ("1\u202f234,5", True, "1234.5"),
        ("1\u2009234", False, "1234"),
        ("1'234.5", False, "1234.5"),
        (".5", False, "0.5"),
        (",5", True, "0.5"),
        ("5.", False, "5"),
        ("-0.0", False, "0"),
        ("007", False, "7"),
    ],
)
def test_reads_numbers_as_they_are_written(text, comma, value):
    assert number(text, comma) == Decimal(value)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", " " * 100])
def test_empty_cells_are_no_numbers(text):
    assert number(text) is whole(text) is seconds(text) is rpe(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("abc", "“abc” is not a number."),
        ("1e5", "“1e5” is not a number."),
        ("nan", "“nan” is not a number."),
        ("12 5", "“12 5” is not a number."),
        ("٣", "“٣” is not a number."),
        (".", "“.” is not a number."),
        ("-5", "“-5” is below zero."),
        ("9" * 12, "“999999999999” is too large a number."),
        ("9" * 70, f"“{'9' * 39}…” is not a number."),
    ],
)
def test_says_why_a_number_cannot_be_read(text, why):
    with pytest.raises(Unreadable, match=f"^{why.replace('.', '[.]')}$"):
        number(text)


def test_reps_are_whole():
    assert whole("8.0") == 8
    with pytest.raises(Unreadable, match=r"“8\.5” is not a whole number"):
        whole("8.5")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.0", 0),
        ("120.0", 120),
        ("45.5", 46),
        ("1:30", 90),
        ("90:00", 5400),
        ("0:01:30", 90),
        ("1:02:03", 3723),
    ],
)
def test_reads_times(text, value):
    assert seconds(text) == value


def test_says_why_a_time_cannot_be_read():
    with pytest.raises(Unreadable, match="“1:2:3:4” is not a time"):
        seconds("1:2:3:4")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1h 5m", 3900),
        ("65m", 3900),
        ("3900", 3900),
        ("35min", 2100),
        ("1h 5min", 3900),
        ("1 h 5 min", 3900),
        ("1 Std. 5 Min.", 3900),
        ("2h", 7200),
        ("45s", 45),
        ("1h 5m 10s", 3910),
        ("1:05:00", 3900),
        ("3,527h 3min", 3527 * 3600 + 180),
        ("3\u202f527h", 3527 * 3600),
        ("", None),
        ("long", None),
        ("1h 5x", None),
    ],
)
def test_reads_how_long_a_workout_took(text, value):
    assert duration(text) == value


def test_half_steps_of_rpe():
    assert rpe("8.5") == Decimal("8.5")
    assert rpe("0") is None
    with pytest.raises(Unreadable, match="RPE “11” is not between 1 and 10"):
        rpe("11")


@pytest.mark.parametrize(
    ("text", "unit"), [("kgs", "kg"), ("KG", "kg"), (" lbs ", "lb"), ("lb", "lb"), ("", "")]
)
def test_units_of_weight(text, unit):
    assert weight_unit(text) == unit


def test_unknown_units_are_told():
    with pytest.raises(Unreadable, match="“stone” is no unit of weight"):
        weight_unit("stone")
    with pytest.raises(Unreadable, match="“laps” is no unit of distance"):
        distance_in(Decimal(1), "laps")


@pytest.mark.parametrize(
    ("unit", "distance"),
    [
        ("km", ("5.2", "km")),
        ("mi.", ("5.2", "mi")),
        ("meters", ("5.2", "m")),
        ("ft", ("1.58496", "m")),
        ("", ("5.2", "")),
    ],
)
def test_units_of_distance(unit, distance):
    value, name = distance
    assert distance_in(Decimal("5.2"), unit) == (Decimal(value), name)
