"""Rest: how long to wait after a logged set, and which set comes then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from training.log import Card, Log, Row
from training.models import ExerciseSet, SetKind
from workoutlog.numbers import format_duration

# How long after its end a rest is still worth showing.
FORGOTTEN = timedelta(minutes=10)


@dataclass
class Rest:
    """The wait after a set."""

    after: ExerciseSet
    seconds: int
    next: str

    @property
    def ends(self) -> int:
        """When it is over, in milliseconds since 1970."""
        return milliseconds(self.after.created_at) + self.seconds * 1000

    @property
    def event(self) -> dict:
        """What `set-logged` tells the page."""
        return {
            "set": str(self.after.pk),
            "rest": self.seconds,
            "ends": self.ends,
            "now": milliseconds(timezone.now()),
            "next": self.next,
        }

    @property
    def is_forgotten(self) -> bool:
        over = self.after.created_at + timedelta(seconds=self.seconds)
        return timezone.now() > over + FORGOTTEN


def rest_after(logged: ExerciseSet, card: Card) -> int:
    """Return the seconds of rest after a set of the card; 0 is none."""
    entry = card.entry
    lifter = entry.workout.user
    if entry.superset_with_next and not card.last:
        return 0
    following = next((row for row in card.rows if not row.logged), None)
    if following and following.kind == SetKind.DROP:
        return 0
    seconds = lifter.rest_seconds if entry.rest_seconds is None else entry.rest_seconds
    return min(seconds, lifter.warmup_rest_seconds) if logged.is_warmup else seconds


def start_rest(logged: ExerciseSet, log: Log) -> Rest:
    card = log.card(logged.session_exercise_id)
    return Rest(logged, rest_after(logged, card), next_text(log.next_row, card))


def current_rest(log: Log) -> Rest | None:
    """Return the rest after the latest set of a running workout, unless it is long over."""
    sets = [row.logged for card in log.cards for row in card.rows if row.logged]
    if log.workout.finished_at or not sets:
        return None
    rest = start_rest(max(sets, key=lambda logged: logged.created_at), log)
    return None if rest.is_forgotten else rest


def next_text(row: Row | None, card: Card) -> str:
    """Write the row to log next in few signs; with its exercise where that is another."""
    if row is None:
        return ""
    values = [field.value for field in row.fields if field.value and field.name != "rpe"]
    names = [] if row.entry.pk == card.entry.pk else [row.entry.name]
    return " ".join([*names, " × ".join(values)]).strip()


def milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)


def rest_label(seconds: int) -> str:
    return format_duration(seconds) if seconds else "Off"
