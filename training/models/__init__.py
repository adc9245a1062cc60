"""The training tables, one file each."""

from .editing import Conflict, StaleEdit
from .exercise import Equipment, Exercise, ExerciseAlias, Measure, Muscle, Refused
from .exercise_set import ExerciseSet, SetKind
from .merge import ExerciseMerge
from .session_exercise import SessionExercise
from .workout import WorkoutSession

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
