"""Units of weight and distance: numbers stay as typed, conversions serve sums and charts only."""

from decimal import Decimal

from django.db.models import F, FloatField, Func

# Exact by definition: the international yard and pound agreement of 1959.
KG_PER_LB = Decimal("0.45359237")
METERS_PER = {"m": Decimal(1), "km": Decimal(1000), "mi": Decimal("1609.344")}


def kilograms(weight: Decimal, unit: str) -> Decimal:
    """Return a weight in kg; `unit` is "kg" or "lb"."""
    return weight * KG_PER_LB if unit == "lb" else weight


def convert(weight: Decimal, unit: str, to: str) -> Decimal:
    """Return a weight in another unit, rounded to the nine decimals that a weight keeps."""
    kg = kilograms(weight, unit)
    return round(kg / KG_PER_LB if to == "lb" else kg, 9) if unit != to else weight


def from_kilograms(kg: float, unit: str) -> float:
    """Return a sum of weights, given in kg, in "kg" or "lb"."""
    return kg / float(KG_PER_LB) if unit == "lb" else kg


class Kilograms(Func):
    """SQL for a weight in kg, as a float, given columns with it and with its unit.

    It is written out, because Django takes longer to put a `Case` together than the database to
    answer it.
    """

    output_field = FloatField()
    arity = 2
    arg_joiner = " AS double precision) * CASE "
    template = (
        f"(CAST(%(expressions)s WHEN 'lb' THEN CAST({KG_PER_LB} AS double precision) ELSE 1 END)"
    )

    @classmethod
    def of(cls, *columns: str) -> str:
        """Return the SQL itself, for the names of two columns."""
        return cls.template % {"expressions": cls.arg_joiner.join(columns)}


def kilograms_expression(prefix: str = "") -> Kilograms:
    """Return SQL for a weight in kg, as a float; `prefix` is the lookup path to its row."""
    return Kilograms(F(f"{prefix}weight"), F(f"{prefix}weight_unit"))
