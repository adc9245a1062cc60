"""The page of an exercise: every number as the plainest computation has it."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training import record_book
from training.models import BodyWeight, Measure, SetKind, WorkoutSession
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
# Workouts that are looked at before all of history is: fewer than it has, or more.
LATELY = st.sampled_from([1, 3, record_book.LATELY])


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


@RANDOMLY
@given(history=histories, theirs=histories, every=st.integers(1, 4), lately=LATELY)
def test_records_of_some_workouts_are_the_plain_ones(
    alice, mallory, exercises, history, theirs, every, lately
):
    save(mallory, theirs, exercises)
    lifted = save(alice, history, exercises)
    workouts = WorkoutSession.objects.for_user(alice).newest_first()[::every]
    shown = {one.pk for one in workouts}
    workout_of = {one.id: one.workout for one in lifted}
    counts = Counter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(record_book, "LATELY", lately)
        for exercise in exercises:
            expected = {id for id in naive.records(of(lifted, exercise)) if workout_of[id] in shown}
            assert record_book.record_ids(workouts, exercise) == expected
            counts.update(workout_of[id] for id in expected)
        assert record_book.record_counts(workouts) == counts


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
        use = page(alice_client, exercise).context["use"]
        context = records(alice_client, exercise).context
        workouts = {one.workout: one.day for one in done}
        if not done:
            assert use is None
            assert not context["bests"]
            continue
        lately = sum(day > today - timedelta(weeks=12) for day in workouts.values())
        assert use.times == len(workouts)
        assert shows(use.per_week, lately / 12)
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
        assert len(context["records"]) == len(naive.records(done))
        shown = [one for page in session_pages(alice_client, exercise) for one in page.sessions]
        assert sum(row.record for one in shown for row in one.sets) == len(naive.records(done))
        total = sum(number(one.volume) for one in shown if one.volume)
        assert total == pytest.approx(naive.totals(done)[2], abs=0.5 * len(shown) + 1e-6)


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


def records(client, exercise, **headers):
    return client.get(f"{exercise.get_absolute_url()}records/", headers=headers)


def sessions(client, exercise, query="", **headers):
    return client.get(f"{exercise.get_absolute_url()}sessions/{query}", headers=headers)


def text_of(client, exercise):
    """Return all that is told of an exercise, as it comes when all of it is scrolled to."""
    htmx = {"HX-Request": "true"}
    responses = page(client, exercise), records(client, exercise, **htmx)
    responses = *responses, sessions(client, exercise, **htmx)
    return "".join(response.content.decode() for response in responses)


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
    assert "Past sessions" not in text
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
    bests = records(alice_client, exercise).context["bests"]
    assert {row.label: row.value for row in bests} == expected
    assert page(alice_client, exercise).context["card"].chart.rows


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


def session_pages(client, exercise):
    query = ""
    while True:
        response = sessions(client, exercise, query)
        yield response.context["page"]
        if not response.context["page"].older:
            return
        query = f"?{response.context['page'].older}"
        url = f"{exercise.get_absolute_url()}sessions/{query}".replace("&", "&amp;")
        assert f'href="{url}" hx-get="{url}"' in response.content.decode()


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
    pages = [one.sessions for one in session_pages(alice_client, bench)]
    shown = [session.url for one in pages for session in one]
    assert shown == [one.get_absolute_url() for one in entries]
    assert [len(one) for one in pages[:-1]] == [10] * (len(pages) - 1)


def test_older_sessions_are_a_fragment_for_htmx(alice, alice_client, bench):
    for days in range(15):
        train(alice, bench, (80 + days, 8), days=days)
    older = sessions(alice_client, bench).context["page"].older
    response = sessions(alice_client, bench, f"?{older}", **{"HX-Request": "true"})
    text = response.content.decode()
    assert text.count('class="session"') == 5
    assert "<html" not in text
    assert "HX-Request" in response["Vary"]
    whole = sessions(alice_client, bench, f"?{older}").content.decode()
    assert "Latest sessions" in whole
    assert f'href="{bench.get_absolute_url()}"' in whole


def test_the_records_are_a_fragment_for_htmx(alice, alice_client, bench):
    train(alice, bench, (80, 8))
    url = f"{bench.get_absolute_url()}records/"
    link = f'href="{url}" hx-get="{url}"'
    assert link in page(alice_client, bench).content.decode()
    response = records(alice_client, bench, **{"HX-Request": "true"})
    assert "Heaviest" in response.content.decode()
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_of_what_was_only_warmed_up_there_are_sessions_but_no_records(alice, alice_client, bench):
    SetFactory(session_exercise=train(alice, bench), weight=40, reps=10, kind=SetKind.WARMUP)
    assert "Past sessions" in page(alice_client, bench).content.decode()
    assert "W 40 × 10" in sessions(alice_client, bench).content.decode()
    assert "None yet." in records(alice_client, bench).content.decode()
    assert records(alice_client, bench, **{"HX-Request": "true"}).content.strip() == b""


@pytest.mark.parametrize("query", ["?before=x", "?id=x", "?before=2026-03-05T18:00:00%2B00:00"])
def test_does_not_know_other_pages(alice_client, bench, query):
    assert sessions(alice_client, bench, query).status_code == 404


def test_a_day_is_that_of_the_workouts_own_zone(alice, alice_client, bench):
    entry = train(alice, bench, (80, 8), days=3, time_zone="Pacific/Kiritimati")
    day = entry.workout.day
    assert f"{day:%a %-d %b %Y}" in text_of(alice_client, bench)
    assert page(alice_client, bench).context["card"].points[0].day == day


def test_hides_what_others_did(alice, mallory, alice_client, bench):
    train(mallory, bench, (200, 8))
    text = text_of(alice_client, bench)
    assert "You have not done it yet." in text
    assert "No sessions." in text
    assert "200 × 8" not in text
    assert "200 kg" not in text


def test_costs_the_same_for_many(alice, alice_client, bench):
    pull_up = ExerciseFactory(measure="bodyweight_reps")
    for number in range(10):
        for exercise in (bench, pull_up):
            train(alice, exercise, (80 + number, 8), (60, 5), days=9 - number)
        if number == 1:
            few = cost(alice_client, bench), cost(alice_client, pull_up)
    assert (cost(alice_client, bench), cost(alice_client, pull_up)) == few


def cost(client, exercise):
    costs = []
    for told in (page, records, sessions):
        with CaptureQueriesContext(connection) as queries:
            assert told(client, exercise).status_code == 200
        costs.append(len(queries))
    return costs


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
