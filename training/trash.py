"""The trash of a lifter: what lies in it, told in words, and the way back for all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from training.models import (
    BodyWeight,
    Exercise,
    ExerciseMerge,
    ExerciseSet,
    Refused,
    SessionExercise,
    WorkoutSession,
)
from training.models.body_weight import lock_days
from training.wording import count_text, set_text
from workoutlog.db import TRASH_KEPT
from workoutlog.numbers import format_number

PAGE = 30
Key = tuple[datetime, UUID]
# An exercise that was retired by a merge: what it became is in use.
MERGED = Exists(
    ExerciseMerge.objects.filter(
        source=OuterRef("pk"), undone_at=None, created_at=OuterRef("deleted_at")
    )
)


@dataclass
class Item:
    """One deletion: what it was, what it contained, and where to post to undo it."""

    name: str
    facts: str
    deleted_at: datetime
    restore_url: str

    @property
    def days_left(self) -> int:
        """How many days until it may be gone, begun ones included; 0 if that is due."""
        left = self.deleted_at + TRASH_KEPT - timezone.now()
        return max(-(-left // timedelta(days=1)), 0)


def trash_page(user, before: Key | None = None) -> tuple[list[Item], Key | None]:
    """Return what the user deleted, the latest first, and the key of the last if there are more.

    Begins just before the (deleted_at, id) of an earlier page. Only what can be restored on its
    own is told: a workout's sets come back with the workout.
    """
    parts = [_keys(kind, rows, before) for kind, rows in _deleted(user).items()]
    keys = list(parts[0].union(*parts[1:], all=True).order_by("-deleted_at", "-id")[: PAGE + 1])
    more = len(keys) > PAGE
    keys = keys[:PAGE]
    items = {}
    for kind, rows in _deleted(user).items():
        ids = [id for of_kind, id, _ in keys if of_kind == kind]
        items |= {row.pk: item for row, item in TELL[kind](rows.filter(pk__in=ids), user)}
    # What was restored or purged between the two steps is not there any more.
    page = [items[id] for _, id, _ in keys if id in items]
    return page, (keys[-1][2], keys[-1][1]) if more else None


@transaction.atomic
def restore_all(user) -> list[str]:
    """Bring everything back as if the deletions were undone in turn, the latest first.

    Returns sentences about what stays, because its name or its day is taken by now.
    """
    refused = []
    for exercise in _deleted(user)["exercise"]:
        try:
            exercise.revive()
        except Refused as reason:
            refused.append(str(reason))
        except Exercise.DoesNotExist:
            continue  # It was purged a moment ago.
    workouts = WorkoutSession.all_objects.for_user(user)
    entries = SessionExercise.all_objects.filter(workout__user=user)
    sets = ExerciseSet.all_objects.filter(session_exercise__workout__user=user)
    for parents, children in ((workouts, entries), (entries, sets)):
        _lock_parents(parents, children)
        _make_room(children)
    for rows in (workouts, entries, sets):
        rows.deleted().update(deleted_at=None)
    return refused + _restore_body_weights(user)


def _restore_body_weights(user) -> list[str]:
    """Bring back the latest of each day that has none."""
    lock_days(user.pk)
    weights = BodyWeight.all_objects.for_user(user)
    rivals = weights.filter(_comes_first(), weighed_on=OuterRef("weighed_on"))
    weights.deleted().exclude(Exists(rivals)).update(deleted_at=None)
    stay = weights.deleted().count()
    if not stay:
        return []
    if stay == 1:
        return ["1 body weight stays: its day has another by now."]
    return [f"{stay} body weights stay: their days have others by now."]


def _comes_first() -> Q:
    """Return what is true of rows that live, or come back before the row of the outer query."""
    return (
        Q(deleted_at=None)
        | Q(deleted_at__gt=OuterRef("deleted_at"))
        | Q(deleted_at=OuterRef("deleted_at"), pk__lt=OuterRef("pk"))
    )


def _deleted(user) -> dict[str, QuerySet]:
    """Map each kind of thing to the rows in the user's trash."""
    return {
        "workout": WorkoutSession.all_objects.for_user(user).deleted(),
        "session-exercise": SessionExercise.all_objects.for_user(user).deleted(),
        "set": ExerciseSet.all_objects.for_user(user).deleted(),
        "exercise": Exercise.all_objects.own(user).deleted().exclude(MERGED),
        "body-weight": BodyWeight.all_objects.for_user(user).deleted(),
    }


def _keys(kind, rows, before):
    if before:
        deleted_at, id = before
        rows = rows.filter(deleted_at__lte=deleted_at)
        rows = rows.exclude(deleted_at=deleted_at, id__gte=id)
    kind = Value(kind, models.CharField())
    return rows.order_by().annotate(what=kind).values_list("what", "id", "deleted_at")


def _tell_workouts(rows, user):
    together = SessionExercise.all_objects.filter(deleted_at=F("workout__deleted_at"))
    together = together.select_related("exercise").only("workout", "exercise__name")
    together = together.order_by("order_index")
    sets = Count("exercise_sets", filter=Q(exercise_sets__deleted_at=F("deleted_at")))
    together = together.annotate(set_count=sets)
    for row in rows.prefetch_related(Prefetch("session_exercises", together, to_attr="gone")):
        day = f"Workout of {row.session_date.astimezone(row.zone):%-d %b %Y}"
        names = ", ".join(dict.fromkeys(entry.name for entry in row.gone))
        sets = count_text(sum(entry.set_count for entry in row.gone), "set")
        facts = f"{day}, {sets}: {names}" if names else f"{day}, {sets}"
        url = reverse("training:workout-restore", args=[row.pk])
        yield row, Item(str(row), facts, row.deleted_at, url)


def _tell_entries(rows, user):
    together = ExerciseSet.all_objects.filter(deleted_at=F("session_exercise__deleted_at"))
    sets = Prefetch("exercise_sets", together.order_by("set_number"), to_attr="gone")
    for row in rows.select_related("exercise", "workout__user").prefetch_related(sets):
        facts = f"Exercise in {row.workout}, {count_text(len(row.gone), 'set')}"
        if row.gone:
            facts += ": " + ", ".join(set_text(one, row, user.weight_unit) for one in row.gone)
        url = reverse("training:session-exercise-restore", args=[row.pk])
        yield row, Item(row.name, facts, row.deleted_at, url)


def _tell_sets(rows, user):
    parents = ("session_exercise__exercise", "session_exercise__workout__user")
    for row in rows.select_related(*parents):
        entry = row.session_exercise
        facts = f"Set of {entry.name} in {entry.workout}"
        url = reverse("training:set-restore", args=[row.pk])
        yield row, Item(set_text(row, entry, ""), facts, row.deleted_at, url)


def _tell_exercises(rows, user):
    for row in rows:
        facts = " · ".join(filter(None, ["Your own exercise", row.get_equipment_display()]))
        url = reverse("training:own-exercise-restore", args=[row.pk])
        yield row, Item(str(row), facts, row.deleted_at, url)


def _tell_body_weights(rows, user):
    for row in rows:
        name = f"{format_number(row.weight)} {row.weight_unit}"
        facts = f"Body weight of {row.weighed_on:%-d %b %Y}"
        url = reverse("training:body-weight-restore", args=[row.pk])
        yield row, Item(name, facts, row.deleted_at, url)


TELL: dict[str, Callable] = {
    "workout": _tell_workouts,
    "session-exercise": _tell_entries,
    "set": _tell_sets,
    "exercise": _tell_exercises,
    "body-weight": _tell_body_weights,
}


def _lock_parents(parents, children):
    """Let nobody else assign positions in what is to get children back."""
    parent = children.model.parent_field
    deleted = children.model.all_objects.deleted().filter(**{parent: OuterRef("pk")})
    locked = parents.model.all_objects.filter(pk__in=parents.filter(Exists(deleted)).values("pk"))
    list(locked.order_by("pk").select_for_update().values_list("pk"))


def _make_room(children):
    """Give each deleted row whose place is taken one behind all others of its parent.

    It is taken by a living row, or by one that was deleted later, and so comes back earlier.
    """
    model = children.model
    parent, position = model.parent_field, model.position_field
    rivals = model.all_objects.filter(
        _comes_first(),
        **{parent: OuterRef(parent), position: OuterRef(position)},
    )
    displaced = children.deleted().filter(Exists(rivals))
    siblings = model.all_objects.filter(**{f"{parent}__in": displaced.values(parent)})
    last = dict(siblings.order_by().values_list(parent).annotate(Max(position)))
    rows = list(displaced.order_by("-deleted_at", position))
    for row in rows:
        last[getattr(row, f"{parent}_id")] += 1
        setattr(row, position, last[getattr(row, f"{parent}_id")])
    model.all_objects.bulk_update(rows, [position], batch_size=500)
