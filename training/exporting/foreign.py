"""What the files of Strong and of Hevy have in common: names, quotes, one unit for all."""

from decimal import Decimal

from training.exporting.cells import harmless
from training.models import Exercise, ExerciseSet, SessionExercise
from training.units import KG_PER_LB, METERS_PER, kilograms

# As many decimals as a weight can have here, so that a converted one comes back the same.
SMALLEST = Decimal("1e-9")


def name_of(entry: SessionExercise) -> str:
    """Return what the exercise is called there, "Bench Press (Barbell)", if its aliases say so."""
    return spelled_there(entry.exercise) if entry.exercise else entry.name


def spelled_there(exercise: Exercise) -> str:
    ending = f"({exercise.get_equipment_display()})"
    aliases = (alias.name for alias in exercise.aliases.all())
    return next((name for name in aliases if name.endswith(ending)), exercise.name)


def weight_in(unit: str, done: ExerciseSet) -> Decimal | None:
    """Return the weight in "kg" or "lb", to nine decimals; as typed if that is its unit."""
    if done.weight is None or done.weight_unit == unit:
        return done.weight
    kg = kilograms(done.weight, done.weight_unit)
    return (kg if unit == "kg" else kg / KG_PER_LB).quantize(SMALLEST)


def distance_in(unit: str, done: ExerciseSet) -> Decimal | None:
    """Return the distance in "km" or "mi", to nine decimals."""
    if done.distance_meters is None:
        return None
    return (done.distance_meters / METERS_PER[unit]).quantize(SMALLEST)


def quoted(text: str) -> str:
    """Write a text as a cell: in quotes, and for a spreadsheet no formula."""
    return '"' + harmless(text).replace('"', '""') + '"'
