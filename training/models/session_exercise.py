"""An exercise in a workout, at its place in the order."""

from django.db import models, transaction
from django.db.models import Prefetch, Q
from django.db.models.functions import Coalesce

from training.loads import LIFTS_BODY, volume_expression
from training.models.editing import Conflict, PositionedModel
from training.models.exercise import Equipment, Exercise, Measure
from training.models.exercise_set import ExerciseSet, SetKind
from workoutlog.constraints import DatabaseSetNull
from workoutlog.db import SoftDeleteManager, SoftDeleteQuerySet


class SessionExerciseQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        """Entries of the user's living workouts."""
        return self.filter(workout__user=user, workout__deleted_at=None)

    def with_exercise(self):
        """Load each entry's exercise, without what only the catalog's loader reads."""
        return self.select_related("exercise").defer("exercise__catalog_entry")

    def with_sets(self):
        """Prefetch the living sets, in order, as `sets`."""
        sets = ExerciseSet.objects.order_by("set_number")
        return self.prefetch_related(Prefetch("exercise_sets", sets, to_attr="sets"))

    def latest_rest(self, exercise: Exercise) -> int | None:
        """Return the rest chosen when the exercise was done last; None is the default."""
        entries = self.filter(exercise=exercise).order_by("-workout__session_date", "-order_index")
        return entries.values_list("rest_seconds", flat=True).first()

    def with_totals(self, measure: str | None = None):
        """Annotate `set_count` and `volume_kg` of the living working sets.

        If all entries are of exercises of one `measure`, it need not be looked up.
        """
        working = Q(exercise_sets__deleted_at=None) & ~Q(exercise_sets__kind=SetKind.WARMUP)
        return self.annotate(
            set_count=models.Count("exercise_sets", filter=working),
            volume_kg=Coalesce(
                models.Sum(volume_expression("exercise_sets__", "", measure), filter=working), 0.0
            ),
        )


class SessionExercise(PositionedModel):
    """An exercise in a workout, at its place in the order."""

    workout = models.ForeignKey(
        "training.WorkoutSession",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        db_index=False,
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
        indexes = [
            models.Index(fields=["workout", "exercise"], name="session_exercises_by_workout"),
            models.Index(
                fields=["workout"],
                condition=Q(deleted_at__isnull=False),
                name="session_exercises_trash",
            ),
        ]
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
    def lifts_body(self) -> bool:
        """Whether what the lifter weighs is lifted too."""
        return self.measure in LIFTS_BODY

    @property
    def loads_bar(self) -> bool:
        """Whether plates go on the lifter's barbell; EZ, trap and Smith bars weigh otherwise."""
        lifts = self.measure in {Measure.WEIGHT_REPS, Measure.WEIGHT_TIME}
        return lifts and bool(self.exercise) and self.exercise.equipment == Equipment.BARBELL

    @property
    def distance_unit(self) -> str:
        return self.exercise.distance_unit(self.workout.user) if self.exercise else "m"

    def copy(self, workout, position: int) -> "SessionExercise":
        """Return an unsaved entry of another workout, with what stays from time to time."""
        return SessionExercise(
            workout=workout,
            exercise_id=self.exercise_id,
            order_index=position,
            notes=self.notes if self.notes_stay else "",
            notes_stay=self.notes_stay,
            rest_seconds=self.rest_seconds,
            superset_with_next=self.superset_with_next,
        )

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
        self.workout.lock()
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
