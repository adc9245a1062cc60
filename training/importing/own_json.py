"""Our own JSON export, read back workout by workout; `training/exporting/schema.json` is its shape.

What the rows have beyond what other apps know goes into each part's `extra`. What stands outside
the workouts (account, exercises, body weights, known names) goes into the file's facts, for
`restoring_exercises.py` and `restoring_account.py`.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator

from accounts.models import WeightUnit
from training.exporting.own_json import FORMAT
from training.importing import own_values as read
from training.importing.cells import Unreadable
from training.importing.json_stream import members
from training.importing.own_rest import GONE, WORKOUTS, OwnFacts, read_rest, rows_of
from training.importing.parsed import BadLine, ParsedExercise, ParsedSet, ParsedWorkout
from training.importing.table import OWN_MAX_BYTES, refuse_above
from training.models import SetKind

# Behind it there must be room for more, and for parking rows while they are moved.
LAST_PLACE = 100_000

OURS = re.compile(rf'\s*\{{\s*"format"\s*:\s*"{FORMAT}"'.encode())


class OwnJson:
    """Our own JSON export, opened; of its workouts only one is in memory at a time."""

    key, label = "workoutlog-json", "Workoutlog"

    def __init__(self, content: bytes):
        refuse_above(OWN_MAX_BYTES, content)
        self.text = content.decode("utf-8-sig", errors="replace")
        self.rest = read_rest(self.text)
        self.rows_total = self.rest.pop("rows")

    @staticmethod
    def recognises(content: bytes) -> bool:
        return bool(OURS.match(content[:200].removeprefix(codecs.BOM_UTF8)))

    def facts(self) -> OwnFacts:
        return OwnFacts(asks_zone=False, own=self.rest)

    def workouts(self, progress: Callable[[int], None] | None = None):
        """Yield the workouts, and a BadLine for each part that cannot be read."""
        names = {one["id"]: one["label"] for one in self.rest["exercises"]}
        line, place, rows = 1, 0, 0
        try:
            for name, value, at in members(self.text, WORKOUTS):
                line, place = line + self.text.count("\n", place, at), at
                if name == WORKOUTS:
                    yield from _workout(value, names, line)
                    rows += rows_of(value)
                    if progress:
                        progress(rows)
        except ValueError:
            line += self.text.count("\n", place)
            yield BadLine(line, self.text[-100:], "The file breaks off, or is damaged, here.")


def _workout(facts, names, line) -> Iterator[ParsedWorkout | BadLine]:
    try:
        if not isinstance(facts, dict):
            raise Unreadable("This is no workout.")
        start = read.instant(facts.get("session_date"))
        if start is None:
            raise Unreadable("The workout has no time.")
        end = read.instant(facts.get("finished_at"))
        extra = read.row_of(facts) | {
            "time_zone": read.text(facts.get("time_zone")) or "UTC",
            "finished_at": end and end.isoformat(),
            "import_key": read.text(facts.get("import_key")),
        }
    except Unreadable as why:
        yield BadLine(line, json.dumps(facts, ensure_ascii=False)[:200], str(why))
        return
    exercises, bad = [], []
    for entry in read.dicts(facts.get("exercises")):
        exercises.append(_entry(entry, names, line, bad))
    keep_places(exercises, "order_index", 0)
    yield from bad
    yield ParsedWorkout(
        key=extra.get("id") or f"{start.isoformat()} {read.text(facts.get('title'))}",
        title=read.text(facts.get("title")),
        start=start,
        duration_seconds=max(int((end - start).total_seconds()), 0) if end else None,
        location=read.text(facts.get("location")),
        notes=read.text(facts.get("notes")),
        exercises=exercises,
        line=line,
        rows=sum(len(exercise.sets) or 1 for exercise in exercises) or 1,
        extra=extra,
    )


def _entry(facts: dict, names, line, bad) -> ParsedExercise:
    exercise = facts.get("exercise_id")
    exercise = exercise if isinstance(exercise, str) and exercise in names else None
    extra = {"exercise_id": exercise}
    sets = []
    try:
        extra |= read.row_of(facts) | {
            "order_index": read.whole(facts.get("order_index"), 0),
            "notes_stay": facts.get("notes_stay") is True,
            "rest_seconds": read.whole(facts.get("rest_seconds")),
            "superset_with_next": facts.get("superset_with_next") is True,
        }
    except Unreadable as why:
        bad.append(BadLine(line, names.get(exercise, GONE), str(why)))
    for one in read.dicts(facts.get("sets")):
        try:
            sets.append(_set(one, line))
        except Unreadable as why:
            text = f"{names.get(exercise, GONE)}: {json.dumps(one, ensure_ascii=False)}"
            bad.append(BadLine(line, text, str(why)))
    keep_places(sets, "set_number", 1)
    return ParsedExercise(
        name=names.get(exercise, GONE),
        notes=read.text(facts.get("notes")),
        rest_seconds=extra.get("rest_seconds"),
        sets=sets,
        extra=extra,
    )


def _set(facts: dict, line: int) -> ParsedSet:
    distance = read.number(facts.get("distance_meters"))
    return ParsedSet(
        kind=read.choice(facts.get("kind", "work"), SetKind.values),
        weight=read.number(facts.get("weight")),
        weight_unit=read.choice(facts.get("weight_unit", "kg"), WeightUnit.values),
        reps=read.whole(facts.get("reps")),
        duration_seconds=read.whole(facts.get("duration_seconds")),
        distance=distance,
        distance_unit="" if distance is None else "m",
        rpe=read.number(facts.get("rpe")),
        line=line,
        extra=read.row_of(facts) | {"set_number": read.whole(facts.get("set_number"), 1)},
    )


def keep_places(rows: list, name: str, first: int) -> None:
    """Let the rows of one parent keep their places if all can be and no two living ones are one."""
    living = [row.extra.get(name) for row in rows if not row.extra.get("deleted_at")]
    if len(set(living)) < len(living) or any(
        row.extra.get(name) is None or not first <= row.extra[name] <= LAST_PLACE for row in rows
    ):
        for row in rows:
            row.extra.pop(name, None)
