"""Liftosaur: a row per set, with instants, a unit per weight, and what the program wanted."""

from datetime import UTC, datetime

from training.importing import cells as read
from training.importing.cells import Unreadable
from training.importing.format import Draft, Format, logged
from training.importing.parsed import ParsedWorkout

YES = {"1", "true", "yes", "y"}
LONGEST = 86_400


class Liftosaur(Format):
    """Only what was done is read; sets that were planned and not done are skipped."""

    key, label = "liftosaur", "Liftosaur"
    asks_zone = False
    names = {
        "start": ("workout datetime",),
        "program": ("program",),
        "day": ("day name",),
        "exercise": ("exercise",),
        "warmup": ("is warmup set?",),
        "reps": ("completed reps",),
        "amrap": ("is amrap?",),
        "rpe": ("completed rpe",),
        "wanted": ("required weight value",),
        "wanted_unit": ("required weight unit",),
        "weight": ("completed weight value",),
        "unit": ("completed weight unit",),
        "at": ("completed reps time",),
        "muscles": ("target muscles",),
        "notes": ("notes",),
    }
    required = ("start", "exercise", "reps")

    @classmethod
    def recognises(cls, header) -> bool:
        return "workout datetime" in header

    def group(self, cells):
        return cells[self.at_start], cells[self.at_program], cells[self.at_day]

    def begin(self, cells) -> ParsedWorkout:
        start, _ = self.dates.read(cells[self.at_start])
        return ParsedWorkout(
            key="",
            title=cells[self.at_day].strip() or cells[self.at_program].strip(),
            start=_aware(start),
        )

    def add(self, draft: Draft, cells, line) -> None:
        name = cells[self.at_exercise].strip()
        if not name:
            raise Unreadable("This row names no exercise.")
        done = self._set(cells, line)
        entry = draft.entry
        if entry is None or entry.name != name:
            entry = draft.enter(name, category=cells[self.at_muscles].split(",")[0].strip())
        draft.note(entry, cells[self.at_notes])
        if done is not None:
            entry.sets.append(done)
            self._last(draft.workout, cells[self.at_at])

    def _set(self, cells, line):
        reps = read.whole(cells[self.at_reps], self.comma)
        if reps is None:
            return None
        weight = read.number(cells[self.at_weight], self.comma)
        unit = cells[self.at_unit]
        if weight is None:
            weight = read.number(cells[self.at_wanted], self.comma)
            unit = cells[self.at_wanted_unit]
        return logged(
            kind="warmup" if cells[self.at_warmup].strip().lower() in YES else "work",
            weight=weight,
            weight_unit=read.weight_unit(unit),
            reps=reps,
            seconds=None,
            distance=None,
            rpe=read.rpe(cells[self.at_rpe], self.comma),
            notes="AMRAP" if cells[self.at_amrap].strip().lower() in YES else "",
            line=line,
        )

    def _last(self, workout, text) -> None:
        """A workout lasts until its last set."""
        try:
            ended = _aware(self.dates.read(text)[0])
        except Unreadable:
            return
        duration = int((ended - workout.start).total_seconds())
        if 0 < duration <= LONGEST:
            workout.duration_seconds = max(workout.duration_seconds or 0, duration)


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
