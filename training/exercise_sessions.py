"""The past sessions of an exercise: what was done of it, workout by workout, a page at a time."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from training.log import LABELS
from training.models import Exercise, ExerciseSet, SessionExercise, WorkoutSession
from training.record_book import record_ids
from training.trends import Point
from training.units import from_kilograms
from training.wording import day_text, set_text
from workoutlog.numbers import format_number, format_total

PAGE = 10
RECENT_WEEKS = 12


@dataclass(slots=True)
class SetRow:
    """A set in few signs, and whether it was a record."""

    text: str
    record: bool


@dataclass(slots=True)
class Session:
    """An exercise in a workout: the day, its sets, its volume, and where it stands."""

    day: str
    sets: list[SetRow]
    volume: str
    url: str


@dataclass
class Page:
    """Some sessions, and the query by which the next page begins; empty after the last."""

    sessions: list[Session]
    older: str


@dataclass(slots=True)
class Use:
    """How often an exercise was done: in all, the last time, and a week of the last twelve."""

    times: int
    last: str
    per_week: str


def load_sessions(user, exercise: Exercise, before: tuple[datetime, UUID] | None = None) -> Page:
    """Load the newest sessions of an exercise, or those before a (session_date, workout id)."""
    workouts = WorkoutSession.objects.for_user(user).for_exercise(exercise, before)
    page = list(workouts[: PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    records = record_ids(page, exercise)
    for workout in page:
        workout.user = user
    last = page[-1] if page else None
    older = {"before": last.session_date.isoformat(), "id": last.pk} if more else {}
    sessions = [
        _session(workout, entry, records, user.weight_unit)
        for workout in page
        for entry in workout.log
    ]
    return Page(sessions, urlencode(older))


def use_of(points: list[Point], today: date) -> Use | None:
    """Say how often an exercise was done, given a point for each workout; None if never."""
    if not points:
        return None
    since = today - timedelta(weeks=RECENT_WEEKS)
    lately = sum(point.day > since for point in points)
    per_week = format_number(lately / RECENT_WEEKS, places=1)
    return Use(len(points), day_text(max(point.day for point in points)), per_week)


def _session(
    workout: WorkoutSession, entry: SessionExercise, records: Container, unit: str
) -> Session:
    volume = from_kilograms(entry.volume_kg, unit)
    return Session(
        f"{workout.day:%a %-d %b %Y}",
        [SetRow(_set_text(done, entry, unit), done.pk in records) for done in entry.sets],
        f"{format_total(volume)} {unit}" if volume else "",
        entry.get_absolute_url(),
    )


def _set_text(done: ExerciseSet, entry: SessionExercise, unit: str) -> str:
    text = set_text(done, entry, unit)
    return f"{LABELS[done.kind]} {text}" if done.kind in LABELS else text
