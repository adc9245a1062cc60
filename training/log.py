"""The log of a workout as it is drawn: a card per exercise, and in it a row per set.

Rows that are ready to log come from the last time the exercise was done. They are derived when
the page is drawn; nothing is stored until they are tapped.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from accounts.models import User, WeightUnit
from training.models import ExerciseSet, SessionExercise, SetKind, WorkoutSession
from training.plates import plates_text
from training.previous import last_time
from training.record_book import records_in
from training.records import Record
from training.steps import field_step, weight_step
from training.warmups import propose
from training.wording import WEIGHT_SIGNS, field_text, set_text
from workoutlog.db import uuid7
from workoutlog.numbers import format_number, parse_number

LABELS = {SetKind.WARMUP: "W", SetKind.DROP: "D", SetKind.FAILURE: "F"}
MOST_ROWS = 100
LATER = timedelta(hours=3)
NAMES = {
    "weight": "Weight",
    "reps": "Reps",
    "duration_seconds": "Time",
    "distance_meters": "Distance",
    "rpe": "RPE",
}


@dataclass
class Field:
    """One input of a row, as text."""

    name: str
    label: str
    value: str = ""
    error: str = ""
    step: str = ""  # By how much the step buttons change it; empty has none.

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
    next: bool = False
    records: list[Record] = field(default_factory=list)
    message: str = ""

    kinds = SetKind.choices

    @property
    def takes_weight(self) -> bool:
        return any(one.name == "weight" for one in self.fields)

    @property
    def previous_values(self) -> str:
        """The numbers of the last time, in the order of the fields."""
        return "|".join(field_text(self.previous, one.name, self.entry) for one in self.fields)

    @property
    def plates(self) -> str | None:
        """What to load for the weight; None where that is not shown."""
        if self.logged or not self.entry.loads_bar:
            return None
        try:
            weight = parse_number(self.fields[0].value)
            return plates_text(self.entry.workout.user, weight, WeightUnit(self.unit))
        except ValueError:
            return ""

    def show_typed(self, form) -> None:
        self.kind = form.data.get("kind", self.kind)
        self.label = LABELS.get(self.kind, self.label)
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
    rows: "Rows"
    columns: list[str]
    open: bool = False  # Whether rows are offered.
    grows: bool = False  # Whether each set logged brings the next row.
    offers_warmups: bool = False
    position: int = 0
    last: bool = True
    carries: bool = False  # Whether rows to come follow the weight of the last set logged.
    note: str = ""
    note_stays: bool = False
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
            row = next(
                (row for row in ready if str(row.number) == form.data.get("number")), ready[0]
            )
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
        self.note_stays = "notes_stay" in form.data
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

    @property
    def next_row(self) -> Row | None:
        return next((row for card in self.cards for row in card.rows if row.next), None)

    def mark_next(self, row: Row | None) -> None:
        if self.next_row:
            self.next_row.next = False
        if row:
            row.next = True

    def find_next(self) -> Row | None:
        """Find the row to log next: in turn through a superset, else down the page."""
        cards = self.cards
        logged = [
            (row.logged.created_at, card.position)
            for card in cards
            for row in card.rows
            if row.logged
        ]
        if not logged:
            return next((row for card in cards for row in card.rows), None)
        here = first = last = max(logged)[1]
        while first > 0 and cards[first - 1].entry.superset_with_next:
            first -= 1
        while last < len(cards) - 1 and cards[last].entry.superset_with_next:
            last += 1
        turn = cards[here + 1 : last + 1] + cards[first : here + 1]
        ready = (
            row for card in turn + cards[last + 1 :] + cards for row in card.rows if not row.logged
        )
        return next(ready, None)

    def card(self, entry_id: UUID) -> Card:
        """Return the card of an entry; raise DoesNotExist if the workout has none (any more)."""
        for card in self.cards:
            if card.entry.pk == entry_id:
                return card
        raise SessionExercise.DoesNotExist


def load_log(
    workout: WorkoutSession,
    *,
    add_to: UUID | None = None,
    rows: int = 0,
    warmup: UUID | None = None,
) -> Log:
    """Draw up the log of a workout.

    The entry `add_to` gets one more row than planned, and at least one more than `rows`; the entry
    `warmup` gets the warm-ups that are proposed for it.
    """
    workout = WorkoutSession.objects.with_log().select_related("user").get(pk=workout.pk)
    previous = last_time(workout, workout.log)
    cards = [
        make_card(
            entry,
            previous.get(entry.pk, []),
            workout,
            more_than=more,
            warm_up=entry.pk == warmup,
        )
        for entry in workout.log
        for more in [rows if entry.pk == add_to else None]
    ]
    for position, card in enumerate(cards):
        card.position, card.last = position, position == len(cards) - 1
    log = Log(workout, cards)
    log.mark_next(log.find_next())
    records = records_in(workout, previous)
    for card in cards:
        for row in card.rows:
            row.records = records.get(row.id, [])
    return log


def takes_rows(entry: SessionExercise, workout: WorkoutSession) -> bool:
    """Say whether rows are offered: while the workout runs, or to what was just added to it later.

    Whoever logs a past workout is done with an exercise some hours after adding it.
    """
    if workout.finished_at is None:
        return True
    added_later = entry.created_at > workout.finished_at and workout.data_import_id is None
    return added_later and timezone.now() - entry.created_at < LATER


def make_card(
    entry, previous, workout, *, more_than: int | None = None, warm_up: bool = False
) -> Card:
    """Pair what is logged with the last time, warm-ups with warm-ups, work sets with work sets."""
    unit = workout.user.weight_unit
    waiting = {
        True: [done for done in previous if done.is_warmup],
        False: [done for done in previous if not done.is_warmup],
    }
    rows = Rows(entry, workout.user, used=[*previous, *entry.sets])
    for logged in entry.sets:
        same_kind = waiting[logged.is_warmup]
        rows.add(logged, logged=logged, previous=same_kind.pop(0) if same_kind else None)
    warmups = []
    if open := takes_rows(entry, workout):
        # Once the work has begun, the warm-ups that were left out stay out.
        begun = any(not logged.is_warmup for logged in entry.sets)
        if waiting[False] and not begun and not any(done.is_warmup for done in previous):
            warmups, taken_up = propose(entry, waiting[False][0], workout.user)
            warm_up = warm_up or taken_up
        for proposed in warmups if warm_up else []:
            rows.add(proposed)
        for done in waiting[False] if begun else waiting[True] + waiting[False]:
            rows.add(rows.carried_to(done) or done, previous=done, kind=done.kind)
    grows = open and all(done.is_warmup for done in previous) and all(row.logged for row in rows)
    wanted = len(rows)
    if more_than is not None:
        wanted = max(len(rows), min(more_than, MOST_ROWS)) + 1
    elif grows:
        wanted += 1
    while len(rows) < wanted:
        # A warm-up of the last time says nothing about a work set.
        work = [done for done in previous if not done.is_warmup]
        # A warm-up is never offered as a work set.
        worked = [done for done in entry.sets if not done.is_warmup]
        source = next(reversed(worked or work), None)
        rows.add(source, kind=SetKind.WORK, planned=False)
    return Card(
        entry,
        rows,
        [_column(name, entry, unit) for name in rows.names],
        open=open,
        grows=grows,
        carries=any(
            row.previous and rows.carried_to(row.previous) for row in rows if not row.logged
        ),
        offers_warmups=bool(warmups) and not warm_up,
        note=entry.notes,
        note_stays=entry.notes_stay,
        note_seen=entry.updated_at.isoformat(),
    )


class Rows(list):
    """The rows of a card as they are drawn up, each knowing those before it."""

    def __init__(self, entry: SessionExercise, user: User, used: list[ExerciseSet]):
        super().__init__()
        self.entry, self.user, self.used = entry, user, used
        self.names = entry.measure.fields + (("rpe",) if user.shows_rpe else ())

    def add(self, source: ExerciseSet | None, *, logged=None, previous=None, kind="", planned=True):
        """Append a row with the numbers of `source`."""
        kind = kind or source.kind
        unit = source.weight_unit if source else self.user.weight_unit
        label = LABELS.get(kind) or str(1 + sum(1 for row in self if row.kind not in LABELS))
        self.append(
            Row(
                entry=self.entry,
                id=logged.pk if logged else uuid7(),
                number=len(self) + 1,
                label=label,
                kind=kind,
                unit=unit,
                fields=[self._field(name, source, logged, unit) for name in self.names],
                logged=logged,
                seen=logged.updated_at.isoformat() if logged else "",
                previous=previous,
                planned=planned,
            )
        )

    def carried_to(self, planned: ExerciseSet) -> ExerciseSet | None:
        """Return the last work set if its new weight is meant for a planned one too, else None.

        Whoever goes heavier today in sets of one weight does so in those that follow as well; in a
        pyramid each set has a weight of its own.
        """
        worked = [row for row in self if row.logged and not row.logged.is_warmup]
        if planned.is_warmup or not worked or not worked[-1].previous:
            return None
        now, before = worked[-1].logged, worked[-1].previous
        new, old, next_ = ((done.weight, done.weight_unit) for done in (now, before, planned))
        return now if new != old == next_ else None

    def _field(self, name, source, logged, unit) -> Field:
        # How hard a set was is not known before it is done.
        shown = None if name == "rpe" and not logged else source
        return Field(
            name,
            NAMES[name],
            field_text(shown, name, self.entry),
            step=format_number(
                weight_step(self.entry.exercise, unit, self.used)
                if name == "weight"
                else field_step(name, self.entry.distance_unit)
            ),
        )


def _column(name: str, entry: SessionExercise, unit: str) -> str:
    if name == "weight":
        return WEIGHT_SIGNS.get(entry.measure, "") + unit
    if name == "distance_meters":
        return entry.distance_unit
    return NAMES[name]
