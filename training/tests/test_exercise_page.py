"""The page of an exercise: every number as the plainest computation has it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from training.models import BodyWeight, Measure, SetKind
from training.record_book import bests_of
from training.tests import naive
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)
from training.tests.histories import histories, make_exercises, save
from training.trends import TRENDS, trend_of

pytestmark = pytest.mark.django_db

RANDOMLY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def exercises():
    return make_exercises()


def of(lifted, exercise):
    return [one for one in lifted if one.exercise == exercise.pk]


def approx(value):
    return None if value is None else pytest.approx(value)


@RANDOMLY
@given(history=histories, theirs=histories)
def test_trends_are_the_plain_ones(alice, mallory, exercises, history, theirs):
    save(mallory, theirs, exercises)
    lifted = save(alice, history, exercises)
    for exercise in exercises:
        done = of(lifted, exercise)
        for trend in TRENDS[Measure(exercise.measure)]:
            points = trend_of(alice, exercise, trend)
            expected = naive.trend(done, trend.key)
            assert {point.workout: point.value for point in points} == {
                workout: approx(value) for workout, value in expected.items()
            }
            days = {one.workout: one.day for one in done}
            assert [point.day for point in points] == [days[point.workout] for point in points]


@RANDOMLY
@given(history=histories, theirs=histories)
def test_bests_and_records_are_the_plain_ones(alice, mallory, exercises, history, theirs):
    save(mallory, theirs, exercises)
    lifted = save(alice, history, exercises)
    for exercise in exercises:
        done = of(lifted, exercise)
        book = bests_of(alice, exercise)
        assert [(best.effort.kg, best.set.pk) for best in book.rep_maxes] == [
            (approx(kg), id) for kg, id in naive.rep_maxes(done)
        ]
        strongest = naive.strongest(done)
        assert (book.strongest and (book.strongest.effort.one_rep_max, book.strongest.set.pk)) == (
            strongest and (approx(strongest[0]), strongest[1])
        )
        found = {
            one.pk: {record.kind.value: (record.value, record.beaten) for record in records}
            for one, records in book.records
        }
        assert found == {
            id: {kind: (approx(a), approx(b)) for kind, (a, b) in beaten.items()}
            for id, beaten in naive.records(done).items()
        }
        places = {one.id: (one.at, one.workout, one.order) for one in done}
        shown = [places[one.pk] for one, _ in book.records]
        assert shown == sorted(shown, reverse=True)


def number(text):
    return float(text.split()[0].replace(",", "").lstrip("+"))


def shows(text, value, step=0.1):
    return abs(number(text) - value) <= step / 2 + 1e-6


@settings(RANDOMLY, max_examples=6)
@given(history=histories)
def test_the_page_shows_these_numbers(alice, alice_client, exercises, history):
    lifted = save(alice, history, exercises)
    today = timezone.localdate()
    for exercise in exercises[:3]:
        done = of(lifted, exercise)
        context = alice_client.get(exercise.get_absolute_url()).context
        workouts = {one.workout: one.day for one in done}
        if not done:
            assert context["use"] is None
            assert not context["bests"]
            continue
        lately = sum(day > today - timedelta(weeks=12) for day in workouts.values())
        assert context["use"].times == len(workouts)
        assert shows(context["use"].per_week, lately / 12)
        rows = {row.label: row for row in context["bests"]}
        strongest, maxes = naive.strongest(done), naive.rep_maxes(done)
        assert ("Estimated 1RM" in rows) == bool(strongest)
        if strongest:
            assert shows(rows["Estimated 1RM"].value, strongest[0])
            assert rows["Estimated 1RM"].url.endswith(f"#set-{strongest[1]}")
        assert ("Heaviest" in rows) == bool(maxes and maxes[0][0])
        volumes = [volume for volume in naive.trend(done, "volume").values() if volume]
        assert ("Most volume in a workout" in rows) == bool(volumes)
        if volumes:
            assert shows(rows["Most volume in a workout"].value, max(volumes), 1)
        most = [one.reps for one in done if one.reps]
        if exercise.measure != Measure.WEIGHT_REPS and most:
            assert number(rows["Most reps"].value) == max(most)
        assert len(context["rep_maxes"]) == len(maxes)
        for row, (kg, id) in zip(context["rep_maxes"], maxes, strict=True):
            assert shows(row.value, kg)
            assert row.url.endswith(f"#set-{id}")
        starred = sum(done.record for one in context["page"].sessions for done in one.sets)
        assert starred <= len(naive.records(done)) == len(context["records"])
        if not context["page"].older:
            assert starred == len(context["records"])
            shown = sum(number(one.volume) for one in context["page"].sessions if one.volume)
            volume = naive.totals(done)[2]
            assert shown == pytest.approx(volume, abs=0.5 * len(context["page"].sessions) + 1e-6)


@pytest.fixture
def bench(db):
    return ExerciseFactory(name="Bench Press", secondary_muscles=["triceps"])


def train(user, exercise, *sets, days=0, **values):
    """Log sets, "80 × 8" or more, so many days ago."""
    at = timezone.now() - timedelta(days=days)
    workout = WorkoutFactory(user=user, session_date=at, finished_at=at, **values)
    entry = EntryFactory(workout=workout, exercise=exercise)
    for weight, reps in sets:
        weight = weight if weight is None else Decimal(str(weight))
        SetFactory(session_exercise=entry, weight=weight, reps=reps)
    return entry


def page(client, exercise, query="", **headers):
    return client.get(f"{exercise.get_absolute_url()}{query}", headers=headers)


def text_of(client, exercise, query=""):
    return page(client, exercise, query).content.decode()


def test_an_exercise_never_done_says_so(alice_client, bench):
    AliasFactory(exercise=bench, name="Flat bench")
    text = text_of(alice_client, bench)
    assert "You have not done it yet." in text
    assert "Log it" in text
    assert "Also: Flat bench" in text
    assert "Also trains triceps" in text
    assert "<svg" not in text.split("<main")[1].split("</main")[0]


def test_a_retired_one_opens_and_says_so(alice, alice_client, bench):
    train(alice, bench, (80, 8))
    bench.soft_delete()
    text = text_of(alice_client, bench)
    assert "no longer in the catalog" in text
    assert "80 × 8" in text
    assert "Log it</button>" not in text


def test_tells_what_was_done_and_beaten(alice, alice_client, bench):
    train(alice, bench, (80, 8), days=7)
    entry = train(alice, bench, (82.5, 8), (80, 5))
    SetFactory(session_exercise=entry, weight=40, reps=10, kind=SetKind.WARMUP)
    text = text_of(alice_client, bench)
    best = entry.exercise_sets.get(weight=Decimal("82.5"))
    assert f'href="{entry.workout.get_absolute_url()}#set-{best.pk}"' in text
    assert "Heaviest: 82.5 kg, was 80 kg" in text
    assert "Est. 1RM: 104.5 kg, was 101.3 kg" in text
    assert "★ 82.5 × 8" in text
    assert "W 40 × 10" in text
    assert "1,060 kg" in text
    assert f'href="{entry.get_absolute_url()}"' in text
    assert "Epley: weight × (1 + reps / 30), up to 12 reps." in text


def test_numbers_are_in_the_lifters_unit_and_mark(alice, alice_client, bench):
    train(alice, bench, (100, 1))
    type(alice).objects.filter(pk=alice.pk).update(weight_unit="lb", decimal_mark=",")
    text = text_of(alice_client, bench)
    assert "220,5 lb" in text
    assert "100 kg × 1" in text


def test_gives_no_one_rep_max_beyond_12_reps(alice, alice_client, bench):
    train(alice, bench, (60, 13))
    response = page(alice_client, bench, "?trend=1rm&range=all")
    assert response.context["card"].chart is None
    assert "Nothing to draw for this time." in response.content.decode()
    assert "Estimated 1RM" not in response.content.decode()


def shown(client, exercise, query=""):
    card = page(client, exercise, query).context["card"]
    return card.trend.key, card.range.key, len(card.chart.rows) if card.chart else 0


def test_chooses_trend_and_range(alice, alice_client, bench):
    for days in (0, 80, 200, 400):
        train(alice, bench, (80, 8), days=days)
    assert shown(alice_client, bench) == ("1rm", "year", 3)
    assert shown(alice_client, bench, "?trend=volume&range=quarter") == ("volume", "quarter", 2)
    assert shown(alice_client, bench, "?trend=reps&range=all") == ("reps", "all", 4)
    assert shown(alice_client, bench, "?trend=time&range=century") == ("1rm", "year", 3)


def test_shows_all_when_the_year_is_empty(alice, alice_client, bench):
    train(alice, bench, (80, 8), days=400)
    assert shown(alice_client, bench) == ("1rm", "all", 1)


def test_the_card_alone_answers_htmx(alice, alice_client, bench):
    train(alice, bench, (80, 8))
    response = page(alice_client, bench, "?trend=volume", **{"HX-Request": "true"})
    text = response.content.decode()
    assert 'id="trend"' in text
    assert "<html" not in text
    assert 'id="sessions"' not in text
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    ("measure", "values", "expected"),
    [
        ("time", {"duration_seconds": 95}, {"Longest": "1:35", "Longest in a workout": "1:35"}),
        (
            "weight_time",
            {"duration_seconds": 95, "weight": 10},
            {"Heaviest": "10 kg", "Longest": "1:35", "Longest in a workout": "1:35"},
        ),
        (
            "distance_time",
            {"duration_seconds": 1500, "distance_meters": 5250},
            {"Farthest": "5.25 km", "Longest": "25:00", "Farthest in a workout": "5.25 km"},
        ),
        ("bodyweight_reps", {"reps": 8}, {"Most reps": "8 reps"}),
        (
            "bodyweight_reps",
            {"reps": 8, "weight": 10},
            {"Heaviest": "+10 kg", "Most reps": "8 reps", "Most volume in a workout": "80 kg"},
        ),
        ("assisted_reps", {"reps": 8, "weight": 20}, {"Most reps": "8 reps"}),
    ],
)
def test_bests_of_every_measure(alice, alice_client, measure, values, expected):
    exercise = ExerciseFactory(measure=measure, primary_muscle="cardio")
    entry = train(alice, exercise)
    SetFactory(session_exercise=entry, **({"weight": None, "reps": None} | values))
    response = page(alice_client, exercise)
    assert {row.label: row.value for row in response.context["bests"]} == expected
    assert response.context["card"].chart.rows


def test_a_known_body_weight_is_lifted_too(alice, alice_client):
    pull_up = ExerciseFactory(measure="bodyweight_reps")
    train(alice, pull_up, (None, 6), days=30)
    train(alice, pull_up, (10, 6))
    response = page(alice_client, pull_up, "?trend=heaviest")
    assert [row.value for row in response.context["card"].chart.rows] == ["10", "0"]
    assert "while your body weight is not known" in response.content.decode()
    assert response.context["card"].trend.key == "heaviest"
    assert page(alice_client, pull_up).context["card"].trend.key == "reps"
    weighed = timezone.localdate() - timedelta(days=10)
    BodyWeight.objects.create(user=alice, weighed_on=weighed, weight=80)
    response = page(alice_client, pull_up, "?trend=heaviest")
    assert [row.value for row in response.context["card"].chart.rows] == ["90"]
    assert page(alice_client, pull_up).context["card"].trend.key == "1rm"


def sessions(client, exercise):
    """Yield the days of the sessions of each page."""
    query = ""
    while True:
        response = page(client, exercise, query)
        yield [session.url for session in response.context["page"].sessions]
        if not response.context["page"].older:
            return
        query = f"?{response.context['page'].older}"
        assert query.replace("&", "&amp;") in response.content.decode()


@pytest.mark.parametrize("count", [10, 11, 25])
def test_shows_every_session_once(alice, alice_client, bench, count):
    """Three begin at each instant, as imported ones may."""
    now = timezone.now()
    entries = [train(alice, bench, (80, 8)) for _ in range(count)]
    for number, entry in enumerate(entries):
        entry.workout.session_date = now - timedelta(days=number // 3)
        entry.workout.save(update_fields=["session_date"])
    train(alice, ExerciseFactory(), (80, 8))
    entries.sort(key=lambda one: (one.workout.session_date, one.workout_id), reverse=True)
    pages = list(sessions(alice_client, bench))
    assert [url for one in pages for url in one] == [one.get_absolute_url() for one in entries]
    assert [len(one) for one in pages[:-1]] == [10] * (len(pages) - 1)


def test_older_sessions_are_a_fragment_for_htmx(alice, alice_client, bench):
    for days in range(15):
        train(alice, bench, (80 + days, 8), days=days)
    older = page(alice_client, bench).context["page"].older
    response = page(alice_client, bench, f"?{older}", **{"HX-Request": "true"})
    text = response.content.decode()
    assert text.count('class="session"') == 5
    assert "<html" not in text
    assert 'id="trend"' not in text


@pytest.mark.parametrize("query", ["?before=x", "?id=x", "?before=2026-03-05T18:00:00%2B00:00"])
def test_does_not_know_other_pages(alice_client, bench, query):
    assert page(alice_client, bench, query).status_code == 404


def test_a_day_is_that_of_the_workouts_own_zone(alice, alice_client, bench):
    entry = train(alice, bench, (80, 8), days=3, time_zone="Pacific/Kiritimati")
    day = entry.workout.day
    assert f"{day:%a %-d %b %Y}" in text_of(alice_client, bench)
    assert page(alice_client, bench).context["card"].points[0].day == day


def test_hides_what_others_did(alice, mallory, alice_client, bench):
    train(mallory, bench, (200, 8))
    assert "You have not done it yet." in text_of(alice_client, bench)


def test_costs_the_same_for_many(alice, alice_client, bench):
    pull_up = ExerciseFactory(measure="bodyweight_reps")
    for number in range(10):
        for exercise in (bench, pull_up):
            train(alice, exercise, (80 + number, 8), (60, 5), days=9 - number)
        if number == 1:
            few = cost(alice_client, bench), cost(alice_client, pull_up)
    assert (cost(alice_client, bench), cost(alice_client, pull_up)) == few


def cost(client, exercise):
    with CaptureQueriesContext(connection) as queries:
        assert (
            client.get(reverse("training:exercise-detail", args=[exercise.pk])).status_code == 200
        )
    return len(queries)


def test_of_equal_bests_the_earlier_counts_and_in_a_workout_more_reps(alice, bench):
    first = train(alice, bench, (80, 5), (80, 8), days=7)
    train(alice, bench, (80, 8), (80, 5))
    best = first.exercise_sets.get(reps=8).pk
    assert {one.set.pk for one in bests_of(alice, bench).rep_maxes} == {best}


def test_what_was_weighed_on_the_day_counts_on_it(alice):
    pull_up = ExerciseFactory(measure="bodyweight_reps")
    entry = train(alice, pull_up, (10, 6))
    BodyWeight.objects.create(user=alice, weighed_on=entry.workout.day, weight=80)
    [point] = trend_of(alice, pull_up, TRENDS[Measure.BODYWEIGHT_REPS][1])
    assert point.value == 90
