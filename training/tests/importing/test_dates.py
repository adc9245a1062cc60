"""Days and times in the languages and orders of apps."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.importing.cells import Unreadable
from training.importing.dates import MONTHS, Dates

AT_SIX = datetime(2024, 3, 5, 18, 1)


def read(text, *others):
    dates = Dates()
    for one in (text, *others):
        dates.look(one)
    return dates.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05 18:01",
        "2024-03-05T18:01:00",
        "2024/03/05 18:01",
        "5 Mar 2024, 18:01",
        "Mar 5, 2024, 6:01 PM",
        "Mar 5, 2024, 6:01\u202fPM",
        "Tuesday, March 5th 2024 18:01:00",
        "5 mar 2024, 18:01",
        "5 de marzo de 2024, 6:01 p. m.",
        "5 de mar. de 2024, 18:01",
        "5 mars 2024, 18:01",
        "mar. 5 mars 2024 à 18h01",
        "5. März 2024 um 18:01 Uhr",
        "5 Mär. 2024, 18:01",
        "5 mrt. 2024, 18:01",
        "5 marca 2024, 18:01",
        "5 Mart 2024, 18:01",
        "5 Mar 2024, 6:01 ÖS",
        "5 мар. 2024 г., 18:01",
        "5 марта 2024, 18:01",
        "5 3月 2024, 18:01",
        "5 三月 2024, 18:01",
        "2024年3月5日 18:01",
        "2024年3月5日 下午6:01",
        "2024年3月5日 18时01分",
        "2024年3月5日 午後6:01",
        "2024년 3월 5일 오후 6:01",
        "5 3월 2024, 18:01",
        "5 mar 2024, 18.01",
    ],
)
def test_the_same_moment_in_every_language(text):
    assert read(text) == (AT_SIX, True)


def test_noon_and_midnight_of_a_clock_of_twelve_hours():
    assert read("May 15, 2026, 12:26 PM")[0].hour == 12
    assert read("May 15, 2026, 12:26 AM")[0].hour == 0
    assert read("5 de mayo de 2026 a las 12:30")[0].hour == 12
    assert read("2024年3月5日 中午12:30")[0].hour == 12


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("22 Dec 2025, 08:00", 12),
        ("May 15, 2026, 7:26 PM", 5),
        ("5 Mai 2026", 5),
        ("3 févr. 2026", 2),
        ("28 jan 2026", 1),
        ("15 août 2024, 08:00", 8),
        ("15 juin 2024, 08:00", 6),
        ("15 juil. 2024, 08:00", 7),
        ("15 dic 2024, 08:00", 12),
        ("15 Ağu 2024, 08:00", 8),
        ("15 Kasım 2024, 08:00", 11),
        ("15 EKİM 2024, 08:00", 10),
        ("15 paź 2024, 08:00", 10),
        ("15 giu 2024, 08:00", 6),
        ("15 мая 2024, 08:00", 5),
        ("15 十二月 2024, 08:00", 12),
    ],
)
def test_months_by_their_names(text, month):
    assert read(text)[0].month == month


MONTH_NAMES = [line.split() for line in MONTHS.split("\n")[1:-1]]


@given(
    day=st.dates(datetime(1980, 1, 1).date(), datetime(2100, 1, 1).date()),
    names=st.sampled_from(MONTH_NAMES),
    spelling=st.integers(0, 3),
    change=st.sampled_from([str, str.upper, str.title]),
    dot=st.sampled_from(["", "."]),
)
def test_every_spelling_of_every_month_is_that_month(day, names, spelling, change, dot):
    spellings = names[day.month - 1].split("/")
    name = change(spellings[spelling % len(spellings)])
    moment = datetime(day.year, day.month, day.day, 7, 30)
    assert read(f"{day.day} {name}{dot} {day.year}, 07:30") == (moment, True)
    assert read(f"{name}{dot} {day.day}, {day.year}, 7:30 AM") == (moment, True)


def test_a_day_without_a_clock_is_noon():
    assert read("2024-03-05") == (datetime(2024, 3, 5, 12), False)
    assert read("5 Mar 2024") == (datetime(2024, 3, 5, 12), False)


def test_an_instant_keeps_its_zone():
    moment, _ = read("2026-03-01T10:00:00.000Z")
    assert moment == datetime(2026, 3, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "others", "month"),
    [
        ("05/03/2024", ["13/03/2024"], 3),
        ("05/03/2024", ["03/13/2024"], 5),
        ("05.03.24", ["25.03.24"], 3),
        ("05/03/2024 18:01", ["12/31/2024 18:01"], 5),
    ],
)
def test_a_date_that_can_be_only_one_decides_the_order(text, others, month):
    assert read(text, *others)[0].month == month


@given(
    start=st.dates(datetime(1990, 1, 1).date(), datetime(2050, 1, 1).date()),
    form=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%m-%d-%y"]),
    back=st.booleans(),
)
def test_the_order_of_the_file_decides_where_no_date_does(start, form, back):
    days = [start + timedelta(days=one) for one in range(0, 400, 3)]
    days = [day for day in days if day.day <= 12]
    if back:
        days.reverse()
    dates = Dates()
    for day in days:
        dates.look(day.strftime(form))
    assert [dates.read(day.strftime(form))[0].date() for day in days] == days


def test_a_date_against_the_order_of_its_file_is_told():
    dates = Dates()
    for text in ("13/03/2024", "14/03/2024", "03/15/2024"):
        dates.look(text)
    with pytest.raises(Unreadable, match="“03/15/2024” is no date in a file with the day before"):
        dates.read("03/15/2024")


@pytest.mark.parametrize(
    "text",
    ["yesterday", "2024-13-05", "31 Feb 2024", "5 Foo 2024", "5 Mar", "2024-03-05 25:00", "0/0/0"],
)
def test_says_what_is_no_date(text):
    with pytest.raises(Unreadable, match=f"“{text}” is not a date"):
        read(text)


def test_an_endless_date_is_none():
    with pytest.raises(Unreadable, match=r"“1{39}…” is not a date"):
        read("1" * 99_000)


def test_says_that_a_date_is_missing():
    with pytest.raises(Unreadable, match="This row has no date"):
        read(" ")
