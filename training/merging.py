"""Choosing what exercises are merged into: who uses what now, and would after it."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Q

from training.models import Exercise, ExerciseSet, SessionExercise
from training.search import search

MOST_FOUND = 20


class Use(NamedTuple):
    """How often exercises are named, the trash included: entries, their sets, their lifters."""

    entries: int
    lifters: int
    sets: int = 0


class Candidate(NamedTuple):
    """What the exercises could be merged into, or the reason why not."""

    exercise: Exercise
    before: Use
    after: Use
    reason: str


def use_of(exercises: Sequence[Exercise]) -> Use:
    """Count the use of all these exercises together."""
    entries = _entries(exercises).aggregate(
        count=Count("pk"), lifters=Count("workout__user", distinct=True)
    )
    sets = ExerciseSet.all_objects.filter(session_exercise__exercise__in=exercises)
    return Use(entries["count"], entries["lifters"], sets.count())


def candidates(sources: Sequence[Exercise], use: Use, query: str) -> list[Candidate]:
    """Return what the query finds for the owner of all the sources, or in the catalog."""
    owners = {source.owner for source in sources}
    found = search(owners.pop() if len(owners) == 1 else None, query)
    found = [one.exercise for one in found if one.exercise not in sources][:MOST_FOUND]
    theirs = _entries(sources).values("workout__user")
    rows = (
        _entries(found)
        .values("exercise")
        .annotate(
            entries=Count("pk"),
            lifters=Count("workout__user", distinct=True),
            shared=Count("workout__user", distinct=True, filter=Q(workout__user__in=theirs)),
        )
    )
    rows = {row["exercise"]: row for row in rows}
    unused = {"entries": 0, "lifters": 0, "shared": 0}
    result = []
    for exercise in found:
        row = rows.get(exercise.pk, unused)
        before = Use(row["entries"], row["lifters"])
        after = Use(use.entries + before.entries, use.lifters + before.lifters - row["shared"])
        reasons = filter(None, (source.why_not_into(exercise) for source in sources))
        result.append(Candidate(exercise, before, after, next(reasons, "")))
    return result


def _entries(exercises):
    return SessionExercise.all_objects.filter(exercise__in=exercises)
