"""The exercises of our own exports: found again here, or made as they were."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from training.importing.matching import How
from training.models import Exercise, ExerciseAlias, Import, Refused

TOLD = (
    "name",
    "equipment",
    "measure",
    "primary_muscle",
    "secondary_muscles",
    "created_at",
    "updated_at",
    "deleted_at",
)


def restore_exercises(data_import: Import) -> None:
    """Let each name mean the exercise that it meant there: found, new, or out of the trash.

    Notes the latter two in `made`, and in `facts["own"]["found"]` what each id of the file is here.
    What the lifter chose for a name otherwise stays so. Saves nothing of the import itself; does
    nothing for other files.
    """
    own = data_import.facts.get("own")
    if not own:
        return
    names = {one["name"]: one for one in data_import.names}
    finder = Finder(data_import.user)
    found = own["found"] = {}
    for facts in own["exercises"]:
        name = names.get(facts["label"])
        if name and name["how"] == How.CHOSEN:
            continue
        if exercise := finder.find(facts) or finder.make(facts):
            found[facts["id"]] = str(exercise.pk)
            if name:
                name["exercise"] = str(exercise.pk)
    data_import.made["exercises"] += finder.made
    data_import.made["revived"] += finder.revived


class Finder:
    """The exercises that a lifter can see, by all that tells one of them in an export."""

    def __init__(self, user):
        self.user = user
        visible = list(Exercise.all_objects.for_user(user).defer("catalog_entry"))
        self.by_id = {str(exercise.pk): exercise for exercise in visible}
        self.by_key = {exercise.catalog_key: exercise for exercise in visible}
        self.by_key.pop("", None)
        self.made: list[str] = []
        self.revived: list[str] = []

    def find(self, facts: dict) -> Exercise | None:
        """Return what is the same here: by id, by the catalog's key, or by name and equipment."""
        own = facts.get("own", False)
        exercise = self.by_id.get(facts["id"])
        if exercise is None and not own:
            exercise = self.by_key.get(facts.get("catalog_key"))
        if exercise is None and "deleted_at" not in facts:
            seen = Exercise.objects.filter(owner=self.user) if own else self._visible()
            alike = seen.named(facts["name"]).filter(equipment=facts.get("equipment", ""))
            exercise = alike.first()
        if exercise and exercise.owner_id and exercise.deleted_at and "deleted_at" not in facts:
            return self._revive(exercise)
        return exercise

    def make(self, facts: dict) -> Exercise | None:
        """Save and return one of the lifter's own; None if it is nothing that can be stored."""
        exercise = Exercise(owner=self.user)
        if not Exercise.all_objects.filter(pk=facts["id"]).exists():
            exercise.pk = facts["id"]
        try:
            for name in TOLD:
                if name in facts:
                    field = Exercise._meta.get_field(name)
                    setattr(exercise, name, field.clean(facts[name], exercise))
            with transaction.atomic():
                exercise.save(force_insert=True)
        except (ValidationError, IntegrityError):
            return None
        ExerciseAlias.objects.bulk_create(
            [ExerciseAlias(exercise=exercise, name=name) for name in facts.get("aliases", ())],
            ignore_conflicts=True,
        )
        self.made.append(str(exercise.pk))
        return exercise

    def _visible(self):
        # The catalog's first, for the file says that it is none of the lifter's own.
        visible = Exercise.objects.for_user(self.user)
        return visible.order_by(F("owner").asc(nulls_first=True))

    def _revive(self, exercise: Exercise) -> Exercise:
        try:
            with transaction.atomic():
                heir = exercise.revive()
        except Refused:
            return exercise
        if heir == exercise:
            self.revived.append(str(exercise.pk))
        return heir
