"""What the progress page draws: sums by week or month, and the sets of each muscle."""

from dataclasses import dataclass
from enum import Enum

from training import charts
from training.progress import MuscleSets, Progress
from training.units import from_kilograms
from workoutlog.numbers import format_number


class Span(Enum):
    """How far back to look: a short name for addresses, what it is called, and weeks."""

    FOUR = "4", "4 weeks", 4
    TWELVE = "12", "12 weeks", 12
    YEAR = "year", "Year", 52
    ALL = "all", "All", None

    def __init__(self, key: str, label: str, weeks: int | None):
        self.key, self.label, self.weeks = key, label, weeks

    @classmethod
    def of(cls, key: str | None) -> "Span":
        return next((one for one in cls if one.key == key), cls.TWELVE)


class Sum(Enum):
    """What of the weeks is drawn; its name is that of a field of `progress.Span`."""

    VOLUME = "volume_kg", "Volume"
    WORKOUTS = "workouts", "Workouts"
    SETS = "sets", "Sets"

    def __init__(self, field: str, label: str):
        self.field, self.label = field, label

    @property
    def key(self) -> str:
        return self.label.lower()

    @classmethod
    def of(cls, key: str | None) -> "Sum":
        return next((one for one in cls if one.key == key), cls.VOLUME)


@dataclass(slots=True)
class MuscleRow:
    """A muscle's sets this week and in an average one, in words and in percent of the bar."""

    label: str
    this_week: str
    average: str
    width: float
    mark: float | None


def sum_chart(progress: Progress, shown: Sum, unit: str) -> charts.Chart:
    """Draw the sums of the weeks or months; volume in the lifter's unit."""
    points = [charts.Point(span.start, getattr(span, shown.field)) for span in progress.spans]
    if shown is Sum.VOLUME:
        for point in points:
            point.value = from_kilograms(point.value, unit)
    else:
        unit = shown.key
    return charts.bar_chart(points, title=shown.label, unit=unit, monthly=progress.monthly)


def muscle_rows(muscles: list[MuscleSets]) -> list[MuscleRow]:
    """Lay out bars of the sets, all on one scale."""
    most = max((max(one.this_week, one.average or 0) for one in muscles), default=0)
    return [
        MuscleRow(
            one.muscle.label,
            format_number(one.this_week),
            "–" if one.average is None else format_number(one.average, places=1),
            round(one.this_week / most * 100, 1),
            None if one.average is None else round(one.average / most * 100, 1),
        )
        for one in muscles
    ]
