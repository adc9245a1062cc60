"""Our own CSV of sets, read back; its columns are told in `training/exporting/own_csv.py`."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from training.exporting.cells import unescape
from training.exporting.own_csv import COLUMNS
from training.importing import cells as read
from training.importing.cells import Unreadable, shown
from training.importing.format import Draft, Format
from training.importing.own_json import keep_places
from training.importing.own_rest import GONE, OwnFacts, labelled
from training.importing.parsed import ParsedExercise, ParsedSet, ParsedWorkout
from training.models import Measure, SetKind


class OwnCsv(Format):
    """One row per set; a workout or exercise without sets has one row, empty from there on."""

    key, label = "workoutlog", "Workoutlog"
    names = {column: (column,) for column in COLUMNS}
    required = ("started_at", "exercise")
    asks_zone = False

    def __init__(self, table):
        super().__init__(table)
        self.exercises: dict[str, dict] = {}  # As in the JSON export, by id.
        self.entries: dict[int, dict[str, ParsedExercise]] = {}  # By workout, then by entry.

    @classmethod
    def recognises(cls, header) -> bool:
        return {"workout_id", "entry_id", "set_id"} <= set(header)

    def facts(self) -> OwnFacts:
        own = {"account": {}, "body_weights": [], "import_names": []}
        own["exercises"] = labelled(list(self.exercises.values()))
        return OwnFacts(asks_zone=False, own=own)

    def group(self, cells) -> tuple:
        return cells[self.at_started_at], cells[self.at_workout_id] or cells[self.at_workout_title]

    def look(self, cells) -> None:
        if id := _id(cells[self.at_exercise_id]):
            self.exercises[id["id"]] = id | {
                "name": unescape(cells[self.at_exercise]) or "Unnamed",
                "equipment": cells[self.at_equipment],
                "measure": cells[self.at_measure] or Measure.WEIGHT_REPS,
            }

    def begin(self, cells) -> ParsedWorkout:
        zone = cells[self.at_time_zone]
        zone = zone if zone in available_timezones() else "UTC"
        start = _instant(cells[self.at_started_at], cells[self.at_started_offset], zone)
        if start is None:
            raise Unreadable("This row does not say when the workout began.")
        end = _instant(cells[self.at_finished_at], cells[self.at_finished_offset], zone)
        workout = ParsedWorkout(
            key="",
            title=unescape(cells[self.at_workout_title]),
            start=start,
            duration_seconds=max(int((end - start).total_seconds()), 0) if end else None,
            location=unescape(cells[self.at_location]),
            notes=unescape(cells[self.at_workout_notes]),
            extra=_id(cells[self.at_workout_id])
            | {"time_zone": zone, "finished_at": end and end.isoformat()},
        )
        self.entries[id(workout)] = {}
        return workout

    def add(self, draft: Draft, cells, line) -> None:
        known = self.entries[id(draft.workout)]
        name = cells[self.at_entry_id] or cells[self.at_exercise]
        if not name:
            return
        entry = known.get(name) or self._entry(cells)
        if any(cells[getattr(self, f"at_{column}")] for column in ("set_id", *SET_NUMBERS)):
            entry.sets.append(self._set(cells, line))
        known[name] = entry

    def _entry(self, cells) -> ParsedExercise:
        exercise = _id(cells[self.at_exercise_id]).get("id")
        name = unescape(cells[self.at_exercise])
        number = read.whole(cells[self.at_entry_number])
        extra = _id(cells[self.at_entry_id]) | {
            "order_index": None if number is None else number - 1,
            "notes_stay": cells[self.at_notes_stay] == "yes",
            "rest_seconds": read.whole(cells[self.at_rest_seconds]),
            "superset_with_next": cells[self.at_superset_with_next] == "yes",
        }
        if exercise:
            extra["exercise_id"] = exercise
        return ParsedExercise(
            name=self.exercises[exercise]["label"] if exercise else name or GONE,
            notes=unescape(cells[self.at_exercise_notes]),
            rest_seconds=extra["rest_seconds"],
            extra=extra,
        )

    def _set(self, cells, line) -> ParsedSet:
        kind = cells[self.at_kind] or SetKind.WORK
        if kind not in SetKind.values:
            raise Unreadable(f"“{shown(kind)}” is none of {', '.join(SetKind.values)}.")
        distance = read.number(cells[self.at_distance_meters])
        return ParsedSet(
            kind=kind,
            weight=read.number(cells[self.at_weight]),
            weight_unit=read.weight_unit(cells[self.at_weight_unit]),
            reps=read.whole(cells[self.at_reps]),
            duration_seconds=read.whole(cells[self.at_duration_seconds]),
            distance=distance,
            distance_unit="" if distance is None else "m",
            rpe=read.rpe(cells[self.at_rpe]),
            line=line,
            extra=_id(cells[self.at_set_id])
            | {"set_number": read.whole(cells[self.at_set_number])},
        )

    def _finished(self, waiting, group):
        """Give each workout its entries, those without sets too, where the base knows none."""
        for workout in super()._finished(waiting, group):
            workout.exercises = list(self.entries.pop(id(workout)).values())
            keep_places(workout.exercises, "order_index", 0)
            for entry in workout.exercises:
                keep_places(entry.sets, "set_number", 1)
            yield workout

    def _unique(self, workout) -> str:
        return workout.extra.get("id") or super()._unique(workout)


SET_NUMBERS = ("weight", "reps", "duration_seconds", "distance_meters", "rpe")


def _instant(clock: str, offset: str, zone: str) -> datetime | None:
    """Read a wall clock and its offset, "UTC+01:00"; without one, by the zone."""
    if not clock:
        return None
    try:
        time = datetime.fromisoformat(f"{clock}{offset.removeprefix('UTC')}")
        return (time if time.tzinfo else time.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unreadable(f"“{shown(f'{clock} {offset}')}” is no time.") from None


def _id(text: str) -> dict:
    try:
        return {"id": str(UUID(text))}
    except ValueError:
        return {}
