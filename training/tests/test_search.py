"""Search: exercises are found by the words that lifters use, alike on both databases."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from training.models import Exercise, ExerciseAlias
from training.search import closeness, recent_entries, search, words
from training.tests.factories import (
    AliasFactory,
    EntryFactory,
    ExerciseFactory,
    SetFactory,
    WorkoutFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def catalog(django_db_setup, django_db_blocker):
    """Load the real catalog once for the tests of a class, and take it out again."""
    with django_db_blocker.unblock():
        call_command("load_catalog", verbosity=0)
        yield
        Exercise.all_objects.all().delete()


def names(user, query, most=None, **options):
    return [one.exercise.name for one in search(user, query, **options)[:most]]


@pytest.mark.usefixtures("catalog")
class TestCatalog:
    """What lifters find first in the catalog as it is shipped."""

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("bench press", ["Bench Press", "Banded Bench Press", "Decline Bench Press"]),
            ("press bench", ["Bench Press", "Banded Bench Press", "Decline Bench Press"]),
            ("BENCH", ["Bench Press"]),
            ("Bench Press (Barbell)", ["Bench Press"]),
            ("barbell bench press", ["Bench Press"]),
            ("ohp", ["Overhead Press", "Dumbbell Shoulder Press", "Machine Shoulder Press"]),
            ("rdl", ["Romanian Deadlift"]),
            ("pec deck", ["Pec Deck", "Machine Reverse Fly"]),
            ("db bench", ["Dumbbell Bench Press"]),
            ("pull-up", ["Pull-Up"]),
            ("pullup", ["Pull-Up"]),
            ("pull up", ["Pull-Up"]),
            ("skullcrusher", ["Skull Crusher"]),
            ("leg press", ["Leg Press", "Seated Leg Press", "Single-Leg Press"]),
            ("legpress", ["Leg Press"]),
            ("tricep pushdown", ["Triceps Pushdown"]),
            ("face pull", ["Face Pull", "Band Face Pull", "Suspension Face Pull"]),
            ("lat pulldown", ["Lat Pulldown"]),
            ("squat", ["Squat"]),
            ("deadl", ["Deadlift"]),
        ],
    )
    def test_finds_it_first(self, alice, query, first):
        assert names(alice, query, len(first)) == first

    @pytest.mark.parametrize(
        ("query", "first"),
        [
            ("benhc press", "Bench Press"),
            ("bnech press", "Bench Press"),
            ("deadlfit", "Deadlift"),
            ("dumbell curl", "Dumbbell Curl"),
            ("barbel row", "Barbell Row"),
            ("romanain deadlift", "Romanian Deadlift"),
            ("pulldwon", "Lat Pulldown"),
        ],
    )
    def test_forgives_slips_in_longer_words(self, alice, query, first):
        assert first in names(alice, query, 3)

    @pytest.mark.parametrize("query", ["sqat", "rwo", "bech", "ohq", "zzz", "bench zzz", "xqzwk"])
    def test_forgives_none_in_short_words(self, alice, query):
        assert names(alice, query) == []

    def test_finds_all_without_a_word(self, alice):
        count = Exercise.objects.count()
        assert count >= 300
        for query in ("", "  ", "-!"):
            found = names(alice, query)
            assert len(found) == count
            assert found == sorted(found)

    def test_finds_each_exercise_by_its_name_and_aliases(self, alice):
        for exercise in Exercise.objects.prefetch_related("aliases")[::40]:
            for name in (exercise.name, *(alias.name for alias in exercise.aliases.all())):
                found = [one.exercise for one in search(alice, name)]
                assert exercise in found[:5], name

    def test_every_beginning_of_a_name_leads_there(self, alice):
        for length in range(3, len("bench press") + 1):
            assert "Bench Press" in names(alice, "bench press"[:length], 40)


def test_says_by_which_alias_it_was_found(alice):
    exercise = ExerciseFactory(name="Overhead press")
    AliasFactory(exercise=exercise, name="OHP")
    [found] = search(alice, "ohp")
    assert (found.exercise, found.alias) == (exercise, "OHP")
    [found] = search(alice, "overhead")
    assert found.alias == ""


def test_the_recent_come_first_among_equals(alice):
    squats = [ExerciseFactory(name=f"{word} squat") for word in ("Box", "Front", "Hack", "Zercher")]
    recent = [squats[3].pk, squats[1].pk]
    expected = ["Zercher squat", "Front squat", "Box squat", "Hack squat"]
    assert names(alice, "squat", recent=recent) == expected
    assert names(alice, "", recent=recent) == expected


def test_an_exact_name_comes_before_the_recent(alice):
    exact, recent = ExerciseFactory(name="Squat"), ExerciseFactory(name="Front squat")
    assert names(alice, "squat", recent=[recent.pk]) == [exact.name, recent.name]


def test_what_is_recent_is_what_was_logged(alice, mallory):
    def done(user, name, days):
        date = timezone.now() - timedelta(days=days)
        workout = WorkoutFactory(user=user, session_date=date)
        return SetFactory(
            session_exercise=EntryFactory(workout=workout, exercise__name=name)
        ).session_exercise

    older, newer, gone = done(alice, "Row", 2), done(alice, "Squat", 1), done(alice, "Curl", 1)
    done(mallory, "Hers", 1)
    EntryFactory(workout=newer.workout, exercise__name="Never logged")
    gone.workout.soft_delete()
    assert list(recent_entries(alice).values()) == [newer, older]


def test_hides_the_retired_and_other_peoples(alice, mallory):
    ExerciseFactory(name="Curl retired").soft_delete()
    ExerciseFactory(name="Curl hers", owner=mallory)
    ExerciseFactory(name="Curl mine", owner=alice)
    AliasFactory(exercise__name="Hers too", exercise__owner=mallory, name="Curl alias")
    assert names(alice, "curl") == names(alice, "") == ["Curl mine"]


@pytest.mark.parametrize(
    ("query", "options", "found"),
    [
        ("row", {"equipment": "cable"}, ["Seated row"]),
        ("row", {"muscle": "lats"}, ["Seated row"]),
        ("row", {"equipment": "barbell", "muscle": "lats"}, []),
        ("cable row", {}, ["Seated row"]),
        ("back row", {}, ["Bent-over row"]),
    ],
)
def test_narrows_down(alice, query, options, found):
    ExerciseFactory(name="Seated row", equipment="cable", primary_muscle="lats")
    ExerciseFactory(name="Bent-over row", equipment="barbell", primary_muscle="upper_back")
    assert names(alice, query, **options) == found


def test_reads_no_names_of_what_only_others_see(alice, mallory):
    own = AliasFactory(exercise__owner=alice)
    catalog = AliasFactory(exercise__owner=None)
    AliasFactory(exercise__owner=mallory)
    assert set(ExerciseAlias.objects.for_user(alice)) == {own, catalog}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pull-Up", ("pull", "up")),
        ("Bench Press (Barbell)", ("bench", "press", "barbell")),
        ("Développé  Couché", ("developpe", "couche")),
        ("EZ_bar 21s", ("ez", "bar", "21s")),
        ("STRASSE straße", ("strasse", "strasse")),
        ("!?", ()),
    ],
)
def test_splits_into_plain_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("typed", "word", "met"),
    [
        ("bench", "bench", True),
        ("ben", "bench", True),
        ("benhc", "bench", True),
        ("bnch", "bench", False),
        ("bxxch", "bench", False),
        ("deadlfti", "deadlift", True),
        ("romnaina", "romanian", True),
        ("press", "row", False),
    ],
)
def test_forgives_one_slip_from_five_letters_on_and_two_from_eight(typed, word, met):
    assert (closeness(typed, word) is not None) is met
