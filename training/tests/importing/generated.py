"""Random workouts, and the files that each app writes of them."""

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from training.importing.parsed import ParsedExercise, ParsedSet, ParsedWorkout
from training.tests.importing import reading_of as shapes

LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])
names = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
notes = st.just("") | st.text(LETTERS | st.just("\n"), max_size=20).map(str.strip)
kinds = st.sampled_from(["work", "work", "work", "warmup", "drop", "failure"])
weights = st.integers(1, 4000).map(lambda quarters: Decimal(quarters) / 4)
distances = st.integers(1, 99_999).map(lambda hundredths: Decimal(hundredths) / 100)
rpes = st.none() | st.integers(2, 20).map(lambda halves: Decimal(halves) / 2)
counts = st.integers(1, 300)

# What the sets of an exercise have, by the last letter of its name: apps keep that apart.
MEASURES = {
    "a": ("weight", "reps"),
    "b": ("reps",),
    "c": ("duration_seconds",),
    "d": ("distance", "duration_seconds"),
    "e": ("weight", "distance", "duration_seconds"),
}
VALUES = {
    "weight": weights,
    "reps": counts,
    "duration_seconds": counts,
    "distance": distances,
}


@dataclass
class Variant:
    """How a file is written: its header, and what it can say."""

    header: str
    unit: str = ""
    distance_unit: str = ""
    zeros: bool = False
    says: set = field(default_factory=set)

    @property
    def delimiter(self) -> str:
        return ";" if ";" in self.header else ","

    @property
    def columns(self) -> list[str]:
        return next(csv.reader([self.header], delimiter=self.delimiter))


A = {"rest", "note", "notes", "kind", "rpe", "duration"}
STRONG = {
    "A11": Variant(shapes.STRONG_A11, zeros=True, says=A - {"duration"}),
    "A12": Variant(shapes.STRONG_A12, zeros=True, says=A),
    "A10": Variant(shapes.STRONG_A10, zeros=True, says=A - {"notes", "note"}),
    "French": Variant(shapes.STRONG_FRENCH, zeros=True, says=A),
    "German": Variant(shapes.STRONG_GERMAN, zeros=True, says=A),
    "B14": Variant(shapes.STRONG_B14, "lb", "mi", says=A),
    "C13": Variant(shapes.STRONG_C13, "kg", "m", says=A),
}
HEVY = {
    f"{unit} {distance}": Variant(
        shapes.HEVY.replace("kg", {"kg": "kg", "lb": "lbs"}[unit]).replace(
            "km", {"km": "km", "mi": "miles"}[distance]
        ),
        unit,
        distance,
        says={"kind", "rpe", "superset", "duration", "notes", "entry notes"},
    )
    for unit in ("kg", "lb")
    for distance in ("km", "mi")
}
FITNOTES = {
    "Android": Variant(shapes.FITNOTES, "kg", "km", says={"set notes"}),
    "older": Variant(shapes.FITNOTES_OLD, "lb", "km"),
    "iOS": Variant(shapes.FITNOTES_IOS, "lb", "mi", says={"set notes"}),
}
STRONGLIFTS = {
    "kg": Variant(shapes.STRONGLIFTS, "kg"),
    "lb": Variant(shapes.STRONGLIFTS.replace("KG", "LB"), "lb"),
}
LIFTOSAUR = {"Liftosaur": Variant(shapes.LIFTOSAUR, "lb", says={"rpe", "entry notes"})}


@st.composite
def entries(draw, variant, letters="abcde", most=4):
    name = draw(names) + draw(st.sampled_from(letters))
    sets = []
    for _ in range(draw(st.integers(1, most))):
        values = {one: draw(VALUES[one]) for one in MEASURES[name[-1]]}
        if not variant.zeros and "weight" in values and draw(st.booleans()):
            values["weight"] = Decimal(0)
        sets.append(
            ParsedSet(
                kind=draw(kinds) if "kind" in variant.says else "work",
                weight_unit=variant.unit if "weight" in values else "",
                distance_unit=variant.distance_unit if "distance" in values else "",
                rpe=draw(rpes) if "rpe" in variant.says else None,
                notes=draw(notes) if variant.says & {"set notes", "note"} else "",
                **values,
            )
        )
    return ParsedExercise(
        name=name,
        notes=draw(notes) if variant.says & {"note", "entry notes"} else "",
        superset=draw(st.sampled_from(["", "0", "1"])) if "superset" in variant.says else "",
        rest_seconds=draw(st.none() | counts) if "rest" in variant.says else None,
        sets=sets,
    )


@st.composite
def histories(draw, variant, app, letters="abcde", most=4):
    """Workouts at moments of their own, no exercise directly after itself."""
    workouts = []
    days = draw(st.lists(st.integers(0, 9000), min_size=1, max_size=4, unique=True))
    for day in days:
        start = datetime(2000, 1, 1, 6, 30) + timedelta(days=day, minutes=draw(st.integers(0, 900)))
        done = []
        for entry in draw(st.lists(entries(variant, letters, most), min_size=1, max_size=4)):
            if not done or done[-1].name != entry.name:
                done.append(entry)
        workouts.append(
            ParsedWorkout(
                key="",
                title=draw(names),
                start=start,
                duration_seconds=draw(st.integers(1, 5999)) * 60
                if "duration" in variant.says
                else None,
                notes=draw(notes) if "notes" in variant.says else "",
                exercises=done,
            )
        )
    for workout in workouts:
        workout.key = f"{app}|{workout.start}|{workout.title}"
    return workouts


def written(variant, rows) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=variant.delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(variant.columns)
    writer.writerows(rows)
    return file.getvalue().encode()


def strong_file(workouts, variant) -> bytes:
    """Write each set, its rest after it, and the exercise's note before all."""
    rows, columns = [], variant.columns
    if variant.header in (shapes.STRONG_FRENCH, shapes.STRONG_GERMAN):
        columns = shapes.STRONG_A12.split(",")
    zero = "0" if variant.zeros else ""
    for number, workout in enumerate(workouts):
        minutes = (workout.duration_seconds or 0) // 60
        common = {
            "Workout #": number,
            "Date": workout.start,
            "Workout Name": workout.title,
            "Duration": f"{minutes // 60}h {minutes % 60}m",
            "Workout Duration": f"{minutes}m",
            "Duration (sec)": minutes * 60,
            "Workout Notes": workout.notes,
        }
        for entry in workout.exercises:
            told = common | {"Exercise Name": entry.name}
            numbered = 0
            if entry.notes:
                rows.append(told | {"Set Order": "Note", "Notes": entry.notes})
            for done in entry.sets:
                numbered += done.kind == "work"
                letters = {"work": numbered, "warmup": "W", "drop": "D", "failure": "F"}
                distance = zero if done.distance is None else done.distance
                rows.append(
                    told
                    | {
                        "Set Order": letters[done.kind],
                        "Reps": zero if done.reps is None else done.reps,
                        "Seconds": zero if done.duration_seconds is None else done.duration_seconds,
                        "Notes": done.notes,
                        "RPE": done.rpe,
                        "Weight Unit": done.weight_unit,
                        "Distance Unit": done.distance_unit,
                    }
                    | dict.fromkeys(
                        ("Weight", "Weight (kg)"), zero if done.weight is None else done.weight
                    )
                    | dict.fromkeys(("Distance", "Distance (meters)"), distance)
                )
                if entry.rest_seconds:
                    rows.append(told | {"Set Order": "Rest Timer", "Seconds": entry.rest_seconds})
        workout.rows = sum(
            bool(one.notes) + len(one.sets) * (2 if one.rest_seconds else 1)
            for one in workout.exercises
        )
    return written(variant, [[row.get(column, "") for column in columns] for row in rows])


def hevy_file(workouts, variant) -> bytes:
    rows = []
    for workout in workouts:
        end = workout.start + timedelta(seconds=workout.duration_seconds)
        for entry in workout.exercises:
            for index, done in enumerate(entry.sets):
                values = {
                    "title": workout.title,
                    "start_time": f"{workout.start:%-d %b %Y, %H:%M}",
                    "end_time": f"{end:%b %-d, %Y, %-I:%M %p}",
                    "description": workout.notes.replace("\n", "\\n"),
                    "exercise_title": entry.name,
                    "superset_id": entry.superset,
                    "exercise_notes": entry.notes.replace("\n", "\\n"),
                    "set_index": index,
                    "set_type": {"work": "normal", "drop": "dropset"}.get(done.kind, done.kind),
                    "reps": done.reps,
                    "duration_seconds": done.duration_seconds,
                    "rpe": done.rpe,
                }
                values |= dict.fromkeys(("weight_kg", "weight_lbs"), done.weight)
                values |= dict.fromkeys(("distance_km", "distance_miles"), done.distance)
                rows.append([values[column] for column in variant.columns])
        workout.rows = sum(len(entry.sets) for entry in workout.exercises)
    return written(variant, rows)


def fitnotes_file(workouts, variant) -> bytes:
    rows = []
    for workout in workouts:
        workout.title, workout.has_clock = "", False
        workout.start = workout.start.replace(hour=12, minute=0)
        workout.key = f"fitnotes|{workout.start.date()}"
        workout.rows = sum(len(entry.sets) for entry in workout.exercises)
        for entry in workout.exercises:
            entry.category = "Back"
            for done in entry.sets:
                values = {
                    "Date": workout.start.date(),
                    "Exercise": entry.name,
                    "Category": entry.category,
                    "Weight Unit": f"{done.weight_unit}s" if done.weight_unit else "",
                    "Weight": done.weight,
                    "Weight (lbs)": done.weight,
                    "Reps": done.reps,
                    "Distance": done.distance,
                    "Distance Unit": done.distance_unit,
                    "Time": done.duration_seconds and f"{timedelta(seconds=done.duration_seconds)}",
                    "Comment": done.notes,
                    "Notes": done.notes,
                }
                rows.append([values.get(column, "") for column in variant.columns])
    return written(variant, rows)


def stronglifts_file(workouts, variant) -> bytes:
    rows = []
    for number, workout in enumerate(workouts, 1):
        workout.rows = len(workout.exercises)
        workout.duration_seconds = 3600
        workout.body_weight, workout.body_weight_unit = Decimal("83.5"), variant.unit
        for entry in workout.exercises:
            unit = variant.unit.upper()
            values = {
                "Date (yyyy/mm/dd)": f"{workout.start:%Y/%m/%d}",
                "Workout": number,
                "Workout Name": workout.title,
                f"Body Weight ({unit})": workout.body_weight,
                "Exercise": entry.name,
                "Sets×Reps": "5×5",
                "Start Time (h:mm)": f"{workout.start:%-I:%M %p}",
                "End Time (h:mm)": f"{workout.start + timedelta(hours=1):%-I:%M %p}",
            }
            for place, done in enumerate(entry.sets, 1):
                values |= {f"Set {place} (Reps)": done.reps, f"Set {place} ({unit})": done.weight}
            rows.append([values.get(column, "") for column in variant.columns])
    return written(variant, rows)


def liftosaur_file(workouts, variant) -> bytes:
    rows = []
    for workout in workouts:
        workout.start = workout.start.replace(tzinfo=UTC)
        workout.key = f"liftosaur|{workout.start}|{workout.title}"
        workout.rows = sum(len(entry.sets) for entry in workout.exercises)
        for entry in workout.exercises:
            for done in entry.sets:
                values = {
                    "Workout DateTime": f"{workout.start:%Y-%m-%dT%H:%M:%S.000Z}",
                    "Day Name": workout.title,
                    "Exercise": entry.name,
                    "Is Warmup Set?": int(done.kind == "warmup"),
                    "Completed Reps": done.reps,
                    "Completed RPE": done.rpe,
                    "Completed Weight Value": done.weight,
                    "Completed Weight Unit": done.weight_unit,
                    "Notes": entry.notes,
                }
                rows.append([values.get(column, "") for column in variant.columns])
    return written(variant, rows)
