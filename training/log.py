"""The log of a workout as it is drawn: a card per exercise, and in it a row per set.

Rows that are ready to log come from the last time the exercise was done. They are derived when
the page is drawn; nothing is stored until they are tapped.
"""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.models import WeightUnit
from training.models import ExerciseSet, Measure, SessionExercise, SetKind, WorkoutSession
from training.previous import last_time
from training.units import METERS_PER
from workoutlog.db import uuid7
from workoutlog.numbers import format_duration, format_number

LABELS = {SetKind.WARMUP: "W", SetKind.DROP: "D", SetKind.FAILURE: "F"}
MOST_ROWS = 100
NAMES = {
    "weight": "Weight",
    "reps": "Reps",
    "duration_seconds": "Time",
    "distance_meters": "Distance",
}


@dataclass
class Field:
    """One input of a row, as text."""

    name: str
    label: str
    value: str = ""
    error: str = ""

    @property
    def inputmode(self) -> str:
        """Which keypad a phone shows; the one for times must have a colon."""
        return {"reps": "numeric", "duration_seconds": "text"}.get(self.name, "decimal")


@dataclass
class Row:
    """A set of the log, or one that is ready to be logged."""

    entry: SessionExercise
    id: UUID
    number: int
    label: str
    kind: str
    unit: str
    fields: list[Field]
    logged: ExerciseSet | None = None
    seen: str = ""
    previous: ExerciseSet | None = None
    planned: bool = True
    message: str = ""

    kinds = SetKind.choices

    @property
    def takes_weight(self) -> bool:
        return any(one.name == "weight" for one in self.fields)

    def show_typed(self, form) -> None:
        self.kind = form.data.get("kind", self.kind)
        self.unit = form.data.get("weight_unit", self.unit)
        for one in self.fields:
            one.value = form.data.get(one.name, "")
            one.error = " ".join(form.errors.get(one.name, []))
        self.message = " ".join(
            error
            for name, errors in form.errors.items()
            for error in errors
            if name not in {one.name for one in self.fields}
        )


@dataclass
class Card:
    """An exercise of the workout with its rows."""

    entry: SessionExercise
    rows: list[Row]
    columns: list[str]
    grows: bool = False  # Whether each set logged brings the next row.
    position: int = 0
    last: bool = True
    note: str = ""
    note_seen: str = ""
    note_error: str = ""

    def row(self, id: UUID) -> Row:
        return next(row for row in self.rows if row.id == id)

    def show_invalid(self, form, *, edited: ExerciseSet | None, stored: ExerciseSet | None) -> Row:
        """Put back into its row what was typed, and say what is wrong with it.

        `edited` is the set as it is now if one was edited, `stored` the set that took a new one's
        id meanwhile.
        """
        if edited:
            row = self.row(edited.pk)
        else:
            ready = [row for row in self.rows if not row.logged]
            row = next((row for row in ready if str(row.number) == form.data.get("number")), ready[0])
            if row is not self.rows[-1]:
                self.rows.pop()
        row.show_typed(form)
        changed = edited if edited and form.is_valid() else stored
        if changed:
            now = set_text(changed, self.entry, row.unit)
            row.message = (
                f"Changed elsewhere to {now} meanwhile. Tap ✓ to put in yours."
                if edited
                else f"This was logged already, as {now}. Tap ✓ to log yours as another set."
            )
        elif not edited and "id" not in form.errors:
            row.id = form.cleaned_data["id"]
        return row

    def show_typed_note(self, form) -> None:
        self.note = form.data.get("notes", "")
        self.note_error = " ".join(form.errors.get("notes", []))


@dataclass
class Log:
    """All that the workout page shows below its header."""

    workout: WorkoutSession
    cards: list[Card] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many working sets are logged."""
        return sum(1 for row in self._working_rows if row.logged)

    @property
    def planned(self) -> int:
        """How many are logged or were done the last time."""
        return sum(1 for row in self._working_rows if row.planned)

    @property
    def volume_kg(self) -> float:
        return sum(row.logged.volume_kg for row in self._working_rows if row.logged)

    @property
    def _working_rows(self) -> list[Row]:
        return [row for card in self.cards for row in card.rows if row.kind != SetKind.WARMUP]

    def card(self, entry_id: UUID) -> Card:
        return next(card for card in self.cards if card.entry.pk == entry_id)


def load_log(workout: WorkoutSession, *, add_to: UUID | None = None, rows: int = 0) -> Log:
    """Draw up the log of a workout.

    The entry `add_to` gets one more row than planned, and at least one more than `rows`.
    """
    workout = WorkoutSession.objects.with_log().select_related("user").get(pk=workout.pk)
    previous = last_time(workout, workout.log)
    cards = [
        make_card(entry, previous.get(entry.pk, []), workout, more_than=more)
        for entry in workout.log
        for more in [rows if entry.pk == add_to else None]
    ]
    for position, card in enumerate(cards):
        card.position, card.last = position, position == len(cards) - 1
    return Log(workout, cards)


def make_card(entry, previous, workout, *, more_than: int | None = None) -> Card:
    """Pair what is logged with the last time, warm-ups with warm-ups, work sets with work sets."""
    unit = workout.user.weight_unit
    waiting = {
        True: [done for done in previous if done.is_warmup],
        False: [done for done in previous if not done.is_warmup],
    }
    rows: list[Row] = []
    for logged in entry.sets:
        same_kind = waiting[logged.is_warmup]
        rows.append(
            _row(entry, rows, logged, logged=logged, previous=same_kind.pop(0) if same_kind else None)
        )
    if workout.finished_at is None:
        # Once the work has begun, the warm-ups that were left out stay out.
        begun = any(not logged.is_warmup for logged in entry.sets)
        planned = waiting[False] if begun else waiting[True] + waiting[False]
        for done in planned:
            rows.append(_row(entry, rows, done, previous=done))
    grows = workout.finished_at is None and not previous
    wanted = len(rows)
    if more_than is not None:
        wanted = max(len(rows), min(more_than, MOST_ROWS)) + 1
    elif grows:
        wanted += 1
    while len(rows) < wanted:
        source = entry.sets[-1] if entry.sets else (previous[-1] if previous else None)
        rows.append(_row(entry, rows, source, kind=SetKind.WORK, unit=unit, planned=False))
    return Card(
        entry,
        rows,
        [_column(name, entry, unit) for name in entry.measure.fields],
        grows=grows,
        note=entry.notes,
        note_seen=entry.updated_at.isoformat(),
    )


def _row(entry, rows, source, *, logged=None, previous=None, kind=None, unit="kg", planned=True):
    kind = kind or source.kind
    label = LABELS.get(kind) or str(1 + sum(1 for row in rows if row.kind not in LABELS))
    return Row(
        entry=entry,
        id=logged.pk if logged else uuid7(),
        number=len(rows) + 1,
        label=label,
        kind=kind,
        unit=source.weight_unit if source else unit,
        fields=[
            Field(name, NAMES[name], field_text(source, name, entry)) for name in entry.measure.fields
        ],
        logged=logged,
        seen=logged.updated_at.isoformat() if logged else "",
        previous=previous,
        planned=planned,
    )


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
    return " × ".join(texts) if "distance_meters" not in entry.measure.fields else " in ".join(texts)


def set_words(done: ExerciseSet, entry: SessionExercise) -> str:
    """Say a set in words for a screen reader, "82.5 kilograms, 8 reps"."""
    texts = []
    for name in entry.measure.fields:
        text = field_text(done, name, entry)
        if text and name == "weight":
            text += " pounds" if done.weight_unit == WeightUnit.LB else " kilograms"
        elif name == "reps":
            text += " rep" if done.reps == 1 else " reps"
        elif text and name == "distance_meters":
            text += f" {DISTANCE_WORDS[entry.distance_unit]}"
        if text:
            texts.append(text)
    return ", ".join(texts)


DISTANCE_WORDS = {"m": "metres", "km": "kilometres", "mi": "miles"}
WEIGHT_SIGNS = {Measure.BODYWEIGHT_REPS: "+", Measure.ASSISTED_REPS: "−"}


def _column(name: str, entry: SessionExercise, unit: str) -> str:
    if name == "weight":
        return WEIGHT_SIGNS.get(entry.measure, "") + unit
    if name == "distance_meters":
        return entry.distance_unit
    return NAMES[name]
