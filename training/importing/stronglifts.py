"""StrongLifts: a row per exercise, with its sets in columns."""

import re
from datetime import datetime, timedelta

from training.importing import cells as read
from training.importing.cells import Unreadable
from training.importing.format import Draft, Format, logged
from training.importing.parsed import ParsedWorkout

SET_COLUMN = re.compile(r"set (\d{1,3}) \((.+)\)")
# The hours of a workout are more exact than its clock, unless they differ by more than this.
CLOCK_SECONDS = 120


class StrongLifts(Format):
    """Kilograms or pounds by the names of the columns; a set of 0 reps was skipped."""

    key, label = "stronglifts", "StrongLifts"
    names = {
        "date": ("date (yyyy/mm/dd)", "date"),
        "number": ("workout",),
        "title": ("workout name",),
        "exercise": ("exercise",),
        "reps": ("sets×reps", "setsxreps"),
        "time": ("sets×time", "setsxtime"),
        "hours": ("duration (hours)",),
        "start": ("start time (h:mm)", "start time"),
        "end": ("end time (h:mm)", "end time"),
        "notes": ("notes", "note"),
        "body_kg": ("body weight (kg)",),
        "body_lb": ("body weight (lb)", "body weight (lbs)"),
    }
    required = ("date", "exercise")

    def __init__(self, table):
        super().__init__(table)
        # For each set: where its reps are, where its weight is, and the weight's unit.
        reps, weights = {}, {}
        for index, name in enumerate(table.header):
            if match := SET_COLUMN.fullmatch(name):
                if match[2] == "reps":
                    reps[int(match[1])] = index
                elif unit := read.WEIGHT_UNITS.get(match[2]):
                    weights[int(match[1])] = index, unit
        self.sets = [(reps[one], *weights.get(one, (-1, ""))) for one in sorted(reps)]

    @classmethod
    def recognises(cls, header) -> bool:
        return "set 1 (reps)" in header

    def group(self, cells):
        return (
            cells[self.at_date],
            cells[self.at_number],
            cells[self.at_title],
            cells[self.at_start],
        )

    def begin(self, cells) -> ParsedWorkout:
        day, _ = self.dates.read(cells[self.at_date])
        begun, ended = self._clock(cells[self.at_start]), self._clock(cells[self.at_end])
        body_weight, unit = self._body_weight(cells)
        return ParsedWorkout(
            key="",
            title=cells[self.at_title].strip(),
            start=day if begun is None else day.replace(hour=0, minute=0) + begun,
            has_clock=begun is not None,
            duration_seconds=self._duration(cells, begun, ended),
            body_weight=body_weight,
            body_weight_unit=unit,
        )

    def _clock(self, text) -> timedelta | None:
        if not text.strip():
            return None
        try:
            # A day to carry the clock, which is all that is read.
            moment, has_clock = self.dates.read(f"2000/01/01 {text}")
        except Unreadable:
            return None
        return moment - datetime(2000, 1, 1) if has_clock else None

    def _duration(self, cells, begun, ended) -> int | None:
        try:
            hours = read.number(cells[self.at_hours], self.comma)
        except Unreadable:
            hours = None
        told = int(hours * 3600) if hours else None
        if begun is None or ended is None:
            return told
        # A workout may end after midnight.
        by_clock = int((ended - begun).total_seconds()) % 86400
        if told and (not by_clock or abs(told - by_clock) <= CLOCK_SECONDS):
            return told
        return by_clock or None

    def _body_weight(self, cells):
        for unit in ("kg", "lb"):
            try:
                value = read.number(cells[self.columns[f"body_{unit}"]], self.comma)
            except Unreadable:
                continue
            if value:
                return value, unit
        return None, ""

    def add(self, draft: Draft, cells, line) -> None:
        name = cells[self.at_exercise].strip()
        if not name:
            raise Unreadable("This row names no exercise.")
        timed = bool(cells[self.at_time].strip()) and not cells[self.at_reps].strip()
        done = []
        for reps_at, weight_at, unit in self.sets:
            text = cells[reps_at]
            reps = (read.seconds if timed else read.whole)(text, self.comma)
            if not reps:
                continue
            done.append(
                logged(
                    weight=read.number(cells[weight_at], self.comma),
                    weight_unit=unit,
                    reps=None if timed else reps,
                    seconds=reps if timed else None,
                    distance=None,
                    line=line,
                )
            )
        entry = draft.enter(name)
        entry.sets = done
        draft.note(entry, cells[self.at_notes])
