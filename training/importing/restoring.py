"""What our own files say of a row beyond its numbers: its id, its times, its place."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from training.models import ExerciseSet, ImportWorkout, SessionExercise, WorkoutSession

# What a row takes over as it was; its numbers and texts come as those of any file.
TIMES = ("created_at", "updated_at", "deleted_at")
FIELDS = {
    WorkoutSession: ("finished_at", "time_zone", *TIMES),
    SessionExercise: ("order_index", "notes_stay", "rest_seconds", "superset_with_next", *TIMES),
    ExerciseSet: ("set_number", *TIMES),
}


def free_ids(staged: Iterable[ImportWorkout]) -> set[UUID]:
    """Return the ids that rows of these workouts had and that no row has now."""
    wanted: dict = {WorkoutSession: set(), SessionExercise: set(), ExerciseSet: set()}
    for one in staged:
        wanted[WorkoutSession].add(_id(one.payload.get("extra")))
        for exercise in one.payload["exercises"]:
            wanted[SessionExercise].add(_id(exercise.get("extra")))
            wanted[ExerciseSet].update(_id(done[-1]) for done in exercise["sets"])
    free = set()
    for model, ids in wanted.items():
        ids.discard(None)
        if ids:
            taken = set(model.all_objects.filter(pk__in=ids).values_list("pk", flat=True))
            free |= ids - taken
    return free


def restore(row, extra: dict | None, free: set[UUID]) -> None:
    """Give a row not yet saved what an export said of it; what cannot be is left as it is."""
    if not extra:
        return
    names = FIELDS[type(row)]
    if (id := _id(extra)) in free:
        free.remove(id)  # Should the file give it to another row as well, that one gets a new one.
        row.pk = id
        if isinstance(row, WorkoutSession):
            names = ("import_key", *names)
    for name in names:
        if name in extra:
            field = row._meta.get_field(name)
            try:
                value = field.clean(extra[name], row)
            except ValidationError:
                continue
            setattr(row, name, value)
    # Later than now would count as edited after the import.
    row.updated_at = min(row.updated_at, timezone.now())


def _id(extra: dict | None) -> UUID | None:
    try:
        return UUID(extra["id"]) if extra else None
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
