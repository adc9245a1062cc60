"""Finding exercises by the words that lifters use: any order, aliases, typos of longer words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from uuid import UUID

from rapidfuzz.distance import OSA

from training.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    Muscle,
    SessionExercise,
    WorkoutSession,
)

# How well a typed word meets a word of the exercise; less is better, None is not at all.
EXACT, PREFIX, TYPO = 0, 1, 3


@dataclass
class Found:
    """An exercise that was found, and the alias by which, if it was not by its name."""

    exercise: Exercise
    rank: tuple = ()
    alias: str = ""
    last: SessionExercise | None = None


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


def search(user, query: str, *, equipment: str = "", muscle: str = "", recent=()) -> list[Found]:
    """Return the user's exercises that the query finds, the best first.

    Every typed word must be met. `recent` is ids of exercises done lately, the latest first: they
    come before others that were found as well. An empty query finds all, the recent ones first.
    """
    exercises = Exercise.objects.for_user(user).defer("catalog_entry")
    if equipment:
        exercises = exercises.filter(equipment=equipment)
    if muscle:
        exercises = exercises.filter(primary_muscle=muscle)
    exercises = {exercise.pk: exercise for exercise in exercises}
    order = {pk: place for place, pk in enumerate(recent)}
    typed = words(query)
    if not typed:
        found = [Found(exercise) for exercise in exercises.values()]
        found.sort(key=lambda one: (order.get(one.exercise.pk, len(order)), one.exercise.name))
        return found

    labels = [(pk, exercise.name, False) for pk, exercise in exercises.items()]
    labels += [
        (pk, name, True)
        for pk, name in ExerciseAlias.objects.order_by("name").values_list("exercise_id", "name")
        if pk in exercises
    ]
    context = {
        pk: words(
            f"{Equipment(exercise.equipment).label if exercise.equipment else ''} "
            f"{Muscle(exercise.primary_muscle).label if exercise.primary_muscle else ''}"
        )
        for pk, exercise in exercises.items()
    }

    @cache
    def meet(word):
        return [closeness(one, word) for one in typed]

    best: dict[UUID, Found] = {}
    joined = "".join(typed)
    for pk, label, is_alias in labels:
        own = words(label)
        score = _score(joined, own, [meet(word) for word in own], [meet(w) for w in context[pk]])
        if score is None:
            continue
        tier = 0 if score < EXACT else 1 if score < TYPO else 2
        rank = (tier, order.get(pk, len(order)), score, is_alias, len(own))
        if pk not in best or rank < best[pk].rank:
            best[pk] = Found(exercises[pk], rank, label if is_alias else "")
    return sorted(best.values(), key=lambda one: (one.rank, one.exercise.name))


def _score(joined, own, own_met, context_met) -> int | None:
    """Add up how well the typed words are met by a label, or by its equipment and muscle."""
    whole = "".join(own)
    if whole == joined:
        return EXACT - 1
    if len(joined) > 2 and whole.startswith(joined):
        return EXACT
    score = 0
    for by_label, by_context in zip_longest(_best(own_met), _best(context_met)):
        if by_label is None and by_context is None:
            return None
        score += by_label if by_label is not None else by_context + 1
    return score


def _best(met) -> list[int | None]:
    """Return for each typed word how well the best of some words meets it."""
    return [min((m for m in one if m is not None), default=None) for one in zip(*met, strict=True)]
