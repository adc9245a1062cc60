"""Strong: a row per set, in three shapes and as many languages, with rests and notes between."""

import re

from training.importing import cells as read
from training.importing.cells import Unreadable, shown
from training.importing.format import Draft, Facts, Format, logged
from training.importing.guessing import Weights
from training.importing.parsed import ParsedWorkout

KINDS = {
    "": "work", "w": "warmup", "warm_up": "warmup", "warmup": "warmup", "warm-up": "warmup",
    "d": "drop", "drop": "drop", "drop_set": "drop", "dropset": "drop",
    "f": "failure", "failure": "failure",
}  # fmt: skip
NUMBER = re.compile("[0-9]{1,9}")
REST, NOTE = "rest timer", "note"
# A number that fewer of an exercise's sets have is a slip.
RARE = 0.05
LANGUAGES = {"ordre de la série": "French", "reihenfolge festlegen": "German"}


class Strong(Format):
    """iOS writes commas and no units, Android semicolons and a unit per row, and of late always kg.

    Where it says no units, it writes 0 for what an exercise does not have.
    """

    key, label = "strong", "Strong"
    names = {
        "date": ("date", "datum"),
        "number": ("workout #",),
        "title": ("workout name", "nom de l'entraînement", "workout-name"),
        "duration": (
            "duration", "workout duration", "duration (sec)", "durée",
            "durée de l'entraînement", "dauer", "workout-dauer",
        ),
        "exercise": ("exercise name", "nom de l'exercice", "name der übung"),
        "order": ("set order", *LANGUAGES),
        "weight": (
            "weight", "weight (kg)", "weight (lb)", "weight (lbs)", "poids", "poids (kg)",
            "gewicht", "gewicht (kg)",
        ),
        "weight_unit": ("weight unit", "unité de poids", "gewichtseinheit"),
        "reps": ("reps", "réps", "répétitions", "wiederh.", "wiederholungen"),
        "rpe": ("rpe",),
        "distance": (
            "distance", "distance (meters)", "distance (km)", "distance (miles)",
            "distance (mi)", "distance (m)", "entfernung", "entfernung (meter)",
        ),
        "distance_unit": ("distance unit", "unité de distance", "entfernungseinheit"),
        "seconds": ("seconds", "secondes", "sekunden"),
        "notes": ("notes", "notizen"),
        "workout_notes": ("workout notes", "notes d'entraînement", "workout-notizen"),
    }  # fmt: skip
    required = ("date", "title", "exercise", "order")

    def __init__(self, table):
        super().__init__(table)
        self.language = next((LANGUAGES[name] for name in table.header if name in LANGUAGES), "")
        # A decimal comma in quotes, as no English file has.
        self.comma = self.comma or bool(self.language)
        self.weight_unit = read.WEIGHT_UNITS.get(_unit(table.header, self.at_weight), "")
        self.distance_unit = _unit(table.header, self.at_distance)
        self.has_units = bool(self.weight_unit) or self.at_weight_unit >= 0
        self.weights = Weights(self.comma)
        self.numbers = (self.at_weight, self.at_reps, self.at_distance, self.at_seconds)
        # Of each exercise: its sets, and how many of them have each of the numbers.
        self.counts: dict[str, list[int]] = {}

    @classmethod
    def recognises(cls, header) -> bool:
        return "workout #" in header or any(name in header for name in cls.names["order"])

    def fitted(self, cells):
        """Join a duration of more than 999 hours, whose comma has no quotes around it."""
        at = self.at_duration
        if len(cells) == self.width + 1 and at >= 0 and cells[at].isdecimal():
            rest = cells[at + 1]
            if rest[:3].isdecimal() and not rest[3:4].isdecimal() and len(rest) > 3:
                cells = [*cells[:at], f"{cells[at]},{rest}", *cells[at + 2 :]]
        return super().fitted(cells)

    def group(self, cells):
        return cells[self.at_date], cells[self.at_title], cells[self.at_number]

    def look(self, cells) -> None:
        if self._order(cells) in (REST, NOTE):
            return
        if not (self.weight_unit or cells[self.at_weight_unit].strip()):
            self.weights.add(cells[self.at_weight], cells[self.at_distance])
        elif self.weight_unit == "kg":
            self.weights.add(cells[self.at_weight])
        if not self.has_units:
            count = self.counts.setdefault(cells[self.at_exercise].strip(), [0, 0, 0, 0, 0])
            count[0] += 1
            for place, at in enumerate(self.numbers, 1):
                count[place] += bool(cells[at].strip("0., "))

    def facts(self) -> Facts:
        facts = super().facts()
        if self.weight_unit == "kg":
            self.weights.tell_pounds(facts)
        else:
            self.weights.tell_unit(facts, self.language)
        return facts

    def begin(self, cells) -> ParsedWorkout:
        start, has_clock = self.dates.read(cells[self.at_date])
        return ParsedWorkout(
            key="", title=cells[self.at_title].strip(), start=start, has_clock=has_clock
        )

    def tell(self, draft: Draft, cells) -> None:
        workout = draft.workout
        if workout.duration_seconds is None:
            workout.duration_seconds = read.duration(cells[self.at_duration])
        draft.note(workout, cells[self.at_workout_notes])

    def add(self, draft: Draft, cells, line) -> None:
        name, order = cells[self.at_exercise].strip(), self._order(cells)
        if order == REST:
            self._rest(draft, name, cells)
            return
        if not name:
            raise Unreadable("This row names no exercise.")
        if order == NOTE:
            draft.note(self._entry(draft, name), cells[self.at_notes])
            return
        number = int(order) if NUMBER.fullmatch(order) else -1
        if number < 0 and order not in KINDS:
            raise Unreadable(f"“{shown(cells[self.at_order])}” is no kind of set known here.")
        done = self._set(cells, KINDS.get(order, "work"), name, line)
        self._entry(draft, name, number).sets.append(done)

    def _order(self, cells) -> str:
        """Return the kind of a row; rests and notes have names of their own in each language."""
        order = cells[self.at_order].strip().lower()
        if len(order) < 4 or order in KINDS or order in (REST, NOTE) or NUMBER.fullmatch(order):
            return order
        if not any(cells[at].strip("0., ") for at in self.numbers[:3]):
            if cells[self.at_seconds].strip("0., "):
                return REST
            if cells[self.at_notes].strip():
                return NOTE
        return order

    def _entry(self, draft, name, number=-1):
        entry = draft.entry
        if entry is None or entry.name != name or 0 <= number < draft.number:
            entry = draft.enter(name)
        draft.number = max(draft.number, number)
        return entry

    def _rest(self, draft, name, cells) -> None:
        seconds = read.seconds(cells[self.at_seconds], self.comma)
        if name and name.lower() != REST:
            self._entry(draft, name)
        if draft.entry and seconds:
            draft.rests.append((draft.entry, seconds))

    def _set(self, cells, kind, name, line):
        comma = self.comma
        weight = read.number(cells[self.at_weight], comma)
        reps = read.whole(cells[self.at_reps], comma)
        distance = read.number(cells[self.at_distance], comma)
        seconds = read.seconds(cells[self.at_seconds], comma)
        unit = self.distance_unit or cells[self.at_distance_unit]
        if not self.has_units:
            told = reps
            weight, reps, distance, seconds = self._meant(name, weight, reps, distance, seconds)
            if reps is None and distance is None and seconds is None:
                # All are 0, so it is reps of which nothing came.
                reps = told
        distance, unit = read.distance_in(distance, unit)
        return logged(
            kind=kind,
            weight=weight,
            weight_unit=self.weight_unit or read.weight_unit(cells[self.at_weight_unit]),
            reps=reps,
            distance=distance,
            distance_unit=unit,
            seconds=seconds,
            rpe=read.rpe(cells[self.at_rpe], comma),
            notes=cells[self.at_notes].strip(),
            line=line,
        )

    def _meant(self, name, *numbers):
        """Leave out each 0 of what the exercise does not have in any of its sets."""
        sets, *counts = self.counts[name]
        return (
            None if number == 0 and count <= sets * RARE else number
            for number, count in zip(numbers, counts, strict=True)
        )


def _unit(header, at) -> str:
    """Return the unit that the name of a column has in brackets."""
    return header[at].partition("(")[2].removesuffix(")") if at >= 0 else ""
