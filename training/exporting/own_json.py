"""Everything of a lifter as one JSON document, from which it can be restored identically.

`schema.json` beside this file says what it looks like. Fields that have their usual value are left
out; numbers that may have decimals are texts, so that no reader rounds them; times are in UTC. Each
workout stands on a line of its own, so that neither the writer nor a reader needs all at once.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from training.exporting.cells import plain
from training.exporting.history import exercises_of, workouts_of
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseSet,
    ImportName,
    SessionExercise,
    WorkoutSession,
)

FORMAT, VERSION = "workoutlog", 1
SCHEMA = Path(__file__).parent / "schema.json"

# The fields of each table that a document has, beside the rows below a row. What belongs to the
# installation is not among them: passwords, rights, an admin's reviews, the catalog's file.
TIMES = ("created_at", "updated_at", "deleted_at")
FIELDS = {
    User: (
        "email",
        "weight_unit",
        "time_zone",
        "decimal_mark",
        "rest_seconds",
        "warmup_rest_seconds",
        "shows_rpe",
        "bar_kg",
        "bar_lb",
        "plates_kg",
        "plates_lb",
    ),
    Exercise: (
        "id",
        "catalog_key",
        "name",
        "equipment",
        "measure",
        "primary_muscle",
        "secondary_muscles",
        *TIMES,
    ),
    WorkoutSession: (
        "id",
        "title",
        "session_date",
        "finished_at",
        "time_zone",
        "location",
        "notes",
        "import_key",
        *TIMES,
    ),
    SessionExercise: (
        "id",
        "exercise_id",
        "order_index",
        "notes",
        "notes_stay",
        "rest_seconds",
        "superset_with_next",
        *TIMES,
    ),
    ExerciseSet: (
        "id",
        "set_number",
        "kind",
        "weight",
        "weight_unit",
        "reps",
        "duration_seconds",
        "distance_meters",
        "rpe",
        *TIMES,
    ),
    BodyWeight: ("id", "weighed_on", "weight", "weight_unit", *TIMES),
    ImportName: ("name", "exercise_id"),
}
# What can be said once for all of a lifter's exercises of the catalog, to find them elsewhere.
CATALOG_FIELDS = tuple(name for name in FIELDS[Exercise] if name not in TIMES)


def chunks(user) -> Iterator[str]:
    """Yield the document piece by piece: the account, what it needs, then the workouts."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": timezone.now()}
    yield f"{dump(head)[:-1]},\n"
    yield f'"account":{dump(_facts(user, FIELDS[User], sparse=False))},\n'
    exercises = exercises_of(user)
    yield from _array("exercises", map(_exercise, exercises))
    yield ",\n"
    weights = BodyWeight.all_objects.for_user(user).order_by("id").iterator()
    yield from _array("body_weights", (_facts(row, FIELDS[BodyWeight]) for row in weights))
    yield ",\n"
    names = ImportName.objects.for_user(user).order_by("name").iterator()
    yield from _array("import_names", (_facts(row, FIELDS[ImportName]) for row in names))
    yield ",\n"
    yield from _array("workouts", map(_workout, workouts_of(user, exercises, trash=True)))
    yield "}\n"


def dump(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text)


def _array(name: str, items: Iterable) -> Iterator[str]:
    """Yield a named array, each item on a line of its own."""
    yield f'"{name}":['
    comma = "\n"
    for item in items:
        yield comma + dump(item)
        comma = ",\n"
    yield "]"


def _exercise(exercise: Exercise) -> dict:
    if exercise.owner_id is None:
        return _facts(exercise, CATALOG_FIELDS)
    aliases = [alias.name for alias in exercise.aliases.all()]
    return {
        **_facts(exercise, FIELDS[Exercise]),
        "own": True,
        **({"aliases": aliases} if aliases else {}),
    }


def _workout(workout: WorkoutSession) -> dict:
    entries = [
        {
            **_facts(entry, FIELDS[SessionExercise]),
            "sets": [_facts(done, FIELDS[ExerciseSet]) for done in entry.sets],
        }
        for entry in workout.log
    ]
    return {**_facts(workout, FIELDS[WorkoutSession]), "exercises": entries}


def _facts(row: Model, names: Iterable[str], *, sparse: bool = True) -> dict:
    """Return the named fields; a sparse row is without those that have their usual value."""
    facts = {name: getattr(row, name) for name in names}
    if not sparse:
        return facts
    usual = _usual(type(row))
    return {name: value for name, value in facts.items() if value != usual[name]}


@cache
def _usual(model: type[Model]) -> dict:
    """Return the value by which each field is left out; ids and times of writing never are."""
    always = ("id", "created_at", "updated_at")
    return {
        field.attname: ... if field.name in always else field.get_default()
        for field in model._meta.concrete_fields
    }


def _text(value) -> str:
    """Write what JSON has no word for."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value)} has no place in an export")
