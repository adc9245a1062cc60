"""The training tables, one file each."""

from .body_weight import BodyWeight
from .data_import import Import, ImportName, ImportState, ImportWorkout
from .editing import Conflict, StaleEdit
from .exercise import Equipment, Exercise, ExerciseAlias, Measure, Muscle, Refused
from .exercise_set import ExerciseSet, SetKind
from .merge import ExerciseMerge
from .session_exercise import SessionExercise
from .workout import WorkoutSession

__all__ = [
    "BodyWeight",
    "Conflict",
    "Equipment",
    "Exercise",
    "ExerciseAlias",
    "ExerciseMerge",
    "ExerciseSet",
    "Import",
    "ImportName",
    "ImportState",
    "ImportWorkout",
    "Measure",
    "Muscle",
    "Refused",
    "SessionExercise",
    "SetKind",
    "StaleEdit",
    "WorkoutSession",
]
