"""A workout: when and where it was, and the exercises done in it, in order."""

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.models import User, validate_time_zone
from training.days import day_of
from training.models.body_weight import BodyWeight
from training.models.editing import Conflict, EditableModel
from training.models.exercise import Exercise
from training.models.exercise_set import ExerciseSet
from training.models.session_exercise import SessionExercise
from training.models.workout_queries import WorkoutSessionQuerySet
from workoutlog.constraints import DatabaseSetNull
from workoutlog.db import SoftDeleteManager

# Above every real position: where rows wait while a reorder gives them their new ones.
PARKING = 1_000_000


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
    data_import = models.ForeignKey(
        "training.Import",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        blank=True,
        editable=False,
        related_name="workout_sessions",
    )
    import_key = models.CharField(
        max_length=80, blank=True, default="", db_default="", editable=False
    )

    all_objects = WorkoutSessionQuerySet.as_manager()
    objects = SoftDeleteManager.from_queryset(WorkoutSessionQuerySet)()

    deleted_together = ("session_exercises",)

    class Meta:
        db_table = "workout_sessions"
        verbose_name = "workout"
        constraints = [
            DatabaseSetNull(field="user", name="workout_sessions_user_fk"),
            DatabaseSetNull(field="data_import", name="workout_sessions_data_import_fk"),
        ]
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
            models.Index(
                fields=["data_import"],
                condition=Q(data_import__isnull=False),
                name="workout_sessions_imported",
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
    def day(self) -> date:
        """The day on which it began, by the clock of its own place."""
        return day_of(self.session_date, self.zone)

    @cached_property
    def body_kg(self) -> float | None:
        """What the lifter weighed then in kg, or last before; None is not known."""
        return BodyWeight.objects.for_user(self.user_id).kg_on(self.day)

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
    def start(cls, user, *, id, again: "WorkoutSession | None" = None) -> "WorkoutSession":
        """Save and return a running workout; the same id again returns the stored one.

        It begins empty, or with the title and exercises of the workout to do `again`. Raises
        Conflict if the id belongs to somebody else's workout.
        """
        return cls._make(user, id=id, like=again, title=again.title if again else "")

    @classmethod
    def log_past(
        cls, user, *, id, session_date: datetime, duration: timedelta, again=None
    ) -> "WorkoutSession":
        """Save and return a finished workout, as start() does a running one."""
        begins = session_date.astimezone(UTC)
        return cls._make(
            user,
            id=id,
            like=again,
            title=again.title if again else "",
            session_date=begins,
            finished_at=begins + duration,
        )

    def duplicate(self, *, id, day: date) -> "WorkoutSession":
        """Save and return a finished copy with its sets, begun on a day at the same time of day.

        It takes as long, and ends now at the latest, unless that would be another day. The same id
        again returns the stored copy. Raises Conflict if the id is somebody else's.
        """
        zone = self.user.zone
        clock = self.session_date.astimezone(self.zone).time()
        begins = min(datetime.combine(day, clock, zone), timezone.now() - self.duration)
        # By the clock, time would be added wrongly in the nights in which it changes.
        begins = max(begins, datetime.combine(day, time(), zone)).astimezone(UTC)
        return self._make(
            self.user,
            id=id,
            like=self,
            with_sets=True,
            title=self.title,
            location=self.location,
            session_date=begins,
            finished_at=begins + self.duration,
        )

    @classmethod
    @transaction.atomic
    def _make(cls, user, *, id, like, with_sets=False, **values) -> "WorkoutSession":
        values |= {"user": user, "time_zone": user.time_zone}
        workout, created = cls.all_objects.get_or_create(id=id, defaults=values)
        if workout.user_id != user.pk:
            raise Conflict(None)
        if created and like:
            entries = SessionExercise.objects.filter(workout=like).with_sets()
            copies, sets = [], []
            for position, entry in enumerate(entries.order_by("order_index")):
                copies.append(entry.copy(workout, position))
                sets += [done.copy(copies[-1]) for done in entry.sets if with_sets]
            SessionExercise.objects.bulk_create(copies)
            ExerciseSet.objects.bulk_create(sets)
        return workout

    @classmethod
    @transaction.atomic
    def log_exercise(cls, user, exercise: Exercise, *, id, workout) -> SessionExercise:
        """Append an exercise to the running workout, or to a new one with the id `workout`.

        The same id again returns the stored entry, wherever it is by now. Raises Conflict if an id
        is somebody else's, DoesNotExist if the workout of that id is deleted.
        """
        # So that two taps start one workout.
        User.objects.select_for_update().get(pk=user.pk)
        stored = SessionExercise.all_objects.for_user(user).filter(pk=id).first()
        if stored:
            return stored
        running = cls.objects.for_user(user).running().newest_first().first()
        return (running or cls.start(user, id=workout)).add_exercise(exercise, id=id)

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

    finish.alters_data = True

    def reopen(self) -> None:
        """Let it run again; one that runs stays as it is."""
        if self.finished_at is not None:
            self.finished_at = None
            self.save(update_fields=["finished_at"])

    reopen.alters_data = True

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
