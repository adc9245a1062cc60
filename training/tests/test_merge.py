"""Merging an exercise into another, and undoing it: nothing is lost, nothing else is touched."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from training import catalog
from training.models import (
    Exercise,
    ExerciseAlias,
    ExerciseMerge,
    Measure,
    Refused,
    SessionExercise,
    merge,
)
from training.tests.factories import AliasFactory, EntryFactory, ExerciseFactory, WorkoutFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return ExerciseFactory(name="Flat Press")


@pytest.fixture
def target():
    return ExerciseFactory(name="Bench Press")


def entries_of(exercise):
    return set(SessionExercise.all_objects.filter(exercise=exercise))


def aliases_of(exercise):
    return sorted(alias.name for alias in exercise.aliases.all())


def test_moves_every_entry_the_deleted_ones_too(source, target):
    living, removed, in_trash = EntryFactory.create_batch(3, exercise=source)
    removed.soft_delete()
    in_trash.workout.soft_delete()
    there, elsewhere = EntryFactory(exercise=target), EntryFactory()
    done = source.merge_into(target)
    assert entries_of(target) == {living, removed, in_trash, there}
    assert entries_of(source) == set()
    assert entries_of(elsewhere.exercise) == {elsewhere}
    assert sorted(done.moved) == sorted(str(row.pk) for row in (living, removed, in_trash))
    removed.refresh_from_db()
    assert removed.deleted_at is not None


def test_retires_the_source_and_keeps_its_names(source, target):
    for name in ("Flat Bench", "BB Press", "bench press"):
        AliasFactory(exercise=source, name=name)
    AliasFactory(exercise=target, name="bb press")
    source.merge_into(target)
    assert source.deleted_at is not None
    assert aliases_of(target) == ["Flat Bench", "Flat Press", "bb press"]
    assert aliases_of(source) == ["BB Press", "Flat Bench", "bench press"]


def test_keeps_one_alias_where_name_and_alias_are_the_same(source, target):
    AliasFactory(exercise=source, name="FLAT PRESS")
    source.merge_into(target)
    assert aliases_of(target) == ["Flat Press"]


def test_merging_twice_is_merging_once(source, target):
    EntryFactory(exercise=source)
    assert source.merge_into(target) == source.merge_into(target)
    assert ExerciseMerge.objects.count() == 1


def test_undo_moves_back_what_came_and_nothing_else(source, target, monkeypatch):
    monkeypatch.setattr(merge, "BATCH", 2)
    AliasFactory(exercise=source, name="Flat")
    AliasFactory(exercise=target, name="Bench")
    came = EntryFactory.create_batch(5, exercise=source)
    there = EntryFactory(exercise=target)
    done = source.merge_into(target)
    logged_since = EntryFactory(exercise=target)
    replaced_since = came.pop()
    replaced_since.exercise = ExerciseFactory()
    replaced_since.save(update_fields=["exercise"])
    added_since = AliasFactory(exercise=target, name="Chest press")
    done.undo()
    source.refresh_from_db()
    assert source.deleted_at is None
    assert entries_of(source) == set(came)
    assert entries_of(target) == {there, logged_since}
    assert entries_of(replaced_since.exercise) == {replaced_since}
    assert aliases_of(target) == ["Bench", added_since.name]
    assert aliases_of(source) == ["Flat"]


def test_undoing_twice_is_harmless(source, target):
    EntryFactory(exercise=source)
    done = source.merge_into(target)
    same = ExerciseMerge.objects.get()
    done.undo()
    undone_at = done.undone_at
    source.merge_into(target)
    same.undo()
    assert same.undone_at == undone_at
    assert entries_of(source) == set()


def test_undo_leaves_retired_what_was_retired_before(source, target):
    source.soft_delete()
    retired_at = source.deleted_at
    done = source.merge_into(target)
    done.undo()
    source.refresh_from_db()
    assert source.deleted_at == retired_at


def test_undoes_in_turn_what_was_merged_on(source, target):
    last = ExerciseFactory(name="Press")
    came, there = EntryFactory(exercise=source), EntryFactory(exercise=target)
    first, second = source.merge_into(target), target.merge_into(last)
    assert entries_of(last) == {came, there}
    with pytest.raises(Refused, match=r"^Undo the merge of Bench Press into Press first\.$"):
        first.undo()
    second.undo()
    first.undo()
    assert (entries_of(source), entries_of(target)) == ({came}, {there})
    assert not ExerciseAlias.objects.exists()
    assert set(Exercise.objects.all()) == {source, target, last}


def test_undo_is_refused_when_the_name_is_taken(source, target):
    entry = EntryFactory(exercise=source)
    done = source.merge_into(target)
    ExerciseFactory(name="flat press")
    with pytest.raises(Refused, match="Flat Press cannot come back"):
        done.undo()
    done.refresh_from_db()
    assert done.undone_at is None
    assert entries_of(target) == {entry}
    assert aliases_of(target) == ["Flat Press"]


def test_a_lifters_own_goes_into_the_catalog_or_their_own(alice):
    own, other = ExerciseFactory.create_batch(2, owner=alice)
    own.merge_into(other)
    other.merge_into(ExerciseFactory())
    assert not Exercise.objects.to_review().exists()


@pytest.mark.parametrize(
    ("source", "target", "says"),
    [
        ({}, {"measure": Measure.TIME}, "A is logged as weight × reps, B as time."),
        ({}, {"owner": "alice"}, "A catalog exercise cannot become a lifter's own."),
        (
            {"owner": "mallory"},
            {"owner": "alice"},
            "A lifter's own exercise cannot become another lifter's.",
        ),
        ({}, {"deleted": True}, "B is retired: restore it first."),
    ],
)
def test_refuses_what_does_not_fit(alice, mallory, source, target, says):
    users = {"alice": alice, "mallory": mallory, None: None}
    deleted = target.pop("deleted", False)
    source = ExerciseFactory(name="A", **source | {"owner": users[source.get("owner")]})
    target = ExerciseFactory(name="B", **target | {"owner": users[target.get("owner")]})
    if deleted:
        target.soft_delete()
    entry = EntryFactory(exercise=source)
    with pytest.raises(Refused) as refused:
        source.merge_into(target)
    assert str(refused.value) == says
    assert entries_of(source) == {entry}
    assert source in Exercise.objects.all()
    assert not ExerciseMerge.objects.exists()


def test_refuses_itself(source):
    with pytest.raises(Refused, match=r"^An exercise cannot be merged into itself\.$"):
        source.merge_into(source)


def test_load_catalog_does_not_bring_it_back():
    entries = [
        {
            "key": name.lower(),
            "name": name,
            "equipment": "barbell",
            "measure": "weight_reps",
            "primary_muscle": "chest",
            "secondary_muscles": [],
            "aliases": [f"{name} alias"],
        }
        for name in ("Flat", "Bench")
    ]
    catalog.load(entries)
    source, target = Exercise.objects.get(name="Flat"), Exercise.objects.get(name="Bench")
    source.merge_into(target)
    assert catalog.load(entries) == (0, 0, [])
    assert list(Exercise.objects.all()) == [target]
    assert aliases_of(target) == ["Bench alias", "Flat", "Flat alias"]


def test_costs_the_same_for_many():
    def cost(rows):
        source, target = ExerciseFactory.create_batch(2)
        EntryFactory.create_batch(rows, exercise=source, workout=WorkoutFactory())
        AliasFactory.create_batch(rows, exercise=source)
        with CaptureQueriesContext(connection) as queries:
            source.merge_into(target).undo()
        return len(queries)

    assert cost(1) == cost(9)


def test_goes_with_its_exercises_in_the_database(source, target):
    source.merge_into(target)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM exercises")
    assert not ExerciseMerge.objects.exists()
