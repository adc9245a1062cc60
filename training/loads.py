"""Loads: what a set lifts in kg, the lifter's own weight included where it is lifted too."""

from django.db.models import Case, F, FloatField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan

from training.days import LocalDate
from training.models.body_weight import BodyWeight
from training.models.exercise import Measure
from training.units import kilograms_expression

LIFTS_BODY = (Measure.BODYWEIGHT_REPS, Measure.ASSISTED_REPS)


def load_kg(measure: str, kg: float, body_kg: float | None) -> float | None:
    """Return what a set of a weight lifted, all in kg.

    Without a known body weight a bodyweight exercise lifts what was added, and what an assisted one
    lifts is not known: None.
    """
    if measure == Measure.ASSISTED_REPS:
        return None if body_kg is None else max(body_kg - kg, 0.0)
    return kg + (body_kg or 0.0) if measure == Measure.BODYWEIGHT_REPS else kg


def body_kg_expression(workout: str = "session_exercise__workout__"):
    """Return SQL for what the lifter weighed in kg on the day of a workout: then, or last before.

    `workout` is the lookup path to the workout. Null is not known.
    """
    day = LocalDate(OuterRef(f"{workout}session_date"), OuterRef(f"{workout}time_zone"))
    weighed = BodyWeight.objects.filter(user=OuterRef(f"{workout}user"), weighed_on__lte=day)
    kg = kilograms_expression()
    return Subquery(weighed.order_by("-weighed_on").values_list(kg)[:1], output_field=FloatField())


def lifted_body_kg_expression(prefix: str = ""):
    """Return SQL for the body weight in kg that a set lifts too; null if none or not known.

    `prefix` is the lookup path to the set.
    """
    return Case(
        When(
            **{f"{prefix}session_exercise__exercise__measure__in": LIFTS_BODY},
            then=body_kg_expression(f"{prefix}session_exercise__workout__"),
        ),
        output_field=FloatField(),
    )


def load_expression(prefix: str = "", *, whole: bool = False):
    """Return SQL for what a set lifts in kg, as `load_kg()` does; null is not known.

    `prefix` is the lookup path to the set. If only `whole` loads count, a bodyweight exercise of a
    lifter whose weight is not known has none.
    """
    measure = f"{prefix}session_exercise__exercise__measure"
    body = body_kg_expression(f"{prefix}session_exercise__workout__")
    added, none = Coalesce(kilograms_expression(prefix), 0.0), Value(0.0)
    if_known = body if whole else Coalesce(body, none)
    return Case(
        When(
            **{measure: Measure.ASSISTED_REPS},
            then=Case(When(GreaterThan(added, body), then=none), default=body - added),
        ),
        When(**{measure: Measure.BODYWEIGHT_REPS}, then=if_known + added),
        default=added,
        output_field=FloatField(),
    )


def volume_expression(prefix: str = ""):
    """Return SQL for the volume of a set in kg: load × reps, as a float; null is none.

    `prefix` is the lookup path to the set.
    """
    return load_expression(prefix) * Cast(F(f"{prefix}reps"), FloatField())
