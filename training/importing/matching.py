"""Which exercise a name in another app's file means: by name, alias, equipment, or a good guess."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import TextChoices
from rapidfuzz import fuzz, process

from training.models import Equipment, Exercise, ExerciseAlias, ImportName, Measure, Muscle
from training.search import words

# From this likeness on (100 is the same letters), another name is worth being guessed.
LIKE = 92
# A number that fewer of a name's sets have is a slip, and does not decide what the name means.
RARE = 0.05
DIGITS = re.compile(r"\d+")

# How apps call equipment in parentheses, beside its own name here.
EQUIPMENT_WORDS = {
    "bodyweight": Equipment.BODYWEIGHT,
    "body weight": Equipment.BODYWEIGHT,
    "smith": Equipment.SMITH_MACHINE,
    "smith machine": Equipment.SMITH_MACHINE,
    "plate loaded": Equipment.MACHINE,
    "plated": Equipment.MACHINE,
    "lever": Equipment.MACHINE,
    "leverage machine": Equipment.MACHINE,
    "resistance band": Equipment.BAND,
    "trx": Equipment.SUSPENSION,
    "hex bar": Equipment.TRAP_BAR,
    "ezbar": Equipment.EZ_BAR,
    "ez barbell": Equipment.EZ_BAR,
    # What the apps write in German, French and Spanish.
    "langhantel": Equipment.BARBELL,
    "kurzhantel": Equipment.DUMBBELL,
    "kurzhanteln": Equipment.DUMBBELL,
    "maschine": Equipment.MACHINE,
    "kabelzug": Equipment.CABLE,
    "kabel": Equipment.CABLE,
    "barre": Equipment.BARBELL,
    "haltere": Equipment.DUMBBELL,
    "halteres": Equipment.DUMBBELL,
    "poulie": Equipment.CABLE,
    "barra": Equipment.BARBELL,
    "mancuerna": Equipment.DUMBBELL,
    "maquina": Equipment.MACHINE,
    "polea": Equipment.CABLE,
} | {" ".join(words(equipment.label)): equipment for equipment in Equipment}

# The muscle groups that files name, where a name here differs.
CATEGORY_MUSCLES = {
    "back": Muscle.LATS,
    "legs": Muscle.QUADS,
    "shoulder": Muscle.SHOULDERS,
    "core": Muscle.ABS,
    "abdominals": Muscle.ABS,
    "arms": Muscle.BICEPS,
    "olympic": Muscle.FULL_BODY,
    "quadriceps": Muscle.QUADS,
    "latissimus": Muscle.LATS,
    "trapezius": Muscle.TRAPS,
} | {" ".join(words(muscle.label)): muscle for muscle in Muscle}


class How(TextChoices):
    """How a name was matched, in the words of the preview."""

    CHOSEN = "chosen", "chosen by you"
    REMEMBERED = "remembered", "as last time"
    NAME = "name", "same name"
    ALIAS = "alias", "another name of it"
    EQUIPMENT = "equipment", "name and equipment"
    GUESS = "guess", "a guess"
    NEW = "new", "new"


@dataclass
class Shape:
    """What the rows of one name have: how many sets, and how many of them each number."""

    sets: int = 0
    weight: int = 0
    reps: int = 0
    duration_seconds: int = 0
    distance_meters: int = 0

    @property
    def fields(self) -> set[str]:
        names = ("weight", "reps", "duration_seconds", "distance_meters")
        return {name for name in names if getattr(self, name) > self.sets * RARE}

    def fits(self, measure: str) -> bool:
        """Whether sets of this measure can show the numbers."""
        return self.fields <= set(Measure(measure).fields)

    def measure(self, name: str) -> Measure:
        """Guess what an exercise of this name is measured by."""
        fields, said = self.fields, set(words(name))
        if "distance_meters" in fields:
            return Measure.DISTANCE_TIME
        if "reps" in fields or "duration_seconds" not in fields:
            if said & {"assisted", "assist"}:
                return Measure.ASSISTED_REPS
            return Measure.WEIGHT_REPS if "weight" in fields else Measure.BODYWEIGHT_REPS
        return Measure.WEIGHT_TIME if "weight" in fields else Measure.TIME


class Match(NamedTuple):
    """What a name means; no exercise is a new one of the lifter's own."""

    exercise: Exercise | None
    how: How


class Matcher:
    """The exercises that a lifter can see, by every way to spell them; three queries."""

    def __init__(self, user):
        exercises = Exercise.objects.for_user(user).defer("catalog_entry")
        self.exercises = {exercise.pk: exercise for exercise in exercises}
        self.remembered = dict(ImportName.objects.for_user(user).values_list("name", "exercise_id"))
        self.named, self.also = Names(), Names()
        for exercise in self.exercises.values():
            self.named.add(exercise.name, exercise)
        aliases = ExerciseAlias.objects.for_user(user).order_by("name")
        for pk, name in aliases.values_list("exercise_id", "name"):
            if exercise := self.exercises.get(pk):
                self.also.add(name, exercise)

    def match(self, name: str, shape: Shape, id: str | None = None) -> Match:
        """Return the exercise that the name means and whose sets can hold the numbers.

        Our own exports give the exercise's id as well.
        """
        if id and (exercise := self.exercises.get(UUID(id))):
            return Match(exercise, How.NAME)
        tries = (
            (How.REMEMBERED, self._remembered),
            (How.NAME, self.named.find),
            (How.ALIAS, self.also.find),
            (How.EQUIPMENT, self._by_equipment),
            (How.GUESS, self._like),
        )
        for how, find in tries:
            for exercise in find(name):
                if shape.fits(exercise.measure):
                    return Match(exercise, how)
        return Match(None, How.NEW)

    def _remembered(self, name) -> list[Exercise]:
        exercise = self.exercises.get(self.remembered.get(name.lower()[:300]))
        return [exercise] if exercise else []

    def _by_equipment(self, name) -> Iterable[Exercise]:
        """Find "Bench Press (Dumbbell)" as "Dumbbell Bench Press", or by name and equipment."""
        base, equipment = equipment_of(name)
        if not equipment:
            return
        for labels in (self.named, self.also):
            for exercise in labels.find(base):
                if exercise.equipment == equipment:
                    yield exercise
        for labels in (self.named, self.also):
            yield from labels.find(f"{equipment.label} {base}")

    def _like(self, name) -> Iterable[Exercise]:
        typed = spelled(name)
        if len(typed) < 6:
            return
        for labels in (self.named, self.also):
            found = process.extract(
                typed, labels.spellings.keys(), scorer=fuzz.ratio, score_cutoff=LIKE, limit=3
            )
            for spelling, *_ in found:
                # Two numbers in a name are two exercises, however alike they look.
                if DIGITS.findall(spelling) == DIGITS.findall(typed):
                    yield from labels.find(name, spelling)


class Names:
    """Exercises by names of theirs, whose words may come in another order."""

    def __init__(self):
        self.spellings: dict[str, list[tuple[str, Exercise]]] = defaultdict(list)

    def add(self, name: str, exercise: Exercise) -> None:
        self.spellings[spelled(name)].append((" ".join(_singular(name)), exercise))

    def find(self, name: str, spelling: str = "") -> list[Exercise]:
        """Return those of the same words: the likeliest order first, of equals one's own."""
        found = self.spellings.get(spelling or spelled(name), ())
        if len(found) > 1:
            typed = " ".join(_singular(name))
            found = sorted(
                found, key=lambda one: (-fuzz.ratio(typed, one[0]), one[1].owner_id is None)
            )
        return [exercise for _, exercise in found]


def spelled(name: str) -> str:
    """Spell a name in one way for all: no case, accents, marks, plurals; words in any order."""
    return " ".join(sorted(_singular(name)))


def _singular(name: str) -> list[str]:
    return [
        word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word
        for word in words(name)
    ]


def equipment_of(name: str) -> tuple[str, Equipment | None]:
    """Split "Bench Press (Barbell)" into the name and its equipment, None if it says none."""
    base, bracket, inside = name.rstrip().removesuffix(")").rpartition("(")
    equipment = EQUIPMENT_WORDS.get(" ".join(words(inside))) if bracket else None
    return (base.strip(), equipment) if equipment and base.strip() else (name, None)


def muscle_of(category: str) -> str:
    """Return the muscle that a file's category means, empty if none is known."""
    return CATEGORY_MUSCLES.get(" ".join(words(category)), "")
