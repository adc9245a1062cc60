"""A set: the numbers as the lifter typed them."""

from django.db import models
from django.db.models import Q

from accounts.models import WeightUnit
from training.models.editing import PositionedModel
from training.models.exercise import Measure
from training.units import kilograms
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
