"""All living sets as CSV, one row each, and readable back.

The columns, in groups; what belongs to several rows is repeated in each:

- `workout_id`, `workout_title`, `started_at`, `started_offset`, `finished_at`, `finished_offset`,
  `time_zone`, `location`, `workout_notes`: the workout. Times are those of its own clock, with
  how far that was from UTC; `finished_at` is empty while it runs.
- `entry_id`, `entry_number`, `exercise`, `equipment`, `measure`, `exercise_id`, `exercise_notes`,
  `notes_stay`, `rest_seconds`, `superset_with_next`: the exercise at its place in the workout, from
  1 on. Empty in the one row of a workout without exercises. `yes` is yes, empty is no.
- `set_id`, `set_number`, `kind`, `weight`, `weight_unit`, `reps`, `duration_seconds`,
  `distance_meters`, `rpe`: the set as it was typed. Empty in the one row of an exercise without.

Texts that a spreadsheet would take for a formula, or that begin with an apostrophe, have one before
them. Not in it: the trash, when rows were written, muscles and aliases of exercises, body weights.
"""

import csv
from collections.abc import Iterator
from datetime import datetime

from training.exporting.cells import escape, plain
from training.exporting.history import exercises_of, workouts_of
from training.models import ExerciseSet, SessionExercise, WorkoutSession

WORKOUT_COLUMNS = (
    "workout_id",
    "workout_title",
    "started_at",
    "started_offset",
    "finished_at",
    "finished_offset",
    "time_zone",
    "location",
    "workout_notes",
)
ENTRY_COLUMNS = (
    "entry_id",
    "entry_number",
    "exercise",
    "equipment",
    "measure",
    "exercise_id",
    "exercise_notes",
    "notes_stay",
    "rest_seconds",
    "superset_with_next",
)
SET_COLUMNS = (
    "set_id",
    "set_number",
    "kind",
    "weight",
    "weight_unit",
    "reps",
    "duration_seconds",
    "distance_meters",
    "rpe",
)
COLUMNS = WORKOUT_COLUMNS + ENTRY_COLUMNS + SET_COLUMNS
NO_ENTRY = ("",) * len(ENTRY_COLUMNS)
NO_SET = ("",) * len(SET_COLUMNS)


class Line:
    """What csv.writer writes to: it hands every line back."""

    def write(self, line: str) -> str:
        return line


def chunks(user) -> Iterator[str]:
    """Yield the file piece by piece, by time; its first sign tells Excel that it is UTF-8."""
    write = csv.writer(Line()).writerow
    yield "\ufeff" + write(COLUMNS)
    for workout in workouts_of(user, exercises_of(user)):
        yield "".join(map(write, _rows(workout)))


def _rows(workout: WorkoutSession) -> Iterator[tuple]:
    facts = _workout(workout)
    if not workout.log:
        yield (*facts, *NO_ENTRY, *NO_SET)
    for entry in workout.log:
        exercise = _entry(entry)
        if not entry.sets:
            yield (*facts, *exercise, *NO_SET)
        for done in entry.sets:
            yield (*facts, *exercise, *_set(done))


def _workout(workout: WorkoutSession) -> tuple:
    return (
        workout.pk,
        escape(workout.title),
        *_clock(workout.session_date, workout),
        *_clock(workout.finished_at, workout),
        workout.time_zone,
        escape(workout.location),
        escape(workout.notes),
    )


def _entry(entry: SessionExercise) -> tuple:
    exercise = entry.exercise
    return (
        entry.pk,
        entry.order_index + 1,
        escape(exercise.name if exercise else ""),
        exercise.equipment if exercise else "",
        exercise.measure if exercise else "",
        entry.exercise_id or "",
        escape(entry.notes),
        _yes(entry.notes_stay),
        plain(entry.rest_seconds),
        _yes(entry.superset_with_next),
    )


def _set(done: ExerciseSet) -> tuple:
    return (
        done.pk,
        done.set_number,
        done.kind,
        plain(done.weight),
        done.weight_unit,
        plain(done.reps),
        plain(done.duration_seconds),
        plain(done.distance_meters),
        plain(done.rpe),
    )


def _clock(instant: datetime | None, workout: WorkoutSession) -> tuple[str, str]:
    """Write an instant as the workout's wall clock and its offset, "UTC+01:00"."""
    if instant is None:
        return "", ""
    local = instant.astimezone(workout.zone)
    clock = local.replace(tzinfo=None).isoformat(" ")
    # Not a bare "+01:00": a spreadsheet would take that for a formula.
    return clock, f"UTC{local.isoformat()[len(clock) :]}"


def _yes(value: bool) -> str:
    return "yes" if value else ""
