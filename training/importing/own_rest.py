"""What our own JSON export says outside the workouts, and what it says of each row there."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from accounts.forms import SettingsForm
from accounts.models import WeightUnit
from training.exporting.own_json import FORMAT, VERSION
from training.importing import own_values as read
from training.importing.cells import Unreadable
from training.importing.format import Facts
from training.importing.json_stream import members
from training.importing.packing import clean
from training.importing.parsed import Refused
from training.importing.table import MAX_ROWS
from training.models import Equipment, Muscle
from workoutlog.numbers import format_total

WORKOUTS = "workouts"
MOST_BODY_WEIGHT = 9_999
MOST_EXERCISES = 5_000
GONE = "Deleted exercise"
EXERCISE_TEXTS = ("catalog_key", "name", "equipment", "measure", "primary_muscle")


@dataclass(slots=True)
class OwnFacts(Facts):
    """What our own files say outside the workouts, by `account`, `exercises` and so on."""

    own: dict = field(default_factory=dict)


def read_rest(text: str) -> dict:
    """Return the document without its workouts, of which only the `rows` are counted.

    Raises Refused if it cannot be one of ours. What is no row that could be restored is left out.
    """
    told: dict = {}
    rows = 0
    try:
        for name, value, _ in members(text, WORKOUTS):
            if name == WORKOUTS:
                rows += rows_of(value)
                if rows > MAX_ROWS:
                    raise Refused(
                        f"This file has more than {format_total(MAX_ROWS)} sets, the most that can"
                        " be imported at once."
                    )
            else:
                told[name] = value
    except ValueError:
        # Workouts come last, so a file that breaks off has all else.
        pass
    if told.get("format") != FORMAT or type(told.get("version")) is not int:
        raise Refused("This is not a whole export of Workoutlog.")
    if told["version"] > VERSION:
        raise Refused("This export is of a newer Workoutlog than this one.")
    return {
        "rows": rows,
        "account": _account(told.get("account")),
        "exercises": labelled(list(_readable(_exercise, told.get("exercises")))),
        "body_weights": list(_readable(_body_weight, told.get("body_weights"))),
        "import_names": list(_readable(_import_name, told.get("import_names"))),
    }


def labelled(exercises: list[dict]) -> list[dict]:
    """Give each exercise a `label`, its name; of two alike, one says what it is done with.

    Raises Refused if there are more than anybody has: each is looked for, and made, on its own.
    """
    if len(exercises) > MOST_EXERCISES:
        raise Refused(
            f"This file has more than {format_total(MOST_EXERCISES)} exercises, the most that can"
            " be imported at once."
        )
    taken = {GONE}
    for one in exercises:
        label = one["name"]
        if label in taken and one.get("equipment") in Equipment.values:
            label = f"{label} ({Equipment(one['equipment']).label})"
        plain, number = label, 1
        while label in taken:
            number += 1
            label = f"{plain} {number}"
        taken.add(label)
        one["label"] = label
    return exercises


def _account(facts) -> dict:
    """Return the settings that are there, of the kinds of values that settings have."""
    facts = facts if isinstance(facts, dict) else {}
    settings = {name: facts[name] for name in SettingsForm.Meta.fields if name in facts}
    return clean({name: one for name, one in settings.items() if isinstance(one, str | int)})


def _readable(part: Callable[[dict], dict], value) -> Iterator[dict]:
    for facts in read.dicts(value):
        with suppress(Unreadable, KeyError):
            yield clean(part(facts))


def _exercise(facts: dict) -> dict:
    texts = {name: read.text(facts.get(name)) for name in EXERCISE_TEXTS}
    muscles = read.texts(facts.get("secondary_muscles"))
    return {
        **read.times_of(facts),
        **{name: text for name, text in texts.items() if text},
        "id": read.id_of(facts),
        "own": facts.get("own") is True,
        "name": texts["name"] or "Unnamed",
        "secondary_muscles": [one for one in muscles if one in Muscle.values],
        "aliases": [alias[:120] for alias in read.texts(facts.get("aliases"))],
    }


def _body_weight(facts: dict) -> dict:
    weight = read.number(facts["weight"])
    if not weight or weight > MOST_BODY_WEIGHT:
        raise Unreadable("Nobody weighs that.")
    return {
        **read.times_of(facts),
        "id": read.id_of(facts),
        "weighed_on": read.day(facts["weighed_on"]),
        "weight": str(weight),
        "weight_unit": read.choice(facts.get("weight_unit", "kg"), WeightUnit.values),
    }


def _import_name(facts: dict) -> dict:
    if not (name := read.text(facts["name"])):
        raise Unreadable("This is no name.")
    return {"name": name, "exercise_id": read.text(facts["exercise_id"])}


def rows_of(workout) -> int:
    """Count the sets of a workout as the document has it; what has none counts as a row."""
    entries = read.dicts(workout.get("exercises")) if isinstance(workout, dict) else []
    return sum(len(read.dicts(entry.get("sets"))) or 1 for entry in entries) or 1
