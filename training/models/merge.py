"""Merges: an exercise that became another one, and the way back."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from training.models.exercise import Exercise, ExerciseAlias, Refused
from training.models.session_exercise import SessionExercise
from workoutlog.constraints import DatabaseCascade
from workoutlog.db import TimestampedModel

# How many ids go into one statement; databases limit the number of its parameters.
BATCH = 10_000


class ExerciseMerge(TimestampedModel):
    """An exercise was merged into another: what came with it, so that it can go back."""

    source = models.ForeignKey(
        Exercise, on_delete=models.DO_NOTHING, db_constraint=False, related_name="merges"
    )
    target = models.ForeignKey(
        Exercise, on_delete=models.DO_NOTHING, db_constraint=False, related_name="merged_in"
    )
    moved = models.JSONField(default=list, help_text="The ids of the entries that moved.")
    aliases = models.JSONField(default=list, help_text="The ids of the aliases that were added.")
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        db_table = "exercise_merges"
        verbose_name = "merge"
        constraints = [
            DatabaseCascade(field="source", name="exercise_merges_source_fk"),
            DatabaseCascade(field="target", name="exercise_merges_target_fk"),
        ]

    def __str__(self):
        return f"{self.source} → {self.target}"

    @classmethod
    @transaction.atomic
    def make(cls, source: Exercise, target: Exercise) -> "ExerciseMerge":
        """Do what `Exercise.merge_into()` says; a merge that was made stays as it is."""
        # No entry of either can be committed while their rows are locked: it refers to them.
        source, target = _lock(source, target)
        if reason := source.why_not_into(target):
            raise Refused(reason)
        entries = SessionExercise.all_objects.filter(exercise=source)
        moved = [str(pk) for pk in entries.values_list("pk", flat=True)]
        if not moved and source.successor == target:
            return source.merges.filter(undone_at=None, target=target).latest("created_at")
        merge = cls(source=source, target=target, moved=moved)
        merge.aliases = [str(alias.pk) for alias in _add_names(source, target)]
        entries.update(exercise=target)
        # Under the merge's own instant, by which the undoing knows whose retirement it is.
        Exercise.objects.filter(pk=source.pk).update(deleted_at=merge.created_at)
        merge.save(force_insert=True)
        return merge

    @transaction.atomic
    def undo(self) -> None:
        """Move back what came and still is there; a merge that was undone stays as it is.

        Raises Refused if the target was itself merged since, or the source's name is taken.
        """
        self.undone_at = ExerciseMerge.objects.select_for_update().get(pk=self.pk).undone_at
        if self.undone_at is not None:
            return
        source, target = _lock(self.source, self.target)
        if successor := target.successor:
            raise Refused(f"Undo the merge of {target} into {successor} first.")
        there = SessionExercise.all_objects.filter(exercise=target)
        for start in range(0, len(self.moved), BATCH):
            there.filter(pk__in=self.moved[start : start + BATCH]).update(exercise=source)
        ExerciseAlias.objects.filter(pk__in=self.aliases, exercise=target).delete()
        if source.deleted_at == self.created_at:
            _bring_back(source)
        self.undone_at = timezone.now()
        self.save(update_fields=["undone_at"])

    undo.alters_data = True


def _lock(source, target) -> tuple[Exercise, Exercise]:
    """Return both as they are now, locked in an order that all share."""
    rows = Exercise.all_objects.select_for_update().filter(pk__in=[source.pk, target.pk])
    rows = {row.pk: row for row in rows.order_by("pk")}
    return rows[source.pk], rows[target.pk]


def _add_names(source, target) -> list[ExerciseAlias]:
    """Let the target be found by the source's names too; return the aliases that are new."""
    has = {target.name.lower(), *(alias.name.lower() for alias in target.aliases.all())}
    names = {}
    for name in (source.name, *(alias.name for alias in source.aliases.all())):
        if name.lower() not in has:
            names.setdefault(name.lower(), name)
    return ExerciseAlias.objects.bulk_create(
        ExerciseAlias(exercise=target, name=name) for name in names.values()
    )


def _bring_back(source):
    try:
        with transaction.atomic():
            source.restore()
    except IntegrityError:
        raise Refused(
            f"{source} cannot come back: another exercise in the picker has its name and"
            " equipment. Rename or retire that one first."
        ) from None
