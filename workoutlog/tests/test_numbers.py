"""Numbers are read and written as lifters write them, and nothing is lost on the way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workoutlog.numbers import (
    decimal_mark,
    format_duration,
    format_number,
    format_total,
    parse_duration,
    parse_number,
)

weights = st.decimals(0, 9999, allow_nan=False, places=9) | st.integers(0, 9999).map(Decimal)


@pytest.fixture(params=[".", ","], ids=["point", "comma"])
def mark(request):
    token = decimal_mark.set(request.param)
    yield request.param
    decimal_mark.reset(token)


@pytest.mark.parametrize("mark", [".", ","], ids=["point", "comma"])
@given(number=weights)
def test_a_number_written_is_read_as_it_was(mark, number):
    token = decimal_mark.set(mark)
    try:
        text = format_number(number)
    finally:
        decimal_mark.reset(token)
    assert parse_number(text) == number
    assert not text.endswith((".", ","))
    assert len(text) == 1 or not text.rstrip("0").endswith((".", ","))


@given(seconds=st.integers(0, 100 * 60 * 60 - 1))
def test_a_time_written_is_read_as_it_was(seconds):
    assert parse_duration(format_duration(seconds)) == seconds


@given(text=st.text())
def test_a_number_is_read_or_refused(text):
    try:
        number = parse_number(text)
    except ValueError:
        return
    assert number.is_finite()
    assert number >= 0


@given(text=st.text(st.sampled_from("0123456789: .-+,ab٣")))
def test_a_time_is_read_or_refused(text):
    try:
        seconds = parse_duration(text)
    except ValueError:
        return
    assert seconds >= 0


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("82.5", "82.5"),
        ("82,5", "82.5"),
        (" 82.5 ", "82.5"),
        ("1 000", "1000"),
        ("\u00a01\u202f000,5", "1000.5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
    ],
)
def test_reads_numbers_as_lifters_type_them(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-1",
        "−1",
        "1e5",
        "NaN",
        "inf",
        "1,000.5",
        "1.2.3",
        ".",
        "+",
        "٨٢",
        "8２",
        "½",
        "1_0",
    ],
)
def test_refuses_what_is_no_number(text):
    with pytest.raises(ValueError, match="not a number"):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (100, "100"),
        (Decimal("102.50"), "102#5"),
        (Decimal("0E+3"), "0"),
        (Decimal("1E+2"), "100"),
        (Decimal("82.500000000"), "82#5"),
        (2.5, "2#5"),
    ],
)
def test_writes_no_trailing_zeros(mark, value, text):
    assert format_number(value) == text.replace("#", mark)


def test_rounds_to_the_places_asked_for(mark):
    assert format_number(Decimal("3.10685596"), places=3) == f"3{mark}107"
    assert format_number(Decimal("5.0001"), places=3) == "5"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (None, "0"), (999.5, "1000"), (3240.4, "3#240"), (1e6, "1#000#000")],
)
def test_groups_the_thousands_of_a_sum(mark, value, text):
    text = "1#000" if text == "1000" else text
    assert format_total(value) == text.replace("#", "," if mark == "." else ".")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("1:30", 90), (" 0:05 ", 5), ("1:02:03", 3723), ("90:00", 5400)],
)
def test_reads_times(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", ":", "1:", ":30", "1:60", "1:2:60", "-1", "1.5", "٣", "1:2:3:4"]
)
def test_refuses_what_is_no_time(text):
    with pytest.raises(ValueError, match=r"not a time|invalid literal"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (0, "0:00"), (59, "0:59"), (90, "1:30"), (3723, "1:02:03")]
)
def test_writes_times(seconds, text):
    assert format_duration(seconds) == text
