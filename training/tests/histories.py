"""Random histories: saved for a lifter, and told as plain tuples."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from hypothesis import strategies as st

from training.models import (
    BodyWeight,
    Exercise,
    ExerciseSet,
    Measure,
    SessionExercise,
    SetKind,
    WorkoutSession,
)
from training.tests import naive
from workoutlog.db import uuid7

KG_PER_LB = 0.45359237
ZONES = ["UTC", "Asia/Tokyo", "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Berlin"]
DAYS = 150

kinds = st.sampled_from([SetKind.WORK] * 4 + list(SetKind))
rarely = st.sampled_from([False] * 7 + [True])
weights = st.sampled_from([None, 0, 20, 20, 45.5, 80, 80])
units = st.sampled_from(["kg", "kg", "lb"])
reps = st.sampled_from([None, 0, 1, 2, 5, 5, 8, 12, 13, 20])
seconds = st.sampled_from([None, 0, 30, 95, 3700])
meters = st.sampled_from([None, 0, 40, 5000])
sets = st.tuples(kinds, weights, units, reps, seconds, meters, rarely)
weighings = st.lists(
    st.tuples(st.integers(0, DAYS), st.sampled_from([70, 80, 175.5]), units),
    max_size=3,
    unique_by=lambda one: one[0],
)


def _histories(numbers):
    """Histories of only some exercises, so that there is something to beat."""
    entries = st.tuples(st.sampled_from(numbers), st.lists(sets, min_size=1, max_size=4), rarely)
    workouts = st.tuples(
        st.integers(1, 30 * 24) | st.integers(1, DAYS * 24),
        st.sampled_from(ZONES),
        st.lists(entries, min_size=1, max_size=3),
        rarely,
    )
    few_or_many = st.lists(workouts, max_size=2) | st.lists(workouts, min_size=8, max_size=12)
    return st.tuples(few_or_many, weighings)


# A number past the last measure is an exercise that has been deleted.
histories = st.lists(st.integers(0, len(Measure)), min_size=1, max_size=2, unique=True).flatmap(
    _histories
)


def make_exercises() -> list[Exercise]:
    """Save an exercise of each measure, with muscles of which some overlap."""
    muscles = [("chest", ["triceps"]), ("lats", ["biceps", "lats"]), ("abs", []), ("", ["abs"])]
    return [
        Exercise.objects.create(
            name=measure.label,
            measure=measure,
            primary_muscle=muscles[number % 4][0],
            secondary_muscles=muscles[number % 4][1],
        )
        for number, measure in enumerate(Measure)
    ]


def save(user, history, exercises) -> list[naive.Lifted]:
    """Save a history for a user, instead of what they had; return its working sets."""
    WorkoutSession.all_objects.for_user(user).delete()
    SessionExercise.all_objects.filter(workout=None).delete()
    ExerciseSet.all_objects.filter(session_exercise=None).delete()
    BodyWeight.all_objects.for_user(user).delete()
    done, weighed = history
    today = timezone.localdate()
    scales = {today - timedelta(days=ago): weight for ago, *weight in weighed}
    BodyWeight.objects.bulk_create(
        BodyWeight(user=user, weighed_on=day, weight=Decimal(weight), weight_unit=unit)
        for day, (weight, unit) in scales.items()
    )
    known = [(day, kilograms(*weight)) for day, weight in scales.items()]
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    workouts, entries, sets, lifted = [], [], [], []
    for hours, zone, log, deleted in done:
        workout = WorkoutSession(
            id=uuid7(),
            user=user,
            session_date=now - timedelta(hours=hours),
            finished_at=now,
            time_zone=zone,
            deleted_at=now if deleted else None,
        )
        workouts.append(workout)
        day = workout.session_date.astimezone(ZoneInfo(zone)).date()
        for order, (number, rows, removed) in enumerate(log):
            exercise = exercises[number] if number < len(exercises) else None
            entry = SessionExercise(
                id=uuid7(),
                workout=workout,
                exercise=exercise,
                order_index=order,
                deleted_at=now if removed or deleted else None,
            )
            entries.append(entry)
            for place, (kind, weight, unit, reps, seconds, meters, gone) in enumerate(rows, 1):
                # A set has reps or a time.
                seconds = 60 if reps is None and seconds is None else seconds
                row = ExerciseSet(
                    id=uuid7(),
                    session_exercise=entry,
                    set_number=place,
                    kind=kind,
                    weight=None if weight is None else Decimal(weight),
                    weight_unit=unit,
                    reps=reps,
                    duration_seconds=seconds,
                    distance_meters=meters,
                    deleted_at=now if gone or removed or deleted else None,
                )
                sets.append(row)
                if row.deleted_at is None and kind != SetKind.WARMUP:
                    lifted.append(
                        naive.Lifted(
                            row.pk,
                            workout.pk,
                            workout.session_date,
                            (order, place),
                            day,
                            exercise and exercise.pk,
                            exercise.measure if exercise else "weight_reps",
                            kilograms(weight, unit),
                            reps,
                            seconds,
                            meters,
                            naive.body_kg(known, day),
                        )
                    )
    WorkoutSession.objects.bulk_create(workouts)
    SessionExercise.objects.bulk_create(entries)
    ExerciseSet.objects.bulk_create(sets)
    return lifted


def kilograms(weight, unit) -> float:
    return float(weight or 0) * (KG_PER_LB if unit == "lb" else 1)
