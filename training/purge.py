"""Emptying the trash for good: what has lain in it long enough, and closed accounts too.

Rows go in batches that each lock their own rows for a moment, and leave alone what somebody is just
restoring. What was deleted together goes together, so that no restoring finds half of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.deletion import claim, end_sessions, forget, forget_attempts
from accounts.models import User
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseMerge,
    ExerciseSet,
    Import,
    SessionExercise,
    WorkoutSession,
)

# Workouts in one transaction; with 20 sets each, SQLite is locked for some hundredths of a second.
BATCH = 50


def purge(before: datetime) -> Counter:
    """Really delete what was deleted at or before an instant; return how many rows by model.

    Imports go that nobody went on with since, or that were undone: their workouts are gone too.
    Catalog exercises stay when they are retired, and so does an exercise that an entry or a merge
    names. Living workouts without an owner stay too: whoever deleted a user in SQL wanted that.
    """
    purged = Counter()
    for user in _claimed(before):
        _erase(user, purged)
    for rows, delete in _due(before):
        _in_batches(rows, delete, purged)
    with _short_transaction():
        Import.objects.expire(before)
    forget_attempts()
    return purged


def _claimed(before) -> list[User]:
    users = [
        user for user in User.all_objects.filter(deleted_at__lte=before) if claim(user, before)
    ]
    if users:
        end_sessions(users)
    return users


def _due(before) -> list[tuple[QuerySet, Callable]]:
    """Return what to delete from the trash and how, parents before the children left over.

    A child that was deleted together with its parent goes with it, and not on its own.
    """
    entries_of = SessionExercise.all_objects.filter(exercise=OuterRef("pk"))
    merges_of = ExerciseMerge.objects.filter(
        Q(source=OuterRef("pk")) | Q(target=OuterRef("pk")), undone_at=None
    )
    rows = [
        (BodyWeight.all_objects, _delete),
        (WorkoutSession.all_objects, _delete_workouts),
        (
            SessionExercise.all_objects.exclude(_with_its(WorkoutSession, "workout")),
            _delete_entries,
        ),
        (ExerciseSet.all_objects.exclude(_with_its(SessionExercise, "session_exercise")), _delete),
        (
            Exercise.all_objects.exclude(owner=None).exclude(
                Exists(entries_of) | Exists(merges_of)
            ),
            _delete_exercises,
        ),
    ]
    return [(queryset.filter(deleted_at__lte=before), delete) for queryset, delete in rows]


def _with_its(model, parent):
    together = model.all_objects.filter(pk=OuterRef(parent), deleted_at=OuterRef("deleted_at"))
    return Exists(together)


def _erase(user, purged):
    """Delete everything of a user whose account was claimed; what is small goes with its row."""
    imports = Import.objects.for_user(user)
    # Until an import is written, its workouts belong to nobody.
    theirs = Q(user=user) | Q(user=None, data_import__in=imports)
    _in_batches(WorkoutSession.all_objects.filter(theirs), _delete_workouts, purged, wait=True)
    _in_batches(Exercise.all_objects.filter(owner=user), _delete_exercises, purged, wait=True)
    with _short_transaction():
        forget(user)
    purged[User._meta.label] += 1


def _in_batches(rows, delete, purged, *, wait=False):
    """Delete the rows but for those no longer meant, and unless told to wait, those locked."""
    for ids in _chunks(rows):
        with _short_transaction():
            free = rows.filter(pk__in=ids).order_by("pk").select_for_update(skip_locked=not wait)
            free = list(free.values_list("pk", flat=True))
            # Looked at again under the lock: an exercise may have been logged in between.
            purged.update(delete(rows.filter(pk__in=free)))


def _chunks(rows) -> Iterator[list]:
    """Yield the ids of the rows, some at a time, in the order of the primary key."""
    rows = rows.order_by("pk").values_list("pk", flat=True)
    ids = list(rows[:BATCH])
    while ids:
        yield ids
        ids = list(rows.filter(pk__gt=ids[-1])[:BATCH])


@contextmanager
def _short_transaction():
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '5s'")
        yield


def _delete(rows) -> Counter:
    return Counter(rows.delete()[1])


def _delete_workouts(rows) -> Counter:
    entries = SessionExercise.all_objects.filter(workout__in=rows)
    return _delete_entries(entries) + _delete(rows)


def _delete_entries(rows) -> Counter:
    return _delete(ExerciseSet.all_objects.filter(session_exercise__in=rows)) + _delete(rows)


def _delete_exercises(rows) -> Counter:
    ids = [str(id) for id in rows.values_list("pk", flat=True)]
    of_them = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Exercise))
    of_them.filter(object_id__in=ids).delete()
    return _delete(rows)
