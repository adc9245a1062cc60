"""A workout: the exercises done in it, in order, and the sets of each."""

import zoneinfo
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import WeightUnit, validate_time_zone
from training.models.exercise import Equipment, Exercise, Measure, Muscle
from training.units import kilograms, volume_expression
from workoutlog.constraints import DatabaseSetNull
from workoutlog.db import SoftDeleteManager, SoftDeleteModel, SoftDeleteQuerySet

# Above every real position: where rows wait while a reorder gives them their new ones.
PARKING = 1_000_000


class StaleEdit(Exception):  # noqa: N818
    """The row was written by someone else since the form was drawn."""

    def __init__(self, current):
        super().__init__("The row has changed since the form was drawn.")
        self.current = current


class Conflict(Exception):  # noqa: N818
    """The id of a new row is taken by a row that says something else."""

    def __init__(self, stored):
        super().__init__("This id belongs to another row already.")
        self.stored = stored


class EditableModel(SoftDeleteModel):
    """A row edited through forms that say which version of it they were drawn from."""

    class Meta:
        abstract = True

    @transaction.atomic
    def edit(self, seen: datetime, **values) -> None:
        """Write the values to the version `seen`; raise StaleEdit if there is a newer one.

        Sending the same edit twice is no conflict: the row says what was asked already.
        """
        current = type(self).all_objects.select_for_update().get(pk=self.pk)
        if not current.says(values):
            if current.updated_at != seen or current.deleted_at is not None:
                raise StaleEdit(current)
            for name, value in values.items():
                setattr(current, name, value)
            current.save(update_fields=values)
        for name in (*values, "updated_at"):
            setattr(self, name, getattr(current, name))

    def says(self, values: dict) -> bool:
        return all(getattr(self, name) == value for name, value in values.items())


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
    def add_exercise(self, exercise: Exercise, *, id) -> "SessionExercise":
        """Append an exercise; the same id again returns the stored entry.

        Raises Conflict if the id belongs to another entry, DoesNotExist if the workout is deleted.
        """
        WorkoutSession.objects.select_for_update().get(pk=self.pk)
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
    def create_exercise(self, *, entry, **values) -> "SessionExercise":
        """Append the user's exercise of a name under the id `entry`; see Exercise.make_own().

        Raises Conflict or DoesNotExist as add_exercise() does, and then makes nothing.
        """
        return self.add_exercise(Exercise.make_own(self.user, **values), id=entry)

    @transaction.atomic
    def move_exercise(self, entry: "SessionExercise", position: int) -> None:
        """Move an entry to a position (0 is the first) among the living ones."""
        WorkoutSession.objects.select_for_update().get(pk=self.pk)
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


class PositionedModel(EditableModel):
    """A row with a place among the living rows of its parent."""

    position_field: str
    parent_field: str
    first_position: int

    class Meta:
        abstract = True

    @classmethod
    def next_position(cls, siblings) -> int:
        last = siblings.alive().aggregate(last=models.Max(cls.position_field))["last"]
        return cls.first_position if last is None else last + 1

    def _find_position(self):
        """Go behind the last sibling if the old place is taken."""
        parent = getattr(self, self.parent_field)
        if parent is None:
            return
        parent = type(parent).all_objects.select_for_update().get(pk=parent.pk)
        # A deleted parent will bring back with it the siblings that share its deletion.
        stays = Q(deleted_at=None) | Q(deleted_at=parent.deleted_at)
        siblings = type(self).all_objects.filter(stays, **{self.parent_field: parent})
        siblings = siblings.exclude(pk=self.pk)
        places = set(siblings.values_list(self.position_field, flat=True))
        if getattr(self, self.position_field) in places:
            setattr(self, self.position_field, max(places) + 1)
            self.save(update_fields=[self.position_field])


class SessionExerciseQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        """Entries of the user's living workouts."""
        return self.filter(workout__user=user, workout__deleted_at=None)

    def with_sets(self):
        """Prefetch the living sets, in order, as `sets`."""
        sets = ExerciseSet.objects.order_by("set_number")
        return self.prefetch_related(Prefetch("exercise_sets", sets, to_attr="sets"))

    def latest_rest(self, exercise: Exercise) -> int | None:
        """Return the rest chosen when the exercise was done last; None is the default."""
        entries = self.filter(exercise=exercise).order_by("-workout__session_date", "-order_index")
        return entries.values_list("rest_seconds", flat=True).first()

    def for_trash(self):
        """Exercises removed from living workouts, with `contents` counting their sets."""
        return (
            self.deleted()
            .order_by("-deleted_at")
            .select_related("exercise", "workout")
            .annotate(
                contents=models.Count(
                    "exercise_sets", filter=Q(exercise_sets__deleted_at=F("deleted_at"))
                )
            )
        )

    def with_totals(self):
        """Annotate `set_count` and `volume_kg` of the living working sets."""
        working = Q(exercise_sets__deleted_at=None) & ~Q(exercise_sets__kind=SetKind.WARMUP)
        return self.annotate(
            set_count=models.Count("exercise_sets", filter=working),
            volume_kg=Coalesce(
                models.Sum(volume_expression("exercise_sets__"), filter=working), 0.0
            ),
        )


class SessionExercise(PositionedModel):
    """An exercise in a workout, at its place in the order."""

    workout = models.ForeignKey(
        WorkoutSession,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="session_exercises",
    )
    exercise = models.ForeignKey(
        Exercise,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="session_exercises",
    )
    order_index = models.IntegerField(default=0)
    notes = models.TextField(blank=True, default="", db_default="")
    notes_stay = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether the note comes along when the workout is started again.",
    )
    rest_seconds = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Rest after a work set; empty is the lifter's default."
    )
    superset_with_next = models.BooleanField(default=False, db_default=False)

    all_objects = SessionExerciseQuerySet.as_manager()
    objects = SoftDeleteManager.from_queryset(SessionExerciseQuerySet)()

    deleted_together = ("exercise_sets",)
    rest_choices = (0, 30, 60, 90, 120, 150, 180, 240, 300)
    position_field, parent_field, first_position = "order_index", "workout", 0

    class Meta:
        db_table = "session_exercises"
        constraints = [
            DatabaseSetNull(field="workout", name="session_exercises_workout_fk"),
            DatabaseSetNull(field="exercise", name="session_exercises_exercise_fk"),
            models.CheckConstraint(
                condition=Q(order_index__gte=0), name="session_exercises_order_index_not_negative"
            ),
            models.UniqueConstraint(
                fields=["workout", "order_index"],
                condition=Q(deleted_at=None),
                name="session_exercises_order_index_unique",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.workout.get_absolute_url()}#exercise-{self.pk}"

    @property
    def name(self) -> str:
        return self.exercise.name if self.exercise else "Deleted exercise"

    @property
    def measure(self) -> Measure:
        return Measure(self.exercise.measure) if self.exercise else Measure.WEIGHT_REPS

    @property
    def loads_bar(self) -> bool:
        """Whether plates go on the lifter's barbell; EZ, trap and Smith bars weigh otherwise."""
        lifts = self.measure in {Measure.WEIGHT_REPS, Measure.WEIGHT_TIME}
        return lifts and bool(self.exercise) and self.exercise.equipment == Equipment.BARBELL

    @property
    def distance_unit(self) -> str:
        """Road distances in km or miles, as the lifter weighs in kg or lb; carries in metres."""
        if self.exercise and self.exercise.primary_muscle == Muscle.CARDIO:
            return "km" if self.workout.user.weight_unit == WeightUnit.KG else "mi"
        return "m"

    def set_rest(self, seconds: int | None) -> None:
        """Rest so long after a work set; None is the lifter's default."""
        self.rest_seconds = seconds
        self.save(update_fields=["rest_seconds"])

    @transaction.atomic
    def replace(self, exercise: Exercise, *, id) -> "SessionExercise":
        """Do another exercise at this place, in this workout only; return its entry.

        Sets that were logged already stay with the exercise that they were logged for; the other
        one then follows as an entry with the given id.
        """
        WorkoutSession.objects.select_for_update().get(pk=self.workout_id)
        if not self.exercise_sets.alive().exists():
            self.exercise = exercise
            self.save(update_fields=["exercise"])
            return self
        entry = self.workout.add_exercise(exercise, id=id)
        place = SessionExercise.objects.filter(
            workout=self.workout_id, order_index__lte=self.order_index
        ).count()
        self.workout.move_exercise(entry, place)
        return entry

    def join_next(self, joined: bool) -> None:
        """Do this exercise and the next one in turn, as a superset, or no longer."""
        if self.superset_with_next != joined:
            self.superset_with_next = joined
            self.save(update_fields=["superset_with_next"])

    @transaction.atomic
    def log_set(self, *, id, **values) -> "ExerciseSet":
        """Append a set; the same id with the same values again returns the stored one.

        Raises Conflict if the id belongs to a set that says something else, DoesNotExist if the
        exercise has been removed from the workout.
        """
        SessionExercise.objects.select_for_update().get(pk=self.pk)
        stored = ExerciseSet.all_objects.filter(pk=id).first()
        if stored is None:
            return ExerciseSet.objects.create(
                id=id,
                session_exercise=self,
                set_number=ExerciseSet.next_position(self.exercise_sets),
                **values,
            )
        if stored.session_exercise_id != self.pk or not stored.says(values):
            raise Conflict(stored)
        return stored


class SetKind(models.TextChoices):
    WORK = "work", "Work"
    WARMUP = "warmup", "Warm-up"
    DROP = "drop", "Drop"
    FAILURE = "failure", "Failure"


class ExerciseSetQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        """Sets of living entries of the user's living workouts."""
        return self.filter(
            session_exercise__workout__user=user,
            session_exercise__workout__deleted_at=None,
            session_exercise__deleted_at=None,
        )

    def for_trash(self):
        """Sets removed from exercises that are still in a living workout."""
        return (
            self.deleted()
            .order_by("-deleted_at")
            .select_related("session_exercise__exercise", "session_exercise__workout__user")
        )

    def working(self):
        """Sets that count: all but warm-ups."""
        return self.exclude(kind=SetKind.WARMUP)


class ExerciseSet(PositionedModel):
    """One set: the numbers as the lifter typed them."""

    session_exercise = models.ForeignKey(
        SessionExercise,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="exercise_sets",
    )
    set_number = models.IntegerField(default=1)
    kind = models.CharField(
        max_length=10, choices=SetKind, default=SetKind.WORK, db_default=SetKind.WORK
    )
    reps = models.IntegerField(null=True, blank=True)
    weight = models.DecimalField(max_digits=13, decimal_places=9, null=True, blank=True)
    weight_unit = models.CharField(
        max_length=2, choices=WeightUnit, default=WeightUnit.KG, db_default=WeightUnit.KG
    )
    duration_seconds = models.IntegerField(null=True, blank=True)
    distance_meters = models.DecimalField(max_digits=13, decimal_places=6, null=True, blank=True)
    rpe = models.DecimalField("RPE", max_digits=3, decimal_places=1, null=True, blank=True)

    all_objects = ExerciseSetQuerySet.as_manager()
    objects = SoftDeleteManager.from_queryset(ExerciseSetQuerySet)()

    position_field, parent_field, first_position = "set_number", "session_exercise", 1

    class Meta:
        db_table = "exercise_sets"
        verbose_name = "set"
        constraints = [
            DatabaseSetNull(field="session_exercise", name="exercise_sets_session_exercise_fk"),
            models.CheckConstraint(
                condition=Q(set_number__gte=1), name="exercise_sets_set_number_positive"
            ),
            models.CheckConstraint(
                condition=Q(reps__gte=0), name="exercise_sets_reps_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0), name="exercise_sets_weight_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(duration_seconds__gte=0), name="exercise_sets_duration_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(distance_meters__gte=0), name="exercise_sets_distance_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(rpe__gte=1, rpe__lte=10), name="exercise_sets_rpe_between_1_and_10"
            ),
            models.CheckConstraint(
                condition=Q(reps__isnull=False) | Q(duration_seconds__isnull=False),
                name="exercise_sets_reps_or_duration",
                violation_error_message="A set needs reps or a time.",
            ),
            models.UniqueConstraint(
                fields=["session_exercise", "set_number"],
                condition=Q(deleted_at=None),
                name="exercise_sets_set_number_unique",
            ),
        ]

    def __str__(self):
        return f"Set {self.set_number}"

    @property
    def is_warmup(self) -> bool:
        return self.kind == SetKind.WARMUP

    @property
    def volume_kg(self) -> float:
        """Weight × reps in kg; warm-ups and assistance count nothing."""
        if self.is_warmup or self.weight is None or self.reps is None:
            return 0.0
        if self.session_exercise.measure == Measure.ASSISTED_REPS:
            return 0.0
        return float(kilograms(self.weight, self.weight_unit)) * self.reps
