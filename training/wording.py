"""Sets in words and signs: "80 × 8" to look at, "80 kilograms, 8 reps" to hear."""

from datetime import date

from django.utils import timezone

from accounts.models import WeightUnit
from training.models import ExerciseSet, Measure, SessionExercise
from training.records import Kind, Record
from training.units import METERS_PER, from_kilograms
from workoutlog.numbers import format_duration, format_number, format_total

DISTANCE_WORDS = {"m": "metres", "km": "kilometres", "mi": "miles"}
WEIGHT_SIGNS = {Measure.BODYWEIGHT_REPS: "+", Measure.ASSISTED_REPS: "−"}


def field_text(source: ExerciseSet | None, name: str, entry: SessionExercise) -> str:
    """Write a number of a set as the lifter would type it."""
    value = getattr(source, name, None)
    if value is None:
        return ""
    if name == "duration_seconds":
        return format_duration(value)
    if name == "distance_meters":
        return format_number(value / METERS_PER[entry.distance_unit], places=3)
    return format_number(value)


def set_text(done: ExerciseSet, entry: SessionExercise, unit: str) -> str:
    """Write a set in few signs, "80 × 8"; its weight unit only where it is not `unit`."""
    texts = []
    for name in entry.measure.fields:
        text = field_text(done, name, entry)
        if name == "weight" and text:
            text = WEIGHT_SIGNS.get(entry.measure, "") + text
            if done.weight_unit != unit:
                text += f" {done.weight_unit}"
        if name == "distance_meters" and text:
            text += f" {entry.distance_unit}"
        if text:
            texts.append(text)
    if texts and len(texts) == 1 and entry.measure.fields[-1] == "reps":
        return f"{texts[0]} reps"
    return (
        " × ".join(texts) if "distance_meters" not in entry.measure.fields else " in ".join(texts)
    )


def set_words(done: ExerciseSet, entry: SessionExercise) -> str:
    """Say a set in words for a screen reader, "82.5 kilograms, 8 reps"."""
    texts = []
    for name in entry.measure.fields:
        text = field_text(done, name, entry)
        if text and name == "weight":
            text += " pounds" if done.weight_unit == WeightUnit.LB else " kilograms"
        elif text and name == "reps":
            text += " rep" if done.reps == 1 else " reps"
        elif text and name == "distance_meters":
            text += f" {DISTANCE_WORDS[entry.distance_unit]}"
        if text:
            texts.append(text)
    return ", ".join(texts)


def count_text(count: int, noun: str) -> str:
    """Write how many there are, "1 set" or "2 sets"."""
    return f"{format_total(count)} {noun}{'' if count == 1 else 's'}"


def record_text(record: Record, unit: str) -> str:
    """Say what is a record and what it beat, "Heaviest: 85 kg, was 82.5 kg"."""
    value, beaten = record.value, record.beaten
    if record.kind is not Kind.REPS:
        value, beaten = (
            f"{format_number(from_kilograms(one, unit), places=1)} {unit}"
            for one in (value, beaten)
        )
    return f"{record.kind.value}: {value}, was {beaten}"


def day_text(day: date) -> str:
    """Write a day as "3 Nov", with its year if that is not this one."""
    return f"{day:%-d %b}" if day.year == timezone.localdate().year else f"{day:%-d %b %Y}"
