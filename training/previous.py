"""What the lifter did the last time, for every exercise of a workout."""

from django.db.models import Exists, OuterRef, Subquery

from training.models import Exercise, ExerciseSet, SessionExercise, WorkoutSession


def last_time(workout: WorkoutSession, entries: list[SessionExercise]) -> dict:
    """Map each entry's id to the sets logged the last time its exercise was done before.

    The nth entry of an exercise meets the nth entry of it in that earlier workout, or its last.
    The earlier workout is looked for from the newest one back, so that the cost does not grow
    with history.
    """
    wanted = {entry.exercise_id for entry in entries if entry.exercise_id}
    if not wanted:
        return {}
    logged = SessionExercise.objects.filter(
        Exists(ExerciseSet.objects.filter(session_exercise=OuterRef("pk"))),
        workout=OuterRef("pk"),
        exercise=OuterRef(OuterRef("pk")),
    )
    earlier = (
        WorkoutSession.objects.for_user(workout.user_id)
        .filter(Exists(logged), session_date__lt=workout.session_date)
        .newest_first()
    )
    latest = dict(
        Exercise.all_objects.filter(pk__in=wanted)
        .order_by()
        .annotate(latest=Subquery(earlier.values("pk")[:1]))
        .values_list("pk", "latest")
    )
    found: dict = {}
    for entry in (
        SessionExercise.objects.filter(
            exercise__in=wanted, workout__in={pk for pk in latest.values() if pk}
        )
        .with_sets()
        .order_by("order_index")
    ):
        if entry.sets and latest[entry.exercise_id] == entry.workout_id:
            found.setdefault(entry.exercise_id, []).append(entry.sets)

    seen: dict = {}
    previous = {}
    for entry in entries:
        if times := found.get(entry.exercise_id):
            nth = seen.get(entry.exercise_id, 0)
            previous[entry.pk] = times[min(nth, len(times) - 1)]
            seen[entry.exercise_id] = nth + 1
    return previous
