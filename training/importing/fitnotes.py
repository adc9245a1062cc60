"""FitNotes: a row per set and one workout a day, without a name or a clock."""

from training.importing import cells as read
from training.importing.cells import Unreadable
from training.importing.format import Draft, Format, logged
from training.importing.parsed import ParsedWorkout


class FitNotes(Format):
    """Its Android app of today and of earlier, and the one for iOS."""

    key, label = "fitnotes", "FitNotes"
    names = {
        "date": ("date",),
        "exercise": ("exercise",),
        "category": ("category",),
        "weight": ("weight",),
        "unit": ("weight unit",),
        "kg": ("weight (kgs)", "weight (kg)"),
        "lb": ("weight (lbs)", "weight (lb)"),
        "reps": ("reps",),
        "distance": ("distance",),
        "distance_unit": ("distance unit",),
        "time": ("time",),
        "notes": ("comment", "notes"),
    }
    required = ("date", "exercise")

    def __init__(self, table):
        super().__init__(table)
        self.round_kg = self.round_lb = self.without_unit = 0

    @classmethod
    def recognises(cls, header) -> bool:
        weights = {"weight unit", *cls.names["kg"], *cls.names["lb"]}
        return ("category" in header or "kind" in header) and not weights.isdisjoint(header)

    def look(self, cells) -> None:
        if cells[self.at_weight].strip("0., ") and not cells[self.at_unit].strip():
            self.without_unit += 1
        # Where both are given, the app has converted one of them.
        if cells[self.at_kg] and cells[self.at_lb]:
            self.round_kg += self._is_round(cells[self.at_kg])
            self.round_lb += self._is_round(cells[self.at_lb])

    def _is_round(self, text) -> bool:
        try:
            value = read.number(text, self.comma)
        except Unreadable:
            return False
        return bool(value) and value * 4 % 1 == 0

    def facts(self):
        facts = super().facts()
        if self.without_unit:
            facts.asks_unit = True
            facts.unit_guess = ("kg", "Some rows of the file have a weight without a unit.")
        return facts

    def group(self, cells):
        return (cells[self.at_date],)

    def begin(self, cells) -> ParsedWorkout:
        start, _ = self.dates.read(cells[self.at_date])
        start = start.replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=None)
        return ParsedWorkout(key="", title="", start=start, has_clock=False)

    def add(self, draft: Draft, cells, line) -> None:
        name = cells[self.at_exercise].strip()
        if not name:
            raise Unreadable("This row names no exercise.")
        weight, unit = self._weight(cells)
        distance = read.number(cells[self.at_distance], self.comma)
        distance, distance_unit = read.distance_in(distance, cells[self.at_distance_unit])
        done = logged(
            weight=weight,
            weight_unit=unit,
            reps=read.whole(cells[self.at_reps], self.comma),
            seconds=read.seconds(cells[self.at_time], self.comma),
            distance=distance,
            distance_unit=distance_unit,
            notes=cells[self.at_notes].strip(),
            line=line,
        )
        entry = draft.entry
        if entry is None or entry.name != name:
            entry = draft.enter(name, category=cells[self.at_category].strip())
        entry.sets.append(done)

    def _weight(self, cells):
        if cells[self.at_weight].strip():
            unit = read.weight_unit(cells[self.at_unit])
            return read.number(cells[self.at_weight], self.comma), unit
        units = ("kg", "lb") if self.round_kg >= self.round_lb else ("lb", "kg")
        for unit in units:
            value = read.number(cells[self.columns[unit]], self.comma)
            if value is not None:
                return value, unit
        return None, ""
