"""A lifter's workouts one after the other, however many there are, in constant memory."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from training.models import Exercise, ExerciseSet, ImportName, SessionExercise, WorkoutSession

# Workouts read at a time, by three queries.
BATCH = 100


def exercises_of(user) -> list[Exercise]:
    """Return the user's own exercises and those of the catalog that they use, with `aliases`."""
    done = SessionExercise.all_objects.filter(workout__user=user).values("exercise")
    meant = ImportName.objects.for_user(user).values("exercise")
    used = Q(owner=user) | Q(pk__in=done) | Q(pk__in=meant)
    exercises = Exercise.all_objects.for_user(user).filter(used)
    # What the catalog's file said takes long to read, and is the installation's own affair.
    return list(exercises.defer("catalog_entry").order_by("id").prefetch_related("aliases"))


def workouts_of(
    user, exercises: Iterable[Exercise], *, trash: bool = False, newest_first: bool = False
) -> Iterator[WorkoutSession]:
    """Yield the workouts by time, each with its entries as `log`, each with its sets as `sets`.

    What is in the trash comes along only if asked for.

    Each batch is read as it is when its turn comes, so a workout that is edited during a download
    is in it as it was or as it became. A transaction around it all would be worse: on SQLite
    nobody could log a set meanwhile, on PostgreSQL a stalled download would hold up the vacuum.
    """
    manager = "all_objects" if trash else "objects"
    known = {exercise.pk: exercise for exercise in exercises}
    workouts = getattr(WorkoutSession, manager).for_user(user)
    workouts = workouts.newest_first() if newest_first else workouts.order_by("session_date", "id")
    batch = list(workouts[:BATCH])
    while batch:
        _fill(batch, manager, known)
        yield from batch
        batch = list(workouts.filter(_after(batch[-1], newest_first))[:BATCH])


def _after(last: WorkoutSession, newest_first: bool) -> Q:
    beyond = "lt" if newest_first else "gt"
    same_time = Q(session_date=last.session_date, **{f"id__{beyond}": last.pk})
    # What the alternatives have in common is said once more, for the index to begin there.
    not_before = Q(**{f"session_date__{beyond}e": last.session_date})
    return not_before & (Q(**{f"session_date__{beyond}": last.session_date}) | same_time)


def _fill(batch: list[WorkoutSession], manager: str, exercises: dict) -> None:
    """Give the workouts their `log`; an exercise that the user cannot see is none."""
    # By the workouts, not by the entries: of those there may be more than a query has room for.
    ids = [workout.pk for workout in batch]
    entries = getattr(SessionExercise, manager).filter(workout__in=ids).order_by("order_index")
    sets = getattr(ExerciseSet, manager).filter(session_exercise__workout__in=ids)
    sets_of, entries_of = defaultdict(list), defaultdict(list)
    for done in sets.order_by("set_number"):
        sets_of[done.session_exercise_id].append(done)
    for entry in entries:
        entry.exercise = exercises.get(entry.exercise_id)
        entry.sets = sets_of[entry.pk]
        entries_of[entry.workout_id].append(entry)
    for workout in batch:
        workout.log = entries_of[workout.pk]
