"""What lies in a lifter's trash, told in words."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.urls import reverse

from training.models import ExerciseSet, SessionExercise, WorkoutSession
from training.wording import set_text


@dataclass
class Item:
    """One deletion: what it was, what it contained, and where to post to undo it."""

    name: str
    facts: str
    deleted_at: datetime
    restore_url: str


def trash_of(user) -> list[Item]:
    """Return what the user deleted, the latest first; only what can be restored on its own."""
    items = [
        Item(
            str(workout),
            f"Workout of {workout.session_date.astimezone(workout.zone):%-d %b %Y}, "
            f"{_count(workout.contents)}",
            workout.deleted_at,
            reverse("training:workout-restore", args=[workout.pk]),
        )
        for workout in WorkoutSession.all_objects.for_user(user).for_trash()
    ]
    items += [
        Item(
            entry.name,
            f"Exercise in {entry.workout}, {_count(entry.contents)}",
            entry.deleted_at,
            reverse("training:session-exercise-restore", args=[entry.pk]),
        )
        for entry in SessionExercise.all_objects.for_user(user).for_trash()
    ]
    for gone in ExerciseSet.all_objects.for_user(user).for_trash():
        entry = gone.session_exercise
        items.append(
            Item(
                set_text(gone, entry, ""),
                f"Set of {entry.name} in {entry.workout}",
                gone.deleted_at,
                reverse("training:set-restore", args=[gone.pk]),
            )
        )
    return sorted(items, key=attrgetter("deleted_at"), reverse=True)


def _count(sets: int) -> str:
    return f"{sets} set" if sets == 1 else f"{sets} sets"
