"""Days: a workout belongs to the day on which it began, by the clock of its own place."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from training.days import day_of, earliest_instant, latest_instant, local_date, week_of
from training.models import BodyWeight, WorkoutSession
from training.progress import progress_of
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

ZONES = sorted(zoneinfo.available_timezones())
# Around midnight somewhere, and both nights on which clocks change in much of the world.
INSTANTS = [
    datetime(2025, 12, 31, 11, 59, 59, tzinfo=UTC),
    datetime(2026, 1, 1, 0, 30, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 29, 22, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 23, 15, tzinfo=UTC),
    *(datetime(2026, 7, 1, hour, 30, tzinfo=UTC) for hour in range(24)),
]


@pytest.mark.django_db
def test_the_database_knows_every_zone_and_its_days(alice):
    """On PostgreSQL the zones are the server's own, on SQLite they are Python's."""
    WorkoutSession.objects.bulk_create(
        WorkoutSession(id=uuid7(), user=alice, session_date=instant, time_zone=zone)
        for zone in ZONES
        for instant in INSTANTS
    )
    found = WorkoutSession.objects.annotate(local=local_date())
    rows = list(found.values_list("session_date", "time_zone", "local"))
    assert len(rows) == len(ZONES) * len(INSTANTS)
    assert [
        (at, zone, local)
        for at, zone, local in rows
        if local != at.astimezone(ZoneInfo(zone)).date()
    ] == []


@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
)
def test_a_day_lies_between_its_earliest_and_latest_instant(at, zone):
    day = day_of(at, ZoneInfo(zone))
    assert earliest_instant(day) <= at <= latest_instant(day)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_week_begins_on_its_monday(day):
    monday = week_of(day)
    assert monday.weekday() == 0
    assert timedelta(0) <= day - monday < timedelta(7)


def workout(user, local: str, zone: str, minutes=60, **values):
    """Finish a workout that began at a local time, "2026-03-29 23:30", with one set."""
    start = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    end = start.astimezone(UTC) + timedelta(minutes=minutes)
    made = WorkoutFactory(user=user, session_date=start, finished_at=end, time_zone=zone, **values)
    exercise = values.get("exercise") or ExerciseFactory()
    SetFactory(session_exercise=EntryFactory(workout=made, exercise=exercise))
    return made


@pytest.mark.django_db
class TestInProgress:
    def weeks(self, user, today):
        progress = progress_of(user, weeks=4, today=today)
        return {str(span.start): span.workouts for span in progress.spans if span.workouts}

    def test_over_midnight_it_belongs_to_the_day_it_began(self, alice):
        workout(alice, "2026-03-08 23:30", "Europe/Berlin", minutes=120)  # A Sunday.
        assert self.weeks(alice, date(2026, 3, 12)) == {"2026-03-02": 1}

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
    def test_it_has_the_day_of_its_own_place_wherever_one_looks_from(self, alice, zone):
        workout(alice, "2026-03-09 00:10", zone)  # A Monday.
        workout(alice, "2026-03-08 23:50", zone)
        assert self.weeks(alice, date(2026, 3, 12)) == {"2026-03-02": 1, "2026-03-09": 1}

    def test_a_traveller_keeps_both_days(self, alice):
        """Auckland on Monday morning is before Los Angeles on Sunday evening, the same day."""
        workout(alice, "2026-03-09 07:00", "Pacific/Auckland")
        workout(alice, "2026-03-08 17:00", "America/Los_Angeles")
        assert self.weeks(alice, date(2026, 3, 12)) == {"2026-03-02": 1, "2026-03-09": 1}

    @pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
    def test_the_nights_on_which_clocks_change_have_all_their_workouts(self, alice, night):
        for hour in ("00:15", "01:30", "03:30", "23:45"):
            workout(alice, f"{night} {hour}", "Europe/Berlin")
        sunday = date.fromisoformat(night)
        assert self.weeks(alice, sunday) == {str(sunday - timedelta(days=6)): 4}


@pytest.mark.django_db
class TestInTheHistory:
    def test_shows_the_day_of_the_workouts_own_place(self, alice, alice_client):
        """Alice looks from UTC, and in the order in which they happened."""
        workout(alice, "2026-03-09 07:00", "Pacific/Auckland", title="Far east")
        workout(alice, "2026-03-08 17:00", "America/Los_Angeles", title="Far west")
        text = alice_client.get(reverse("training:history")).content.decode()
        assert text.index("Far east") < text.index("Far west")
        assert "Mon 9" in text
        assert "Sun 8" in text

    @pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
    def test_goes_to_a_day_on_which_clocks_change(self, alice, alice_client, night):
        late = workout(alice, f"{night} 23:45", "Europe/Berlin")
        next_day = date.fromisoformat(night) + timedelta(days=1)
        workout(alice, f"{next_day} 00:05", "Europe/Berlin")
        page = alice_client.get(reverse("training:history"), {"day": night})
        assert page.context["page"].workouts == [late]


@pytest.mark.django_db
def test_body_weight_is_that_of_the_day_by_the_workouts_own_clock(alice):
    BodyWeight.objects.create(user=alice, weighed_on=date(2026, 3, 8), weight=80)
    BodyWeight.objects.create(user=alice, weighed_on=date(2026, 3, 9), weight=82)
    assert workout(alice, "2026-03-08 23:59", "Pacific/Kiritimati").body_kg == 80
    assert workout(alice, "2026-03-09 00:01", "Pacific/Pago_Pago").body_kg == 82
    assert workout(alice, "2026-03-07 12:00", "Europe/Berlin").body_kg is None
