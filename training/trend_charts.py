"""The chart of an exercise: one of its trends over some time, in the lifter's units."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from training import charts
from training.charts import Chart
from training.loads import LIFTS_BODY
from training.models import BodyWeight, Exercise, Measure
from training.trends import TRENDS, Point, Trend, trend_of
from training.units import METERS_PER, from_kilograms

NOTES = {
    Trend.ONE_REP_MAX: "Epley: weight × (1 + reps / 30), up to 12 reps.",
    Trend.HEAVIEST: "The heaviest working set of a workout.",
    Trend.VOLUME: "Weight × reps of all working sets of a workout.",
    Trend.REPS: "Reps of all working sets of a workout.",
    Trend.TIME: "Time of all working sets of a workout.",
    Trend.DISTANCE: "Distance of all working sets of a workout.",
}


class Range(Enum):
    """How far back to look: a short name for addresses, what it is called, and days."""

    QUARTER = "quarter", "3 months", 91
    YEAR = "year", "Year", 365
    ALL = "all", "All", None

    def __init__(self, key: str, label: str, days: int | None):
        self.key, self.label, self.days = key, label, days

    def holds(self, day: date, today: date) -> bool:
        return self.days is None or day > today - timedelta(days=self.days)


@dataclass(frozen=True)
class Scale:
    """How a trend is shown: in which unit, with how many decimal places, or by the clock."""

    unit: str
    places: int
    clock: bool = False

    @classmethod
    def of(cls, trend: Trend, exercise: Exercise, user) -> "Scale":
        if trend.is_weight:
            return cls(user.weight_unit, 0 if trend is Trend.VOLUME else 1)
        if trend is Trend.DISTANCE:
            unit = exercise.distance_unit(user)
            return cls(unit, 0 if unit == "m" else 2)
        return cls("", 0, clock=True) if trend is Trend.TIME else cls("reps", 0)

    def shown(self, value: float) -> float:
        """Return kg, metres, seconds or reps in the unit."""
        if self.unit in METERS_PER:
            return value / float(METERS_PER[self.unit])
        return from_kilograms(value, self.unit)

    def text(self, value: float) -> str:
        """Write kg, metres, seconds or reps as the lifter reads them, "1,840 kg"."""
        text = charts.writer(self.places, clock=self.clock)(self.shown(value))
        return f"{text} {self.unit}".rstrip()


@dataclass
class TrendCard:
    """A trend of an exercise: all its points, and the chart of those in the range."""

    trend: Trend
    trends: tuple[Trend, ...]
    range: Range
    points: list[Point]
    chart: Chart | None
    weighed: bool  # Whether the lifter's own weight was known, or is no matter.
    note: str

    ranges = tuple(Range)


def trend_card(user, exercise: Exercise, *, trend: str, range: str, today: date) -> TrendCard:
    """Follow one of the exercise's trends; what is not known by its key is the default."""
    trends = TRENDS[Measure(exercise.measure)]
    weighed = exercise.measure not in LIFTS_BODY or bool(
        BodyWeight.objects.for_user(user).first_day()
    )
    # Without the lifter's weight there is no one-rep max of a pull-up.
    default = trends[0] if weighed else Trend.REPS
    chosen = next((one for one in trends if one.key == trend), default)
    points = trend_of(user, exercise, chosen)
    span = _range(range, [point for point in points if point.value is not None], today)
    scale = Scale.of(chosen, exercise, user)
    known = [
        charts.Point(point.day, scale.shown(point.value), f"/workouts/{point.workout}/")
        for point in points
        if point.value is not None and span.holds(point.day, today)
    ]
    chart = charts.line_chart(
        known, title=chosen.label, unit=scale.unit, places=scale.places, clock=scale.clock
    )
    note = _note(chosen, exercise, weighed)
    chart = chart if known else None
    return TrendCard(chosen, trends, span, points, chart, weighed, note)


def _range(key: str, points: list[Point], today: date) -> Range:
    known = next((one for one in Range if one.key == key), None)
    lately = any(Range.YEAR.holds(point.day, today) for point in points)
    return known or (Range.YEAR if lately or not points else Range.ALL)


def _note(trend: Trend, exercise: Exercise, weighed: bool) -> str:
    if exercise.measure not in LIFTS_BODY or not trend.is_weight:
        return NOTES[trend]
    if weighed:
        own = (
            "the weight, less the help" if exercise.measure == Measure.ASSISTED_REPS else "included"
        )
        return f"{NOTES[trend]} Your body weight is {own}."
    if exercise.measure == Measure.BODYWEIGHT_REPS and trend is not Trend.ONE_REP_MAX:
        return f"{NOTES[trend]} Only what you added counts while your body weight is not known."
    return f"{NOTES[trend]} It takes your body weight, which is not known."
