"""The exercise catalog: what can be done, with what, and the names that lifters use for it."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, WeightUnit
from training.models.editing import EditableModel
from workoutlog.constraints import DatabaseCascade
from workoutlog.db import (
    SoftDeleteManager,
    SoftDeleteQuerySet,
    TimestampedModel,
    TimestampedQuerySet,
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


class Refused(Exception):  # noqa: N818
    """What was asked for does not fit; the message is a sentence that says why."""


class ExerciseQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        """The catalog and the user's own exercises."""
        return self.filter(models.Q(owner=None) | models.Q(owner=user))

    def own(self, user):
        return self.filter(owner=user)

    def catalog(self):
        return self.filter(owner=None)

    def to_review(self):
        """Lifters' own exercises that no admin has looked at."""
        return self.alive().filter(owner__isnull=False, reviewed_at=None)

    def named(self, name: str, equipment: str = ""):
        """Exercises of this name, in any case; with this equipment, if one is given."""
        named = self.alias(lower_name=Lower("name")).filter(lower_name=Lower(models.Value(name)))
        return named.filter(equipment=equipment) if equipment else named

    def training(self, muscle: str):
        """Exercises that train a muscle, in the first place or besides."""
        besides = Cast("secondary_muscles", models.TextField())
        return self.alias(besides=besides).filter(
            # As text, because SQLite cannot look into JSON lists.
            models.Q(primary_muscle=muscle) | models.Q(besides__contains=f'"{muscle}"')
        )

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


class Exercise(EditableModel):
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

    def get_absolute_url(self):
        return reverse("training:exercise-detail", args=[self.pk])

    def distance_unit(self, user) -> str:
        """Road distances in km or miles, as the lifter weighs in kg or lb; carries in metres."""
        if self.primary_muscle == Muscle.CARDIO:
            return "km" if user.weight_unit == WeightUnit.KG else "mi"
        return "m"

    @property
    def secondary_muscle_names(self) -> list[str]:
        return [Muscle(muscle).label.lower() for muscle in self.secondary_muscles]

    @property
    def has_sets(self) -> bool:
        """Whether a set of it was ever logged; one in the trash may come back."""
        return self.session_exercises.filter(exercise_sets__isnull=False).exists()

    @property
    def successor(self) -> "Exercise | None":
        """What it was merged into and retired for, if it was."""
        if self.deleted_at is None:
            return None
        merges = self.merges.filter(undone_at=None, created_at=self.deleted_at)
        merge = merges.select_related("target").first()
        return merge and merge.target

    @classmethod
    @transaction.atomic
    def make_own(cls, user, *, id, name, equipment="", **values) -> "Exercise":
        """Return the user's exercise of this name, or save and return a new one of their own.

        One of their own that was deleted comes back; one that was merged is what it has become.
        Raises IntegrityError if the id belongs to another exercise.
        """
        # So that two requests for one name make one exercise.
        User.objects.select_for_update().get(pk=user.pk)
        known = (
            cls.all_objects.for_user(user)
            .exclude(owner=None, deleted_at__isnull=False)
            .named(name, equipment)
            .order_by(
                models.F("deleted_at").desc(nulls_first=True),
                models.F("owner").asc(nulls_last=True),
            )
            .first()
        )
        if known is None:
            return cls.objects.create(id=id, owner=user, name=name, equipment=equipment, **values)
        return known.revive()

    def edit(self, seen, **values) -> None:
        """Write the values as every edit does; raise Refused if the name is taken."""
        try:
            super().edit(seen, **values)
        except IntegrityError:
            raise Refused("You already have an exercise of this name and equipment.") from None

    def revive(self) -> "Exercise":
        """Return what it was merged into if that is in the picker; else itself, restored.

        Raises Refused if another exercise has its name by now.
        """
        heir = self
        while successor := heir.successor:
            heir = successor
        if heir.deleted_at is None:
            return heir
        try:
            self.restore()
        except IntegrityError:
            raise Refused(
                f"There is another {self} by now: rename or delete that one first."
            ) from None
        return self

    revive.alters_data = True

    def accept(self) -> None:
        """Give a lifter's own exercise to the catalog; raise Refused if its name is taken there."""
        if self.owner_id is None:
            return
        self.owner, self.reviewed_at = None, timezone.now()
        try:
            with transaction.atomic():
                self.save(update_fields=["owner", "reviewed_at"])
        except IntegrityError:
            raise Refused(
                f"The catalog already has {self} with the same equipment: merge it into that one."
            ) from None

    accept.alters_data = True

    def why_not_into(self, target: "Exercise") -> str:
        """Say why it cannot be merged into the target; nothing if it can."""
        if self.pk == target.pk:
            return "An exercise cannot be merged into itself."
        if target.deleted_at is not None:
            return f"{target} is retired: restore it first."
        if self.measure != target.measure:
            return (
                f"{self} is logged as {self.get_measure_display().lower()},"
                f" {target} as {target.get_measure_display().lower()}."
            )
        if target.owner_id is not None and self.owner_id is None:
            return "A catalog exercise cannot become a lifter's own."
        if target.owner_id not in (None, self.owner_id):
            return "A lifter's own exercise cannot become another lifter's."
        return ""

    def merge_into(self, target: "Exercise"):
        """Move every entry to the target, leave it the names, and retire this one.

        Returns the ExerciseMerge, which can be undone. Raises Refused if the two do not fit.
        """
        merge = self.merges.model.make(self, target)
        self.refresh_from_db(fields=["deleted_at", "updated_at"])
        return merge


class ExerciseAliasQuerySet(TimestampedQuerySet):
    def for_user(self, user):
        """Names of the exercises that the user can see; others may have any number of them."""
        visible = models.Q(exercise__owner=None) | models.Q(exercise__owner=user)
        return self.filter(visible)


class ExerciseAlias(TimestampedModel):
    """Another name by which lifters look for an exercise."""

    exercise = models.ForeignKey(
        Exercise, on_delete=models.DO_NOTHING, db_constraint=False, related_name="aliases"
    )
    name = models.CharField(max_length=120)

    objects = ExerciseAliasQuerySet.as_manager()

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
