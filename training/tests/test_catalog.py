"""Loading the catalog: safe to repeat, and never against an admin."""

from threading import Barrier, Thread

import pytest
from django.core.management import call_command
from django.db import connections

from training import catalog
from training.models import Exercise, ExerciseAlias
from training.tests.factories import AliasFactory, ExerciseFactory


def entry(key="bench-press", **values):
    return {
        "key": key,
        "name": "Bench Press",
        "equipment": "barbell",
        "measure": "weight_reps",
        "primary_muscle": "chest",
        "secondary_muscles": ["triceps"],
        "aliases": ["Flat Bench", "BB Bench"],
    } | values


@pytest.fixture
def bench(db):
    catalog.load([entry()])
    return Exercise.objects.get()


def aliases(exercise):
    return {alias.name for alias in exercise.aliases.all()}


def test_loads_the_file_and_says_so(db, capsys):
    call_command("load_catalog")
    total = len(catalog.read())
    assert capsys.readouterr().out == f"Catalog: {total} exercises, {total} added, 0 updated.\n"
    assert Exercise.objects.count() == total


def test_a_second_run_writes_nothing(db, django_assert_max_num_queries):
    entries = catalog.read()
    catalog.load(entries)
    before = set(Exercise.objects.values_list("pk", "updated_at"))
    with django_assert_max_num_queries(5) as run:
        assert catalog.load(entries) == (0, 0, [])
    assert not [query for query in run if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert set(Exercise.objects.values_list("pk", "updated_at")) == before


def test_says_what_is_wrong_with_the_file(tmp_path):
    path = tmp_path / "catalog.toml"
    path.write_text('[[exercise]]\nkey = "squat"\n')
    with pytest.raises(catalog.CatalogError, match="squat: missing or unknown: aliases, equip"):
        catalog.read(path)
    path.write_text("[[exercise")
    with pytest.raises(catalog.CatalogError, match=r"catalog\.toml cannot be read"):
        catalog.read(path)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"equipment": "barbel"}, 'bench-press: "barbel" is no equipment.'),
        ({"secondary_muscles": ["tricep"]}, "bench-press: no muscles: tricep."),
    ],
)
def test_refuses_unknown_values(changes, message):
    with pytest.raises(catalog.CatalogError, match=message):
        catalog._check(entry(**changes))


def test_what_no_admin_changed_follows_the_file(bench):
    changed = entry(name="Flat Press", secondary_muscles=["shoulders"])
    assert catalog.load([changed]) == (0, 1, [])
    bench.refresh_from_db()
    assert (bench.name, bench.secondary_muscles) == ("Flat Press", ["shoulders"])
    assert catalog.load([changed]) == (0, 0, [])


def test_an_admins_edit_stays_field_by_field(bench):
    bench.name = "Bankdrücken"
    bench.save(update_fields=["name"])
    assert catalog.load([entry()]) == (0, 0, [])
    assert catalog.load([entry(name="Flat Press", primary_muscle="triceps")]) == (0, 1, [])
    bench.refresh_from_db()
    assert (bench.name, bench.primary_muscle) == ("Bankdrücken", "triceps")


def test_aliases_follow_the_file(bench):
    assert catalog.load([entry(aliases=["BB BENCH", "Bench"])]) == (0, 1, [])
    assert aliases(bench) == {"BB BENCH", "Bench"}


def test_an_alias_that_an_admin_removed_stays_removed(bench):
    bench.aliases.get(name="BB Bench").delete()
    catalog.load([entry()])
    catalog.load([entry(aliases=["Flat Bench", "BB Bench", "Bench"])])
    assert aliases(bench) == {"Flat Bench", "Bench"}


def test_an_alias_that_an_admin_added_stays(bench):
    AliasFactory(exercise=bench, name="bench")
    catalog.load([entry(aliases=["Flat Bench", "Bench"])])
    assert aliases(bench) == {"Flat Bench", "bench"}


def test_what_is_retired_stays_retired_and_is_not_added_again(bench):
    bench.soft_delete()
    assert catalog.load([entry(primary_muscle="triceps")]) == (0, 1, [])
    stored = Exercise.all_objects.get()
    assert stored.deleted_at is not None
    assert stored.primary_muscle == "triceps"


def test_what_the_file_no_longer_has_stays(bench):
    assert catalog.load([]) == (0, 0, [])
    assert Exercise.objects.get().name == "Bench Press"


def test_adopts_what_an_admin_made_before_the_file_had_it(db):
    mine = ExerciseFactory(name="BENCH press", primary_muscle="shoulders")
    AliasFactory(exercise=mine, name="flat bench")
    assert catalog.load([entry()]) == (0, 1, [])
    assert catalog.load([entry(primary_muscle="triceps", measure="time")]) == (0, 1, [])
    mine.refresh_from_db()
    assert mine.catalog_key == "bench-press"
    assert (mine.name, mine.primary_muscle) == ("BENCH press", "shoulders")
    assert mine.measure == "time"  # The admin had left it as the file did.
    assert aliases(mine) == {"flat bench", "BB Bench"}


def test_leaves_a_lifters_own_exercise_alone(alice):
    own = ExerciseFactory(name="Bench Press", owner=alice)
    assert catalog.load([entry()]) == (1, 0, [])
    own.refresh_from_db()
    assert own.catalog_key == ""


def test_skips_a_rename_to_a_name_that_is_taken_until_it_is_free(bench):
    other = ExerciseFactory(name="Flat press")
    renamed = entry(name="Flat Press", primary_muscle="triceps")
    added, updated, [line] = catalog.load([renamed])
    assert (added, updated) == (0, 1)
    assert line.startswith('bench-press: the catalog has another exercise "Flat Press" (Barbell)')
    bench.refresh_from_db()
    assert (bench.name, bench.primary_muscle) == ("Bench Press", "triceps")
    other.soft_delete()
    assert catalog.load([renamed]) == (0, 1, [])
    bench.refresh_from_db()
    assert bench.name == "Flat Press"


def test_a_skipped_entry_is_a_line_and_no_failure(bench, monkeypatch, capsys):
    monkeypatch.setattr(catalog, "read", lambda: [entry(), entry("bench-press-2")])
    call_command("load_catalog")
    said = capsys.readouterr()
    assert said.out == "Catalog: 2 exercises, 0 added, 0 updated.\n"
    assert said.err.startswith("bench-press-2: the catalog has another exercise")


def test_a_name_can_pass_from_one_exercise_to_the_next(bench):
    renamed = entry(name="Flat Press", aliases=[])
    assert catalog.load([renamed, entry("bench", aliases=[])]) == (1, 1, [])
    assert Exercise.objects.get(name="Bench Press").catalog_key == "bench"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_load_it_once():
    entries = [entry(f"press-{n}", name=f"Press {n}") for n in range(50)]
    start, results = Barrier(2), []

    def run():
        start.wait()
        try:
            results.append(catalog.load(entries))
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [(0, 0, []), (50, 0, [])]
    assert Exercise.objects.count() == 50
    assert ExerciseAlias.objects.count() == 100
