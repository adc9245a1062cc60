"""What the lifter did the last time, for every exercise of a workout."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from training.loads import body_kg_expression
from training.models import Exercise, ExerciseSet, SessionExercise, WorkoutSession

LATELY = 200  # Workouts.


def last_time(workout: WorkoutSession, entries: list[SessionExercise]) -> dict:
    """Map each entry's id to the sets logged the last time its exercise was done before.

    The nth entry of an exercise meets the nth entry of it in that earlier workout, or its last.
    """
    wanted = {entry.exercise_id for entry in entries if entry.exercise_id}
    found = latest_sets(workout.user_id, wanted, before=workout.session_date)
    seen: Counter = Counter()
    previous = {}
    for entry in entries:
        if times := found.get(entry.exercise_id):
            previous[entry.pk] = times[min(seen[entry.exercise_id], len(times) - 1)]
            seen[entry.exercise_id] += 1
    return previous


def latest_sets(user, exercise_ids, *, before: datetime) -> dict[UUID, list[list[ExerciseSet]]]:
    """Map exercises that the user did before an instant to the latest workout's sets of it.

    They come as a list per entry, because an exercise can come twice in a workout. An entry has the
    `body_kg` that is lifted too.
    """
    if not exercise_ids:
        return {}
    latest = _latest(exercise_ids, _lately(user, before))
    if missing := {pk for pk in exercise_ids if not latest.get(pk)}:
        latest |= _latest(missing, _ever(user, before))
    found: dict[UUID, list[list[ExerciseSet]]] = {}
    for entry in (
        SessionExercise.objects.filter(
            exercise__in=exercise_ids, workout__in={pk for pk in latest.values() if pk}
        )
        .with_exercise()
        .select_related("workout__user")
        .annotate(body_kg=body_kg_expression(""))
        .with_sets()
        .order_by("order_index")
    ):
        if entry.sets and latest[entry.exercise_id] == entry.workout_id:
            found.setdefault(entry.exercise_id, []).append(entry.sets)
    return found


def _latest(exercise_ids, workouts) -> dict[UUID, UUID | None]:
    exercises = Exercise.all_objects.filter(pk__in=exercise_ids).order_by()
    return dict(exercises.annotate(latest=Subquery(workouts)).values_list("pk", "latest"))


# Each is fast where the other would read much. `_lately` goes from the newest workout back, where
# what is done often is soon found, but for what was never done it would read them all. `_ever` goes
# through the entries of the exercise, which are few if it is rare.


def _lately(user, before):
    """Select the latest earlier workout with the outer exercise, if it is among the last LATELY."""
    logged = SessionExercise.objects.filter(
        Exists(ExerciseSet.objects.filter(session_exercise=OuterRef("pk"))),
        workout=OuterRef("pk"),
        exercise=OuterRef(OuterRef("pk")),
    )
    since = WorkoutSession.objects.for_user(user).beginning_of_last(LATELY, before=before)
    earlier = _earlier(user, before).newest_first().since(since)
    return earlier.filter(Exists(logged)).values("pk")[:1]


def _ever(user, before):
    """Select the latest earlier workout with the outer exercise."""
    return (
        SessionExercise.objects.filter(
            # Not a join, after which SQLite would rather begin with all workouts of the user.
            Exists(_earlier(user, before).filter(pk=OuterRef("workout"))),
            Exists(ExerciseSet.objects.filter(session_exercise=OuterRef("pk"))),
            exercise=OuterRef("pk"),
        )
        .order_by("-workout__session_date", "-workout_id")
        .values("workout")[:1]
    )


def _earlier(user, before):
    return WorkoutSession.objects.for_user(user).filter(session_date__lt=before)
