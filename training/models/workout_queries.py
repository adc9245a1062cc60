"""Which workouts: the ways in which pages choose them, and what they ask of them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from training.days import earliest_instant, latest_instant, local_date
from training.loads import volume_expression
from training.models.exercise import Exercise
from training.models.exercise_set import ExerciseSet
from training.models.session_exercise import SessionExercise
from workoutlog.db import SoftDeleteQuerySet

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class WorkoutSessionQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        return self.filter(user=user)

    def running(self):
        return self.filter(finished_at=None)

    def finished(self):
        return self.filter(finished_at__isnull=False)

    def logged(self):
        """Workouts in which at least one set was logged."""
        sets = ExerciseSet.objects.filter(
            session_exercise__workout=OuterRef("pk"), session_exercise__deleted_at=None
        )
        return self.filter(Exists(sets))

    def newest_first(self):
        return self.order_by("-session_date", "-id")

    def before(self, place: tuple[datetime, str] | None):
        """Workouts that follow a (session_date, id) when the newest come first; None is none."""
        if place is None:
            return self
        date, id = place
        return self.filter(Q(session_date__lt=date) | Q(session_date=date, id__lt=id))

    def since(self, instant: datetime):
        return self.filter(session_date__gte=instant)

    def with_log(self):
        """Prefetch the living exercises as `log`, each with its living sets as `sets`."""
        log = SessionExercise.objects.with_sets().with_exercise().order_by("order_index")
        return self.prefetch_related(Prefetch("session_exercises", log, to_attr="log"))

    def matching(
        self,
        *,
        exercise: Exercise | None = None,
        muscle: str = "",
        location: str = "",
        text: str = "",
        weight: Decimal | None = None,
        unit: str = "kg",
        reps: int | None = None,
    ):
        """Workouts that meet all that is given; what is empty asks for nothing.

        A working set was done of the exercise, or of one that trains the muscle, with at least the
        weight in `unit` and at least so many reps. The text stands in the title or in a note.
        """
        workouts = self.filter(location=location) if location else self
        # Not by Exists(), which PostgreSQL would begin with the sets and notes of all lifters.
        if exercise or muscle or weight is not None or reps is not None:
            sets = ExerciseSet.objects.working().at_least(weight, unit, reps)
            sets = sets.filter(
                session_exercise__workout=OuterRef("pk"), session_exercise__deleted_at=None
            )
            if exercise:
                sets = sets.filter(session_exercise__exercise=exercise)
            if muscle:
                trained = Exercise.all_objects.training(muscle)
                sets = sets.filter(session_exercise__exercise__in=trained)
            done = Subquery(sets.values("pk")[:1])
            workouts = workouts.alias(done=done).filter(done__isnull=False)
        if text:
            pattern = in_any_case(text)
            notes = SessionExercise.objects.filter(workout=OuterRef("pk"), notes__regex=pattern)
            workouts = workouts.alias(noted=Subquery(notes.values("pk")[:1])).filter(
                Q(title__regex=pattern) | Q(notes__regex=pattern) | Q(noted__isnull=False)
            )
        return workouts

    def beginning_of_last(self, count: int, *, before: datetime):
        """Return SQL for when the earliest of the last workouts before an instant began.

        If there are not so many, it is long ago.
        """
        earlier = self.filter(session_date__lt=before).newest_first()
        return Coalesce(Subquery(earlier.values("session_date")[count - 1 : count]), LONG_AGO)

    def until(self, day: date):
        """Workouts from the latest of a day on back, each dated by the clock of its own place."""
        begun = self.filter(session_date__lt=latest_instant(day)).alias(day=local_date())
        latest = begun.filter(day__lte=day).newest_first().values("session_date")[:1]
        return self.filter(session_date__lte=Subquery(latest))

    def for_heat_map(self, first: date, last: date):
        """Return (day, title, working sets) of each finished workout of the days, in order."""
        sets = ExerciseSet.objects.working().filter(
            session_exercise__workout=OuterRef("pk"), session_exercise__deleted_at=None
        )
        counted = sets.order_by().values("session_exercise__workout").annotate(n=models.Count("pk"))
        return (
            self.finished()
            .since(earliest_instant(first))
            .filter(session_date__lt=latest_instant(last))
            .annotate(day=local_date(), sets=Coalesce(Subquery(counted.values("n")), 0))
            .filter(day__range=(first, last))
            .order_by("session_date", "id")
            .values_list("day", "title", "sets")
        )

    def for_history(self, before: tuple[datetime, str] | None = None):
        """Finished workouts, newest first, from just before a (session_date, id) on.

        The exercises done are prefetched as `log`, each with its work sets counted and summed.
        """
        workouts = self.finished().newest_first().before(before)
        log = SessionExercise.objects.with_totals().filter(set_count__gt=0).order_by("order_index")
        # No more than is told of it: what else is in these rows takes longer to read.
        log = log.select_related("exercise").only("workout", "exercise__name")
        return workouts.prefetch_related(Prefetch("session_exercises", log, to_attr="log"))

    def for_exercise(self, exercise: Exercise, before: tuple[datetime, str] | None = None):
        """Workouts in which a set of the exercise was logged, newest first, from a place on.

        Its entries are prefetched as `log`, each with its sets, the work sets counted and summed.
        """
        sets = ExerciseSet.objects.filter(session_exercise=OuterRef("pk"))
        done = SessionExercise.objects.filter(Exists(sets), exercise=exercise)
        log = done.with_totals(exercise.measure).with_sets().with_exercise().order_by("order_index")
        return (
            self.filter(Exists(done.filter(workout=OuterRef("pk"))))
            .newest_first()
            .before(before)
            .prefetch_related(Prefetch("session_exercises", log, to_attr="log"))
        )

    def to_start_again(self) -> list:
        """Return the latest workout of each title among the last 30, with its exercises as `log`.

        What was done after the latest title the time before comes first, then the latest.
        """
        log = SessionExercise.objects.with_exercise().order_by("order_index")
        recent = list(
            self.finished()
            .logged()
            .newest_first()
            .prefetch_related(Prefetch("session_exercises", log, to_attr="log"))[:30]
        )
        latest: dict = {}
        for workout in recent:
            latest.setdefault(workout.routine, workout)
        routines = [workout.routine for workout in recent]
        if routines.count(routines[0] if routines else None) > 1:
            due = routines[routines.index(routines[0], 1) - 1]
            latest = {due: latest[due], **latest}
        return list(latest.values())

    def totals(self) -> dict:
        """Return `workouts` with working sets, their `sets`, and their `volume` in kg."""
        # Not by joins: the volume's would become outer ones, and SQLite would read all sets.
        entries = SessionExercise.objects.filter(workout__in=self.order_by())
        sets = ExerciseSet.objects.working().filter(session_exercise__in=entries)
        return sets.aggregate(
            workouts=models.Count("session_exercise__workout", distinct=True),
            sets=models.Count("id"),
            volume=Coalesce(models.Sum(volume_expression()), 0.0),
        )

    def locations(self, most: int | None = 20) -> list[str]:
        """Return the places trained at, the latest first."""
        return list(
            self.exclude(location="")
            .values("location")
            .annotate(latest=models.Max("session_date"))
            .order_by("-latest")
            .values_list("location", flat=True)[:most]
        )


def in_any_case(text: str) -> str:
    """Return a regular expression for a text in any case.

    The databases' own comparisons know different letters: SQLite's are ASCII only, PostgreSQL's
    depend on its locale. Here each letter's cases are spelled out, so that both find the same.
    """
    return "".join(map(_in_any_case, text))


def _in_any_case(letter: str) -> str:
    cases = {letter, letter.lower(), letter.upper(), letter.title()}
    # Some letters have more than one in the other case, as ß has SS.
    cases = sorted(case for case in cases if len(case) == 1)
    return f"[{''.join(cases)}]" if len(cases) > 1 else re.escape(letter)
