"""Trends: how an exercise went from workout to workout."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from django.db.models import Case, F, FloatField, Max, Sum, Value, When
from django.db.models.functions import Cast

from training.days import local_date
from training.loads import LIFTS_BODY, load_expression, volume_expression
from training.models import BodyWeight, ExerciseSet, Measure
from training.records import MOST_REPS


class Trend(Enum):
    """What can be followed over time: a short name for addresses, and what it is called."""

    ONE_REP_MAX = "1rm", "Est. 1RM"
    HEAVIEST = "heaviest", "Heaviest"
    VOLUME = "volume", "Volume"
    REPS = "reps", "Reps"
    TIME = "time", "Time"
    DISTANCE = "distance", "Distance"

    def __init__(self, key: str, label: str):
        self.key, self.label = key, label

    @property
    def is_weight(self) -> bool:
        return self in (Trend.ONE_REP_MAX, Trend.HEAVIEST, Trend.VOLUME)


REP_TRENDS = (Trend.ONE_REP_MAX, Trend.HEAVIEST, Trend.VOLUME, Trend.REPS)
TRENDS = {
    Measure.WEIGHT_REPS: REP_TRENDS,
    Measure.BODYWEIGHT_REPS: REP_TRENDS,
    Measure.ASSISTED_REPS: REP_TRENDS,
    Measure.TIME: (Trend.TIME,),
    Measure.WEIGHT_TIME: (Trend.HEAVIEST, Trend.TIME),
    Measure.DISTANCE_TIME: (Trend.DISTANCE, Trend.TIME),
}


@dataclass(slots=True)
class Point:
    """What a workout came to: kg, reps, seconds or metres by the trend; None is not known."""

    workout: UUID
    day: date
    value: float | None


def trend_of(user, exercise, trend: Trend) -> list[Point]:
    """Return a point for each of the user's workouts with working sets of it, the earliest first.

    The best set counts for weights, the sum of all working sets for volume, reps, time and
    distance.
    """
    rows = (
        ExerciseSet.objects.for_user(user)
        .working()
        .filter(session_exercise__exercise=exercise)
        .order_by("session_exercise__workout__session_date", "session_exercise__workout")
        .values_list("session_exercise__workout", local_date("session_exercise__workout__"))
        .annotate(value=_value(trend, exercise.measure))
    )
    points = [Point(*row) for row in rows]
    if trend.is_weight and exercise.measure in LIFTS_BODY:
        weighed = BodyWeight.objects.for_user(user).first_day() or date.max
        _forget_unknown_loads(points, exercise, trend, weighed)
    return points


def _forget_unknown_loads(points: list[Point], exercise, trend: Trend, weighed: date) -> None:
    """Take away the values of days before the lifter's own weight was known.

    What was added in a bodyweight exercise stays as long as the whole load is never known.
    """
    added = exercise.measure == Measure.BODYWEIGHT_REPS and trend is not Trend.ONE_REP_MAX
    if added and all(point.day < weighed for point in points):
        return
    for point in points:
        if point.day < weighed:
            point.value = None


def _value(trend: Trend, measure: str):
    match trend:
        case Trend.ONE_REP_MAX:
            return Max(_one_rep_max(measure))
        case Trend.HEAVIEST:
            return Max(load_expression(measure=measure))
        case Trend.VOLUME:
            return Sum(volume_expression(measure=measure))
        case Trend.REPS:
            return Sum(Cast("reps", FloatField()))
        case Trend.TIME:
            return Sum(Cast("duration_seconds", FloatField()))
        case Trend.DISTANCE:
            return Sum(Cast("distance_meters", FloatField()))


def _one_rep_max(measure: str):
    """Return SQL for `records.estimated_one_rep_max()` of a set; null where there is none."""
    reps = Cast(F("reps"), FloatField())
    return load_expression(measure=measure) * Case(
        When(reps=1, then=Value(1.0)),
        When(reps__range=(2, MOST_REPS), then=Value(1.0) + reps / Value(30.0)),
        output_field=FloatField(),
    )
