"""What a file of another app says, before anything knows about the database."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

TEXT_SHOWN = 200


class Refused(Exception):  # noqa: N818
    """The file as a whole cannot be read; the message is a sentence for the lifter."""


@dataclass(slots=True)
class ParsedSet:
    """A set as the file says it; what the file does not say is None or empty."""

    kind: str = "work"  # A SetKind value.
    weight: Decimal | None = None
    weight_unit: str = ""  # "kg", "lb", or "" where the file does not say.
    reps: int | None = None
    duration_seconds: int | None = None
    distance: Decimal | None = None
    distance_unit: str = ""  # "m", "km", "mi", or "" where the file does not say.
    rpe: Decimal | None = None
    notes: str = ""
    line: int = 0
    extra: dict | None = None  # Our own format only: id, created_at, deleted_at …


@dataclass(slots=True)
class ParsedExercise:
    """One entry of a workout; the same name may come twice, apart."""

    name: str
    notes: str = ""
    superset: str = ""  # Equal keys within a workout are done in turn; "" is none.
    rest_seconds: int | None = None
    sets: list[ParsedSet] = field(default_factory=list)
    category: str = ""  # The file's word for muscle or kind, to guess by.
    extra: dict | None = None


@dataclass(slots=True)
class ParsedWorkout:
    """One workout of the file.

    `key` is its identity within the source app, the same in a longer export later. `start` is
    naive where the file has the local wall clock, aware where it has instants.
    """

    key: str
    title: str
    start: datetime
    duration_seconds: int | None = None
    location: str = ""
    notes: str = ""
    exercises: list[ParsedExercise] = field(default_factory=list)
    body_weight: Decimal | None = None
    body_weight_unit: str = ""
    has_clock: bool = True  # False where the file has only the day; start is then 12:00.
    line: int = 0
    rows: int = 0
    extra: dict | None = None


@dataclass(slots=True)
class BadLine:
    """A row that cannot be read: its first physical line, its text cut short, and why."""

    line: int
    text: str
    why: str

    def __post_init__(self):
        self.text = self.text[:TEXT_SHOWN]
