"""The heat map: a year of days, counted by each workout's own clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.heat_map import heat_map
from training.models import ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory

pytestmark = pytest.mark.django_db

URL = reverse("training:history")
TODAY = date(2026, 3, 5)  # A Thursday.
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
ZONES = ["UTC", "Asia/Tokyo", "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Berlin"]


def work_out(user, days_ago=0, sets=1, hours=0, **values):
    begins = NOON - timedelta(days=days_ago, hours=hours)
    values = {"session_date": begins, "finished_at": begins + timedelta(hours=1)} | values
    workout = WorkoutFactory(user=user, **values)
    SetFactory.create_batch(sets, session_exercise=EntryFactory(workout=workout))
    return workout


def drawn(user, today=TODAY):
    return heat_map(WorkoutSession.objects.for_user(user), today)


def days(user, today=TODAY):
    """Return the days with workouts, by date."""
    found = drawn(user, today)
    return {day.date: day for week in found.weeks for day in week.days if day.titles}


def test_is_53_weeks_from_mondays_to_today(alice):
    weeks = drawn(alice).weeks
    assert len(weeks) == 53
    assert [day.date for day in weeks[0].days] == [date(2026, 3, 2 + n) for n in range(4)]
    assert all(len(week.days) == 7 for week in weeks[1:])
    dates = [day.date for week in reversed(weeks) for day in week.days]
    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert [week.month for week in weeks[:6]] == [
        "", "Mar", "", "", "", "Feb"
    ]  # fmt: skip


def test_says_what_was_done_on_a_day(alice):
    work_out(alice, sets=2, hours=2)
    work_out(alice, sets=3, title="")
    work_out(alice, days_ago=1, sets=1, title="Pull")
    said = {str(day) for day in days(alice).values()}
    assert said == {"5 March 2026: Push day, Workout, 5 sets", "4 March 2026: Pull, 1 set"}


def test_counts_only_work_that_is_there(alice, mallory):
    workout = work_out(alice, sets=2)
    [entry] = workout.session_exercises.all()
    SetFactory(session_exercise=entry, kind="warmup")
    SetFactory(session_exercise=entry).soft_delete()
    gone = EntryFactory(workout=workout)
    SetFactory(session_exercise=gone)
    gone.soft_delete()
    work_out(alice, days_ago=1).soft_delete()
    work_out(alice, days_ago=2, finished_at=None)
    work_out(mallory, days_ago=3)
    work_out(alice, days_ago=-1)
    work_out(alice, days_ago=400)
    assert {day: found.sets for day, found in days(alice).items()} == {TODAY: 2}
    assert drawn(alice).workouts == 1


def test_is_darker_the_more_was_done(alice):
    for ago, sets in enumerate([1, 5, 9, 20]):
        work_out(alice, days_ago=ago, sets=sets)
    assert [days(alice)[TODAY - timedelta(days=ago)].level for ago in range(4)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("ago", "weeks"),
    [
        ([], 0),
        ([0], 1),
        ([0, 7, 14], 3),
        ([7, 14], 2),
        ([0, 14], 1),
        ([14], 1),
        ([0, 14, 21], 2),
        # Thursday, the Sunday before, and that week's Monday.
        ([0, 4, 10], 2),
        (range(0, 371, 7), 53),
    ],
)
def test_tells_the_longest_streak_of_weeks(alice, ago, weeks):
    for days_ago in ago:
        work_out(alice, days_ago=days_ago)
    assert drawn(alice).longest_streak == weeks


def test_shows_it_with_a_link_for_each_day(alice, alice_client):
    now = timezone.now()
    for ago in (0, 7):
        begins = now - timedelta(days=ago)
        work_out(alice, session_date=begins, finished_at=begins, sets=2)
    text = alice_client.get(URL).content.decode()
    assert "2 workouts in the last year · longest streak 2 weeks" in text
    assert text.count('<a class="heat-map__day') == 2
    assert f'href="?day={now:%Y-%m-%d}#day-{now:%Y-%m-%d}"' in text
    assert f'title="{now:%-d %B %Y}: Push day, 2 sets"' in text
    marked = alice_client.get(URL, {"day": f"{now:%Y-%m-%d}"}).content.decode()
    assert marked.count('aria-current="true"') == 1


def test_is_not_there_without_workouts(alice_client):
    assert "heat-map" not in alice_client.get(URL).content.decode()


def test_costs_one_query(alice):
    for ago in range(9):
        work_out(alice, days_ago=ago)
    with CaptureQueriesContext(connection) as queries:
        drawn(alice)
    assert len(queries) == 1


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.integers(-60, 380 * 24),
            st.sampled_from(ZONES),
            st.integers(0, 3),
            st.booleans(),
        ),
        max_size=8,
    )
)
def test_counts_as_a_plain_walk_does(alice, history):
    for model in (ExerciseSet, SessionExercise, WorkoutSession):
        model.all_objects.all().delete()
    expected: dict = {}
    for hours, zone, sets, deleted in history:
        workout = work_out(alice, hours=hours, sets=sets, time_zone=zone)
        if deleted:
            workout.soft_delete()
            continue
        day = workout.session_date.astimezone(ZoneInfo(zone)).date()
        if date(2025, 3, 3) <= day <= TODAY:
            expected.setdefault(day, []).append(sets)
    found = days(alice)
    assert {day: one.sets for day, one in found.items()} == {
        day: sum(sets) for day, sets in expected.items()
    }
    assert {day: len(one.titles) for day, one in found.items()} == {
        day: len(sets) for day, sets in expected.items()
    }
