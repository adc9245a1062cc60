"""The catalog file, and its merge into the table, which never undoes what an admin did there."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from training.models import Equipment, Exercise, ExerciseAlias, Measure, Muscle

CATALOG = Path(__file__).with_name("catalog.toml")
PLACE = ("name", "equipment")  # Which only one living exercise of the catalog has.
FIELDS = (*PLACE, "measure", "primary_muscle", "secondary_muscles")


class CatalogError(Exception):
    """The file says something that the catalog cannot hold."""


class Loaded(NamedTuple):
    """What a run did; `skipped` has a sentence for each entry that it could not follow."""

    added: int
    updated: int
    skipped: list[str]


def read(path: Path = CATALOG) -> list[dict]:
    """Return the entries of the file; raise CatalogError if a value is unknown or missing."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["exercise"]
    except (OSError, ValueError, KeyError) as error:
        raise CatalogError(f"{path.name} cannot be read: {error}") from None
    for entry in entries:
        _check(entry)
    for key, count in Counter(entry["key"] for entry in entries).items():
        if count > 1:
            raise CatalogError(f'There are {count} entries with the key "{key}".')
    return entries


def _check(entry):
    key = entry.get("key", entry)
    if wrong := set(entry) ^ {"key", "aliases", *FIELDS}:
        raise CatalogError(f"{key}: missing or unknown: {', '.join(sorted(wrong))}.")
    for field, choices in (
        ("equipment", Equipment),
        ("measure", Measure),
        ("primary_muscle", Muscle),
    ):
        if entry[field] not in choices.values:
            raise CatalogError(f'{key}: "{entry[field]}" is no {field.replace("_", " ")}.')
    if unknown := set(entry["secondary_muscles"]) - set(Muscle.values):
        raise CatalogError(f"{key}: no muscles: {', '.join(sorted(unknown))}.")


@transaction.atomic
def load(entries: list[dict]) -> Loaded:
    """Merge the entries into the table.

    A three-way merge: `catalog_entry` is what the last run loaded. What still says so follows the
    file; what an admin changed since, field by field and alias by alias, stays. So does an
    exercise that the file no longer has.
    """
    _lock_the_tables()
    return _Merge().run(entries)


def _lock_the_tables():
    """Let nobody write between our reading and our writing; a transaction of SQLite has that."""
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (Exercise, ExerciseAlias))
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


class _Merge:
    """One run: what the table has, and what is to be written."""

    def __init__(self):
        rows = Exercise.all_objects.filter(Q(owner=None) | ~Q(catalog_key=""))
        rows = list(rows.prefetch_related("aliases"))
        self.by_key = {row.catalog_key: row for row in rows if row.catalog_key}
        self.places = {_place(row): row for row in rows if _is_in_picker(row)}
        self.added, self.changed, self.aliases_new, self.aliases_gone = [], [], [], []
        self.updated = set()
        self.skipped = []

    def run(self, entries) -> Loaded:
        # Known ones first: a new one may take the name that another one has just given up.
        for entry in entries:
            if row := self.by_key.get(entry["key"]):
                self._update(row, entry)
        for entry in entries:
            if entry["key"] not in self.by_key:
                self._add(entry)
        Exercise.all_objects.bulk_update(self.changed, [*FIELDS, "catalog_key", "catalog_entry"])
        Exercise.all_objects.bulk_create(self.added)
        if self.aliases_gone:
            ExerciseAlias.objects.filter(pk__in=self.aliases_gone).delete()
        ExerciseAlias.objects.bulk_create(self.aliases_new)
        return Loaded(len(self.added), len(self.updated), self.skipped)

    def _add(self, entry):
        row = Exercise(
            catalog_key=entry["key"],
            catalog_entry=entry,
            **{field: entry[field] for field in FIELDS},
        )
        holder = self.places.setdefault(_place(row), row)
        if holder is row:
            self.added.append(row)
            self._merge_aliases(row, [], entry["aliases"])
        elif not holder.catalog_key:
            self._adopt(holder, entry)
        else:
            self._skip(entry)

    def _adopt(self, row, entry):
        """An admin made it before the file had it: what it says counts as the admin's edit."""
        row.catalog_key, row.catalog_entry = entry["key"], entry
        self.changed.append(row)
        self.updated.add(row.pk)
        self._merge_aliases(row, [], entry["aliases"])

    def _update(self, row, entry):
        base = row.catalog_entry or {}
        changes = {
            field: entry[field]
            for field in FIELDS
            if field in base and getattr(row, field) == base[field] != entry[field]
        }
        old_place = _place(row)
        place = changes.get("name", row.name).lower(), changes.get("equipment", row.equipment)
        moves = _is_in_picker(row) and place != old_place
        if moves and place in self.places:
            self._skip(entry)
            # As if the file still had the old place, so that the next run tries again.
            entry = entry | {field: base[field] for field in PLACE if field in changes}
            changes = {field: entry[field] for field in changes if field not in PLACE}
            moves = False
        if entry == base:
            return
        row.catalog_entry = entry
        for field, value in changes.items():
            setattr(row, field, value)
        if changes:
            self.updated.add(row.pk)
        if moves:
            # At once, because in bulk a row could come to a place before its holder has left it.
            row.save(update_fields=[*changes, "catalog_entry"])
            self.places.pop(old_place, None)
            self.places[place] = row
        else:
            self.changed.append(row)
        self._merge_aliases(row, base.get("aliases", []), entry["aliases"])

    def _merge_aliases(self, row, base, names):
        present = [] if row._state.adding else row.aliases.all()
        gone = [alias for alias in present if alias.name in base and alias.name not in names]
        taken = {alias.name.lower() for alias in present if alias not in gone}
        new = [name for name in names if name not in base and name.lower() not in taken]
        self.aliases_gone += [alias.pk for alias in gone]
        self.aliases_new += [ExerciseAlias(exercise=row, name=name) for name in new]
        if (gone or new) and not row._state.adding:
            self.updated.add(row.pk)

    def _skip(self, entry):
        self.skipped.append(
            f'{entry["key"]}: the catalog has another exercise "{entry["name"]}"'
            f" ({Equipment(entry['equipment']).label}); rename or retire one of them."
        )


def _is_in_picker(row) -> bool:
    return row.owner_id is None and row.deleted_at is None


def _place(row) -> tuple[str, str]:
    return row.name.lower(), row.equipment
