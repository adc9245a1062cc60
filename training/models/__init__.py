"""The training tables, one file per aggregate."""

from .exercise import Equipment, Exercise, ExerciseAlias, Measure, Muscle
from .workout import Conflict, ExerciseSet, SessionExercise, SetKind, StaleEdit, WorkoutSession

__all__ = [
    "Conflict",
    "Equipment",
    "Exercise",
    "ExerciseAlias",
    "ExerciseSet",
    "Measure",
    "Muscle",
    "SessionExercise",
    "SetKind",
    "StaleEdit",
    "WorkoutSession",
]
