"""The training tables, one file per aggregate."""

from .exercise import Equipment, Exercise, ExerciseAlias, Measure, Muscle, Refused
from .merge import ExerciseMerge
from .workout import Conflict, ExerciseSet, SessionExercise, SetKind, StaleEdit, WorkoutSession

__all__ = [
    "Conflict",
    "Equipment",
    "Exercise",
    "ExerciseAlias",
    "ExerciseMerge",
    "ExerciseSet",
    "Measure",
    "Muscle",
    "Refused",
    "SessionExercise",
    "SetKind",
    "StaleEdit",
    "WorkoutSession",
]
