"""Browsing the catalog: found as in the picker, used and own first, a page at a time."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from training.models import Exercise
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)

pytestmark = pytest.mark.django_db

URL = reverse("training:exercise-list")
HTMX = {"HX-Request": "true"}


def text(client, headers=None, **query):
    response = client.get(URL, query, headers=headers or {})
    assert response.status_code == 200
    return response.content.decode()


def names(page):
    return re.findall(r'found__link" href="[^"]+">([^<]+)</a>', page)


def done(user, exercise, *, days=0, **values):
    date = timezone.now() - timedelta(days=days)
    workout = WorkoutFactory(user=user, session_date=date)
    return SetFactory(
        session_exercise=EntryFactory(workout=workout, exercise=exercise), **values
    ).session_exercise


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_finds_exercises_and_says_why_and_how_many(alice_client, headers):
    found = ExerciseFactory(name="Overhead press")
    AliasFactory(exercise=found, name="OHP")
    ExerciseFactory(name="Squat")
    page = text(alice_client, headers, q="ohp")
    assert names(page) == ["Overhead press"]
    assert f'href="{found.get_absolute_url()}"' in page
    assert "also “OHP”" in page
    assert re.search(r"[>\s]1 exercise\s", page)
    assert ("<html" in page) == (not headers)


def test_differs_by_how_it_was_asked_for(alice_client):
    assert "HX-Request" in alice_client.get(URL)["Vary"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["A", "B", "C"]),
        ({"equipment": "barbell"}, ["B", "C"]),
        ({"muscle": "chest"}, ["A", "B"]),
        ({"equipment": "barbell", "muscle": "chest"}, ["B"]),
        ({"equipment": "barbell", "muscle": "neck"}, []),
        ({"equipment": "nothing"}, []),
        ({"equipment": "nothing\0"}, []),
        ({"muscle": "nothing\0"}, []),
    ],
)
def test_filters_by_equipment_and_muscle(alice_client, query, found):
    ExerciseFactory(name="A", equipment="dumbbell", primary_muscle="chest")
    ExerciseFactory(name="B", equipment="barbell", primary_muscle="chest")
    ExerciseFactory(name="C", equipment="barbell", primary_muscle="lats")
    page = text(alice_client, **query)
    assert names(page) == found
    for value in query.values():
        assert f'value="{value}" checked' in page or "selected" in page or "nothing" in value


def test_what_was_used_comes_first_then_ones_own_then_the_rest(alice, mallory, alice_client):
    ExerciseFactory(name="A")
    own, long_ago, lately = (
        ExerciseFactory(name="X", owner=alice),
        ExerciseFactory(name="Y"),
        ExerciseFactory(name="Z"),
    )
    done(alice, long_ago, days=400)
    lately_done = done(alice, lately, days=1)
    done(alice, long_ago, days=500)
    done(mallory, ExerciseFactory(name="B"))
    EntryFactory(workout__user=alice, exercise=ExerciseFactory(name="C"))
    EntryFactory(workout=lately_done.workout, exercise__name="D").workout.finish()
    expected = [lately.name, long_ago.name, own.name, "A", "B", "C", "D"]
    assert names(text(alice_client)) == expected
    # More than the last 15 workouts count.
    for _ in range(16):
        done(alice, lately)
    assert names(text(alice_client)) == expected


def test_tells_the_last_time_by_its_first_work_set(alice, alice_client):
    now = timezone.now()
    bench, row = ExerciseFactory(name="Bench"), ExerciseFactory(name="Row")
    entry = done(alice, bench, days=1, kind="warmup", weight=40, reps=10)
    SetFactory(session_exercise=entry, weight=80, reps=8)
    old = done(alice, row, days=800, weight=50, reps=12)
    page = text(alice_client)
    yesterday = now - timedelta(days=1)
    year = "" if yesterday.year == now.year else f" {yesterday.year}"
    assert f"last {yesterday:%-d %b}{year}, 80 × 8" in page
    assert f"last {old.workout.session_date:%-d %b %Y}, 50 × 12" in page


def test_hides_what_others_made_and_did_and_what_was_deleted(alice, mallory, alice_client):
    ExerciseFactory(name="Hers", owner=mallory)
    done(mallory, ExerciseFactory(name="Shared"))
    ExerciseFactory(name="Retired").soft_delete()
    ExerciseFactory(name="Mine once", owner=alice).soft_delete()
    page = text(alice_client)
    assert names(page) == ["Shared"]
    assert "last " not in page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_pages_show_each_once(alice_client, headers):
    ExerciseFactory.create_batch(95, equipment="cable")
    ExerciseFactory(name="Another", equipment="barbell")
    seen, url = [], f"{URL}?equipment=cable&q=exercise"
    for count in (40, 40, 15):
        page = alice_client.get(url, headers=headers).content.decode()
        assert len(names(page)) == count
        seen += names(page)
        more = re.search(r'href="(\?[^"]+)" hx-get="(\?[^"]+)"', page)
        if more:
            assert more[1] == more[2]
            url = URL + more[1].replace("&amp;", "&")
    assert not more
    expected = Exercise.objects.filter(equipment="cable").values_list("name", flat=True)
    assert sorted(seen) == sorted(expected)


def test_a_page_has_a_way_back_and_rows_that_are_added_have_none(alice_client):
    ExerciseFactory.create_batch(41)
    assert 'href="?page=1"' in text(alice_client, page=2)
    added = text(alice_client, HTMX, page=2)
    assert 'href="?page=1"' not in added
    assert added.count("<li") == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999999999999", ""])
def test_any_page_number_is_answered(alice_client, page):
    ExerciseFactory(name="A")
    assert names(text(alice_client, page=page)) == ["A"]


def test_offers_to_create_what_is_not_there(alice_client):
    ExerciseFactory(name="Bench press")
    page = text(alice_client, q=" Land & mine", equipment="barbell", muscle="abs")
    assert "Nothing found." in page
    assert "Create “Land &amp; mine”" in page
    address = re.search(r'href="([^"]+)">Create', page)[1].replace("&amp;", "&")
    form = alice_client.get(address).context["form"]
    assert form["name"].value() == "Land & mine"
    assert (form["equipment"].value(), form["primary_muscle"].value()) == ("barbell", "abs")
    assert "Create “bench”" in text(alice_client, q="bench")
    assert "Create “" not in text(alice_client, q="Bench PRESS")
    assert "Create “" not in text(alice_client)


def test_escapes_what_was_typed(alice_client):
    assert "<script>x" not in text(alice_client, q='"><script>x')


@pytest.mark.parametrize("query", ["", "exercise"])
def test_costs_the_same_for_many(alice, alice_client, query):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            text(alice_client, q=query)
        return len(queries)

    ExerciseFactory()
    unused = cost()
    done(alice, ExerciseFactory())
    one = cost()
    for days in range(8):
        done(alice, ExerciseFactory(), days=days)
        ExerciseFactory(owner=alice)
    assert cost() == one
    assert unused <= one


def test_a_page_of_one_that_was_used_and_is_retired_still_opens(alice, alice_client):
    retired = ExerciseFactory(name="Old one")
    done(alice, retired)
    retired.soft_delete()
    page = alice_client.get(retired.get_absolute_url())
    assert page.status_code == 200
    assert "Log it" not in page.content.decode()


def test_a_workouts_card_leads_to_the_exercise(alice, alice_client):
    entry = done(alice, ExerciseFactory(name="Bench"))
    page = alice_client.get(entry.workout.get_absolute_url()).content.decode()
    assert f'href="{entry.exercise.get_absolute_url()}">Bench</a></h2>' in page
    Exercise.all_objects.all().delete()
    assert "Deleted exercise" in alice_client.get(entry.workout.get_absolute_url()).content.decode()
