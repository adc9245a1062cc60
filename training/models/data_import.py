"""Imports: another app's file on its way into the log, and the way back."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from training.models.body_weight import BodyWeight
from training.models.exercise import Exercise
from training.models.exercise_set import ExerciseSet
from training.models.session_exercise import SessionExercise
from training.models.workout import WorkoutSession
from workoutlog.constraints import DatabaseCascade
from workoutlog.db import TimestampedModel, TimestampedQuerySet

# Longest name that is remembered; a longer one is cut.
NAME_LENGTH = 300
# So long what was edited since does not keep an import from being undone.
UNDO_DAYS = 30


class ImportState(models.TextChoices):
    READING = "reading", "Being read"
    READY = "ready", "Ready to import"
    WRITING = "writing", "Being imported"
    DONE = "done", "Imported"
    UNDONE = "undone", "Undone"


IN_WORK = (ImportState.READING, ImportState.READY, ImportState.WRITING)


class ImportQuerySet(TimestampedQuerySet):
    def for_user(self, user):
        """Return their imports, without the files, which may be large."""
        return self.filter(user=user).defer("content")

    def in_work(self):
        """Imports that are neither done nor undone."""
        return self.filter(state__in=IN_WORK)

    def over(self):
        """Imports that were done, the latest first, those undone since among them."""
        return self.exclude(state__in=IN_WORK).order_by("-done_at")

    def without_content(self):
        """What lists need: not the file, nor what was found in it."""
        return self.defer("content", "facts", "names", "odd", "bad_lines")

    @transaction.atomic
    def discard(self) -> int:
        """Remove unfinished imports and all that they wrote, for good; return how many."""
        rows = self.in_work().select_for_update().without_content()
        return len([row._discard() for row in rows])

    discard.alters_data = True

    @transaction.atomic
    def expire(self, before) -> None:
        """Remove what nobody went on with since an instant, and what can bring nothing back.

        Once an import cannot be undone any more, it forgets what undoing it would need.
        """
        self.in_work().filter(updated_at__lte=before).discard()
        # The trash that they would restore has been emptied up to then.
        self.filter(state=ImportState.UNDONE, undone_at__lte=before).delete()
        done = self.filter(state=ImportState.DONE, done_at__lte=before).exclude(made={})
        for row in done.without_content():
            if row.undo_is_late and row.edited().exists():
                row.made = {}
                row.save(update_fields=["made"])

    expire.alters_data = True


class Import(TimestampedModel):
    """A file of another app: what was found in it, what it became, and whether it was taken back.

    Until all of it is written its workouts belong to nobody, so that no page shows a part of it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="imports",
    )
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    file_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    format = models.CharField(max_length=40, blank=True, default="", db_default="")
    content = models.BinaryField(null=True, help_text="The file, only until it has been read.")

    facts = models.JSONField(default=dict, help_text="What the file does not say, and guesses.")
    options = models.JSONField(default=dict, help_text="How the lifter wants it to be read.")
    names = models.JSONField(default=list, help_text="The exercises' names, and what they mean.")
    odd = models.JSONField(default=list, help_text="Values that look like slips.")
    bad_lines = models.JSONField(default=list, help_text="The first lines that cannot be read.")
    bad_count = models.IntegerField(default=0, db_default=0)

    rows_total = models.IntegerField(default=0, db_default=0)
    rows_read = models.IntegerField(default=0, db_default=0)
    workouts = models.IntegerField(default=0, db_default=0)
    sets = models.IntegerField(default=0, db_default=0)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)

    to_write = models.IntegerField(default=0, db_default=0)
    position = models.IntegerField(default=0, db_default=0, help_text="The next one to write.")
    written = models.IntegerField(default=0, db_default=0)
    written_sets = models.IntegerField(default=0, db_default=0)
    made = models.JSONField(
        default=dict, help_text="The ids of the exercises and body weights that it made."
    )
    done_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        db_table = "imports"
        constraints = [
            DatabaseCascade(field="user", name="imports_user_fk"),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=IN_WORK),
                name="imports_one_in_work",
                violation_error_message="Another import is not finished yet.",
            ),
        ]

    def __str__(self):
        return self.file_name or "Import"

    def get_absolute_url(self):
        return reverse("training:import-detail", args=[self.pk])

    @property
    def in_work(self) -> bool:
        return self.state in IN_WORK

    @property
    def skipped(self) -> int:
        """How many workouts of the file were here already."""
        return self.workouts - self.written

    @property
    def undo_is_late(self) -> bool:
        """Whether it was done so long ago that an edit since keeps it from being undone."""
        return timezone.now() > self.done_at + timedelta(days=UNDO_DAYS)

    @property
    def step(self) -> tuple[int, int]:
        """How far the work is, and how far it has to go: rows read, or workouts written."""
        if self.state == ImportState.READING:
            return self.rows_read, self.rows_total
        return self.written, self.to_write

    @transaction.atomic
    def choose_options(self, options: dict) -> None:
        """Read the file so; once writing began, nothing changes."""
        self.lock()
        if self.state == ImportState.READY:
            self.options = options
            self.save(update_fields=["options"])

    def edited(self):
        """Living workouts of it that were changed after it was done, or something in them."""
        later = Q(updated_at__gt=self.done_at)
        sets = ExerciseSet.all_objects.filter(later, session_exercise__workout=OuterRef("pk"))
        entries = SessionExercise.all_objects.filter(later, workout=OuterRef("pk"))
        return WorkoutSession.objects.filter(
            later | Exists(entries) | Exists(sets), data_import=self, user=self.user_id
        )

    @transaction.atomic
    def undo(self, *, also_edited: bool = False) -> int:
        """Put its workouts in the trash, and the exercises it made or took out of it, if unused.

        Those edited since stay unless asked for, and all stay if they are edited and it is too
        long ago. Returns how many workouts went.
        """
        self.lock()
        if self.state != ImportState.DONE:
            return 0
        edited = list(self.edited().values_list("pk", flat=True))
        if edited and self.undo_is_late:
            return 0
        rows = WorkoutSession.objects.filter(data_import=self, user=self.user_id)
        if not also_edited:
            rows = rows.exclude(pk__in=edited)
        ids = list(rows.values_list("pk", flat=True))
        rows = WorkoutSession.objects.filter(data_import=self, pk__in=ids)
        rows.soft_delete()
        gone = WorkoutSession.all_objects.filter(pk__in=ids[:1])
        at = gone.values_list("deleted_at", flat=True).first() or timezone.now()
        made = Exercise.objects.filter(self._made("exercises", "revived"), owner=self.user_id)
        made.exclude(_in_use()).update(deleted_at=at)
        weights = BodyWeight.objects.for_user(self.user_id).filter(self._made("body_weights"))
        weights.filter(updated_at__lte=self.done_at).update(deleted_at=at)
        self.state, self.undone_at = ImportState.UNDONE, at
        self.save(update_fields=["state", "undone_at"])
        return len(ids)

    @transaction.atomic
    def restore(self) -> None:
        """Take back the undoing: what went by it comes back, and nothing else."""
        self.lock()
        if self.state != ImportState.UNDONE:
            return
        at = self.undone_at
        together = {"deleted_at": None, "updated_at": F("updated_at")}
        made = self._made("exercises", "revived")
        for exercise in Exercise.all_objects.filter(made, deleted_at=at):
            _bring_back(exercise)
        weights = BodyWeight.all_objects.for_user(self.user_id)
        days = list(weights.alive().values_list("weighed_on", flat=True))
        weights = weights.filter(self._made("body_weights"), deleted_at=at)
        weights.exclude(weighed_on__in=days).update(**together)
        workouts = WorkoutSession.all_objects.filter(data_import=self, user=self.user_id)
        workouts = workouts.filter(deleted_at=at)
        entries = SessionExercise.all_objects.filter(workout__in=workouts, deleted_at=at)
        ExerciseSet.all_objects.filter(session_exercise__in=entries, deleted_at=at).update(
            **together
        )
        entries.update(**together)
        workouts.update(**together)
        self.state, self.undone_at = ImportState.DONE, None
        # What comes back was not edited by that, so it counts as done only now.
        self.done_at = timezone.now()
        self.save(update_fields=["state", "undone_at", "done_at"])

    def discard(self) -> None:
        """Remove it and all that it wrote, for good; one that is done stays."""
        type(self).objects.filter(pk=self.pk).discard()

    def lock(self) -> None:
        """Take over what is stored now, and let nobody else write it until the transaction ends.

        Raises DoesNotExist if it has been discarded.
        """
        rows = type(self).objects.select_for_update().defer("content")
        self.refresh_from_db(from_queryset=rows)

    def _made(self, *kinds: str) -> Q:
        return Q(pk__in=[pk for kind in kinds for pk in self.made.get(kind, ())])

    def _discard(self) -> None:
        workouts = WorkoutSession.all_objects.filter(data_import=self, user=None)
        entries = SessionExercise.all_objects.filter(workout__in=workouts)
        ExerciseSet.all_objects.filter(session_exercise__in=entries).delete()
        entries.delete()
        workouts.delete()
        used = SessionExercise.all_objects.filter(exercise=OuterRef("pk"))
        own = Exercise.all_objects.filter(owner=self.user_id)
        own.filter(self._made("exercises")).exclude(Exists(used)).delete()
        own.filter(self._made("revived")).exclude(_in_use()).soft_delete()
        self.staged.all().delete()
        self.delete()


class ImportWorkout(TimestampedModel):
    """A workout as it stands in the file, until it is written."""

    data_import = models.ForeignKey(
        Import,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="staged",
    )
    position = models.IntegerField()
    key = models.CharField(max_length=80, help_text="By which it is known in the next file.")
    start = models.CharField(max_length=40, help_text="In ISO 8601; without a zone, a wall clock.")
    title = models.CharField(max_length=120, blank=True, default="")
    sets = models.IntegerField(default=0)
    skipped = models.BooleanField(default=False, db_default=False)
    payload = models.JSONField()

    class Meta:
        db_table = "import_workouts"
        constraints = [
            DatabaseCascade(field="data_import", name="import_workouts_data_import_fk"),
            models.UniqueConstraint(
                fields=["data_import", "position"], name="import_workouts_position_unique"
            ),
        ]

    def __str__(self):
        return self.title or "Workout"


class ImportNameQuerySet(TimestampedQuerySet):
    def for_user(self, user):
        return self.filter(user=user)


class ImportName(TimestampedModel):
    """What a lifter said that a name in their files means."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="import_names",
    )
    name = models.CharField(max_length=NAME_LENGTH, help_text="In lower case.")
    exercise = models.ForeignKey(
        Exercise, on_delete=models.DO_NOTHING, db_constraint=False, related_name="import_names"
    )

    objects = ImportNameQuerySet.as_manager()

    class Meta:
        db_table = "import_names"
        constraints = [
            DatabaseCascade(field="user", name="import_names_user_fk"),
            DatabaseCascade(field="exercise", name="import_names_exercise_fk"),
            models.UniqueConstraint(fields=["user", "name"], name="import_names_name_unique"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def remember(cls, user, exercises: dict[str, object]) -> None:
        """Keep for the next file which exercise (an id) each name means."""
        # Names that differ in case only are one, and PostgreSQL writes no row twice at once.
        known = {key(name): pk for name, pk in exercises.items()}
        cls.objects.bulk_create(
            [cls(user=user, name=name, exercise_id=pk) for name, pk in known.items()],
            update_conflicts=True,
            unique_fields=["user", "name"],
            update_fields=["exercise", "updated_at"],
        )


def key(name: str) -> str:
    """Return how a name is remembered."""
    return name.lower()[:NAME_LENGTH]


def _in_use() -> Exists:
    """Whether an exercise is in a workout, one that is not in the trash."""
    return Exists(SessionExercise.objects.filter(exercise=OuterRef("pk")))


def _bring_back(exercise):
    """Restore an exercise unless the lifter has made another one of its name meanwhile."""
    try:
        with transaction.atomic():
            exercise.restore()
    except IntegrityError:
        own = Exercise.objects.filter(owner=exercise.owner_id)
        heir = own.named(exercise.name).filter(equipment=exercise.equipment).get()
        entries = SessionExercise.all_objects.filter(exercise=exercise)
        entries.update(exercise=heir, updated_at=F("updated_at"))
