"""The bests of an exercise: each value with the set or workout that it was."""

from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from training.models import Exercise, ExerciseSet, Measure
from training.record_book import Book
from training.record_rows import set_url
from training.records import Effort
from training.trend_charts import Scale
from training.trends import Point, Trend, trend_of
from training.units import from_kilograms, kilograms_expression
from training.wording import day_text, set_text
from workoutlog.numbers import format_number

# What of a single set is best where the record book tells less; and in which unit it is shown.
REPS = ("Most reps", F("reps"), Trend.REPS)
LONGEST = ("Longest", F("duration_seconds"), Trend.TIME)
BEST_SETS = {
    Measure.BODYWEIGHT_REPS: (REPS,),
    Measure.ASSISTED_REPS: (REPS,),
    Measure.TIME: (LONGEST,),
    Measure.WEIGHT_TIME: (("Heaviest", kilograms_expression(), Trend.HEAVIEST), LONGEST),
    Measure.DISTANCE_TIME: (("Farthest", F("distance_meters"), Trend.DISTANCE), LONGEST),
}
# What of a whole workout can be a best, if it is not the volume.
MOST = {
    Measure.TIME: Trend.TIME,
    Measure.WEIGHT_TIME: Trend.TIME,
    Measure.DISTANCE_TIME: Trend.DISTANCE,
}
IN_A_WORKOUT = {
    Trend.VOLUME: "Most volume in a workout",
    Trend.TIME: "Longest in a workout",
    Trend.DISTANCE: "Farthest in a workout",
}


@dataclass(slots=True)
class BestRow:
    """A best: what it is called, its value, the set that it was, the day, and where it stands."""

    label: str
    value: str
    set: str
    day: str
    url: str


def best_rows(user, exercise: Exercise, book: Book) -> list[BestRow]:
    """Return the user's bests of an exercise: of a set, and of a whole workout."""
    unit = user.weight_unit
    rows = []
    if book.strongest:
        effort = book.strongest.effort
        value = f"{format_number(from_kilograms(effort.one_rep_max, unit), 1)} {unit}"
        rows.append(_row("Estimated 1RM", value, book.strongest.set, unit))
    if book.rep_maxes and book.rep_maxes[0].effort.kg:
        heaviest = book.rep_maxes[0]
        rows.append(_row("Heaviest", load_text(heaviest.effort, unit), heaviest.set, unit))
    for label, expression, trend in BEST_SETS.get(Measure(exercise.measure), ()):
        if best := _best_set(user, exercise, expression):
            value = Scale.of(trend, exercise, user).text(float(best.best))
            rows.append(_row(label, value, best, unit))
    trend = MOST.get(Measure(exercise.measure), Trend.VOLUME)
    if points := [point for point in trend_of(user, exercise, trend) if point.value]:
        best = max(points, key=_value)
        value = Scale.of(trend, exercise, user).text(best.value)
        url = reverse("training:workout-detail", args=[best.workout])
        rows.append(BestRow(IN_A_WORKOUT[trend], value, "", day_text(best.day), url))
    return rows


def rep_max_rows(user, book: Book) -> list[BestRow]:
    """Return the heaviest for at least 1, 2, … 12 reps, each labelled by the reps."""
    unit = user.weight_unit
    return [
        _row(str(reps), load_text(best.effort, unit), best.set, unit)
        for reps, best in enumerate(book.rep_maxes, 1)
    ]


def load_text(effort: Effort, unit: str) -> str:
    """Write what was lifted in the lifter's unit; with a plus if the whole load is not known."""
    sign = "" if effort.whole else "+"
    return f"{sign}{format_number(from_kilograms(effort.kg, unit), 1)} {unit}"


def _row(label: str, value: str, done: ExerciseSet, unit: str) -> BestRow:
    entry = done.session_exercise
    day = day_text(entry.workout.day)
    return BestRow(label, value, set_text(done, entry, unit), day, set_url(done))


def _best_set(user, exercise: Exercise, expression) -> ExerciseSet | None:
    """Return the working set of the greatest value, as `best`; the earliest of equal ones."""
    return (
        ExerciseSet.objects.for_user(user)
        .working()
        .filter(session_exercise__exercise=exercise)
        .annotate(best=expression)
        .filter(best__gt=0)
        .with_entry()
        .order_by(
            "-best",
            "session_exercise__workout__session_date",
            "session_exercise__workout",
            "session_exercise__order_index",
            "set_number",
        )
        .first()
    )


def _value(point: Point) -> float:
    return round(point.value, 6)
