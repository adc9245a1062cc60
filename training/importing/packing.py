"""Parsed workouts as JSON and back, each row a short list, so that staging them is quick."""

from collections.abc import Iterator
from decimal import Decimal

from training.importing.parsed import ParsedExercise, ParsedSet, ParsedWorkout


def pack(workout: ParsedWorkout) -> dict:
    """Return all but key, start and line as what JSON can hold; empty things are left out."""
    packed = {
        "title": clean(workout.title),
        "duration_seconds": workout.duration_seconds,
        "location": clean(workout.location),
        "notes": clean(workout.notes),
        "extra": clean(workout.extra),
        "exercises": [_pack_exercise(exercise) for exercise in workout.exercises],
    }
    return {name: value for name, value in packed.items() if value not in (None, "")}


def _pack_exercise(exercise: ParsedExercise) -> dict:
    packed = {
        "name": clean(exercise.name),
        "notes": clean(exercise.notes),
        "superset": clean(exercise.superset),
        "rest_seconds": exercise.rest_seconds,
        "extra": clean(exercise.extra),
        "sets": [_pack_set(done) for done in exercise.sets],
    }
    return {name: value for name, value in packed.items() if value not in (None, "")}


def _pack_set(done: ParsedSet) -> list:
    return [
        done.kind,
        done.weight if done.weight is None else str(done.weight),
        done.weight_unit,
        done.reps,
        done.duration_seconds,
        done.distance if done.distance is None else str(done.distance),
        done.distance_unit,
        done.rpe if done.rpe is None else str(done.rpe),
        clean(done.notes),
        clean(done.extra),
    ]


def unpack_sets(packed: dict) -> Iterator[ParsedSet]:
    """Yield the sets of a packed exercise."""
    for kind, weight, weight_unit, reps, seconds, distance, unit, rpe, notes, extra in packed[
        "sets"
    ]:
        yield ParsedSet(
            kind=kind,
            weight=None if weight is None else Decimal(weight),
            weight_unit=weight_unit,
            reps=reps,
            duration_seconds=seconds,
            distance=None if distance is None else Decimal(distance),
            distance_unit=unit,
            rpe=None if rpe is None else Decimal(rpe),
            notes=notes,
            extra=extra,
        )


def clean(value):
    """Take out of texts, in whatever they lie, what a database cannot store."""
    if isinstance(value, str):
        if value.isascii() and "\0" not in value:
            return value
        return value.replace("\0", "").encode(errors="replace").decode()
    if isinstance(value, dict):
        return {clean(key): clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value
