"""Writing what an import has staged into the log: in short steps, all of it seen at once."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from time import monotonic

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from training.importing.here import find_here
from training.importing.naming import make_exercises
from training.importing.options import Options
from training.importing.packing import unpack_sets
from training.importing.parsed import ParsedSet
from training.importing.restoring import free_ids, restore
from training.importing.restoring_account import restore_account
from training.importing.restoring_exercises import restore_exercises
from training.models import (
    BodyWeight,
    ExerciseSet,
    Import,
    ImportState,
    ImportWorkout,
    SessionExercise,
    WorkoutSession,
)
from training.models.body_weight import lock_days

# About so many sets are written in one transaction, so that nobody waits for the database long.
SETS_AT_ONCE = 2_500
WORKOUTS_AT_ONCE = 200
BATCH = 5_000
MOST_REST = 32_767


@transaction.atomic
def begin(data_import: Import, options: dict) -> None:
    """Decide what will be written and as what; one that has begun stays as it is.

    Raises DoesNotExist if the import has been discarded.
    """
    data_import.lock()
    if data_import.state != ImportState.READY:
        return
    data_import.options = options
    here = find_here(data_import)
    skipped = here.same if options.get("changed") else here.same + here.changed
    for start in range(0, len(skipped), BATCH):
        places = skipped[start : start + BATCH]
        data_import.staged.filter(position__in=places).update(skipped=True)
    data_import.made = {"exercises": [], "revived": []}
    restore_exercises(data_import)
    make_exercises(data_import)
    data_import.to_write = data_import.workouts - len(skipped)
    data_import.state = ImportState.WRITING
    data_import.save(update_fields=["options", "facts", "names", "made", "to_write", "state"])


def write(data_import: Import, *, seconds: float | None = None) -> None:
    """Write from where it was left, for about so long; None is to the end.

    Raises DoesNotExist if the import has been discarded.
    """
    deadline = seconds and monotonic() + seconds
    while data_import.state == ImportState.WRITING:
        _write_some(data_import)
        if deadline and monotonic() > deadline:
            return


@transaction.atomic
def _write_some(data_import: Import) -> None:
    """Write the next workouts, or after the last one give them all to the lifter."""
    data_import.lock()
    if data_import.state != ImportState.WRITING:
        return
    waiting = data_import.staged.filter(skipped=False, position__gte=data_import.position)
    staged = _fitting(waiting.order_by("position")[:WORKOUTS_AT_ONCE])
    if not staged:
        _finish(data_import)
        return
    rows = Rows(data_import, free_ids(staged))
    for one in staged:
        rows.add(one)
    WorkoutSession.objects.bulk_create(rows.workouts)
    SessionExercise.objects.bulk_create(rows.entries)
    ExerciseSet.objects.bulk_create(rows.sets, batch_size=BATCH)
    data_import.position = staged[-1].position + 1
    data_import.written += len(rows.workouts)
    data_import.written_sets += len(rows.sets)
    data_import.save(update_fields=["position", "written", "written_sets"])


def _fitting(staged) -> list[ImportWorkout]:
    """Return the first of them that together have about as many sets as are written at once."""
    fitting, sets = [], 0
    for one in staged:
        fitting.append(one)
        sets += one.sets
        if sets >= SETS_AT_ONCE:
            break
    return fitting


def _finish(data_import: Import) -> None:
    workouts = WorkoutSession.all_objects.filter(data_import=data_import, user=None)
    workouts.update(user=data_import.user_id, updated_at=F("updated_at"))
    weights = restore_account(data_import) + _add_body_weights(data_import)
    data_import.made["body_weights"] = weights
    data_import.staged.all().delete()
    # What was needed for writing only; our own exports have much of that.
    data_import.facts, data_import.names, data_import.odd = {}, [], []
    data_import.state, data_import.done_at = ImportState.DONE, timezone.now()
    data_import.save(update_fields=["state", "done_at", "made", "facts", "names", "odd"])


def _add_body_weights(data_import: Import) -> list[str]:
    """Save what the lifter weighed on days that have no weight yet; return the new ids."""
    lock_days(data_import.user_id)
    unit = Options.of(data_import).unit
    weights = data_import.facts.get("body_weights", {})
    rows = BodyWeight.objects.for_user(data_import.user_id).filter(weighed_on__in=weights)
    taken = {day.isoformat() for day in rows.values_list("weighed_on", flat=True)}
    new = BodyWeight.objects.bulk_create(
        BodyWeight(
            user_id=data_import.user_id,
            weighed_on=day,
            weight=Decimal(weight),
            weight_unit=weight_unit or unit,
        )
        for day, (weight, weight_unit) in weights.items()
        if day not in taken
    )
    return [str(one.pk) for one in new]


class Rows:
    """The rows that staged workouts become, under the import's options."""

    def __init__(self, data_import: Import, free: set[str]):
        self.data_import, self.free = data_import, free
        self.options = Options.of(data_import)
        self.exercises = {one["name"]: one["exercise"] for one in data_import.names}
        self.workouts: list[WorkoutSession] = []
        self.entries: list[SessionExercise] = []
        self.sets: list[ExerciseSet] = []

    def add(self, staged: ImportWorkout) -> None:
        packed = staged.payload
        start = self.options.instant(staged.start)
        title = packed.get("title", "")
        workout = WorkoutSession(
            data_import=self.data_import,
            import_key=staged.key,
            title=staged.title,
            session_date=start,
            # Where the file does not say how long it took, no time is made up.
            finished_at=start + timedelta(seconds=packed.get("duration_seconds", 0)),
            time_zone=self.options.time_zone.key,
            location=packed.get("location", "")[:120],
            notes=_lines(title[120:] and title, packed.get("notes", "")),
        )
        restore(workout, packed.get("extra"), self.free)
        self.workouts.append(workout)
        exercises = packed["exercises"]
        for place, exercise in enumerate(exercises):
            self._add_entry(workout, place, exercise)
        for (entry, one), (_, following) in pairwise(
            zip(self.entries[len(self.entries) - len(exercises) :], exercises, strict=True)
        ):
            if one.get("superset") and one["superset"] == following.get("superset"):
                entry.superset_with_next = True

    def _add_entry(self, workout, place, packed) -> None:
        rest = packed.get("rest_seconds")
        entry = SessionExercise(
            workout=workout,
            exercise_id=self.exercises.get(packed["name"]),
            order_index=place,
            rest_seconds=None if rest is None or rest > MOST_REST else rest,
        )
        restore(entry, packed.get("extra"), self.free)
        self.entries.append(entry)
        notes = [packed.get("notes", "")]
        for number, done in enumerate(unpack_sets(packed), 1):
            row = self._set(entry, number, done)
            restore(row, done.extra, self.free)
            self.sets.append(row)
            if done.notes:
                # Sets have no notes of their own.
                notes.append(f"Set {number}: {done.notes}")
        entry.notes = _lines(*notes)

    def _set(self, entry, number, done: ParsedSet) -> ExerciseSet:
        weight, unit = self.options.weight(done)
        # A set needs reps or a time, and reps are 0 where they do not matter.
        neither = done.reps is None and done.duration_seconds is None
        return ExerciseSet(
            session_exercise=entry,
            set_number=number,
            kind=done.kind,
            reps=0 if neither else done.reps,
            weight=weight,
            weight_unit=unit,
            duration_seconds=done.duration_seconds,
            distance_meters=self.options.meters(done),
            rpe=done.rpe,
        )


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)
