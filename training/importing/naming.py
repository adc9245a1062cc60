"""What the names of an import mean: shown, changed by hand, and made into exercises."""

from dataclasses import dataclass

from django.db import transaction

from training.importing.matching import How, Shape, equipment_of
from training.models import Exercise, Import, ImportName, ImportState, Measure

LOOK_AT = (How.NEW, How.GUESS)


@dataclass
class Name:
    """A name in the file, what it means, and how that was found."""

    number: int
    name: str
    shape: Shape
    exercise: Exercise | None
    how: How
    measure: Measure

    @property
    def sets(self) -> int:
        return self.shape.sets

    @property
    def words(self) -> str:
        """What to look for first, when it is to mean something else."""
        return equipment_of(self.name)[0]

    @property
    def to_look_at(self) -> bool:
        return self.how in LOOK_AT


def names_of(data_import: Import) -> list[Name]:
    """Return the names with their exercises, those to look at first; one query."""
    ids = {one["exercise"] for one in data_import.names if one["exercise"]}
    exercises = Exercise.all_objects.for_user(data_import.user_id).defer("catalog_entry")
    exercises = {str(exercise.pk): exercise for exercise in exercises.filter(pk__in=ids)}
    return [
        Name(
            number,
            one["name"],
            Shape(*one["shape"]),
            exercises.get(one["exercise"]),
            How(one["how"]),
            Measure(one["measure"]),
        )
        for number, one in enumerate(data_import.names)
    ]


@transaction.atomic
def choose(data_import: Import, number: int, exercise: Exercise | None, measure: str = "") -> None:
    """Let a name mean this exercise, or none: a new one of the lifter's; remembered for next time.

    Raises DoesNotExist if the import has been discarded; nothing changes once writing began.
    """
    data_import.lock()
    if data_import.state != ImportState.READY:
        return
    one = data_import.names[number]
    one |= {"exercise": exercise and str(exercise.pk), "how": How.CHOSEN}
    if exercise:
        ImportName.remember(data_import.user, {one["name"]: exercise.pk})
    elif measure:
        one["measure"] = measure
    data_import.save(update_fields=["names"])


def make_exercises(data_import: Import) -> None:
    """Give every name that means none an exercise of the lifter's own: new, or out of the trash.

    Notes them in `made`; saves nothing of the import itself.
    """
    user = data_import.user_id
    own = Exercise.all_objects.filter(owner=user).order_by("-deleted_at").defer("catalog_entry")
    # Living ones last, so that they win.
    known = {(one.name.lower(), one.equipment): one for one in own if one.deleted_at}
    known |= {(one.name.lower(), one.equipment): one for one in own if not one.deleted_at}
    new, back, chosen = {}, {}, {}
    for one in data_import.names:
        if one["exercise"]:
            continue
        exercise = _own(one, known)
        if exercise._state.adding:
            exercise.owner_id = user
            new[exercise.pk] = exercise
        elif exercise.deleted_at:
            exercise.deleted_at = None
            back[exercise.pk] = exercise
        one["exercise"] = str(exercise.pk)
        if one["how"] == How.CHOSEN:
            chosen[one["name"]] = exercise.pk
    Exercise.objects.bulk_create(new.values())
    Exercise.all_objects.bulk_update(back.values(), ["deleted_at"])
    ImportName.remember(data_import.user, chosen)
    data_import.made["exercises"] += map(str, new)
    data_import.made["revived"] += map(str, back)


def _own(one: dict, known: dict) -> Exercise:
    """Return the lifter's exercise for a name: one that is there and can hold its sets, or new."""
    shape, measure = Shape(*one["shape"]), Measure(one["measure"])
    _, equipment = equipment_of(one["name"])
    equipment = equipment or ""
    plain = " ".join(one["name"].split())[:120] or "Unnamed"
    ending = f" ({measure.label.lower()})"
    for name in (plain, plain[: 120 - len(ending)] + ending):
        exercise = known.get((name.lower(), equipment))
        if exercise is None:
            exercise = known[name.lower(), equipment] = Exercise(
                name=name, equipment=equipment, measure=measure, primary_muscle=one["muscle"]
            )
            return exercise
        if shape.fits(exercise.measure):
            return exercise
    return exercise
