"""Finding exercises by the words that lifters use: any order, aliases, typos of longer words."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from rapidfuzz.distance import OSA

from training.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    ExerciseSet,
    Muscle,
    SessionExercise,
    SetKind,
    WorkoutSession,
)

# How well a typed word meets a word of the exercise; less is better, None is not at all.
EXACT, PREFIX, TYPO = 0, 1, 3
# Columns of all exercises that cost time to read, and that nobody asks of what was found.
UNREAD = ("catalog_entry", "secondary_muscles", "created_at", "updated_at", "reviewed_at")


@dataclass
class Found:
    """An exercise that was found, and the alias by which, if it was not by its name."""

    exercise: Exercise
    rank: tuple = ()
    alias: str = ""
    last: SessionExercise | None = None

    @property
    def last_set(self) -> ExerciseSet:
        """The first work set of the last time, or at least a warm-up."""
        sets = self.last.sets
        return next((one for one in sets if one.kind != SetKind.WARMUP), sets[0])


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Split into lower-case words without accents; "Pull-Up" is two."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(re.findall(r"[^\W_]+", plain))


def closeness(typed: str, word: str) -> int | None:
    """Say how well a typed word meets a word: one slip from 5 letters on, two from 8 on."""
    if typed == word:
        return EXACT
    if word.startswith(typed):
        return PREFIX
    slips = 0 if len(typed) < 5 else 1 if len(typed) < 8 else 2
    if (
        slips
        and min(
            OSA.distance(typed, word, score_cutoff=slips),
            OSA.distance(typed, word[: len(typed)], score_cutoff=slips),
        )
        <= slips
    ):
        return TYPO
    return None


def recent_entries(user) -> dict[UUID, SessionExercise]:
    """Map the exercises of the user's last 15 workouts to where each was done last, latest first.

    Each has its workout, and its sets as `sets`.
    """
    recent = {}
    for workout in WorkoutSession.objects.for_user(user).newest_first().with_log()[:15]:
        for entry in workout.log:
            if entry.sets:
                recent.setdefault(entry.exercise_id, entry)
    return recent


def used_exercises(user) -> dict[UUID, datetime]:
    """Map the exercises of which the user has logged a set to when last, the latest first."""
    logged = Exists(ExerciseSet.objects.filter(session_exercise=OuterRef("pk")))
    entries = SessionExercise.objects.for_user(user).filter(logged, exercise__isnull=False)
    latest = entries.values("exercise").annotate(latest=Max("workout__session_date"))
    return dict(latest.order_by("-latest", "exercise").values_list("exercise", "latest"))


def tell_last_time(user, found: "list[Found]", used: dict[UUID, datetime]) -> None:
    """Give what was found, and is among those used, its `last` entry, with its sets."""
    latest = {one.exercise.pk: used[one.exercise.pk] for one in found if one.exercise.pk in used}
    entries = (
        SessionExercise.objects.for_user(user)
        .filter(exercise__in=latest, workout__session_date__in=set(latest.values()))
        .with_exercise()
        .select_related("workout")
        .with_sets()
        # What is to be told comes last: of the last workout the first entry.
        .order_by("workout", "-order_index")
    )
    last = {}
    for entry in entries:
        if entry.sets and entry.workout.session_date == latest[entry.exercise_id]:
            entry.workout.user = user
            last[entry.exercise_id] = entry
    for one in found:
        one.last = last.get(one.exercise.pk)


def is_new(name: str, found: "list[Found]") -> bool:
    """Say whether an exercise could be created by this name, given what it finds."""
    taken = {one.exercise.name.casefold() for one in found}
    return bool(words(name)) and name.strip().casefold() not in taken


def search(user, query: str, *, equipment: str = "", muscle: str = "", recent=()) -> list[Found]:
    """Return the user's exercises that the query finds, the best first.

    Every typed word must be met. `recent` is ids of exercises done lately, the latest first: they
    come before others that were found as well, and then the user's own. An empty query finds all.
    """
    exercises = Exercise.objects.for_user(user).defer(*UNREAD)
    # Nothing has a value that is none; PostgreSQL would refuse some of them.
    if equipment:
        exercises = exercises.filter(equipment__in={equipment}.intersection(Equipment.values))
    if muscle:
        exercises = exercises.filter(primary_muscle__in={muscle}.intersection(Muscle.values))
    order = {pk: place for place, pk in enumerate(recent)}

    def place(exercise):
        return order.get(exercise.pk, len(order)), exercise.owner_id is None

    typed = words(query)
    if not typed:
        found = [Found(exercise, place(exercise)) for exercise in exercises]
        return sorted(found, key=lambda one: (one.rank, one.exercise.name))

    aliases = defaultdict(list)
    names = ExerciseAlias.objects.for_user(user).order_by("name")
    for pk, name in names.values_list("exercise_id", "name"):
        aliases[pk].append(name)

    @cache
    def meet(word):
        return [closeness(one, word) for one in typed]

    @cache
    def meet_kind(equipment, muscle):
        labels = (
            Equipment(equipment).label if equipment else "",
            Muscle(muscle).label if muscle else "",
        )
        return _best([meet(word) for word in words(" ".join(labels))], len(typed))

    found = []
    joined = "".join(typed)
    for exercise in exercises:
        best = None
        by_kind = meet_kind(exercise.equipment, exercise.primary_muscle)
        for alias in ("", *aliases.get(exercise.pk, ())):
            own = words(alias or exercise.name)
            score = _score(joined, own, _best([meet(word) for word in own], len(typed)), by_kind)
            if score is None:
                continue
            tier = 0 if score < EXACT else 1 if score < TYPO else 2
            rank = (tier, *place(exercise), score, bool(alias), len(own))
            if best is None or rank < best.rank:
                best = Found(exercise, rank, alias)
        if best:
            found.append(best)
    return sorted(found, key=lambda one: (one.rank, one.exercise.name))


def _score(joined, own, by_label, by_kind) -> int | None:
    """Add up how well the typed words are met by a label, or by its equipment and muscle."""
    whole = "".join(own)
    if whole == joined:
        return EXACT - 1
    if len(joined) > 2 and whole.startswith(joined):
        return EXACT
    score = 0
    for met_by_label, met_by_kind in zip(by_label, by_kind, strict=True):
        if met_by_label is None and met_by_kind is None:
            return None
        score += met_by_label if met_by_label is not None else met_by_kind + 1
    return score


def _best(met, count) -> list[int | None]:
    """Return for each of so many typed words how well the best of some words meets it."""
    return [min((one[n] for one in met if one[n] is not None), default=None) for n in range(count)]
