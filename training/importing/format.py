"""What the exports of all apps have in common: rows that belong to a workout, in its order."""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from training.importing.cells import Unreadable, shown
from training.importing.dates import Dates
from training.importing.parsed import BadLine, ParsedExercise, ParsedSet, ParsedWorkout, Refused
from training.importing.table import Table

PROGRESS_EVERY = 500
MAX_WEIGHT = 10_000
MAX_DISTANCE = 10_000_000


@dataclass(slots=True)
class Facts:
    """What a file as a whole says, and what the lifter has to be asked about it.

    `unit_guess` and `distance_unit_guess` are a unit and the reason, as a sentence.
    """

    asks_unit: bool = False
    unit_guess: tuple[str, str] | None = None
    asks_zone: bool = True
    # Weights of a file in kg that are pounds, converted: how many are whole quarters, of how many.
    round_to_quarter_lb: bool = False
    quarter_lb_weights: int = 0
    weights: int = 0
    distance_unit_guess: tuple[str, str] | None = None


@dataclass(slots=True)
class Draft:
    """A workout whose rows are still coming."""

    workout: ParsedWorkout
    done: bool = False
    entry: ParsedExercise | None = None
    number: int = -1
    notes: dict[int, tuple[object, dict[str, None]]] = field(default_factory=dict)
    rests: list[tuple[ParsedExercise, int]] = field(default_factory=list)

    def enter(self, name: str, **values) -> ParsedExercise:
        """Begin another entry of the workout."""
        self.entry = ParsedExercise(name=name, **values)
        self.number = -1
        self.workout.exercises.append(self.entry)
        return self.entry

    def note(self, target, text: str) -> None:
        """Add a note that rows repeat to the workout or an entry, once."""
        if text := text.strip():
            self.notes.setdefault(id(target), (target, {}))[1][text] = None

    def finish(self) -> ParsedWorkout:
        """Settle what only all rows tell; entries with neither sets nor notes are none."""
        for target, notes in self.notes.values():
            target.notes = "\n".join(notes)
        rests = {}
        for entry, rest in self.rests:
            rests.setdefault(id(entry), []).append(rest)
        for entry in self.workout.exercises:
            if values := rests.get(id(entry)):
                # The most common rest, of equals the last.
                entry.rest_seconds = max(reversed(values), key=Counter(values).__getitem__)
        self.workout.exercises = [
            entry for entry in self.workout.exercises if entry.sets or entry.notes
        ]
        return self.workout


class Format:
    """The export of one app, opened: a subclass says what its columns mean.

    All rows of one group are one workout, also where other rows stand between them; workouts
    come in the order of their first rows. Every row counts once: in a workout's `rows`, or as a
    BadLine. So a workout may have rows (rests, notes, skipped sets) and yet no set.
    """

    key = label = ""
    # What a column is called here, and in the headers of the app.
    names: dict[str, tuple[str, ...]] = {}
    required: tuple[str, ...] = ()
    asks_zone = True

    def __init__(self, table: Table):
        self.table = table
        self.width = len(table.header)
        self.dates = Dates()
        self.comma = table.delimiter != ","
        self.columns = {
            column: self._find(table.header, names) for column, names in self.names.items()
        }
        if missing := [name for name in self.required if self.columns[name] < 0]:
            wanted = ", ".join(f"“{self.names[name][0]}”" for name in missing)
            raise Refused(f"This looks like an export of {self.label}, but lacks {wanted}.")
        for column, index in self.columns.items():
            setattr(self, f"at_{column}", index)
        self.rows_total = 0
        # Which row is the last of a workout, so that it can be handed on.
        self.last = {}

    @staticmethod
    def _find(header, names) -> int:
        # Where the file lacks a column, the empty cell that `fitted` puts at the end is read.
        return next((header.index(name) for name in names if name in header), -1)

    @classmethod
    def recognises(cls, header: tuple[str, ...]) -> bool:
        """Whether these column names, in lower case, are those of the app."""
        raise NotImplementedError

    def facts(self) -> Facts:
        """Tell what all rows together say; asked for after the last `look`."""
        return Facts(asks_zone=self.asks_zone)

    def group(self, cells: list[str]) -> tuple:
        """Return what the rows of one workout have in common."""
        raise NotImplementedError

    def scan(self, number: int, cells: list[str]) -> None:
        """Look at a row before any is read."""
        try:
            cells = self.fitted(cells)
        except Unreadable:
            return
        group = self.group(cells)
        if group not in self.last:
            self.dates.look(group[0])
        self.last[group] = number
        self.look(cells)

    def look(self, cells: list[str]) -> None:
        """Gather what only all rows tell."""

    def begin(self, cells: list[str]) -> ParsedWorkout:
        """Return the workout that a first row begins, with an empty key; raise Unreadable."""
        raise NotImplementedError

    def tell(self, draft: Draft, cells: list[str]) -> None:
        """Take from a row what it says of the workout, even if the rest cannot be read."""

    def add(self, draft: Draft, cells: list[str], line: int) -> None:
        """Put a row into its workout; raise Unreadable before anything is changed."""
        raise NotImplementedError

    def fitted(self, cells: list[str]) -> list[str]:
        """Return as many cells as the header has, and an empty one at the end."""
        if len(cells) < self.width:
            # Spreadsheets leave out empty cells at the end.
            cells = cells + [""] * (self.width - len(cells))
        elif len(cells) > self.width:
            if any(cells[self.width :]):
                raise Unreadable(
                    f"This row has {len(cells)} cells, where the header has {self.width}."
                )
            cells = cells[: self.width]
        return [*cells, ""]

    def workouts(self, progress: Callable[[int], None] | None = None):
        """Yield the workouts and bad lines of the file, row by row."""
        # Ordered, for a plain dict is slow to lose its first item again and again.
        waiting: OrderedDict[tuple, Draft] = OrderedDict()
        self.keys = {}
        rows = self.table.rows()
        number = 0
        for number, cells in enumerate(rows, 1):
            if progress and number % PROGRESS_EVERY == 0:
                progress(number)
            if isinstance(cells, BadLine):
                yield cells
                continue
            group = None
            try:
                whole = len(cells) >= self.width
                cells = self.fitted(cells)
                group = self.group(cells)
                if not whole and number == self.rows_total and self.table.ends_midway:
                    raise Unreadable("The file ends in the middle of this row.")
                draft = waiting.get(group)
                if draft is None:
                    draft = waiting[group] = Draft(self.begin(cells))
                    draft.workout.line = rows.line
                self.tell(draft, cells)
                self.add(draft, cells, rows.line)
                draft.workout.rows += 1
            except Unreadable as error:
                yield BadLine(rows.line, rows.text, str(error))
            if self.last.get(group) == number:
                yield from self._finished(waiting, group)
        if progress:
            progress(number)

    def _finished(self, waiting, group) -> Iterator[ParsedWorkout]:
        """Yield what is complete and has no incomplete workout before it."""
        if group in waiting:
            waiting[group].done = True
        while waiting and (draft := next(iter(waiting.values()))).done:
            del waiting[next(iter(waiting))]
            if draft.workout.rows:
                workout = draft.finish()
                workout.key = self._unique(workout)
                yield workout

    def _unique(self, workout: ParsedWorkout) -> str:
        """Return the key of a workout; one of the same start and title gets |2, |3 …"""
        start = workout.start.isoformat(" ") if workout.has_clock else str(workout.start.date())
        base = "|".join([self.key, start, *([workout.title] if workout.title else [])])
        count = self.keys.get(base, 0) + 1
        key = base if count == 1 else f"{base}|{count}"
        while key in self.keys:
            count += 1
            key = f"{base}|{count}"
        self.keys[key] = 1
        self.keys[base] = count
        return key


def logged(
    *,
    weight: Decimal | None,
    reps: int | None,
    seconds: int | None,
    distance: Decimal | None,
    **values,
) -> ParsedSet:
    """Return a set of these numbers; raise Unreadable where they are none.

    A time or distance of zero beside reps says that nobody measured it; 0 kg and 0 reps are meant.
    """
    if reps is not None:
        seconds, distance = seconds or None, distance or None
    if reps is None and seconds is None and distance is None:
        raise Unreadable("This row has neither reps nor a time nor a distance.")
    if weight is not None and weight >= MAX_WEIGHT:
        raise Unreadable(f"A weight of {shown(str(weight))} is more than can be logged.")
    if distance is not None and distance >= MAX_DISTANCE:
        raise Unreadable(f"A distance of {shown(str(distance))} is more than can be logged.")
    if weight is None:
        values["weight_unit"] = ""
    if distance is None:
        values["distance_unit"] = ""
    return ParsedSet(
        weight=weight, reps=reps, duration_seconds=seconds, distance=distance, **values
    )
