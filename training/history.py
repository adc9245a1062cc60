"""A page of the history: some workouts by month, from the newest or from a place further back."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from training.models import WorkoutSession
from training.record_book import record_counts

PAGE = 10


@dataclass
class Month:
    """Workouts of a page that follow each other in one month; "2026-03" is its key."""

    key: str
    workouts: list[WorkoutSession]


@dataclass
class Page:
    """Workouts, each with its `record_count`, and where the next page begins."""

    workouts: list[WorkoutSession]
    older: dict[str, str]

    @property
    def months(self) -> list[Month]:
        return [
            Month(key, list(workouts))
            for key, workouts in groupby(self.workouts, lambda workout: f"{workout.day:%Y-%m}")
        ]

    def older_query(self, filters: dict[str, str]) -> str:
        """Return the query of the next page with the same filters; empty after the last."""
        return urlencode(filters | self.older) if self.older else ""


def load_page(
    workouts, *, before: tuple[datetime, UUID] | None = None, day: date | None = None
) -> Page:
    """Load a page of a queryset: the newest, those before a (session_date, id), or up to a day."""
    if day:
        workouts = workouts.until(day)
    page = list(workouts.for_history(before)[: PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    counts = record_counts(page)
    for workout in page:
        workout.record_count = counts.get(workout.pk, 0)
    if not more:
        return Page(page, {})
    last = page[-1]
    older = {"before": last.session_date.isoformat(), "id": str(last.pk)}
    return Page(page, older | {"month": f"{last.day:%Y-%m}"})
