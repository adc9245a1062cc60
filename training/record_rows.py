"""Rows of records, as pages list them: what was beaten, by which set, and when."""

from dataclasses import dataclass

from training.models import ExerciseSet
from training.records import Record
from training.wording import day_text, record_text, set_text


@dataclass(slots=True)
class RecordRow:
    """A set that was a record: of which exercise, in what, and what it was."""

    exercise: str
    exercise_url: str
    texts: list[str]
    set: str
    day: str
    url: str


def record_rows(found: list[tuple[ExerciseSet, list[Record]]], unit: str) -> list[RecordRow]:
    """Write sets that were records, in the lifter's unit."""
    return [
        RecordRow(
            one.session_exercise.name,
            one.session_exercise.exercise.get_absolute_url(),
            [record_text(record, unit) for record in records],
            set_text(one, one.session_exercise, unit),
            day_text(one.session_exercise.workout.day),
            set_url(one),
        )
        for one, records in found
    ]


def set_url(done: ExerciseSet) -> str:
    """Return where a set stands in its workout."""
    return f"{done.session_exercise.workout.get_absolute_url()}#set-{done.pk}"
