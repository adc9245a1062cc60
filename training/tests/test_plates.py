"""Plates: the fewest that make a weight, or the nearest weights; and the line that says so."""

import itertools
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from training.models import Equipment, Measure
from training.plates import Loaded, Plate, load, parse_plates, plates_text
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory

KG = "25 20 15 10 5 2.5 1.25"
LB = "45 35 25 10 5 2.5"
URL = "/plates/"


@pytest.mark.parametrize(
    ("typed", "plates"),
    [
        ("", ()),
        ("20", (("20", None),)),
        ("1.25 20×2", (("20", 2), ("1.25", None))),
        ("20x2 15X3 10*1", (("20", 2), ("15", 3), ("10", 1))),
        ("20 × 2  10", (("20", 2), ("10", None))),
        ("2,5 1,25", (("2.5", None), ("1.25", None))),
        ("25, 20, 15", (("25", None), ("20", None), ("15", None))),
    ],
)
def test_reads_plates_as_lifters_type_them(typed, plates):
    assert parse_plates(typed) == tuple((Decimal(weight), pairs) for weight, pairs in plates)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("20 heavy", "“heavy” is no plate"),
        ("-5", "“-5” is no plate"),
        ("25;20", "“25;20” is no plate"),
        ("×2", "“×2” is no plate"),
        ("0", "A plate of 0?"),
        ("100.5", "A plate of 100.5?"),
        ("1.125", "A plate of 1.125?"),
        ("20×", "How many pairs is “20×”?"),
        ("20×0", "How many pairs is “20×0”?"),
        ("20×100", "How many pairs is “20×100”?"),
        ("20×1.5", "How many pairs is “20×1.5”?"),
        ("20 20", "20 is there twice. Write 20×2 for two pairs."),
        (" ".join(map(str, range(1, 14))), "At most 12 kinds"),
    ],
)
def test_says_what_is_no_plate(typed, words):
    with pytest.raises(ValueError, match=r"[.?]$") as caught:
        parse_plates(typed)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("weight", "bar", "plates", "line"),
    [
        ("82.5", "20", KG, "Each side 25 + 5 + 1.25"),
        ("140", "20", KG, "Each side 2 × 25 + 10"),
        ("225", "45", LB, "Each side 2 × 45"),
        ("20", "20", KG, "Bar only"),
        ("0", "0", KG, "Bar only"),
        ("15", "20", KG, "Less than the bar (20)"),
        (
            "82.6",
            "20",
            KG,
            "82.6 cannot be loaded exactly: 82.5 (25 + 5 + 1.25) or 85 (25 + 5 + 2.5)",
        ),
        ("21", "20", KG, "21 cannot be loaded exactly: 20 (bar only) or 22.5 (1.25)"),
        # Greedy would take the 25 and be left with 5.
        ("80", "20", "25×1 15×2", "Each side 2 × 15"),
        ("80", "20", "25 10×1", "80 cannot be loaded exactly: 70 (25) or 90 (25 + 10)"),
        ("100", "20", "20×1 5×2", "100 cannot be loaded exactly: 80 (20 + 2 × 5)"),
        ("100", "20", "", "100 cannot be loaded exactly: 20 (bar only)"),
        (
            "82.500000001",
            "20",
            "31.25",
            "82.500000001 cannot be loaded exactly: 82.5 (31.25) or 145 (2 × 31.25)",
        ),
        ("9999", "20", "1.25", "9999 cannot be loaded exactly: 100 (32 × 1.25)"),
    ],
)
def test_says_what_to_load(weight, bar, plates, line):
    assert load(Decimal(weight), Decimal(bar), parse_plates(plates)).text == line


KINDS = st.lists(
    st.tuples(st.integers(1, 60), st.none() | st.integers(1, 3)),
    max_size=4,
    unique_by=lambda kind: kind[0],
)


@given(KINDS, st.integers(0, 200), st.integers(0, 80), st.sampled_from(["0.25", "0.01", "1"]))
def test_is_as_good_as_trying_everything(kinds, weight, bar, scale):
    scale = Decimal(scale)
    plates = tuple(Plate(size * scale, pairs) for size, pairs in sorted(kinds, reverse=True))
    loading = load(weight * scale, bar * scale, plates)
    if weight < bar:
        assert (loading.below, loading.above) == (None, Loaded(bar * scale, ()))
        return
    fewest = every_load(plates, bar * scale, beyond=weight * scale)
    below = max(total for total in fewest if total <= weight * scale)
    above = min((total for total in fewest if total > weight * scale), default=None)
    assert loading.below.weight == below
    assert loading.exact == (below == weight * scale)
    assert (loading.above and loading.above.weight) == (None if loading.exact else above)
    for one in filter(None, (loading.below, loading.above)):
        assert one.weight == bar * scale + 2 * sum(one.side)
        assert len(one.side) == fewest[one.weight]
        assert list(one.side) == sorted(one.side, reverse=True)
        assert all(pairs is None or one.side.count(size) <= pairs for size, pairs in plates)


def every_load(plates, bar, beyond):
    """Map each weight of at most 32 plates on a side, to just beyond one, to its fewest plates."""
    fewest = {bar: 0}
    for plate in plates:
        for total, count in list(fewest.items()):
            for n in itertools.count(1):
                heavier = total + 2 * n * plate.weight
                if n > (plate.pairs or 32) or count + n > 32 or heavier > beyond + 2 * 60:
                    break
                fewest[heavier] = min(count + n, fewest.get(heavier, 99))
    return fewest


class TestLine:
    def test_writes_the_lifters_own_bar_plates_and_mark(self, alice, alice_client):
        alice.bar_kg, alice.plates_kg, alice.decimal_mark = Decimal("17.5"), "30×1 2.5", ","
        alice.save()
        response = alice_client.get(URL, {"weight": "82,5", "weight_unit": "kg"})
        assert response.content.decode() == "Each side 30 + 2,5"
        response = alice_client.get(URL, {"weight": "135", "weight_unit": "lb"})
        assert response.content.decode() == "Each side 45"

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"weight": "80"},
            {"weight": "80", "weight_unit": "stone"},
            {"weight": "eighty", "weight_unit": "kg"},
            {"weight": "-80", "weight_unit": "kg"},
            {"weight": "10000", "weight_unit": "kg"},
            {"weight": "<b>", "weight_unit": "kg"},
        ],
    )
    def test_is_empty_for_what_is_no_weight(self, alice_client, data):
        response = alice_client.get(URL, data)
        assert (response.status_code, response.content) == (422, b"")

    def test_is_empty_without_a_weight_or_plates(self, alice, alice_client):
        response = alice_client.get(URL, {"weight": "", "weight_unit": "kg"})
        assert (response.status_code, response.content) == (200, b"")
        alice.plates_kg = ""
        assert plates_text(alice, Decimal(80), "kg") == ""

    def test_costs_no_query_but_for_who_asks(self, alice_client, django_assert_num_queries):
        with django_assert_num_queries(2):
            alice_client.get(URL, {"weight": "80", "weight_unit": "kg"})

    def test_is_for_those_who_are_logged_in(self, client, db):
        assert client.get(URL, {"weight": "80", "weight_unit": "kg"}).status_code == 302
        assert reverse("training:plates") == URL


def planned(user, *weights, equipment=Equipment.BARBELL, measure=Measure.WEIGHT_REPS, **values):
    """Return the address of a workout whose one exercise had sets of these weights last time."""
    exercise = ExerciseFactory(equipment=equipment, measure=measure)
    last = EntryFactory(workout__user=user, exercise=exercise)
    for weight in weights or ["82.5"]:
        SetFactory(session_exercise=last, weight=weight, **values)
    last.workout.finish()
    return EntryFactory(workout__user=user, exercise=exercise).workout.get_absolute_url()


@pytest.fixture
def show(alice, alice_client):
    return lambda *args, **kwargs: alice_client.get(
        planned(alice, *args, **kwargs)
    ).content.decode()


class TestRow:
    def test_shows_the_plates_of_the_weight_filled_in(self, show):
        assert "Each side 25 + 5 + 1.25</p>" in show()

    def test_goes_by_the_unit_of_the_row(self, show):
        assert "Each side 2 × 45</p>" in show("225", weight_unit="lb")

    @pytest.mark.parametrize(
        "equipment", [one for one in Equipment if one != Equipment.BARBELL] + [""]
    )
    def test_shows_none_where_no_barbell_is_loaded(self, show, equipment):
        assert "set-row__plates" not in show(equipment=equipment)

    def test_shows_none_for_assistance(self, show):
        assert "set-row__plates" not in show(measure=Measure.ASSISTED_REPS)

    def test_shows_none_for_what_is_logged(self, alice, alice_client):
        logged = SetFactory(session_exercise__workout__user=alice)
        url = logged.session_exercise.workout.get_absolute_url()
        assert alice_client.get(url).content.decode().count("set-row__plates") == 1

    def test_costs_no_query_a_row(self, alice, alice_client):
        counts = []
        for weights in (["80"], ["80", "82.5", "85", "90", "95", "100", "105", "110", "115"]):
            url = planned(alice, *weights)
            with CaptureQueriesContext(connection) as queries:
                page = alice_client.get(url).content.decode()
            assert page.count("set-row__plates") == len(weights)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_survives_plates_that_cannot_be_read(self, alice, show):
        alice.plates_kg = "heavy"
        alice.save()
        assert "Each side" not in show()
