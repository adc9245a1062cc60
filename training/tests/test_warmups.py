"""Warm-up sets: a ramp that can be loaded, proposed and not stored."""

from decimal import Decimal

import pytest

from training.models import Equipment, ExerciseSet, Measure, SetKind
from training.plates import load, parse_plates
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory
from training.warmups import propose, ramp
from workoutlog.db import uuid7

OFFER = "Add warm-up sets"
KG = parse_plates("25 20 15 10 5 2.5 1.25")
LB = parse_plates("45 35 25 10 5 2.5")


@pytest.mark.parametrize(
    ("work", "bar", "plates", "sets"),
    [
        ("80", "20", KG, "20×10 45×5 55×3 67.5×2"),
        ("140", "20", KG, "20×10 67.5×5 92.5×3 115×2"),
        # Starting Strength's own examples.
        ("275", "45", LB, "45×10 135×5 185×3 230×2"),
        ("95", "45", LB, "45×10 65×5 75×3 85×2"),
        # Steps too near to each other, or to the work weight, are dropped.
        ("40", "20", KG, "20×10 27.5×5 32.5×3"),
        ("30", "20", KG, "20×10 25×5"),
        ("20", "20", KG, ""),
        ("15", "20", KG, ""),
        ("80", "20", parse_plates("25 5"), "20×10 40×5 60×3 70×2"),
    ],
)
def test_goes_up_from_the_bar_in_weights_that_can_be_loaded(work, bar, plates, sets):
    bar = Decimal(bar)
    found = ramp(Decimal(work), bar, lambda weight: load(weight, bar, plates).nearest.weight)
    assert written(found) == sets


def written(sets):
    return " ".join(f"{weight.normalize():f}×{reps}" for weight, reps in sets)


@pytest.fixture
def entry(alice):
    """A running workout with a barbell exercise that had 2 × 80 kg the last time."""
    return make_entry(alice)


def make_entry(user, kinds=(SetKind.WORK, SetKind.WORK), exercise=None, **values):
    exercise = exercise or ExerciseFactory()
    last = EntryFactory(workout__user=user, exercise=exercise)
    for kind in kinds:
        SetFactory(session_exercise=last, kind=kind, **{"weight": Decimal(80), "reps": 8} | values)
    last.workout.finish()
    return EntryFactory(workout__user=user, exercise=exercise)


@pytest.mark.parametrize(
    ("equipment", "unit", "sets"),
    [
        (Equipment.BARBELL, "kg", "20×10 45×5 55×3 67.5×2"),
        (Equipment.BARBELL, "lb", "45×10 60×5"),
        (Equipment.MACHINE, "kg", "32.5×5 47.5×3 65×2"),
        (Equipment.DUMBBELL, "lb", "30×5 50×3 65×2"),
    ],
)
def test_rounds_to_plates_or_to_whole_steps(alice, equipment, unit, sets):
    entry = EntryFactory(workout__user=alice, exercise__equipment=equipment)
    entry.sets = []
    proposed, taken_up = propose(entry, ExerciseSet(weight=Decimal(80), weight_unit=unit), alice)
    assert written((one.weight, one.reps) for one in proposed) == sets
    assert not taken_up
    assert {(one.kind, one.weight_unit) for one in proposed} == {(SetKind.WARMUP, unit)}


def test_keeps_to_the_bar_where_no_plates_are_known(alice):
    alice.plates_kg = ""
    entry = EntryFactory(workout__user=alice)
    entry.sets = []
    proposed, _ = propose(entry, ExerciseSet(weight=Decimal(40), weight_unit="kg"), alice)
    assert written((one.weight, one.reps) for one in proposed) == "20×10 27.5×5 32.5×3"


def get(client, entry, *, htmx=False, **data):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.get(entry.workout.get_absolute_url(), data, headers=headers)


def rows(response):
    (card,) = response.context["log"].cards
    return [(row.label, *(field.value for field in row.fields)) for row in card.rows]


RAMPED = [
    ("W", "20", "10"),
    ("W", "45", "5"),
    ("W", "55", "3"),
    ("W", "67.5", "2"),
    ("1", "80", "8"),
    ("2", "80", "8"),
]


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_shows_them_ready_to_log_before_the_work_and_stores_nothing(alice_client, entry, htmx):
    assert OFFER in get(alice_client, entry).content.decode()
    response = get(alice_client, entry, htmx=htmx, warmup=entry.pk)
    assert rows(response) == RAMPED
    assert response.content.decode().count('aria-label="Log set') == len(RAMPED)
    assert OFFER not in response.content.decode()
    assert ("<html" in response.content.decode()) is not htmx
    if htmx:
        assert response["HX-Retarget"] == f"#exercise-{entry.pk}"
    assert not entry.exercise_sets.exists()


def log(client, entry, row, **values):
    _, weight, reps = row
    body = {"kind": "warmup", "weight": weight, "weight_unit": "kg", "reps": reps, "id": uuid7()}
    url = f"/session-exercises/{entry.pk}/sets/"
    return client.post(url, body | values, headers={"HX-Request": "true"})


def test_logs_one_as_a_warm_up_and_goes_on_with_the_others(alice_client, entry):
    page = log(alice_client, entry, RAMPED[0], number=1).content.decode()
    assert 'aria-label="Save set 1"' in page
    assert 'data-number="2"' in page
    assert "Log set" not in page
    assert entry.exercise_sets.get().is_warmup
    response = get(alice_client, entry)
    assert rows(response) == RAMPED
    assert OFFER not in response.content.decode()
    log(alice_client, entry, ("1", "80", "8"), number=5, kind="work")
    assert rows(get(alice_client, entry)) == [RAMPED[0], *RAMPED[4:]]


def test_offers_heavier_ones_after_a_warm_up_of_the_lifters_own(alice_client, entry):
    own = ("W", "50", "6")
    log(alice_client, entry, own, number=1)
    response = get(alice_client, entry)
    assert rows(response) == [own, *RAMPED[4:]]
    assert OFFER in response.content.decode()
    assert rows(get(alice_client, entry, warmup=entry.pk)) == [own, *RAMPED[2:]]


def test_says_what_is_wrong_with_one(alice_client, entry):
    response = log(alice_client, entry, ("W", "20", "many"), number=1)
    assert response.status_code == 422
    assert (response.context["row"].label, response.context["row"].kind) == ("W", "warmup")


@pytest.mark.parametrize(
    "kinds", [[SetKind.WARMUP, SetKind.WORK], [SetKind.WARMUP], []], ids=["had", "only", "none"]
)
def test_does_not_offer_what_is_planned_or_where_no_work_weight_is_known(
    alice, alice_client, kinds
):
    entry = make_entry(alice, kinds)
    before = get(alice_client, entry)
    assert OFFER not in before.content.decode()
    assert rows(get(alice_client, entry, warmup=entry.pk)) == rows(before)


@pytest.mark.parametrize("measure", set(Measure) - {Measure.WEIGHT_REPS})
def test_offers_none_but_for_weight_and_reps(alice, alice_client, measure):
    entry = make_entry(alice, exercise=ExerciseFactory(measure=measure), duration_seconds=60)
    assert OFFER not in get(alice_client, entry).content.decode()


def test_offers_none_once_the_work_has_begun_or_the_workout_is_over(alice_client, entry):
    logged = SetFactory(session_exercise=entry, weight=80, reps=8)
    assert OFFER not in get(alice_client, entry).content.decode()
    logged.soft_delete()
    entry.workout.finish()
    response = get(alice_client, entry, warmup=entry.pk)
    assert OFFER not in response.content.decode()
    assert rows(response) == []


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
class TestMallory:
    def test_cannot_see_them(self, mallory_client, entry, htmx):
        assert get(mallory_client, entry, htmx=htmx, warmup=entry.pk).status_code == 404

    def test_cannot_have_them_of_anothers_exercise(self, mallory, mallory_client, entry, htmx):
        own = make_entry(mallory)
        assert get(mallory_client, own, htmx=htmx, warmup=own.pk).status_code == 200
        assert get(mallory_client, own, htmx=htmx, warmup=entry.pk).status_code == 404

    @pytest.mark.parametrize("bad", ["1", "x"])
    def test_gets_404_for_what_is_no_id(self, alice_client, entry, bad, htmx):
        assert get(alice_client, entry, htmx=htmx, warmup=bad).status_code == 404
