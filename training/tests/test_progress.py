"""Progress: every number as the plainest computation has it, and the page that shows them."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from training import record_book
from training.models import Muscle
from training.progress import muscles_of, progress_of
from training.record_book import records_since
from training.tests import naive
from training.tests.factories import ExerciseFactory
from training.tests.histories import histories, make_exercises, save
from training.tests.test_exercise_page import LATELY, shows, train

pytestmark = pytest.mark.django_db

URL = reverse("training:progress")
RECORDS = reverse("training:progress-records")
RANDOMLY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def exercises():
    return make_exercises()


def figures(span):
    return span.workouts, span.sets, pytest.approx(span.volume_kg)


@RANDOMLY
@given(history=histories, theirs=histories)
def test_figures_are_the_plain_ones(alice, mallory, exercises, history, theirs):
    save(mallory, theirs, exercises)
    lifted = save(alice, history, exercises)
    today = timezone.localdate()
    trained = {one.pk: (one.primary_muscle, one.secondary_muscles) for one in exercises}
    for weeks in (4, 12, None):
        progress = progress_of(alice, weeks=weeks, today=today)
        since = naive.monday(today) - timedelta(weeks=(weeks or 99) - 1)
        lately = [one for one in lifted if one.day >= since]
        assert naive.totals(lately) == figures(progress.total)
        expected = naive.by_span(lately, naive.monday)
        assert {span.start: figures(span) for span in progress.spans if span.workouts} == expected
        starts = [span.start for span in progress.spans]
        gaps = {after - before for before, after in pairwise(starts)}
        assert gaps <= {timedelta(weeks=1)}
        assert (progress.streak, progress.longest_streak) == naive.streaks(lifted, today)
        muscles = naive.muscles(lifted, trained, today)
        found = muscles_of(alice, progress, today=today)
        assert {one.muscle: (one.this_week, one.average) for one in found} == {
            muscle: (now, average if average is None else pytest.approx(average))
            for muscle, (now, average) in muscles.items()
            if muscle
        }
        order = [one.muscle for one in found]
        assert order == [muscle for muscle in Muscle if muscle in order]


@RANDOMLY
@given(history=histories, theirs=histories, lately=LATELY)
def test_records_lately_are_the_plain_ones(alice, mallory, exercises, history, theirs, lately):
    save(mallory, theirs, exercises)
    lifted = save(alice, history, exercises)
    since = timezone.now() - timedelta(days=60)
    expected = {}
    for exercise in exercises:
        expected |= naive.records([one for one in lifted if one.exercise == exercise.pk])
    places = {one.id: (one.at, one.workout, one.order) for one in lifted}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record_book, "LATELY", lately)
        found = records_since(alice, since)
    assert {
        one.pk: {record.kind.value: (record.value, record.beaten) for record in records}
        for one, records in found
    } == {
        id: {kind: (pytest.approx(a), pytest.approx(b)) for kind, (a, b) in beaten.items()}
        for id, beaten in expected.items()
        if places[id][0] >= since
    }
    shown = [places[one.pk] for one, _ in found]
    assert shown == sorted(shown, reverse=True)


def by_month(day):
    return day.replace(day=1)


@settings(RANDOMLY, max_examples=5)
@given(history=histories)
def test_all_of_several_years_is_by_month(alice, exercises, history):
    """The days are made ten times as long ago."""
    workouts, weighings = history
    workouts = [(10 * hours, *rest) for hours, *rest in workouts]
    lifted = save(alice, (workouts, weighings), exercises)
    progress = progress_of(alice, weeks=None, today=timezone.localdate())
    first_of = by_month if progress.monthly else naive.monday
    assert {span.start: figures(span) for span in progress.spans if span.workouts} == naive.by_span(
        lifted, first_of
    )
    assert naive.totals(lifted) == figures(progress.total)
    long_ago = timezone.localdate() - timedelta(weeks=53)
    assert progress.monthly == any(one.day < long_ago for one in lifted)


@settings(RANDOMLY, max_examples=6)
@given(history=histories)
def test_the_page_shows_these_numbers(alice, alice_client, exercises, history):
    lifted = save(alice, history, exercises)
    response = alice_client.get(f"{URL}?range=all&show=sets")
    text = response.content.decode()
    if not lifted:
        assert "Nothing logged yet." in text
        return
    workouts, sets, volume = naive.totals(lifted)
    streak, longest = naive.streaks(lifted, timezone.localdate())
    assert f"<dd>{workouts}</dd>" in text
    assert f"<dd>{sets}</dd>" in text
    shown = text.split("<dt>Volume</dt><dd>")[1].split("</dd>")[0]
    assert shows(shown, volume, 1)
    assert f"<dd>{streak} week" in text
    assert f"longest {longest}<" in text
    rows = response.context["chart"].rows
    assert sum(int(row.value) for row in rows) == sets


@pytest.fixture
def bench(db):
    return ExerciseFactory(name="Bench Press", secondary_muscles=["triceps"])


def text_of(client, query=""):
    return client.get(f"{URL}{query}").content.decode()


def test_is_kind_to_the_new(alice_client):
    assert "Nothing logged yet." in text_of(alice_client)


def test_hides_what_others_did(mallory, alice_client, bench):
    train(mallory, bench, (200, 8))
    assert "Nothing logged yet." in text_of(alice_client)


def test_tells_of_records_and_what_they_beat(alice, alice_client, bench):
    train(alice, bench, (80, 8), days=100)
    train(alice, bench, (85, 8), days=95)
    entry = train(alice, bench, (90, 8))
    text = alice_client.get(RECORDS).content.decode()
    assert "Heaviest: 90 kg, was 85 kg" in text
    assert "Heaviest: 85 kg" not in text
    assert f'href="{bench.get_absolute_url()}"' in text
    done = entry.exercise_sets.get()
    assert f'href="{entry.workout.get_absolute_url()}#set-{done.pk}"' in text


def shown(client, query=""):
    context = client.get(f"{URL}{query}").context
    return context["span"].key, context["shown"].key, len(context["progress"].spans)


def test_chooses_range_and_sums(alice, alice_client, bench):
    for days in (0, 300, 900):
        train(alice, bench, (80, 8), days=days)
    assert shown(alice_client) == ("12", "volume", 12)
    assert shown(alice_client, "?range=4&show=workouts") == ("4", "workouts", 4)
    assert shown(alice_client, "?range=year&show=sets") == ("year", "sets", 52)
    assert shown(alice_client, "?range=all")[2] in (30, 31)
    assert shown(alice_client, "?range=7&show=money") == ("12", "volume", 12)


def test_the_sums_alone_answer_htmx(alice, alice_client, bench):
    train(alice, bench, (80, 8))
    response = alice_client.get(f"{URL}?range=all", headers={"HX-Request": "true"})
    text = response.content.decode()
    assert 'aria-current="true">All</a>' in text
    assert "Sets per muscle" not in text
    assert "<html" not in text
    assert "HX-Request" in response["Vary"]


def test_says_where_nothing_was_done_lately(alice, alice_client, bench):
    train(alice, bench, (80, 8), days=100)
    assert "Nothing to draw for this time." in text_of(alice_client)


def test_sums_are_in_the_lifters_unit(alice, alice_client, bench):
    train(alice, bench, (100, 10))
    type(alice).objects.filter(pk=alice.pk).update(weight_unit="lb")
    assert "2,205 lb" in text_of(alice_client)


def test_half_a_set_for_each_secondary_muscle(alice, alice_client, bench):
    train(alice, bench, (80, 8), (80, 8), (80, 8))
    rows = alice_client.get(URL).context["muscles"]
    assert [(row.label, row.this_week, row.average) for row in rows] == [
        ("Chest", "3", "–"),
        ("Triceps", "1.5", "–"),
    ]


def test_backdating_mends_a_streak(alice, bench):
    def streak():
        progress = progress_of(alice, weeks=4, today=timezone.localdate())
        return progress.streak, progress.longest_streak

    for days in (0, 14):
        train(alice, bench, (80, 8), days=days)
    assert streak() == (1, 1)
    train(alice, bench, (80, 8), days=7)
    assert streak() == (3, 3)


def test_the_page_leads_to_its_records_and_they_alone_answer_htmx(alice, alice_client, bench):
    train(alice, bench, (80, 8), days=1)
    assert f'href="{RECORDS}" hx-get="{RECORDS}"' in text_of(alice_client)
    whole = alice_client.get(RECORDS)
    assert f'href="{URL}"' in whole.content.decode().split("<main")[1].split("</main")[0]
    assert "HX-Request" in whole["Vary"]
    fragment = alice_client.get(RECORDS, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "None yet." in fragment


@pytest.mark.parametrize("url", [URL, RECORDS])
def test_costs_the_same_for_many(alice, alice_client, url):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(url)
        return len(queries)

    for number in range(10):
        exercise = ExerciseFactory()
        train(alice, exercise, (80, 8), days=20)
        train(alice, exercise, (85, 8), days=number)
        if number == 0:
            one = cost()
    assert cost() == one


def test_a_streak_outlives_no_week_without_a_workout(alice, bench):
    train(alice, bench, (80, 8), days=14)
    train(alice, bench, (80, 8), days=21)
    progress = progress_of(alice, weeks=4, today=timezone.localdate())
    assert (progress.streak, progress.longest_streak) == (0, 2)
