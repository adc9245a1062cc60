"""Units of weight and distance: numbers stay as typed, conversions serve sums and charts only."""

from decimal import Decimal

from django.db.models import Case, F, FloatField, Value, When
from django.db.models.functions import Cast

# Exact by definition: the international yard and pound agreement of 1959.
KG_PER_LB = Decimal("0.45359237")
METERS_PER = {"m": Decimal(1), "km": Decimal(1000), "mi": Decimal("1609.344")}


def kilograms(weight: Decimal, unit: str) -> Decimal:
    """Return a weight in kg; `unit` is "kg" or "lb"."""
    return weight * KG_PER_LB if unit == "lb" else weight


def volume_expression(prefix: str = ""):
    """Return SQL for the volume of a set in kg: weight × reps, as a float.

    `prefix` is the lookup path to the set. Assistance is not lifted and counts nothing.
    """
    weight = Cast(F(f"{prefix}weight"), FloatField())
    volume = weight * F(f"{prefix}reps")
    measure = f"{prefix}session_exercise__exercise__measure"
    return Case(
        When(**{measure: "assisted_reps"}, then=Value(0.0)),
        When(**{f"{prefix}weight_unit": "lb"}, then=volume * Value(float(KG_PER_LB))),
        default=volume,
        output_field=FloatField(),
    )
