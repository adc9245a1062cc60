"""Hevy: a row per set, newest workout first, dates in the language of the app."""

import re

from training.importing import cells as read
from training.importing.cells import Unreadable, shown
from training.importing.format import Draft, Format, logged
from training.importing.parsed import ParsedWorkout

KINDS = {
    "": "work", "normal": "work", "warmup": "warmup", "warm_up": "warmup", "failure": "failure",
    "dropset": "drop", "drop_set": "drop",
}  # fmt: skip
# A line break that the app writes as two signs.
BREAK = re.compile(r"(?:\\r)?\\n")


class Hevy(Format):
    """Weights in kg or lb and distances in km or miles, each by its own column."""

    key, label = "hevy", "Hevy"
    names = {
        "title": ("title",),
        "start": ("start_time",),
        "end": ("end_time",),
        "description": ("description",),
        "exercise": ("exercise_title",),
        "superset": ("superset_id",),
        "notes": ("exercise_notes",),
        "index": ("set_index",),
        "kind": ("set_type",),
        "kg": ("weight_kg",),
        "lb": ("weight_lbs", "weight_lb"),
        "reps": ("reps",),
        "km": ("distance_km",),
        "mi": ("distance_miles", "distance_mi"),
        "m": ("distance_meters", "distance_m"),
        "seconds": ("duration_seconds",),
        "rpe": ("rpe",),
    }
    required = ("start",)

    @classmethod
    def recognises(cls, header) -> bool:
        return "exercise_title" in header and "set_type" in header

    def group(self, cells):
        return cells[self.at_start], cells[self.at_title], cells[self.at_end]

    def begin(self, cells) -> ParsedWorkout:
        start, has_clock = self.dates.read(cells[self.at_start])
        return ParsedWorkout(
            key="",
            title=cells[self.at_title].strip(),
            start=start,
            has_clock=has_clock,
            duration_seconds=self._duration(start, cells[self.at_end]),
        )

    def _duration(self, start, end) -> int | None:
        try:
            duration = (self.dates.read(end)[0] - start).total_seconds()
        except (Unreadable, TypeError):
            return None
        return int(duration) if duration > 0 else None

    def tell(self, draft: Draft, cells) -> None:
        draft.note(draft.workout, BREAK.sub("\n", cells[self.at_description]))

    def add(self, draft: Draft, cells, line) -> None:
        name = cells[self.at_exercise].strip()
        if not name:
            raise Unreadable("This row names no exercise.")
        index = read.whole(cells[self.at_index])
        done = self._set(cells, line)
        entry, superset = draft.entry, cells[self.at_superset].strip()
        # Numbers begin at 0 again where the same exercise is done a second time.
        again = index is not None and draft.number >= 0 and (index == 0 or index < draft.number)
        if entry is None or entry.name != name or entry.superset != superset or again:
            entry = draft.enter(name, superset=superset)
        draft.number = draft.number if index is None else index
        draft.note(entry, BREAK.sub("\n", cells[self.at_notes]))
        entry.sets.append(done)

    def _set(self, cells, line):
        kind = cells[self.at_kind].strip().lower()
        if kind not in KINDS:
            raise Unreadable(f"“{shown(kind)}” is no kind of set known here.")
        weight, weight_unit = self._first(cells, ("kg", "lb"))
        distance, distance_unit = self._first(cells, ("km", "mi", "m"))
        return logged(
            kind=KINDS[kind],
            weight=weight,
            weight_unit=weight_unit,
            reps=read.whole(cells[self.at_reps], self.comma),
            seconds=read.seconds(cells[self.at_seconds], self.comma),
            distance=distance,
            distance_unit=distance_unit,
            rpe=read.rpe(cells[self.at_rpe], self.comma),
            line=line,
        )

    def _first(self, cells, units):
        for unit in units:
            value = read.number(cells[self.columns[unit]], self.comma)
            if value is not None:
                return value, unit
        return None, ""
