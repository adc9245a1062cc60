"""History: every finished workout once, the newest first, a page at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.history import PAGE
from training.models import WorkoutSession
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

URL = reverse("training:history")
DAY = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


def finished(user, **values):
    values = {"session_date": DAY, "finished_at": DAY + timedelta(minutes=52)} | values
    return WorkoutFactory(user=user, **values)


def pages(client):
    """Yield the workouts of every page, following the link to older ones."""
    query = ""
    while True:
        page = client.get(f"{URL}?{query}")
        assert page.status_code == 200
        yield page.context["page"].workouts
        query = page.context["older"]
        if not query:
            return
        assert f'href="?{query.replace("&", "&amp;")}"' in page.content.decode()


def test_is_empty_at_first(alice_client):
    assert "Finished workouts appear here." in alice_client.get(URL).content.decode()


def test_tells_what_was_done(alice, alice_client):
    workout = finished(alice, title="Push day", time_zone="Asia/Tokyo")
    bench = EntryFactory(workout=workout, exercise__name="Bench press")
    SetFactory.create_batch(3, session_exercise=bench, weight=100, reps=5)
    SetFactory(session_exercise=bench, kind="warmup")
    SetFactory(session_exercise=bench).soft_delete()
    EntryFactory(workout=workout, exercise__name="Removed").soft_delete()
    text = alice_client.get(URL).content.decode()
    assert f'href="{workout.get_absolute_url()}"' in text
    assert "March 2026" in text
    assert "Fri 6 · 52 min" in text
    assert "3 × Bench press" in text
    assert "3 sets · 1,500 kg" in text
    assert "Removed" not in text


def test_names_retired_exercises(alice, alice_client):
    entry = EntryFactory(workout=finished(alice), exercise__name="Old machine")
    SetFactory(session_exercise=entry)
    entry.exercise.soft_delete()
    assert "1 × Old machine" in alice_client.get(URL).content.decode()


def test_hides_the_running_the_deleted_and_other_peoples(alice, mallory, alice_client):
    WorkoutFactory(user=alice)
    finished(alice).soft_delete()
    finished(mallory)
    assert alice_client.get(URL).context["page"].workouts == []


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1, 2 * PAGE, 2 * PAGE + 5])
def test_shows_every_workout_once(alice, alice_client, count):
    """Three begin at each instant, as imported ones may."""
    made = [
        finished(alice, session_date=DAY + timedelta(days=number // 3)) for number in range(count)
    ]
    made.sort(key=lambda workout: (workout.session_date, workout.pk), reverse=True)
    shown = list(pages(alice_client))
    assert [workout for page in shown for workout in page] == made
    assert [len(page) for page in shown[:-1]] == [PAGE] * (len(shown) - 1)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(0, 10**7), min_size=PAGE + 1, max_size=50))
def test_shows_every_workout_once_whenever_they_were(alice, alice_client, offsets):
    WorkoutSession.all_objects.all().delete()
    WorkoutSession.objects.bulk_create(
        WorkoutSession(
            id=uuid7(),
            user=alice,
            session_date=DAY + timedelta(microseconds=offset),
            finished_at=DAY + timedelta(days=1),
        )
        for offset in offsets
    )
    shown = [workout for page in pages(alice_client) for workout in page]
    assert len({workout.pk for workout in shown}) == len(shown) == len(offsets)
    dates = [workout.session_date for workout in shown]
    assert dates == sorted(dates, reverse=True)


def test_a_workout_finished_meanwhile_moves_no_page(alice, alice_client):
    days = range(PAGE + 5)
    made = [finished(alice, session_date=DAY + timedelta(days=number)) for number in days]
    older = alice_client.get(URL).context["older"]
    finished(alice, session_date=DAY + timedelta(days=99))
    rest = alice_client.get(f"{URL}?{older}").context["page"].workouts
    assert rest == made[4::-1]


@pytest.mark.parametrize(
    "query",
    [
        "before=yesterday",
        "day=yesterday",
        "day=2026-02-30",
        "id=01890a5d-ac96-774b-bcce-b302099a8057",
        "before=2026-03-05T18:00:00&id=01890a5d-ac96-774b-bcce-b302099a8057",
        "before=2026-03-05T18:00:00%2B00:00",
        "before=2026-03-05T18:00:00%2B00:00&id=x",
        "before=0001-01-01T00:00:00%2B14:00&id=01890a5d-ac96-774b-bcce-b302099a8057",
        "before=9999-12-31T23:59:59-12:00&id=01890a5d-ac96-774b-bcce-b302099a8057",
        "day=9999-12-31",
    ],
)
def test_does_not_know_other_pages(alice_client, query):
    assert alice_client.get(f"{URL}?{query}").status_code == 404


def test_says_so_beyond_the_oldest(alice_client):
    query = {"before": timezone.now().isoformat(), "id": uuid7()}
    assert "No older workouts." in alice_client.get(URL, query).content.decode()


def test_counts_the_records_of_each(alice, alice_client, monkeypatch):
    first, second = finished(alice), finished(alice, title="Pull day")
    asked = []

    def count(workouts):
        asked.append(workouts)
        return {first.pk: 1, second.pk: 2}

    monkeypatch.setattr("training.history.record_counts", count)
    text = alice_client.get(URL).content.decode()
    assert text.count("★ 1 record<") == text.count("★ 2 records<") == 1
    assert asked == [[second, first]]
    monkeypatch.setattr("training.history.record_counts", lambda workouts: {})
    assert "★" not in alice_client.get(URL).content.decode()


def htmx(client, query):
    return client.get(f"{URL}?{query}", headers={"HX-Request": "true"})


def test_a_page_that_is_scrolled_to_is_a_fragment(alice, alice_client):
    days = range(2 * PAGE + 5)
    made = [finished(alice, session_date=DAY + timedelta(days=number)) for number in days]
    first = alice_client.get(URL)
    older = first.context["older"]
    assert f'hx-get="?{older.replace("&", "&amp;")}"' in first.content.decode()
    second = htmx(alice_client, older)
    assert "<html" not in second.content.decode()
    assert second.context["page"].workouts == made[PAGE + 4 : 4 : -1]
    third = htmx(alice_client, second.context["older"])
    assert third.context["page"].workouts == made[4::-1]
    assert "Older workouts" not in third.content.decode()
    for response in (first, second):
        assert "HX-Request" in response["Vary"]


def test_a_month_that_goes_on_has_one_heading(alice, alice_client):
    for number in range(PAGE + 1):
        finished(alice, session_date=DAY + timedelta(minutes=number))
    finished(alice, session_date=DAY - timedelta(days=10))
    older = alice_client.get(URL).context["older"]
    fragment = htmx(alice_client, older).content.decode()
    assert "March 2026" not in fragment
    assert "February 2026" in fragment
    assert "March 2026" in alice_client.get(f"{URL}?{older}").content.decode()


def test_leads_back_to_the_latest(alice, alice_client):
    finished(alice)
    assert "Latest workouts" not in alice_client.get(URL).content.decode()
    for query in ("day=2026-03-05", f"before=2027-01-01T00:00:00%2B00:00&id={uuid7()}"):
        assert "Latest workouts" in alice_client.get(f"{URL}?{query}").content.decode()


def shown_from(client, day):
    return client.get(URL, {"day": day}).context["page"].workouts


def test_goes_to_a_day_by_each_workouts_own_clock(alice, alice_client):
    at_home = finished(alice, session_date=DAY)
    in_tokyo = finished(alice, session_date=DAY, time_zone="Asia/Tokyo")
    late = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)
    in_hawaii = finished(alice, session_date=late, time_zone="Pacific/Honolulu")
    next_day = finished(alice, session_date=late)
    assert shown_from(alice_client, "2026-03-04") == []
    # Three days at once: it is the 5th still in Hawaii when it is the 6th elsewhere.
    assert {at_home, in_tokyo, in_hawaii} <= set(shown_from(alice_client, "2026-03-05"))
    assert set(shown_from(alice_client, "2026-03-06")) == {at_home, in_tokyo, in_hawaii, next_day}
    text = alice_client.get(URL, {"day": "2026-03-05"}).content.decode()
    assert text.count("history-item--day") == 2


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(["UTC", "Asia/Tokyo", "Pacific/Honolulu"])),
        min_size=1,
        max_size=PAGE,
    ),
    st.integers(-1, 9),
)
def test_begins_with_the_latest_of_a_day_wherever_it_was(alice, alice_client, hours, offset):
    WorkoutSession.all_objects.all().delete()
    made = [
        finished(alice, session_date=DAY + timedelta(hours=hour, minutes=number), time_zone=zone)
        for number, (hour, zone) in enumerate(hours)
    ]
    made.sort(key=lambda one: one.session_date, reverse=True)
    day = DAY.date() + timedelta(days=offset)
    begun = [one for one in made if one.session_date.astimezone(one.zone).date() <= day]
    expected = made[made.index(begun[0]) :] if begun else []
    assert shown_from(alice_client, day.isoformat()) == expected


def test_a_day_is_followed_by_what_was_before(alice, alice_client):
    made = [finished(alice, session_date=DAY + timedelta(days=number)) for number in range(30)]
    page = alice_client.get(URL, {"day": made[PAGE + 4].session_date.date().isoformat()})
    assert page.context["page"].workouts == made[PAGE + 4 : 4 : -1]
    rest = alice_client.get(f"{URL}?{page.context['older']}").context["page"].workouts
    assert rest == made[4::-1]


def test_leads_to_the_trash_and_to_past_workouts(alice_client):
    text = alice_client.get(URL).content.decode()
    assert f'href="{reverse("training:trash")}"' in text
    assert f'href="{reverse("training:workout-log-past")}"' in text


def test_costs_the_same_for_many(alice, alice_client):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(URL)
        return len(queries)

    SetFactory(session_exercise__workout=finished(alice))
    one = cost()
    for _ in range(8):
        SetFactory.create_batch(3, session_exercise__workout=finished(alice))
    assert cost() == one
