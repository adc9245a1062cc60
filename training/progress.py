"""Progress: what the weeks came to, muscle by muscle, and how long the streak is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Sum
from django.db.models.functions import Coalesce

from training.days import local_date, month_of, week_of
from training.loads import volume_expression
from training.models import Exercise, ExerciseSet, Muscle, WorkoutSession

WEEK = timedelta(weeks=1)
# The weeks before this one that make up a lifter's average.
AVERAGED = 12


@dataclass(slots=True)
class Span:
    """What a workout, week or month came to, volume in kg; `start` is its first day."""

    start: date
    workouts: int = 0
    sets: int = 0
    volume_kg: float = 0.0

    def add(self, other: "Span") -> None:
        self.workouts += other.workouts
        self.sets += other.sets
        self.volume_kg += other.volume_kg


@dataclass(slots=True)
class MuscleSets:
    """Working sets of a muscle: this week, and in an average week of those before."""

    muscle: Muscle
    this_week: float
    average: float | None


@dataclass
class Progress:
    """The figures of some weeks, and the days of at least all workouts with working sets."""

    days: dict[UUID, date]
    total: Span
    spans: list[Span]
    monthly: bool  # Whether the spans are months.
    streak: int
    longest_streak: int
    averaged: int  # Weeks that make up the averages of the muscles.


def progress_of(user, *, weeks: int | None, today: date) -> Progress:
    """Sum up the last weeks, the one of `today` included; None are all weeks.

    More than a year is summed up by months, else by weeks.
    """
    week = week_of(today)
    if weeks:
        days = _days(user)
        trained, since = set(days.values()), week - (weeks - 1) * WEEK
        workouts = _workouts(user, {pk: day for pk, day in days.items() if day >= since})
    else:
        days, workouts = _all_workouts(user)
        trained = {workout.start for workout in workouts}
        since = min(trained, default=week)
    monthly = today - since > 53 * WEEK
    total, spans = Span(since), _spans(since, today, workouts, monthly=monthly)
    for span in spans:
        total.add(span)
    streak, longest = streaks(set(map(week_of, trained)), week)
    return Progress(
        days=days,
        total=total,
        spans=spans,
        monthly=monthly,
        streak=streak,
        longest_streak=longest,
        averaged=_weeks_to_average(min(trained, default=None), week),
    )


def muscles_of(user, progress: Progress, *, today: date) -> list[MuscleSets]:
    """Return the muscles trained this week or in those averaged, in the order of the body."""
    week = week_of(today)
    now, before = Counter(), Counter()
    first, last = week - progress.averaged * WEEK, week + WEEK
    lately = {pk: day >= week for pk, day in progress.days.items() if first <= day < last}
    for workout, exercise, count in (
        ExerciseSet.objects.for_user(user)
        .working()
        .filter(session_exercise__workout__in=lately, session_exercise__exercise__isnull=False)
        .order_by()
        .values_list("session_exercise__workout", "session_exercise__exercise")
        .annotate(Count("pk"))
    ):
        (now if lately[workout] else before)[exercise] += count
    exercises = Exercise.all_objects.only("primary_muscle", "secondary_muscles")
    trained = exercises.in_bulk(now.keys() | before.keys())
    now, before = muscle_sets(now, trained), muscle_sets(before, trained)
    weeks = progress.averaged
    return [
        MuscleSets(muscle, now[muscle], before[muscle] / weeks if weeks else None)
        for muscle in Muscle
        if now[muscle] or before[muscle]
    ]


def streaks(weeks: set[date], week: date) -> tuple[int, int]:
    """Return how many weeks in a row were trained up to now, and at most ever.

    `weeks` are the Mondays of weeks with a workout, `week` is this one's, which counts as soon as
    there is one in it and breaks nothing before.
    """
    longest = run = 0
    previous = None
    for monday in sorted(weeks):
        run = run + 1 if previous and monday - previous == WEEK else 1
        longest, previous = max(longest, run), monday
    now = run if previous is not None and week - previous <= WEEK else 0
    return now, longest


def muscle_sets(sets: Counter, exercises: dict[UUID, Exercise]) -> Counter:
    """Turn sets by exercise into sets by muscle: 1 for the primary one, ½ for each secondary."""
    counts: Counter = Counter()
    for id, count in sets.items():
        primary = exercises[id].primary_muscle
        counts[primary] += count
        for muscle in set(exercises[id].secondary_muscles) - {primary}:
            counts[muscle] += count / 2
    return counts


def _days(user) -> dict[UUID, date]:
    """Map the lifter's workouts with working sets to their days."""
    sets = ExerciseSet.objects.working().filter(
        session_exercise__workout=OuterRef("pk"), session_exercise__deleted_at=None
    )
    workouts = WorkoutSession.objects.for_user(user).filter(Exists(sets))
    # The database says the day, because to read two thousand instants takes longer.
    return dict(workouts.values_list("pk", local_date()))


def _workouts(user, days: dict[UUID, date]) -> list[Span]:
    """Sum up some of the lifter's workouts with working sets, given their days."""
    sets = ExerciseSet.objects.for_user(user).filter(session_exercise__workout__in=days)
    return [Span(days[pk], 1, *sums) for pk, *sums in _sums(sets)]


def _all_workouts(user) -> tuple[dict[UUID, date], list[Span]]:
    """Sum up all of the lifter's workouts with working sets; to name them would take longer."""
    days = dict(WorkoutSession.objects.for_user(user).values_list("pk", local_date()))
    sums = _sums(ExerciseSet.objects.for_user(user))
    # One may have begun between the two queries.
    return days, [Span(days[pk], 1, *values) for pk, *values in sums if pk in days]


def _sums(sets):
    """Select, for each workout of the sets, how many are working sets, and their volume in kg."""
    return (
        sets.working()
        .order_by()
        .values_list("session_exercise__workout")
        .annotate(count=Count("pk"), volume=Coalesce(Sum(volume_expression()), 0.0))
    )


def _spans(since: date, today: date, workouts: Iterable[Span], *, monthly: bool) -> list[Span]:
    """Sum up by weeks or months; what was idle is there, with zeros."""
    first_of = month_of if monthly else week_of
    start, last = first_of(since), max([today, *(workout.start for workout in workouts)])
    spans = {}
    while start <= last:
        spans[start] = Span(start)
        start = first_of(start + timedelta(days=31)) if monthly else start + WEEK
    for workout in workouts:
        spans[first_of(workout.start)].add(workout)
    return list(spans.values())


def _weeks_to_average(first: date | None, week: date) -> int:
    """Return of how many weeks before this one there is an average, given the first day trained."""
    if first is None:
        return 0
    weeks = (week - week_of(first)) // WEEK
    return min(max(weeks, 0), AVERAGED)
