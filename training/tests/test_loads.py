"""Loads: the lifter's own weight counts where it is lifted too, the same in Python and in SQL."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import WeightUnit
from accounts.tests.factories import UserFactory
from training.loads import load_expression, load_kg, volume_expression
from training.log import load_log
from training.models import BodyWeight, ExerciseSet, Measure, SessionExercise, WorkoutSession
from training.record_book import record_counts
from training.records import Kind
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

DAY = date(2026, 3, 8)  # On which clocks go forward in New York.
ZONES = ["UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "CET", "Etc/GMT+12"]
BODY, HELP = Measure.BODYWEIGHT_REPS, Measure.ASSISTED_REPS


@pytest.mark.parametrize(
    ("measure", "kg", "body_kg", "load"),
    [
        (Measure.WEIGHT_REPS, 100, None, 100),
        (Measure.WEIGHT_REPS, 100, 80, 100),
        (Measure.WEIGHT_TIME, 24, 80, 24),
        (BODY, 10, 80, 90),
        (BODY, 0, 80, 80),
        (BODY, 10, None, 10),
        (HELP, 20, 80, 60),
        (HELP, 100, 80, 0),
        (HELP, 20, None, None),
    ],
)
def test_a_load_is_what_is_lifted(measure, kg, body_kg, load):
    assert load_kg(measure, kg, body_kg) == load


def in_kg(weight, unit):
    return float(weight or 0) * (0.45359237 if unit == "lb" else 1)


def lifted(measure, kg, body_kg):
    """Return what is lifted; None is not known."""
    if measure == BODY:
        return kg + (body_kg or 0)
    if measure == HELP:
        return None if body_kg is None else max(body_kg - kg, 0)
    return kg


def near(number):
    return number if number is None else pytest.approx(number)


units = st.sampled_from(WeightUnit.values)
weights = st.decimals(Decimal("0.5"), 300, places=2)
body_weights = st.dictionaries(st.integers(-4, 4), st.tuples(weights, units), max_size=5)
sets = st.lists(
    st.tuples(
        st.sampled_from(Measure.values),
        st.none() | st.just(Decimal(0)) | weights,
        units,
        st.none() | st.integers(0, 20),
        st.sampled_from(["work", "warmup", "drop"]),
    ),
    min_size=1,
    max_size=5,
)


class TestBothWays(TestCase):
    """What Python says of a set, SQL says too, and so does the plain meaning of a load."""

    @settings(max_examples=60, deadline=None)
    @given(
        body_weights=body_weights,
        removed=body_weights,
        minutes=st.integers(-3 * 24 * 60, 3 * 24 * 60),
        zone=st.sampled_from(ZONES),
        sets=sets,
    )
    def test_agree(self, body_weights, removed, minutes, zone, sets):
        user = UserFactory()
        for rows, gone in ((removed, True), (body_weights, False)):
            for day, (weight, unit) in rows.items():
                row = BodyWeight.objects.create(
                    user=user,
                    weighed_on=DAY + timedelta(days=day),
                    weight=weight,
                    weight_unit=unit,
                )
                if gone:
                    row.soft_delete()
        BodyWeight.objects.create(user=UserFactory(), weighed_on=DAY - timedelta(9), weight=50)
        at = datetime.combine(DAY, time(), UTC) + timedelta(minutes=minutes)
        workout = WorkoutFactory(
            user=user, session_date=at, finished_at=at + timedelta(hours=1), time_zone=zone
        )
        for measure, weight, unit, reps, kind in sets:
            SetFactory(
                session_exercise=EntryFactory(
                    workout=workout, exercise=ExerciseFactory(measure=measure)
                ),
                weight=weight,
                weight_unit=unit,
                reps=reps,
                duration_seconds=60,
                kind=kind,
            )
        self.check(workout, body_weights, (at.astimezone(ZoneInfo(zone)).date() - DAY).days, sets)

    def check(self, workout, body_weights, day, sets):
        workout = WorkoutSession.objects.get(pk=workout.pk)
        known = [one for one in body_weights if one <= day]
        body_kg = in_kg(*body_weights[max(known)]) if known else None
        assert workout.body_kg == near(body_kg)
        rows = ExerciseSet.objects.annotate(load=load_expression(), volume=volume_expression())
        total = 0
        for row, (measure, weight, unit, reps, kind) in zip(
            rows.order_by("session_exercise__order_index"), sets, strict=True
        ):
            load = lifted(measure, in_kg(weight, unit), body_kg)
            assert load_kg(measure, row.weight_kg, workout.body_kg) == near(load)
            assert row.load == near(load or 0)
            volume = None if reps is None else (load or 0) * reps
            assert row.volume == near(volume)
            counted = 0 if kind == "warmup" else volume or 0
            assert row.volume_kg == near(counted)
            total += counted
        assert load_log(workout).volume_kg == near(total)
        entries = SessionExercise.objects.with_totals().filter(workout=workout)
        assert sum(entry.volume_kg for entry in entries) == near(total)
        assert WorkoutSession.objects.filter(pk=workout.pk).totals()["volume"] == near(total)


@pytest.fixture
def today(alice):
    """Alice's pull-ups with 10 kg, dips with 20 kg of help, and bench press of today."""
    now = timezone.now()
    workout = WorkoutFactory(user=alice, session_date=now, finished_at=now)
    for measure, weight, reps in ((BODY, 10, 5), (HELP, 20, 10), (Measure.WEIGHT_REPS, 100, 5)):
        entry = EntryFactory(workout=workout, exercise=ExerciseFactory(measure=measure))
        SetFactory(session_exercise=entry, weight=weight, reps=reps)
    return workout


def weigh(user, day, weight, unit="kg"):
    row = BodyWeight(user=user, weighed_on=day, weight=Decimal(weight), weight_unit=unit)
    row.save()
    return row


@pytest.mark.django_db
def test_every_page_shows_the_same_volume_and_follows_an_edit(alice, alice_client, today):
    pages = [today.get_absolute_url(), reverse("training:today"), reverse("training:history")]

    def check(volume):
        for page in pages:
            assert re.search(f"[ >]{volume}", alice_client.get(page).content.decode()), page

    check("550 kg")
    row = weigh(alice, today.day - timedelta(days=3), 80)
    check("1,550 kg")
    row.edit(row.updated_at, weight=Decimal(90))
    check("1,700 kg")
    weigh(alice, today.day, "176.36980975", "lb")
    check("1,550 kg")
    weigh(alice, today.day + timedelta(days=1), 120)
    check("1,550 kg")
    BodyWeight.objects.for_user(alice).filter(weighed_on__lte=today.day).soft_delete()
    check("550 kg")


@pytest.mark.django_db
def test_a_record_of_pull_ups_follows_what_the_lifter_weighed(alice):
    pull_up = ExerciseFactory(name="Pull-up", measure=BODY, equipment="bodyweight")
    for weeks in (2, 0):
        at = timezone.now() - timedelta(weeks=weeks)
        workout = WorkoutFactory(user=alice, session_date=at, finished_at=at)
        entry = EntryFactory(workout=workout, exercise=pull_up)
        SetFactory(session_exercise=entry, weight=10, reps=5)

    def found():
        again = WorkoutSession.objects.get(pk=workout.pk)
        records = [one for row in load_log(again).card(entry.pk).rows for one in row.records]
        assert record_counts([again]).get(again.pk, 0) == bool(records)  # It counts sets.
        return {one.kind: (one.value, one.beaten) for one in records}

    assert found() == {}
    first = weigh(alice, workout.day - timedelta(weeks=3), 80)
    assert found() == {}
    later = weigh(alice, workout.day, 82)
    assert found() == {
        Kind.HEAVIEST: (92, 90),
        Kind.ONE_REP_MAX: (near(92 * 35 / 30), near(105)),
    }
    later.edit(later.updated_at, weight=Decimal(80))
    assert found() == {}
    first.edit(first.updated_at, weight=Decimal(78))
    assert found()[Kind.HEAVIEST] == (90, 88)
    later.soft_delete()
    assert found() == {}
    later.restore()
    assert found()[Kind.HEAVIEST] == (90, 88)
    # Without the earlier weight there is nothing that it can be compared with.
    first.soft_delete()
    assert found() == {}
