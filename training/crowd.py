"""A crowd of made-up lifters, written fast: what one lifter's pages are measured among."""

from collections.abc import Iterable

from django.db import connection, transaction

from accounts.models import User
from training.demo import load_exercises, make_history
from training.models import ExerciseSet, SessionExercise, WorkoutSession
from workoutlog.db import uuid7

MODELS = (WorkoutSession, SessionExercise, ExerciseSet)
# Made row by row, a history takes as long as fifty copies of it under other ids.
ORIGINALS = 5


def make_crowd(lifters: int, *, workouts: int, seed: int) -> int:
    """Save so many lifters with so many workouts each; return how many sets that were.

    They are copies of a few histories, and nobody can log in as them.
    """
    exercises = load_exercises()
    originals: dict[int, list] = {}
    sets = 0
    for number in range(lifters):
        kind = number % ORIGINALS
        user = User.all_objects.create_user(f"lifter-{uuid7()}@workoutlog.example")
        if kind not in originals:
            history = make_history(user, exercises, workouts=workouts, seed=seed + 1 + kind)
            originals[kind] = [_values(row) for rows in history for row in _flat(*rows)]
        sets += _copy(originals[kind], user)
    return sets


def _flat(workout, entries, sets) -> Iterable:
    yield workout
    yield from entries
    yield from sets


def _columns(model) -> list:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _values(row) -> tuple:
    """Return what identifies a row and its parent, and its values as the database takes them."""
    values = [field.pre_save(row, add=True) for field in _columns(type(row))]
    values = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(_columns(type(row)), values, strict=True)
    ]
    return MODELS.index(type(row)), row.pk, values


@transaction.atomic
def _copy(original, user) -> int:
    """Write the rows of a history once more, under new ids, as another user's."""
    prepare = ExerciseSet._meta.pk.get_db_prep_save
    parents = {field: place for place, field in enumerate(("user", "workout", "session_exercise"))}
    places = [
        next(i for i, field in enumerate(_columns(model)) if field.name in parents)
        for model in MODELS
    ]
    new_ids: dict = {prepare(original[0][2][places[0]], connection): prepare(user.pk, connection)}
    rows: tuple[list, list, list] = ([], [], [])
    for kind, pk, values in original:
        new_ids[prepare(pk, connection)] = id = prepare(uuid7(), connection)
        values = list(values)
        values[places[kind]] = new_ids[values[places[kind]]]
        rows[kind].append((id, *values))
    for model, new in zip(MODELS, rows, strict=True):
        _write(model, new)
    return len(rows[-1])


def _write(model, rows: list[tuple]) -> None:
    """Insert rows by the fastest way the database has."""
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(
        connection.ops.quote_name(field.column) for field in [model._meta.pk, *_columns(model)]
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write("\t".join("\\N" if v is None else str(v) for v in row) + "\n")
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
                rows,
            )
