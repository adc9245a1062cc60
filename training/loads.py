"""Loads: what a set lifts in kg, the lifter's own weight included where it is lifted too."""

from functools import cache

from django.db.models import Case, F, FloatField, Func, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest

from training.days import local_date
from training.models.exercise import Measure
from training.units import Kilograms, kilograms_expression

LIFTS_BODY = (Measure.BODYWEIGHT_REPS, Measure.ASSISTED_REPS)


def load_kg(measure: str, kg: float, body_kg: float | None) -> float | None:
    """Return what a set of a weight lifted, all in kg.

    Without a known body weight a bodyweight exercise lifts what was added, and what an assisted one
    lifts is not known: None.
    """
    if measure == Measure.ASSISTED_REPS:
        return None if body_kg is None else max(body_kg - kg, 0.0)
    return kg + (body_kg or 0.0) if measure == Measure.BODYWEIGHT_REPS else kg


class BodyKg(Func):
    """SQL for what a lifter weighed in kg on a day, or last before; null if that is not known.

    It is written out, because a page names it up to ten times: Django would take longer to put it
    together than the database to answer it.
    """

    output_field = FloatField()
    arity = 2
    arg_joiner = " AND weighed_on <= "
    template = (
        f"(SELECT {Kilograms.of('weight', 'weight_unit')}"  # noqa: S608  # Nothing typed is in it.
        " FROM body_weights WHERE deleted_at IS NULL AND user_id = %(expressions)s"
        " ORDER BY weighed_on DESC LIMIT 1)"
    )

    @classmethod
    def at(cls, workout: str) -> "BodyKg":
        """Return it for the lifter and the day of a workout; `workout` is the lookup path to it."""
        return cls(F(f"{workout}user"), local_date(workout))


@cache
def body_kg_expression(entry: str = "session_exercise__", measure: str | None = None):
    """Return SQL for the body weight in kg that is lifted too; null if none or not known.

    It is what the lifter weighed on the day of the workout, or last before. `entry` is the lookup
    path to the exercise in the workout; if all have one `measure`, it need not be looked up.
    """
    body_kg = BodyKg.at(f"{entry}workout__")
    if measure:
        return body_kg if measure in LIFTS_BODY else Value(None, FloatField())
    return Case(When(**{f"{entry}exercise__measure__in": LIFTS_BODY}, then=body_kg))


@cache
def load_expression(sets: str = "", entry: str = "session_exercise__", measure: str | None = None):
    """Return SQL for what a set lifts in kg, as `load_kg()` does, where that is known.

    A body weight that is not known counts nothing. `sets` and `entry` are the lookup paths to the
    set and to its exercise in the workout; if all have one `measure`, it need not be looked up.
    """
    added = Coalesce(kilograms_expression(sets), 0.0)
    body_kg = Coalesce(BodyKg.at(f"{entry}workout__"), 0.0)
    loads = {
        Measure.BODYWEIGHT_REPS: body_kg + added,
        Measure.ASSISTED_REPS: Greatest(body_kg - added, Value(0.0)),
    }
    if measure:
        return loads.get(measure, added)
    whens = [When(**{f"{entry}exercise__measure": of}, then=load) for of, load in loads.items()]
    return Case(*whens, default=added)


@cache
def volume_expression(
    sets: str = "", entry: str = "session_exercise__", measure: str | None = None
):
    """Return SQL for the volume of a set in kg: load × reps, as a float; null is none.

    The parameters are those of `load_expression()`.
    """
    return load_expression(sets, entry, measure) * Cast(F(f"{sets}reps"), FloatField())
