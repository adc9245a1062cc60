"""Which workouts of a file are in the log already."""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from training.importing.options import Options
from training.models import ExerciseSet, Import, WorkoutSession

BATCH = 5_000


class Here(NamedTuple):
    """Positions of staged workouts: the same here, and here but with something else in it."""

    same: list[int]
    changed: list[int]


def find_here(data_import: Import) -> Here:
    """Compare the staged workouts with the lifter's living ones.

    The same is what was imported from the same source workout, or has the same id; or what began
    in the same minute under the same title and has as many working sets. One workout here stands
    for one of the file at most, so that two which look alike are both imported.
    """
    options = Options.of(data_import)
    staged = data_import.staged.order_by("position").values_list(
        "position", "key", "start", "title", "sets", "payload__extra__deleted_at"
    )
    staged = [
        (position, *key.split("."), (_minute(options.instant(start)), title.casefold(), sets), gone)
        for position, key, start, title, sets, gone in staged
    ]
    rows = WorkoutSession.all_objects.for_user(data_import.user_id)
    rows = list(
        rows.values_list("pk", "import_key", "session_date", "title", "deleted_at").order_by()
    )
    identities = {identity for _, identity, *_ in staged}
    contents: dict[str, list[str]] = {}
    trash, others = set(), []
    for pk, key, start, title, deleted_at in rows:
        if deleted_at:
            trash.add(str(pk))
            continue
        identity, _, content = key.partition(".")
        if str(pk) in identities:
            contents.setdefault(str(pk), []).append("")
        elif identity in identities:
            contents.setdefault(identity, []).append(content)
        else:
            others.append((pk, _minute(start), title.casefold()))
    looks = _looks(others, {look[:2] for *_, look, _ in staged})
    here = Here([], [])
    for position, identity, content, look, gone in staged:
        if known := contents.get(identity):
            same = content if content in known else "" if "" in known else None
            (here.changed if same is None else here.same).append(position)
            known.remove(known[0] if same is None else same)
        elif gone and identity in trash:
            here.same.append(position)
        elif not gone and looks[look] > 0:
            looks[look] -= 1
            here.same.append(position)
    return here


def _looks(rows, wanted) -> Counter:
    """Count the workouts by minute, title and working sets, those of a wanted minute and title."""
    rows = {pk: (minute, title) for pk, minute, title in rows if (minute, title) in wanted}
    sets = {}
    ids = list(rows)
    for start in range(0, len(ids), BATCH):
        sets |= dict(
            ExerciseSet.objects.working()
            .filter(
                session_exercise__workout__in=ids[start : start + BATCH],
                session_exercise__deleted_at=None,
            )
            .values("session_exercise__workout")
            .values_list("session_exercise__workout", Count("pk"))
        )
    return Counter((*look, sets.get(pk, 0)) for pk, look in rows.items())


def _minute(instant: datetime) -> int:
    return int(instant.timestamp()) // 60
