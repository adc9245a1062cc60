"""Finding out what a file is, refusing what is none, and going on after what is broken."""

import csv
import io
import tracemalloc
import zipfile
from datetime import date, timedelta

import pytest

from training.importing import table
from training.importing.parsed import BadLine, Refused
from training.importing.reading import FORMATS, open_file
from training.tests.importing.reading_of import (
    FITNOTES,
    FITNOTES_IOS,
    FITNOTES_OLD,
    HEVY,
    LIFTOSAUR,
    STRONG_A10,
    STRONG_A11,
    STRONG_A12,
    STRONG_B14,
    STRONG_C13,
    STRONG_FRENCH,
    STRONG_GERMAN,
    STRONGLIFTS,
    file_of,
    read,
    read_one,
    sorted_out,
)

GOOD = '2024-03-05 18:01:09,"Push",1h,"Bench",1,80,8,0,0,"","",'
OTHER = '2024-03-06 18:01:09,"Pull",1h,"Row",1,60,8,0,0,"","",'


@pytest.mark.parametrize(
    ("header", "key", "label"),
    [
        *((one, "hevy", "Hevy") for one in (HEVY, HEVY.replace("kg", "lbs"))),
        *(
            (one, "strong", "Strong")
            for one in (
                STRONG_A10,
                STRONG_A11,
                STRONG_A12,
                STRONG_B14,
                STRONG_C13,
                STRONG_FRENCH,
                STRONG_GERMAN,
            )
        ),
        *((one, "fitnotes", "FitNotes") for one in (FITNOTES, FITNOTES_OLD, FITNOTES_IOS)),
        (STRONGLIFTS, "stronglifts", "StrongLifts"),
        (STRONGLIFTS.replace("KG", "LB"), "stronglifts", "StrongLifts"),
        (LIFTOSAUR, "liftosaur", "Liftosaur"),
    ],
)
@pytest.mark.parametrize("change", [str, str.upper, lambda text: f"\ufeff{text}"])
def test_recognises_every_shape(header, key, label, change):
    source = open_file(file_of(change(header), "x"))
    assert (source.format, source.label, source.rows_total) == (key, label, 1)


def test_spaces_around_the_names_of_columns_are_none():
    assert read_one(STRONG_A12.replace(",", " , "), GOOD).title == "Push"


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("exercise_title,set_type,workout #,set order,start_time", "hevy"),
        ("workout #,set order,date,workout name,exercise name,category,weight unit", "strong"),
        ("workout datetime,exercise,completed reps,category,weight unit,date", "liftosaur"),
        ("kind,weight (lbs),date,exercise,set 1 (reps)", "fitnotes"),
        ("category,weight (kgs),date,exercise,set 1 (reps)", "fitnotes"),
        ("set 1 (reps),date,exercise,workout_id,entry_id,set_id", "stronglifts"),
        ("workout_id,entry_id,set_id,started_at,exercise", "workoutlog"),
    ],
)
def test_of_two_shapes_in_a_header_the_first_counts(header, key):
    assert open_file(file_of(header, "x")).format == key


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_the_most_frequent_of_the_first_line(delimiter):
    header = STRONG_A12.replace(",", delimiter)
    assert read_one(header, GOOD.replace(",", delimiter)).title == "Push"


def test_a_line_above_the_header_that_tells_the_delimiter():
    assert read_one("sep=;", STRONG_A12.replace(",", ";"), GOOD.replace(",", ";")).line == 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(encoding):
    text = file_of(STRONG_FRENCH, GOOD.replace("Bench", "Développé couché")).decode()
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    [workout], _ = sorted_out(open_file((mark + text).encode(encoding)))
    assert workout.exercises[0].name == "Développé couché"


def test_a_file_cut_off_within_a_letter_is_still_utf_8():
    content = file_of(STRONG_A12, GOOD.replace("Bench", "Klimmzüge"), OTHER + "ü")
    [workout], [bad] = sorted_out(open_file(content[:-2]))
    assert workout.exercises[0].name == "Klimmzüge"
    assert bad.line == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines(end):
    content = file_of(STRONG_A12, GOOD, "x", OTHER).replace(b"\n", end.encode())
    workouts, [bad] = sorted_out(open_file(content))
    assert [one.line for one in workouts] == [2, 4]
    assert bad.line == 3


def a_zip():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("strong.csv", STRONG_A12)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "This file is empty."),
        (b"\n \n", "This file is empty."),
        (a_zip(), "This is a zip archive or a spreadsheet, not a CSV file."),
        (b"\x1f\x8b\x08rest", "This is a compressed file, not a CSV file."),
        (b"%PDF-1.7", "This is a PDF, not a CSV file."),
        (b"\x89PNG\r\n", "This is a picture, not a CSV file."),
        (b"\xff\xd8\xff\xe0", "This is a picture, not a CSV file."),
        (b"SQLite format 3\0", "This is a database, not a CSV file."),
        (b"Date,\0\1\2", "This is not a text file"),
        ("\ufeffDate,\0".encode("utf-16-le"), "This is not a text file"),
        (b"Date" * 3_000_000, "This file is larger than 10 MB"),
        (b"x" * 1_100_000, "Line 1 of this file does not end"),
        (file_of(STRONG_A12, GOOD, "x" * 1_100_000), "Line 3 of this file does not end"),
        (file_of(STRONG_A12, GOOD, '"' + "x" * 100_001 + '"'), "The row that begins on line 3"),
        (file_of(STRONG_A12, GOOD, '"' + "x" * 200_000), "The row that begins on line 3"),
        (file_of(STRONG_A12, GOOD, '"' + "x\n" * 60_000), "The row that begins on line 3"),
        (file_of(STRONG_A12, GOOD, '"' + "x\n" * 60_000 + '"'), "The row that begins on line 3"),
        (file_of(STRONG_A12), "This is an export of Strong without any sets."),
        (b'"Date', "This file does not begin with the header of a CSV file."),
        (b'{"workouts": []}', "This is a JSON file, but not an export of ours."),
        (
            b"name,price\nx,1",
            "The columns of this file are not known here: name, price. Exports of these apps can be"
            " read: Hevy, Strong, Liftosaur, FitNotes, StrongLifts,",
        ),
        (
            b"Set Order,Weight\n1,2",
            "This looks like an export of Strong, but lacks “date”, “workout name”, “exercise"
            " name”.",
        ),
        (file_of(STRONG_A12, *['""x\n'] * 3, *['"\nx"x'] * 501), "More than 500 rows"),
    ],
)
def test_refuses_at_once_what_cannot_be_imported(content, why):
    with pytest.raises(Refused) as refused:
        open_file(content)
    assert str(refused.value).startswith(why)


@pytest.mark.parametrize("start", [b"workout_id", b"\xef\xbb\xbfworkout_id", b'"workout_id"'])
def test_a_csv_of_ours_may_be_larger(start):
    table.check(start + b"," * 11_000_000)
    with pytest.raises(Refused, match="50 MB"):
        table.check(start + b"," * 53_000_000)
    with pytest.raises(Refused, match="10 MB"):
        table.check(b"Date,workout_id" + b"," * 11_000_000)


def test_a_header_that_is_not_known_is_shown_cut_short_and_printable():
    with pytest.raises(Refused, match="known here: a\\?b, x") as refused:
        open_file(("a?b," + "x" * 5_000 + "\x1b[1m\n1").encode())
    assert len(str(refused.value)) < 500


def test_the_most_rows():
    header, line = "Date,Workout Name,Exercise Name,Set Order,Reps", "2024-03-05,P,B,1,8"
    assert open_file(file_of(header, *[line] * 200_000)).rows_total == 200_000
    with pytest.raises(Refused, match="more than 200,000 rows"):
        open_file(file_of(header, *[line] * 200_001))


def test_reading_leaves_the_limits_of_others_alone():
    before = csv.field_size_limit()
    read(STRONG_A12, GOOD)
    assert csv.field_size_limit() == before


def test_a_quotation_mark_without_its_partner_costs_one_row():
    workouts, bad = read(STRONG_A12, GOOD, GOOD.replace('"Bench"', '"Bench'), OTHER, GOOD, OTHER)
    assert [(one.line, one.why) for one in bad] == [
        (3, "A quotation mark in this row lacks its partner.")
    ]
    assert bad[0].text == GOOD.replace('"Bench"', '"Bench')
    assert [(one.title, one.rows) for one in workouts] == [("Push", 2), ("Pull", 2)]


def test_a_last_row_that_breaks_off_is_not_half_a_set():
    content = file_of(STRONG_A12, GOOD, OTHER)
    cut = content[: content.index(b"60,8") + 1]
    [workout], [bad] = sorted_out(open_file(cut))
    assert workout.title == "Push"
    assert (bad.line, bad.why) == (3, "The file ends in the middle of this row.")


def test_cells_at_the_end_that_a_spreadsheet_left_out():
    workout = read_one(STRONG_A12, '2024-03-05 18:01:09,"Push",1h,"Bench",1,80,8', GOOD + ",,")
    assert workout.rows == 2


def test_empty_rows_are_no_rows():
    source = open_file(file_of(STRONG_A12, "", GOOD, ",,,,,,,,,,,", "", OTHER))
    workouts, bad = sorted_out(source)
    assert source.rows_total == 2
    assert [one.line for one in workouts] == [3, 6]
    assert not bad


def test_rows_of_a_workout_that_stand_apart_are_one_workout():
    workouts, _ = read(STRONG_A12, GOOD, OTHER, GOOD, OTHER, OTHER)
    assert [(one.title, one.rows, one.line) for one in workouts] == [
        ("Push", 2, 2),
        ("Pull", 3, 3),
    ]


def test_workouts_come_while_the_file_is_being_read():
    rows = [GOOD.replace("05 18", f"{day:02} 18") for day in range(1, 31)]
    seen = []
    source = open_file(file_of(STRONG_A12, *[row for row in rows for _ in range(100)]))
    for workout in source.workouts(lambda number: seen.append(number)):
        assert workout.rows == 100
        if workout.start.day == 15:
            assert seen == [500, 1000, 1500]
    assert seen[-1] == source.rows_total == 3_000


def test_memory_does_not_grow_with_the_file():
    days = [date(2010, 1, 1) + timedelta(days=day) for day in range(1_400)]
    lines = [f"{day} 18:01:09,P,1h,B,1,80,8,0,0,,," for day in days for _ in range(18)]
    content = file_of(STRONG_A12, *lines)
    tracemalloc.start()
    try:
        for _ in open_file(content).workouts():
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(lines) > 25_000
    assert peak < 10_000_000


def test_a_file_can_be_read_again():
    source = open_file(file_of(STRONG_A12, GOOD, "x", OTHER))
    assert list(source.workouts()) == list(source.workouts())


def test_a_longer_export_has_the_same_keys():
    short, _ = read(STRONG_A12, GOOD)
    long, _ = read(STRONG_A12, OTHER, GOOD)
    assert short[0].key == long[1].key


def test_a_bad_line_is_cut_short():
    assert len(BadLine(1, "x" * 500, "").text) == 200


def test_every_format_has_a_key_and_a_label_of_its_own():
    assert len({one.key for one in FORMATS}) == len({one.label for one in FORMATS}) == len(FORMATS)
