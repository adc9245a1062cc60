"""What each app writes of random workouts is read as those workouts; broken files break nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from training.importing.parsed import Refused
from training.importing.reading import open_file
from training.tests.importing import generated
from training.tests.importing import reading_of as shapes
from training.tests.importing.reading_of import sorted_out


def without_lines(workouts):
    for workout in workouts:
        workout.line = 0
        for entry in workout.exercises:
            for done in entry.sets:
                done.line = 0
    return workouts


def assert_reads(content, workouts):
    source = open_file(content)
    read, bad = sorted_out(source)
    assert not bad
    assert without_lines(read) == workouts
    assert source.rows_total == sum(workout.rows for workout in workouts)


@pytest.mark.parametrize("name", generated.STRONG)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_strong(name, data):
    variant = generated.STRONG[name]
    workouts = data.draw(generated.histories(variant, "strong"))
    assert_reads(generated.strong_file(workouts, variant), workouts)


@pytest.mark.parametrize("name", generated.HEVY)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_hevy(name, data):
    variant = generated.HEVY[name]
    workouts = data.draw(generated.histories(variant, "hevy"))
    assert_reads(generated.hevy_file(workouts, variant), workouts)


@pytest.mark.parametrize("name", generated.FITNOTES)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_fitnotes(name, data):
    variant = generated.FITNOTES[name]
    workouts = data.draw(generated.histories(variant, "fitnotes"))
    assert_reads(generated.fitnotes_file(workouts, variant), workouts)


@pytest.mark.parametrize("name", generated.STRONGLIFTS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_stronglifts(name, data):
    variant = generated.STRONGLIFTS[name]
    workouts = data.draw(generated.histories(variant, "stronglifts", "ab", most=3))
    assert_reads(generated.stronglifts_file(workouts, variant), workouts)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_liftosaur(data):
    variant = generated.LIFTOSAUR["Liftosaur"]
    workouts = data.draw(generated.histories(variant, "liftosaur", "ab"))
    assert_reads(generated.liftosaur_file(workouts, variant), workouts)


WHOLE = {
    "strong": shapes.file_of(
        shapes.STRONG_A12,
        '2024-03-05 18:01:09,"Push",1h 5m,"Bench Press (Barbell)",1,80.0,8.0,0,0.0,"","strong",',
        '2024-03-05 18:01:09,"Push",1h 5m,"Bench Press (Barbell)",Rest Timer,0,0.0,0,120.0,,,',
        '2024-03-05 18:01:09,"Push",1h 5m,"Plank",W,0,0.0,0,60.0,"two\nlines","strong",8.5',
        '2024-03-07 18:01:09,"Pull",3,527h 3min,"Row",1,60.0,8.0,0,0.0,"","",',
        '2024-03-07 18:01:09,"Pull",3,527h 3min,"Row",Note,0,0.0,0,0.0,"note","",',
    ),
    "strong C": shapes.file_of(
        shapes.STRONG_C13,
        '"12";"2024-03-05 18:01:09";"Push";"3900";"Bench";"W";"65.181223569";"8";"7.5";"";"";"";""',
        '"12";"2024-03-05 18:01:09";"Push";"3900";"Bench";"1";"80";"8";"7.5";"";"";"a\nb";""',
    ),
    "hevy": shapes.file_of(
        shapes.HEVY,
        '"Leg 🦵","5 Mar 2024, 18:01","5 Mar 2024, 19:10","","Squat",0,"",0,"warmup",60,5,,,',
        '"Leg 🦵","5 Mär 2024, 18:01","5 Mar 2024, 19:10","","Squat",0,"",1,"normal",60,5,,,8.5',
        '"Leg 🦵","5 3月 2024, 18:01","5 Mar 2024, 19:10","","Run",,"",0,"normal",,,5.2,1800,',
    ),
    "fitnotes": shapes.file_of(
        shapes.FITNOTES_OLD,
        "05/03/2024,Lat Pulldown,Back,35.0,10,,,",
        "13/03/2024,Run,Cardio,,,5.2,km,0:30:00",
    ),
    "stronglifts": shapes.file_of(
        "\ufeff" + shapes.STRONGLIFTS,
        '2024/03/05,1,"Workout A","5×5",83.5,"Squat",3×5,,5×60,70,15,900,900,1.0,6:01 PM,7:01 PM,'
        '"",5,60,5,60,0,60',
    ),
    "liftosaur": shapes.file_of(
        shapes.LIFTOSAUR,
        "2026-03-01T10:00:00.000Z,P,Day 1,Squat,0,5,5,1,,8.5,0,225,lb,225,lb,0,"
        "2026-03-01T10:05:00.000Z,Quads,,belt",
    ),
}


def assert_reads_or_refuses(content):
    """Nothing but Refused comes out, and every row is accounted for exactly once."""
    try:
        source = open_file(content)
    except Refused:
        return
    workouts, bad = sorted_out(source)
    assert sum(workout.rows for workout in workouts) + len(bad) == source.rows_total
    assert len({workout.key for workout in workouts}) == len(workouts)
    sets = [done for workout in workouts for one in workout.exercises for done in one.sets]
    if source.format != "stronglifts":
        lines = [done.line for done in sets] + [one.line for one in bad]
        assert len(set(lines)) == len(lines)
    for one in bad:
        assert one.why.endswith(".")
        assert one.text
    for done in sets:
        numbers = (done.weight, done.reps, done.duration_seconds, done.distance, done.rpe)
        assert all(number is None or number >= 0 for number in numbers)
        assert (done.reps, done.duration_seconds, done.distance) != (None, None, None)


@given(st.binary(max_size=2_000))
@settings(max_examples=300, deadline=None)
def test_random_bytes(content):
    assert_reads_or_refuses(content)


@given(st.sampled_from(list(WHOLE.values())), st.binary(max_size=2_000))
@settings(max_examples=300, deadline=None)
def test_random_bytes_below_a_header(whole, content):
    assert_reads_or_refuses(whole[: whole.index(b"\n") + 1] + content)


CELLS = st.sampled_from(
    [
        "", "0", "-1", "9" * 20, "9" * 5000, "1e9", "nan", "Infinity", "٣", "²", "1,5", "1.000,5",
        '"', '""', "\x00", "\x1b", "\u2028", "\x85", "\r", "\n", "🦵", "=1+1", "1:2:3:4",
        "99:99:99", "0001-01-01", "9999-12-31 23:59:59", "0001-01-01T00:00:00+14:00",
        "2024-02-30", "32/13/2024", "Rest Timer", "Note", "W", "kg", "sep=,", "1h 1m", "9999999h",
    ]
)  # fmt: skip


@given(
    st.sampled_from(list(WHOLE.values())),
    st.lists(st.tuples(st.integers(0, 1_000), CELLS, st.sampled_from(",;\t")), max_size=12),
)
@settings(max_examples=300, deadline=None)
def test_cells_of_all_kinds_in_any_place(whole, changes):
    header, _, rest = whole.decode().partition("\n")
    for place, cell, delimiter in changes:
        cells = rest.split(delimiter)
        cells[place % len(cells)] = cell
        rest = delimiter.join(cells)
    assert_reads_or_refuses(f"{header}\n{rest}".encode("utf-8", "replace"))


@given(
    st.sampled_from(list(WHOLE.values())),
    st.lists(
        st.tuples(st.integers(0, 2_000), st.integers(0, 200), st.binary(max_size=5)), max_size=6
    ),
    st.integers(0, 2_000),
    st.integers(1, 3),
)
@example(WHOLE["strong"], [], 200, 1)
@settings(max_examples=300, deadline=None)
def test_files_with_parts_missing_added_repeated_or_cut_off(whole, changes, end, times):
    content = whole + whole[whole.index(b"\n") + 1 :] * (times - 1)
    for at, length, put in changes:
        at %= len(content) + 1
        content = content[:at] + put + content[at + length :]
    assert_reads_or_refuses(content)
    assert_reads_or_refuses(content[: end % (len(content) + 1)])


@pytest.mark.parametrize("whole", WHOLE.values(), ids=WHOLE)
def test_files_cut_off_anywhere(whole):
    for end in range(len(whole)):
        assert_reads_or_refuses(whole[:end])
