"""A workout: when and where it was, and the exercises done in it, in order."""

import zoneinfo
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import validate_time_zone
from training.models.editing import Conflict, EditableModel
from training.models.exercise import Exercise
from training.models.exercise_set import ExerciseSet
from training.models.session_exercise import SessionExercise
from training.units import volume_expression
from workoutlog.constraints import DatabaseSetNull
from workoutlog.db import SoftDeleteManager, SoftDeleteQuerySet

# Above every real position: where rows wait while a reorder gives them their new ones.
PARKING = 1_000_000


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

    def since(self, instant: datetime):
        return self.filter(session_date__gte=instant)

    def with_log(self):
        """Prefetch the living exercises as `log`, each with its living sets as `sets`."""
        log = SessionExercise.objects.with_sets().select_related("exercise").order_by("order_index")
        return self.prefetch_related(Prefetch("session_exercises", log, to_attr="log"))

    def for_history(self, before: tuple[datetime, str] | None = None):
        """Finished workouts, newest first, from just before a (session_date, id) on.

        The exercises done are prefetched as `log`, each with its work sets counted and summed.
        """
        workouts = self.finished().newest_first()
        if before:
            date, id = before
            workouts = workouts.filter(Q(session_date__lt=date) | Q(session_date=date, id__lt=id))
        log = (
            SessionExercise.objects.with_totals().select_related("exercise").order_by("order_index")
        )
        return workouts.prefetch_related(
            Prefetch("session_exercises", log.filter(set_count__gt=0), to_attr="log")
        )

    def to_start_again(self) -> list["WorkoutSession"]:
        """Return the latest workout of each title among the last 30, with its exercises as `log`.

        What was done after the latest title the time before comes first, then the latest.
        """
        log = SessionExercise.objects.select_related("exercise").order_by("order_index")
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

    def for_trash(self):
        """Deleted workouts, the latest deletion first, with `contents` counting their sets."""
        return (
            self.deleted()
            .order_by("-deleted_at")
            .annotate(
                contents=models.Count(
                    "session_exercises__exercise_sets",
                    filter=Q(session_exercises__exercise_sets__deleted_at=F("deleted_at")),
                )
            )
        )

    def locations(self) -> list[str]:
        """Return the places trained at, the latest first, at most 20."""
        return list(
            self.exclude(location="")
            .values("location")
            .annotate(latest=models.Max("session_date"))
            .order_by("-latest")
            .values_list("location", flat=True)[:20]
        )


class WorkoutSession(EditableModel):
    """One visit to the gym: when, where, and what was done."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        db_index=False,
        related_name="workout_sessions",
    )
    title = models.CharField(max_length=120, blank=True, default="", db_default="")
    session_date = models.DateTimeField("time", default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(
        max_length=64, default="UTC", db_default="UTC", validators=[validate_time_zone]
    )
    location = models.CharField(max_length=120, blank=True, default="", db_default="")
    notes = models.TextField(blank=True, default="", db_default="")

    all_objects = WorkoutSessionQuerySet.as_manager()
    objects = SoftDeleteManager.from_queryset(WorkoutSessionQuerySet)()

    deleted_together = ("session_exercises",)

    class Meta:
        db_table = "workout_sessions"
        verbose_name = "workout"
        constraints = [DatabaseSetNull(field="user", name="workout_sessions_user_fk")]
        indexes = [
            models.Index(fields=["user", "-session_date", "-id"], name="workout_sessions_by_user"),
            models.Index(
                fields=["user"],
                condition=Q(finished_at=None, deleted_at=None),
                name="workout_sessions_running",
            ),
            models.Index(
                fields=["user", "-deleted_at"],
                condition=Q(deleted_at__isnull=False),
                name="workout_sessions_trash",
            ),
        ]

    def __str__(self):
        return self.title or "Workout"

    def get_absolute_url(self):
        return reverse("training:workout-detail", args=[self.pk])

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    @property
    def duration(self) -> timedelta:
        """How long it took, or has taken so far; never negative."""
        return max((self.finished_at or timezone.now()) - self.session_date, timedelta())

    @property
    def routine(self):
        """What makes two workouts the same: the title, or without one the exercises."""
        return self.title.casefold() or tuple(entry.exercise_id for entry in self.log)

    @property
    def routine_name(self) -> str:
        return self.title or ", ".join(entry.name for entry in self.log[:3])

    @property
    def set_count(self) -> int:
        """Working sets of a workout loaded with `for_history()`."""
        return sum(entry.set_count for entry in self.log)

    @property
    def volume_kg(self) -> float:
        """Volume of a workout loaded with `for_history()`."""
        return sum(entry.volume_kg for entry in self.log)

    @classmethod
    @transaction.atomic
    def start(cls, user, *, id, again: "WorkoutSession | None" = None) -> "WorkoutSession":
        """Save and return a running workout; the same id again returns the stored one.

        It begins empty, or with the title and exercises of the workout to do `again`. Raises
        Conflict if the id belongs to somebody else's workout.
        """
        title = again.title if again else ""
        workout, created = cls.all_objects.get_or_create(
            id=id, defaults={"user": user, "time_zone": user.time_zone, "title": title}
        )
        if workout.user_id != user.pk:
            raise Conflict(None)
        if created and again:
            entries = SessionExercise.objects.filter(workout=again).order_by("order_index")
            SessionExercise.objects.bulk_create(
                SessionExercise(
                    workout=workout,
                    exercise_id=entry.exercise_id,
                    order_index=position,
                    notes=entry.notes if entry.notes_stay else "",
                    notes_stay=entry.notes_stay,
                    rest_seconds=entry.rest_seconds,
                    superset_with_next=entry.superset_with_next,
                )
                for position, entry in enumerate(entries)
            )
        return workout

    def lock(self) -> None:
        """Let nobody else assign positions in it until the transaction ends.

        Raises DoesNotExist if it has been deleted.
        """
        WorkoutSession.objects.select_for_update().get(pk=self.pk)

    def name(self, title: str) -> None:
        """Give it a title if it has none; one that somebody typed meanwhile stays."""
        if not self.title:
            self.title = title
            self.save(update_fields=["title"])

    def finish(self) -> None:
        """End the workout now; one that has ended stays as it is."""
        if self.finished_at is None:
            self.finished_at = timezone.now()
            self.save(update_fields=["finished_at"])

    def reopen(self) -> None:
        if self.finished_at is not None:
            self.finished_at = None
            self.save(update_fields=["finished_at"])

    @transaction.atomic
    def add_exercise(self, exercise: Exercise, *, id) -> SessionExercise:
        """Append an exercise; the same id again returns the stored entry.

        Raises Conflict if the id belongs to another entry, DoesNotExist if the workout is deleted.
        """
        self.lock()
        stored = SessionExercise.all_objects.filter(pk=id).first()
        if stored is None:
            return SessionExercise.objects.create(
                id=id,
                workout=self,
                exercise=exercise,
                order_index=SessionExercise.next_position(self.session_exercises),
                rest_seconds=SessionExercise.objects.for_user(self.user_id).latest_rest(exercise),
            )
        if stored.workout_id != self.pk or stored.exercise_id != exercise.pk:
            raise Conflict(stored)
        return stored

    @transaction.atomic
    def create_exercise(self, *, entry, **values) -> SessionExercise:
        """Append the user's exercise of a name under the id `entry`; see Exercise.make_own().

        Raises Conflict or DoesNotExist as add_exercise() does, and then makes nothing.
        """
        return self.add_exercise(Exercise.make_own(self.user, **values), id=entry)

    @transaction.atomic
    def move_exercise(self, entry: SessionExercise, position: int) -> None:
        """Move an entry to a position (0 is the first) among the living ones."""
        self.lock()
        entries = list(SessionExercise.objects.filter(workout=self).order_by("order_index"))
        old = [row.order_index for row in entries]
        if entry not in entries:
            return
        entries.remove(entry)
        entries.insert(max(position, 0), entry)
        moved = [row for row, index in zip(entries, old, strict=True) if row.order_index != index]
        if not moved:
            return
        # In two steps, because each row's position is checked the moment it is written.
        rows = SessionExercise.objects.filter(pk__in=[row.pk for row in moved])
        rows.update(order_index=F("order_index") + PARKING)
        for row, index in zip(entries, old, strict=True):
            row.order_index = index
        SessionExercise.objects.bulk_update(moved, ["order_index"])
