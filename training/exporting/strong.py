"""Living sets in the shape of Strong's own export, for Strong and for apps that read its files.

The file does not say its unit: weights are in the lifter's, distances in km or, for who weighs in
pounds, in miles; sets of the other unit are converted. What this shape cannot hold is lost: the
trash, workouts and exercises without sets, the place, the time zone, parts of a second, the end
beyond the minute and whether a workout is still running, supersets, which notes stay, whether a
number is 0 or none, that an exercise was done twice in a row, and that two workouts are two that
have title and second in common.
"""

from collections.abc import Iterator

from training.exporting.cells import plain
from training.exporting.foreign import distance_in, name_of, quoted, weight_in
from training.exporting.history import exercises_of, workouts_of
from training.models import ExerciseSet, SetKind, WorkoutSession

HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,"
    "Notes,Workout Notes,RPE"
)
LETTERS = {SetKind.WARMUP: "W", SetKind.DROP: "D", SetKind.FAILURE: "F"}


def chunks(user) -> Iterator[str]:
    """Yield the file piece by piece, the oldest workout first."""
    yield f"{HEADER}\n"
    for workout in workouts_of(user, exercises_of(user)):
        yield "".join(_lines(workout, user.weight_unit))


def _lines(workout: WorkoutSession, unit: str) -> Iterator[str]:
    """Write a row per set; after an exercise's first one its note, after each one the rest."""
    start = workout.session_date.astimezone(workout.zone).replace(tzinfo=None, microsecond=0)
    workout_cells = f"{start},{quoted(str(workout))},{_length(workout)}"
    workout_notes = workout.notes
    for entry in workout.log:
        cells, notes, number = f"{workout_cells},{quoted(name_of(entry))}", entry.notes, 0
        for done in entry.sets:
            number += done.kind == SetKind.WORK
            order = LETTERS.get(done.kind, number)
            told = f'"",{quoted(workout_notes)},{plain(done.rpe)}'
            yield f"{cells},{order},{_numbers(done, unit)},{told}\n"
            if notes:
                yield f'{cells},Note,0,0,0,0,{quoted(notes)},"",\n'
            if entry.rest_seconds:
                yield f'{cells},Rest Timer,0,0,0,{entry.rest_seconds},"","",\n'
            notes = workout_notes = ""


def _length(workout: WorkoutSession) -> str:
    """Write how long it took, "1h 5m"; "0m" while it runs."""
    if workout.finished_at is None:
        return "0m"
    hours, minutes = divmod(int(workout.duration.total_seconds()) // 60, 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m"


def _numbers(done: ExerciseSet, unit: str) -> str:
    distance = distance_in("km" if unit == "kg" else "mi", done)
    numbers = (weight_in(unit, done), done.reps, distance, done.duration_seconds)
    return ",".join(plain(number or 0) for number in numbers)
