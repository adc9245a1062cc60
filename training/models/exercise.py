"""The exercise catalog: what can be done, with what, and the names that lifters use for it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Lower

from workoutlog.constraints import DatabaseCascade
from workoutlog.db import (
    SoftDeleteManager,
    SoftDeleteModel,
    SoftDeleteQuerySet,
    TimestampedModel,
)


class Equipment(models.TextChoices):
    BARBELL = "barbell"
    DUMBBELL = "dumbbell"
    KETTLEBELL = "kettlebell"
    MACHINE = "machine"
    CABLE = "cable"
    SMITH_MACHINE = "smith_machine", "Smith machine"
    EZ_BAR = "ez_bar", "EZ bar"
    TRAP_BAR = "trap_bar", "Trap bar"
    PLATE = "plate"
    BAND = "band"
    BODYWEIGHT = "bodyweight"
    SUSPENSION = "suspension", "Suspension trainer"
    MEDICINE_BALL = "medicine_ball", "Medicine ball"
    CARDIO_MACHINE = "cardio_machine", "Cardio machine"
    OTHER = "other"


class Measure(models.TextChoices):
    """Which numbers say what a set of the exercise was."""

    WEIGHT_REPS = "weight_reps", "Weight × reps"
    BODYWEIGHT_REPS = "bodyweight_reps", "Bodyweight × reps"
    ASSISTED_REPS = "assisted_reps", "Assisted bodyweight × reps"
    TIME = "time", "Time"
    WEIGHT_TIME = "weight_time", "Weight × time"
    DISTANCE_TIME = "distance_time", "Distance × time"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of a set's number fields, in the order in which they are typed."""
        return MEASURE_FIELDS[self]


MEASURE_FIELDS = {
    Measure.WEIGHT_REPS: ("weight", "reps"),
    Measure.BODYWEIGHT_REPS: ("weight", "reps"),
    Measure.ASSISTED_REPS: ("weight", "reps"),
    Measure.TIME: ("duration_seconds",),
    Measure.WEIGHT_TIME: ("weight", "duration_seconds"),
    Measure.DISTANCE_TIME: ("distance_meters", "duration_seconds"),
}


class Muscle(models.TextChoices):
    CHEST = "chest"
    LATS = "lats"
    UPPER_BACK = "upper_back", "Upper back"
    LOWER_BACK = "lower_back", "Lower back"
    TRAPS = "traps"
    SHOULDERS = "shoulders"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    FOREARMS = "forearms"
    ABS = "abs"
    QUADS = "quads"
    HAMSTRINGS = "hamstrings"
    GLUTES = "glutes"
    CALVES = "calves"
    ADDUCTORS = "adductors"
    ABDUCTORS = "abductors"
    NECK = "neck"
    FULL_BODY = "full_body", "Full body"
    CARDIO = "cardio"


class ExerciseQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        """The catalog and the user's own exercises."""
        return self.filter(models.Q(owner=None) | models.Q(owner=user))

    def catalog(self):
        return self.filter(owner=None)

    def with_use(self):
        """Annotate `times_used`: how many living entries of living workouts name the exercise."""
        entries = self.model._meta.get_field("session_exercises").related_model.objects.filter(
            exercise=models.OuterRef("pk"), workout__deleted_at=None, workout__isnull=False
        )
        return self.annotate(
            # A subquery, because a search that joins the aliases would multiply a joined count.
            times_used=Coalesce(
                models.Subquery(
                    entries.order_by()
                    .values("exercise")
                    .annotate(count=models.Count("pk"))
                    .values("count")
                ),
                0,
            )
        )


class Exercise(SoftDeleteModel):
    """Something that can be done in a workout, from the catalog or a lifter's own."""

    name = models.CharField(max_length=120)
    equipment = models.CharField(
        max_length=40, choices=Equipment, blank=True, default="", db_default=""
    )
    measure = models.CharField(
        max_length=20,
        choices=Measure,
        default=Measure.WEIGHT_REPS,
        db_default=Measure.WEIGHT_REPS,
        help_text="Which fields a set has.",
    )
    primary_muscle = models.CharField(
        max_length=20, choices=Muscle, blank=True, default="", db_default=""
    )
    secondary_muscles = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField()), blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="exercises",
        help_text="Empty for the catalog; else the one lifter who sees it.",
    )
    reviewed_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When an admin looked at a lifter's own exercise; empty is still to be reviewed.",
    )
    catalog_key = models.CharField(
        max_length=120, blank=True, default="", db_default="", editable=False
    )
    catalog_entry = models.JSONField(null=True, blank=True, editable=False)

    all_objects = ExerciseQuerySet.as_manager()
    objects = SoftDeleteManager.from_queryset(ExerciseQuerySet)()

    class Meta:
        db_table = "exercises"
        ordering = ["name", "id"]
        constraints = [
            DatabaseCascade(field="owner", name="exercises_owner_fk"),
            models.UniqueConstraint(
                Lower("name"),
                "equipment",
                condition=models.Q(owner=None, deleted_at=None),
                name="exercises_catalog_name_unique",
                violation_error_message=(
                    "The catalog already has an exercise of this name and equipment."
                ),
            ),
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                "equipment",
                condition=models.Q(owner__isnull=False, deleted_at=None),
                name="exercises_own_name_unique",
                violation_error_message="You already have an exercise of this name and equipment.",
            ),
            models.UniqueConstraint(
                fields=["catalog_key"],
                condition=~models.Q(catalog_key=""),
                name="exercises_catalog_key_unique",
            ),
        ]

    def __str__(self):
        return self.name


class ExerciseAlias(TimestampedModel):
    """Another name by which lifters look for an exercise."""

    exercise = models.ForeignKey(
        Exercise, on_delete=models.DO_NOTHING, db_constraint=False, related_name="aliases"
    )
    name = models.CharField(max_length=120)

    class Meta:
        db_table = "exercise_aliases"
        ordering = ["name"]
        verbose_name_plural = "aliases"
        constraints = [
            DatabaseCascade(field="exercise", name="exercise_aliases_exercise_fk"),
            models.UniqueConstraint(
                "exercise",
                Lower("name"),
                name="exercise_aliases_name_unique",
                violation_error_message="The exercise already has this alias.",
            ),
        ]

    def __str__(self):
        return self.name
