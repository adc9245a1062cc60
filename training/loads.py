"""Loads: what a set lifts in kg, the lifter's own weight included where it is lifted too."""

from functools import cache

from django.db.models import Case, F, FloatField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest

from training.days import LocalDate
from training.models.body_weight import BodyWeight
from training.models.exercise import Measure
from training.units import kilograms_expression

# The expressions are made once: to put one together takes as long as the database needs for it.
LIFTS_BODY = (Measure.BODYWEIGHT_REPS, Measure.ASSISTED_REPS)


def load_kg(measure: str, kg: float, body_kg: float | None) -> float | None:
    """Return what a set of a weight lifted, all in kg.

    Without a known body weight a bodyweight exercise lifts what was added, and what an assisted one
    lifts is not known: None.
    """
    if measure == Measure.ASSISTED_REPS:
        return None if body_kg is None else max(body_kg - kg, 0.0)
    return kg + (body_kg or 0.0) if measure == Measure.BODYWEIGHT_REPS else kg


@cache
def body_kg_expression(entry: str = "session_exercise__", measure: str | None = None):
    """Return SQL for the body weight in kg that is lifted too; null if none or not known.

    It is what the lifter weighed on the day of the workout, or last before. `entry` is the lookup
    path to the exercise in the workout; if all have one `measure`, it need not be looked up.
    """
    if measure not in (None, *LIFTS_BODY):
        return Value(None, FloatField())
    day = LocalDate(
        OuterRef(f"{entry}workout__session_date"), OuterRef(f"{entry}workout__time_zone")
    )
    weighed = BodyWeight.objects.filter(user=OuterRef(f"{entry}workout__user"), weighed_on__lte=day)
    latest = weighed.order_by("-weighed_on").values_list(kilograms_expression())[:1]
    return Case(
        When(
            **{f"{entry}exercise__measure__in": LIFTS_BODY},
            then=Subquery(latest, output_field=FloatField()),
        ),
        output_field=FloatField(),
    )


@cache
def load_expression(sets: str = "", entry: str = "session_exercise__", measure: str | None = None):
    """Return SQL for what a set lifts in kg, as `load_kg()` does, where that is known.

    A body weight that is not known counts nothing. `sets` and `entry` are the lookup paths to the
    set and to its exercise in the workout; if all have one `measure`, it need not be looked up.
    """
    added = Coalesce(kilograms_expression(sets), 0.0)
    if measure not in (None, *LIFTS_BODY):
        return added
    assisted = {f"{entry}exercise__measure": Measure.ASSISTED_REPS}
    # Named once, because each mention is a search in the body weights.
    body = Coalesce(body_kg_expression(entry, measure), 0.0)
    return Greatest(body + Case(When(**assisted, then=-added), default=added), Value(0.0))


@cache
def volume_expression(
    sets: str = "", entry: str = "session_exercise__", measure: str | None = None
):
    """Return SQL for the volume of a set in kg: load × reps, as a float; null is none.

    The parameters are those of `load_expression()`.
    """
    return load_expression(sets, entry, measure) * Cast(F(f"{sets}reps"), FloatField())
