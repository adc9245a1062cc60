"""The catalog data file alone: its shape and its names. No database is needed."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from training.models import Equipment, Measure, Muscle

CATALOG = Path(__file__).resolve().parent.parent / "catalog.toml"
FIELDS = {
    "key",
    "name",
    "equipment",
    "measure",
    "primary_muscle",
    "secondary_muscles",
    "aliases",
}


@pytest.fixture(scope="module")
def exercises():
    with CATALOG.open("rb") as file:
        return tomllib.load(file)["exercise"]


@pytest.fixture(scope="module")
def names_by_label(exercises):
    """Every name and alias in lower case, with the name of the exercise it stands for."""
    return {
        label.casefold(): exercise["name"]
        for exercise in exercises
        for label in [exercise["name"], *exercise["aliases"]]
    }


def repeated(values):
    return [value for value, count in Counter(values).items() if count > 1]


def test_has_at_least_300_exercises(exercises):
    assert len(exercises) >= 300


def test_every_entry_has_exactly_the_known_fields(exercises):
    assert [e for e in exercises if set(e) != FIELDS] == []


def test_keys_are_unique_slugs(exercises):
    keys = [e["key"] for e in exercises]
    assert repeated(keys) == []
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_names_and_aliases_are_unique_over_the_whole_file(exercises):
    labels = [label.casefold() for e in exercises for label in [e["name"], *e["aliases"]]]
    assert repeated(labels) == []


def test_names_and_aliases_are_unique_without_punctuation(exercises):
    """A label such as "Pull-Up" and its spelling "pull up" only ever mean one exercise."""
    owners = {}
    for exercise in exercises:
        for label in [exercise["name"], *exercise["aliases"]]:
            bare = re.sub(r"[^a-z0-9]", "", label.casefold())
            owners.setdefault(bare, set()).add(exercise["key"])
    assert {bare: keys for bare, keys in owners.items() if len(keys) > 1} == {}


def test_no_name_is_another_name_plus_a_parenthesis(exercises):
    names = {e["name"].casefold() for e in exercises}
    assert [name for name in names if name.partition(" (")[0] in names - {name}] == []


def test_every_entry_has_an_alias(exercises):
    assert [e["key"] for e in exercises if not e["aliases"]] == []


def test_names_and_aliases_are_clean_and_short(exercises):
    labels = [label for e in exercises for label in [e["name"], *e["aliases"]]]
    assert [label for label in labels if len(label) > 80] == []
    assert [label for label in labels if not label or label != " ".join(label.split())] == []


def test_values_are_allowed(exercises):
    assert {e["equipment"] for e in exercises} <= set(Equipment.values)
    assert {e["measure"] for e in exercises} <= set(Measure.values)
    assert {e["primary_muscle"] for e in exercises} <= set(Muscle.values)
    assert {m for e in exercises for m in e["secondary_muscles"]} <= set(Muscle.values)


def test_secondary_muscles_do_not_repeat(exercises):
    for exercise in exercises:
        muscles = [exercise["primary_muscle"], *exercise["secondary_muscles"]]
        assert repeated(muscles) == [], exercise["key"]


def test_every_value_is_used(exercises):
    assert {e["equipment"] for e in exercises} == set(Equipment.values)
    assert {e["measure"] for e in exercises} == set(Measure.values)
    assert {e["primary_muscle"] for e in exercises} == set(Muscle.values)


def test_entries_are_grouped_by_primary_muscle(exercises):
    """Each muscle is one run of entries under its own comment."""
    muscles = [e["primary_muscle"] for e in exercises]
    starts = [muscle for i, muscle in enumerate(muscles) if i == 0 or muscles[i - 1] != muscle]
    assert repeated(starts) == []


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("pec deck", "Pec Deck"),
        ("Chest Fly (Machine)", "Pec Deck"),
        ("OHP", "Overhead Press"),
        ("Military Press", "Overhead Press"),
        ("Overhead Press (Barbell)", "Overhead Press"),
        ("RDL", "Romanian Deadlift"),
        ("Romanian Deadlift (Barbell)", "Romanian Deadlift"),
        ("SLDL", "Stiff-Leg Deadlift"),
        ("Bench Press (Barbell)", "Bench Press"),
        ("Incline Bench Press (Dumbbell)", "Incline Dumbbell Bench Press"),
        ("DB bench", "Dumbbell Bench Press"),
        ("CGBP", "Close-Grip Bench Press"),
        ("Squat (Barbell)", "Squat"),
        ("Deadlift (Barbell)", "Deadlift"),
        ("BSS", "Bulgarian Split Squat"),
        ("Lat Pulldown (Cable)", "Lat Pulldown"),
        ("lat pull", "Lat Pulldown"),
        ("Pull Up", "Pull-Up"),
        ("Pull Up (Assisted)", "Assisted Pull-Up"),
        ("Bent Over Row (Barbell)", "Barbell Row"),
        ("T-bar", "T-Bar Row"),
        ("Seated Row (Cable)", "Seated Cable Row"),
        ("face pulls", "Face Pull"),
        ("rear delt fly", "Dumbbell Reverse Fly"),
        ("Bicep Curl (Dumbbell)", "Dumbbell Curl"),
        ("preacher", "Preacher Curl"),
        ("skullcrusher", "Skull Crusher"),
        ("Triceps Pushdown (Cable)", "Triceps Pushdown"),
        ("Leg Extension (Machine)", "Leg Extension"),
        ("GHR", "Glute-Ham Raise"),
        ("hip thrust", "Hip Thrust"),
        ("Zercher", "Zercher Squat"),
        ("KB swing", "Kettlebell Swing"),
        ("Running (Treadmill)", "Treadmill"),
        ("Rowing (Machine)", "Rowing Machine"),
    ],
)
def test_what_lifters_say_finds_the_exercise(names_by_label, alias, name):
    assert names_by_label[alias.casefold()] == name
