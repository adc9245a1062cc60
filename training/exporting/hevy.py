"""Living sets in the shape of Hevy's own export, for Hevy and for apps that read its files.

Weights are in kg and distances in km, converted where the lifter typed another unit. What this
shape cannot hold is lost: the trash, workouts and exercises without sets, the place, the time zone,
the seconds of a time and whether a workout is still running, rest, which notes stay, which unit was
typed, and that two workouts are two that have title and minute in common.
"""

from collections.abc import Iterator
from datetime import datetime

from training.exporting.cells import plain
from training.exporting.foreign import distance_in, name_of, quoted, weight_in
from training.exporting.history import exercises_of, workouts_of
from training.models import ExerciseSet, SetKind, WorkoutSession

HEADER = (
    "title",
    "start_time",
    "end_time",
    "description",
    "exercise_title",
    "superset_id",
    "exercise_notes",
    "set_index",
    "set_type",
    "weight_kg",
    "reps",
    "distance_km",
    "duration_seconds",
    "rpe",
)
TYPES = {
    SetKind.WORK: "normal",
    SetKind.WARMUP: "warmup",
    SetKind.DROP: "dropset",
    SetKind.FAILURE: "failure",
}
# In English, whatever the server speaks.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def chunks(user) -> Iterator[str]:
    """Yield the file piece by piece, the newest workout first."""
    yield ",".join(map(_cell, HEADER)) + "\n"
    for workout in workouts_of(user, exercises_of(user), newest_first=True):
        yield "".join(_lines(workout))


def _lines(workout: WorkoutSession) -> Iterator[str]:
    end = workout.finished_at or workout.session_date
    texts = (str(workout), _clock(workout.session_date, workout), _clock(end, workout))
    workout_cells = ",".join(map(_cell, (*texts, workout.notes)))
    for entry, superset in zip(workout.log, _supersets(workout), strict=True):
        entry_cells = f"{_cell(name_of(entry))},{superset},{_cell(entry.notes)}"
        for index, done in enumerate(entry.sets):
            kind = _cell(TYPES[done.kind])
            yield f"{workout_cells},{entry_cells},{index},{kind},{_numbers(done)}\n"


def _cell(text: str) -> str:
    return quoted(text.replace("\r\n", "\n").replace("\n", "\\n"))


def _clock(instant: datetime, workout: WorkoutSession) -> str:
    """Write an instant by the workout's own clock, "5 Mar 2024, 18:01"."""
    local = instant.astimezone(workout.zone)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"


def _supersets(workout: WorkoutSession) -> list[str]:
    """Return each entry's number of its superset, from 0 on in a workout; empty for none."""
    numbers, number, joined = [], -1, False
    for entry in workout.log:
        number += entry.superset_with_next and not joined
        numbers.append(str(number) if joined or entry.superset_with_next else "")
        joined = entry.superset_with_next
    return numbers


def _numbers(done: ExerciseSet) -> str:
    weight, distance = weight_in("kg", done), distance_in("km", done)
    return ",".join(map(plain, (weight, done.reps, distance, done.duration_seconds, done.rpe)))
