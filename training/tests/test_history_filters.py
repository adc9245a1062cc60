"""The history's filters: what is shown meets all of them, on both databases alike."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.history import PAGE
from training.models import Exercise, ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

pytestmark = pytest.mark.django_db

URL = reverse("training:history")
DAY = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
KG_PER_LB = Decimal("0.45359237")
NINE_PLACES = Decimal("1e-9")


def finished(user, **values):
    values = {"session_date": DAY, "finished_at": DAY + timedelta(minutes=52)} | values
    return WorkoutFactory(user=user, **values)


def shown(client, **typed):
    response = client.get(URL, typed)
    assert response.status_code == 200
    return response.context["page"].workouts


@pytest.fixture
def bench(db):
    return ExerciseFactory(
        name="Bench Press", primary_muscle="chest", secondary_muscles=["triceps", "upper_back"]
    )


@pytest.fixture
def squat(db):
    return ExerciseFactory(name="Squat", primary_muscle="quads")


@pytest.fixture
def done(alice, bench, squat):
    """Two workouts: 100 kg × 5 on the bench with squats of 200 lb × 10, and squats alone."""
    both = finished(alice, title="Öl und Eisen", location="Iron Temple", notes="Felt GREAT")
    SetFactory(session_exercise=EntryFactory(workout=both, exercise=bench), weight=100, reps=5)
    entry = EntryFactory(workout=both, exercise=squat, notes="knee ached, 100%")
    SetFactory(session_exercise=entry, weight=200, weight_unit="lb", reps=10)
    squats = finished(alice, title="Legs", location="Garage", session_date=DAY - timedelta(days=2))
    SetFactory(session_exercise=EntryFactory(workout=squats, exercise=squat), weight=150, reps=3)
    return SimpleNamespace(both=both, squats=squats, squat_of_both=entry)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({}, "both squats"),
        ({"muscle": "chest"}, "both"),
        ({"muscle": "triceps"}, "both"),
        ({"muscle": "quads"}, "both squats"),
        ({"muscle": "lats"}, ""),
        ({"location": "Garage"}, "squats"),
        ({"text": "great"}, "both"),
        ({"text": "öl UND"}, "both"),
        ({"text": "ÖL"}, "both"),
        ({"text": "knee"}, "both"),
        ({"text": "100%"}, "both"),
        ({"text": "1_0"}, ""),
        ({"text": "."}, ""),
        ({"weight": "100"}, "both squats"),
        ({"weight": "100", "reps": "5"}, "both"),
        ({"weight": "100,5", "reps": "3"}, "squats"),
        ({"weight": "90,71847"}, "both squats"),
        ({"weight": "90.71847", "reps": "10"}, "both"),
        ({"weight": "90.72", "reps": "10"}, ""),
        ({"reps": "10"}, "both"),
        ({"muscle": "chest", "reps": "10"}, ""),
        ({"muscle": "quads", "location": "Garage"}, "squats"),
        ({"text": "great", "location": "Garage"}, ""),
        ({"exercise": "", "muscle": "", "location": "", "text": " ", "weight": ""}, "both squats"),
    ],
)
def test_shows_what_meets_all_filters(alice_client, done, typed, expected):
    assert shown(alice_client, **typed) == [getattr(done, name) for name in expected.split()]


def test_asks_for_one_exercise_and_its_own_sets(alice_client, done, bench, squat):
    assert shown(alice_client, exercise=bench.pk) == [done.both]
    assert shown(alice_client, exercise=bench.pk, weight="100", reps="5") == [done.both]
    # Ten reps were squats, and 100 kg on the bench were five.
    assert shown(alice_client, exercise=bench.pk, reps="10") == []
    assert shown(alice_client, exercise=squat.pk, weight="100") == [done.squats]


def test_compares_in_the_lifters_unit(alice, alice_client, done):
    alice.weight_unit = "lb"
    alice.save()
    assert shown(alice_client, weight="200", reps="10") == [done.both]
    assert shown(alice_client, weight="220.462262185", reps="5") == [done.both]
    assert shown(alice_client, weight="220.462262186", reps="5") == []


@pytest.mark.parametrize("what", ["warmup", "deleted set", "deleted entry"])
def test_asks_for_work_that_is_there(alice_client, done, squat, what):
    logged = ExerciseSet.objects.get(session_exercise=done.squat_of_both)
    if what == "warmup":
        ExerciseSet.objects.filter(pk=logged.pk).update(kind="warmup")
    else:
        (logged if what == "deleted set" else done.squat_of_both).soft_delete()
    assert shown(alice_client, exercise=squat.pk) == [done.squats]


def test_finds_no_text_of_what_is_deleted(alice_client, done):
    done.squat_of_both.soft_delete()
    assert shown(alice_client, text="knee") == []


def test_offers_what_the_lifter_did(alice_client, mallory, done, bench):
    EntryFactory(workout__user=mallory, workout__location="Hers", exercise__name="Her own")
    bench.soft_delete()
    text = alice_client.get(URL, {"filter": ""}).content.decode()
    assert f'<option value="{bench.pk}">Bench Press (retired)</option>' in text
    assert '<option value="Garage">' in text
    assert "Hers" not in text
    assert "Her own" not in text
    assert shown(alice_client, exercise=bench.pk) == [done.both]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"weight": "heavy"}, "Type a weight like 82.5."),
        ({"weight": "10000"}, "At most 9,999, please."),
        ({"reps": "2.5"}, "Type whole reps like 8."),
        ({"muscle": "tail"}, "Choose a muscle from the list."),
        ({"location": "Elsewhere"}, "Choose a location from the list."),
        ({"exercise": "01890a5d-ac96-774b-bcce-b302099a8057"}, "Choose an exercise from the list."),
        ({"exercise": "x"}, "is not a valid UUID."),
        ({"text": "x" * 101}, "at most 100 characters"),
    ],
)
def test_says_what_is_wrong_beside_what_was_typed(alice_client, done, typed, said):
    response = alice_client.get(URL, {"text": "kept"} | typed)
    assert response.status_code == 422
    text = response.content.decode()
    assert said in text
    assert "text" in typed or 'value="kept"' in text
    assert '<details class="history-header__filter" name="menu" open>' in text
    assert "Legs" not in text


def test_opens_in_its_place_with_what_is_filled_in(alice_client, done):
    typed = {"text": "kept", "filter": ""}
    assert "<details" not in alice_client.get(URL, {"text": "kept"}).content.decode()
    for headers in ({}, {"HX-Request": "true"}):
        response = alice_client.get(URL, typed, headers=headers)
        text = response.content.decode()
        assert 'name="menu" open>' in text
        assert 'value="kept"' in text
        assert ("<html" in text) == (not headers)
        assert "HX-Request" in response["Vary"]


def test_knows_nobody_elses_exercise(alice_client, mallory, done):
    hers = EntryFactory(workout__user=mallory).exercise
    assert alice_client.get(URL, {"exercise": hers.pk}).status_code == 422


def test_says_each_filter_with_a_link_without_it(alice, alice_client, done, bench):
    typed = {"exercise": bench.pk, "weight": "80,5", "reps": "5", "text": "iron", "muscle": "chest"}
    response = alice_client.get(URL, typed)
    words = dict(response.context["form"].active)
    assert list(words) == ["Bench Press", "Chest", "80.5 kg × 5 or more", "“iron”"]
    assert words["80.5 kg × 5 or more"] == f"exercise={bench.pk}&muscle=chest&text=iron"
    assert (
        "No workout meets all of the filters."
        in alice_client.get(URL, typed | {"text": "nowhere"}).content.decode()
    )


def test_filters_hold_over_pages(alice, alice_client):
    made = [
        finished(
            alice,
            session_date=DAY + timedelta(days=number),
            location="Gym" if number % 2 else "Über & aus",
        )
        for number in range(4 * PAGE)
    ]
    first = alice_client.get(URL, {"location": "Über & aus"})
    rest = alice_client.get(f"{URL}?{first.context['older']}").context["page"].workouts
    assert first.context["page"].workouts + rest == made[-2::-2]


def test_the_heat_map_follows_the_filters(alice, alice_client, done):
    now = datetime.now(UTC)
    finished(alice, session_date=now, finished_at=now, title="Run", location="Park")
    finished(alice, session_date=now, finished_at=now, location="Gym")
    page = alice_client.get(URL, {"location": "Park"})
    assert page.context["map"].workouts == 1
    assert (
        f'href="?location=Park&amp;day={now:%Y-%m-%d}#day-{now:%Y-%m-%d}"' in page.content.decode()
    )


@pytest.mark.parametrize("htmx", [False, True])
def test_costs_the_same_for_many(alice, alice_client, bench, htmx):
    typed = {"exercise": bench.pk, "muscle": "chest", "weight": "50", "reps": "1", "text": "push"}
    headers = {"HX-Request": "true"} if htmx else {}

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get(URL, typed, headers=headers).context["page"].workouts
        return len(queries)

    SetFactory(session_exercise=EntryFactory(workout=finished(alice), exercise=bench))
    one = cost()
    for _ in range(8):
        entry = EntryFactory(workout=finished(alice), exercise=bench)
        SetFactory.create_batch(3, session_exercise=entry)
    assert cost() == one


# Against plain Python over random histories.

LETTERS = "aAbÖöéÉßẞΣσжЖıI.%_\\[]^ -*"
TEXTS = st.text(LETTERS, max_size=4)
WEIGHTS = st.decimals(0, 200, places=3) | st.sampled_from(
    [Decimal(100), Decimal("220.462262185"), Decimal("45.359237"), Decimal("90.718474")]
)
SETS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["work", "work", "warmup", "drop"]),
        "weight": WEIGHTS | st.none(),
        "weight_unit": st.sampled_from(["kg", "lb"]),
        "reps": st.integers(0, 12),
        "deleted": st.sampled_from([False, False, True]),
    }
)
ENTRIES = st.fixed_dictionaries(
    {
        "exercise": st.integers(0, 2),
        "notes": TEXTS,
        "deleted": st.sampled_from([False, False, False, True]),
        "sets": st.lists(SETS, max_size=3),
    }
)
WORKOUTS = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "notes": TEXTS,
        "location": st.sampled_from(["", "Gym", "gym", "Park"]),
        "deleted": st.sampled_from([False, False, False, True]),
        "entries": st.lists(ENTRIES, max_size=3),
    }
)
CRITERIA = st.fixed_dictionaries(
    {},
    optional={
        "exercise": st.integers(0, 2),
        "muscle": st.sampled_from(["chest", "triceps", "quads"]),
        "location": st.sampled_from(["Gym", "Park"]),
        "text": TEXTS.filter(bool),
        "weight": WEIGHTS,
        "reps": st.integers(0, 12),
    },
)
MUSCLES = [{"chest", "triceps"}, {"quads"}, {"triceps"}]


def same_letter(one, other):
    return one == other or {one, one.lower(), one.upper(), one.title()} & {other} != set()


def contains(text, wanted):
    return any(
        all(map(same_letter, wanted, text[start : start + len(wanted)]))
        for start in range(len(text) - len(wanted) + 1)
    )


def is_as_heavy(logged, weight, unit):
    if logged["weight"] is None:
        return False
    if logged["weight_unit"] != unit:
        weight = weight * KG_PER_LB if unit == "lb" else weight / KG_PER_LB
        weight = weight.quantize(NINE_PLACES)
    return logged["weight"] >= weight


def meets(workout, wanted, unit):
    """Say by a plain walk through the workout whether it meets what is wanted."""
    if workout["deleted"] or workout["location"] != wanted.get("location", workout["location"]):
        return False
    entries = [entry for entry in workout["entries"] if not entry["deleted"]]
    if "text" in wanted:
        texts = [workout["title"], workout["notes"], *(entry["notes"] for entry in entries)]
        if not any(contains(text, wanted["text"]) for text in texts):
            return False
    if not wanted.keys() & {"exercise", "muscle", "weight", "reps"}:
        return True
    return any(
        entry["exercise"] == wanted.get("exercise", entry["exercise"])
        and ("muscle" not in wanted or wanted["muscle"] in MUSCLES[entry["exercise"]])
        and not logged["deleted"]
        and logged["kind"] != "warmup"
        and logged["reps"] >= wanted.get("reps", 0)
        and ("weight" not in wanted or is_as_heavy(logged, wanted["weight"], unit))
        for entry in entries
        for logged in entry["sets"]
    )


def write(user, history, exercises):
    """Save the history; return its workouts in its order."""
    rows = []
    for number, made in enumerate(history):
        row = finished(
            user,
            session_date=DAY + timedelta(hours=number),
            **{name: made[name] for name in ("title", "notes", "location")},
        )
        rows.append(row)
        for said in made["entries"]:
            entry = EntryFactory(
                workout=row, exercise=exercises[said["exercise"]], notes=said["notes"]
            )
            for values in said["sets"]:
                numbers = {name: value for name, value in values.items() if name != "deleted"}
                logged = SetFactory(session_exercise=entry, **numbers)
                if values["deleted"]:
                    logged.soft_delete()
            if said["deleted"]:
                entry.soft_delete()
        if made["deleted"]:
            row.soft_delete()
    return rows


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORKOUTS, max_size=5), CRITERIA, st.sampled_from(["kg", "lb"]))
def test_finds_what_a_plain_walk_finds(alice, history, wanted, unit):
    for model in (ExerciseSet, SessionExercise, WorkoutSession, Exercise):
        model.all_objects.all().delete()
    exercises = [
        ExerciseFactory(primary_muscle=first, secondary_muscles=others)
        for first, *others in map(sorted, MUSCLES)
    ]
    rows = write(alice, history, exercises)
    expected = [row for row, made in zip(rows, history, strict=True) if meets(made, wanted, unit)]
    if "exercise" in wanted:
        wanted = wanted | {"exercise": exercises[wanted["exercise"]]}
    found = WorkoutSession.objects.for_user(alice).matching(**wanted, unit=unit).for_history()
    assert list(found) == expected[::-1]
