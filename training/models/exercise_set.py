"""A set: the numbers as the lifter typed them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from accounts.models import WeightUnit
from training.loads import load_kg
from training.models.editing import PositionedModel
from training.units import convert, kilograms
from workoutlog.constraints import DatabaseSetNull
from workoutlog.db import SoftDeleteManager, SoftDeleteQuerySet


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

    def with_entry(self):
        """Load each set with as much of its exercise and workout as to tell what, when and where.

        All else of these four rows, of which a page may list dozens, would be read in vain.
        """
        entry, numbers = "session_exercise__", ("reps", "weight", "duration_seconds")
        return self.select_related(f"{entry}exercise", f"{entry}workout__user").only(
            *numbers,
            *("kind", "weight_unit", "distance_meters", "session_exercise"),
            *(f"{entry}{name}" for name in ("exercise", "workout")),
            *(f"{entry}exercise__{name}" for name in ("name", "measure", "primary_muscle")),
            *(f"{entry}workout__{name}" for name in ("title", "session_date", "time_zone", "user")),
            f"{entry}workout__user__weight_unit",
        )

    def working(self):
        """Sets that count: all but warm-ups."""
        return self.exclude(kind=SetKind.WARMUP)

    def at_least(self, weight: Decimal | None, unit: str, reps: int | None):
        """Sets of at least a weight in kg or lb, whichever they are in, and so many reps."""
        sets = self
        if weight is not None:
            heavy = [
                Q(weight_unit=own, weight__gte=convert(weight, unit, own)) for own in WeightUnit
            ]
            sets = sets.filter(Q(*heavy, _connector=Q.OR))
        return sets if reps is None else sets.filter(reps__gte=reps)


class ExerciseSet(PositionedModel):
    """One set: the numbers as the lifter typed them."""

    session_exercise = models.ForeignKey(
        "training.SessionExercise",
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
        indexes = [
            models.Index(
                fields=["session_exercise"],
                condition=Q(deleted_at__isnull=False),
                name="exercise_sets_trash",
            )
        ]
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

    def copy(self, entry) -> "ExerciseSet":
        """Return an unsaved set of another entry that says the same."""
        numbers = ("set_number", "kind", "reps", "weight", "weight_unit", "rpe")
        numbers += ("duration_seconds", "distance_meters")
        return ExerciseSet(
            session_exercise=entry, **{name: getattr(self, name) for name in numbers}
        )

    @property
    def weight_kg(self) -> float:
        """The weight in kg; none is 0."""
        return float(kilograms(self.weight, self.weight_unit)) if self.weight else 0.0

    @property
    def volume_kg(self) -> float:
        """Load × reps in kg; warm-ups count nothing."""
        if self.is_warmup or self.reps is None:
            return 0.0
        entry = self.session_exercise
        body_kg = entry.workout.body_kg if entry.lifts_body else None
        return (load_kg(entry.measure, self.weight_kg, body_kg) or 0.0) * self.reps
