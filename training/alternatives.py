"""What to do instead when the machine is taken."""

from dataclasses import dataclass

from training.models import Exercise, ExerciseSet, SessionExercise
from training.previous import latest_sets

MOST = 3


@dataclass
class Alternative:
    """Another exercise for the same muscle, and what the lifter did there the last time."""

    exercise: Exercise
    last: ExerciseSet | None


def alternatives(user, entry: SessionExercise) -> list[Alternative]:
    """Return the three nearest exercises to an entry's.

    They are for the same muscle and measured alike; those with the same equipment come first,
    then those that the lifter knows, then those that share most of the other muscles.
    """
    exercise = entry.exercise
    if exercise is None or not exercise.primary_muscle:
        return []
    candidates = list(
        Exercise.objects.for_user(user)
        .filter(primary_muscle=exercise.primary_muscle, measure=exercise.measure)
        .exclude(session_exercises__in=entry.workout.session_exercises.alive())
        .exclude(pk=exercise.pk)
    )
    known = latest_sets(user, [one.pk for one in candidates], before=entry.workout.session_date)
    others = set(exercise.secondary_muscles)

    def nearness(one):
        shared = len(others & set(one.secondary_muscles))
        return (one.equipment != exercise.equipment, one.pk not in known, -shared, one.name)

    candidates.sort(key=nearness)
    return [
        Alternative(one, next(iter(known.get(one.pk, [[]])[0]), None)) for one in candidates[:MOST]
    ]
