"""Records: only what beats all before, and what it beat."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from training.log import load_log
from training.models import Measure, SetKind
from training.records import Bests, Effort, Kind, estimated_one_rep_max
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory


@pytest.mark.parametrize(
    ("weight", "reps", "expected"),
    [(100, 1, 100), (100, 10, 400 / 3), (80, 8, 80 * 38 / 30), (60, 12, 84), (60, 13, None)],
)
def test_estimates_a_one_rep_max_by_epley_up_to_12_reps(weight, reps, expected):
    assert estimated_one_rep_max(weight, reps) == (expected and pytest.approx(expected))


def test_estimates_nothing_from_no_reps():
    assert estimated_one_rep_max(100, 0) is None


efforts = st.builds(
    lambda weight, reps: Effort.of(Measure.WEIGHT_REPS, weight / 2, None, reps),
    st.integers(0, 12),
    st.integers(1, 15),
)


def bests_of(efforts):
    bests = Bests()
    for one in efforts:
        bests.add(one)
    return bests


@given(effort=efforts, before=st.lists(efforts, max_size=12))
def test_agrees_with_the_plain_meaning_of_a_record(effort, before):
    found = {record.kind: record for record in bests_of(before).beaten_by(effort)}
    lifted = [one for one in before if one.one_rep_max]
    assert (Kind.ONE_REP_MAX in found) == (
        bool(lifted) and all(effort.one_rep_max > one.one_rep_max + 1e-6 for one in lifted)
    )
    assert (Kind.HEAVIEST in found) == (
        any(one.kg for one in before) and all(effort.kg > one.kg for one in before)
    )
    same = [one for one in before if one.kg == effort.kg]
    assert (Kind.REPS in found) == (
        bool(same) and not any(one.kg >= effort.kg and one.reps >= effort.reps for one in before)
    )
    assert all(record.beaten < record.value for record in found.values())


@given(effort=efforts, before=st.lists(efforts, max_size=12), place=st.integers(0, 12))
def test_what_some_earlier_efforts_match_is_no_record(effort, before, place):
    """So that a set matched by the last time need not be looked up in all of history."""
    if bests_of(before[place:]).match(effort) or any(one.matches(effort) for one in before):
        assert bests_of(before).beaten_by(effort) == []


@pytest.fixture
def bench(alice):
    """Alice's bench press: 80 × 8 three weeks ago, 82.5 × 5 two weeks ago; today is running."""
    exercise = ExerciseFactory(name="Bench Press", measure=Measure.WEIGHT_REPS)
    for weeks, weight, reps in [(3, "80", 8), (2, "82.5", 5)]:
        workout = WorkoutFactory(
            user=alice,
            session_date=timezone.now() - timedelta(weeks=weeks),
            finished_at=timezone.now() - timedelta(weeks=weeks),
        )
        entry = EntryFactory(workout=workout, exercise=exercise)
        SetFactory(session_exercise=entry, weight=Decimal(weight), reps=reps)
    return EntryFactory(workout=WorkoutFactory(user=alice, finished_at=None), exercise=exercise)


def found(entry):
    rows = load_log(entry.workout).card(entry.pk).rows
    return {row.number: {r.kind: r.beaten for r in row.records} for row in rows if row.records}


@pytest.mark.django_db
class TestRecordsOnThePage:
    @pytest.mark.parametrize(
        ("weight", "reps", "expected"),
        [
            ("80", 8, {}),  # A tie is none.
            ("82.5", 5, {}),
            ("70", 20, {}),  # A weight never done, lighter: nothing to beat.
            ("82.5", 6, {Kind.REPS: 5}),
            ("80", 9, {Kind.ONE_REP_MAX: 80 * 38 / 30, Kind.REPS: 8}),
            ("85", 1, {Kind.HEAVIEST: 82.5}),
            ("90", 8, {Kind.ONE_REP_MAX: 80 * 38 / 30, Kind.HEAVIEST: 82.5}),
        ],
    )
    def test_a_set_is_a_record_in_what_it_beats(self, bench, weight, reps, expected):
        SetFactory(session_exercise=bench, weight=Decimal(weight), reps=reps)
        assert found(bench) == (
            {1: {k: pytest.approx(v) for k, v in expected.items()}} if expected else {}
        )

    def test_a_weight_that_was_left_out_the_last_time_is_remembered(self, bench):
        SetFactory(session_exercise=bench, weight=Decimal(80), reps=9)
        assert Kind.REPS in found(bench)[1]

    def test_warm_ups_never_count(self, bench):
        SetFactory(session_exercise=bench, weight=Decimal(200), reps=1, kind=SetKind.WARMUP)
        SetFactory(session_exercise=bench, weight=Decimal(85), reps=1)
        assert found(bench) == {2: {Kind.HEAVIEST: 82.5}}

    def test_a_first_time_is_no_record(self, alice):
        entry = EntryFactory(workout=WorkoutFactory(user=alice, finished_at=None))
        SetFactory(session_exercise=entry, weight=Decimal(100), reps=5)
        assert found(entry) == {}

    def test_sets_of_the_same_day_are_beaten_too(self, bench):
        SetFactory(session_exercise=bench, weight=Decimal(85), reps=1)
        SetFactory(session_exercise=bench, weight=Decimal(85), reps=1)
        SetFactory(session_exercise=bench, weight=Decimal(86), reps=1)
        assert found(bench) == {1: {Kind.HEAVIEST: 82.5}, 3: {Kind.HEAVIEST: 85}}

    def test_an_edit_and_a_removal_take_it_away(self, bench):
        done = SetFactory(session_exercise=bench, weight=Decimal(85), reps=1)
        done.edit(done.updated_at, weight=Decimal(80))
        assert found(bench) == {}
        done.edit(done.updated_at, weight=Decimal(85))
        assert found(bench)
        done.soft_delete()
        assert found(bench) == {}

    def test_pounds_are_compared_with_kilograms(self, bench):
        SetFactory(session_exercise=bench, weight=Decimal(180), weight_unit="lb", reps=1)
        assert found(bench) == {}  # 81.6 kg
        SetFactory(session_exercise=bench, weight=Decimal(185), weight_unit="lb", reps=1)
        assert found(bench) == {2: {Kind.HEAVIEST: 82.5}}  # 83.9 kg

    def test_other_lifters_and_deleted_workouts_are_not_beaten(self, bench, mallory):
        theirs = WorkoutFactory(
            user=mallory,
            session_date=timezone.now() - timedelta(days=1),
            finished_at=timezone.now(),
        )
        entry = EntryFactory(workout=theirs, exercise=bench.exercise)
        SetFactory(session_exercise=entry, weight=Decimal(200), reps=5)
        SetFactory(session_exercise=bench, weight=Decimal(85), reps=1)
        assert found(bench) == {1: {Kind.HEAVIEST: 82.5}}

    def test_more_pull_ups_are_a_record_without_a_one_rep_max(self, alice):
        exercise = ExerciseFactory(measure=Measure.BODYWEIGHT_REPS)
        before = WorkoutFactory(
            user=alice,
            session_date=timezone.now() - timedelta(days=7),
            finished_at=timezone.now() - timedelta(days=7),
        )
        entry = EntryFactory(workout=before, exercise=exercise)
        SetFactory(session_exercise=entry, weight=None, reps=8)
        today = EntryFactory(
            workout=WorkoutFactory(user=alice, finished_at=None), exercise=exercise
        )
        SetFactory(session_exercise=today, weight=None, reps=9)
        assert found(today) == {1: {Kind.REPS: 8}}
