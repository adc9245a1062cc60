"""A made-up but plausible history of a lifter, for demonstrations and measurements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from random import Random

from django.db import transaction
from django.utils import timezone

from accounts.models import User, WeightUnit
from training import catalog
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseSet,
    SessionExercise,
    SetKind,
    WorkoutSession,
)
from training.units import METERS_PER, from_kilograms

CYCLE = 8  # Weeks from one deload to the next.
DELOAD = CYCLE - 1
BATCH = 250  # Workouts that are written at a time.


class DemoError(Exception):
    """Why no history can be made."""


@dataclass(frozen=True)
class Lift:
    """An exercise of the split; weights in kg, `start` on the first day and `ceiling` one day."""

    key: str
    start: float
    ceiling: float
    step: float
    reps: tuple[int, int]
    sets: int = 3
    warmups: int = 0


@dataclass(frozen=True)
class Hold(Lift):
    """A timed exercise: start, ceiling and step are seconds."""


@dataclass(frozen=True)
class Cardio(Lift):
    """One long set: start, ceiling and step are minutes; `pace` is metres a minute."""

    pace: int = 0


LIFTS = {
    lift.key: lift
    for lift in [
        Lift("bench-press", 50, 110, 2.5, (5, 8), 4, 2),
        Lift("overhead-press", 30, 70, 2.5, (5, 8), 4, 1),
        Lift("incline-dumbbell-bench-press", 18, 40, 2, (8, 12)),
        Lift("lateral-raise", 6, 16, 2, (12, 15)),
        Lift("triceps-pushdown", 20, 50, 2.5, (10, 12)),
        Lift("dip", 0, 40, 2.5, (6, 10)),
        Lift("cable-fly", 10, 25, 2.5, (12, 15)),
        Lift("barbell-row", 45, 100, 2.5, (6, 10), 4, 1),
        Lift("pull-up", 0, 35, 2.5, (5, 9), 4),
        Lift("lat-pulldown", 45, 85, 2.5, (8, 12)),
        Lift("seated-cable-row", 45, 85, 2.5, (8, 12)),
        Lift("face-pull", 15, 35, 2.5, (12, 15)),
        Lift("barbell-curl", 20, 45, 2.5, (8, 10)),
        Lift("hammer-curl", 10, 24, 2, (8, 12)),
        Lift("squat", 60, 160, 2.5, (5, 8), 4, 2),
        Lift("deadlift", 80, 200, 5, (3, 6), 3, 2),
        Lift("romanian-deadlift", 60, 130, 2.5, (8, 10), 3, 1),
        Lift("leg-press", 100, 260, 10, (10, 12), 4),
        Lift("leg-extension", 35, 80, 5, (10, 15)),
        Lift("lying-leg-curl", 30, 65, 5, (10, 12)),
        Lift("standing-calf-raise", 60, 140, 5, (10, 15), 4),
        Hold("plank", 45, 150, 5, (1, 1)),
        Cardio("rowing-machine", 10, 25, 1, (1, 1), 1, pace=215),
        Cardio("treadmill", 15, 35, 1, (1, 1), 1, pace=165),
    ]
}
# A title, the four exercises that it always has, and those of which up to two follow.
SPLIT = [
    (
        "Push",
        ["bench-press", "overhead-press", "incline-dumbbell-bench-press", "triceps-pushdown"],
        ["lateral-raise", "cable-fly"],
    ),
    (
        "Pull",
        ["barbell-row", "pull-up", "seated-cable-row", "barbell-curl"],
        ["face-pull", "rowing-machine"],
    ),
    (
        "Legs",
        ["squat", "romanian-deadlift", "leg-press", "standing-calf-raise"],
        ["lying-leg-curl", "plank"],
    ),
    (
        "Push",
        ["bench-press", "dip", "overhead-press", "lateral-raise"],
        ["triceps-pushdown", "treadmill"],
    ),
    (
        "Pull",
        ["deadlift", "pull-up", "lat-pulldown", "hammer-curl"],
        ["face-pull", "barbell-curl"],
    ),
    (
        "Legs",
        ["squat", "leg-press", "leg-extension", "lying-leg-curl"],
        ["plank", "standing-calf-raise"],
    ),
]
# The weekdays of three to five workouts a week, Monday is 0.
WEEKS = [(0, 2, 4), (0, 1, 3, 5), (0, 2, 3, 5), (1, 2, 4, 6), (0, 1, 3, 4, 5)]
LOCATIONS = ["City gym"] * 8 + ["Garage"] * 3 + ["Hotel gym", ""]
NOTES = [
    "Slept badly, felt heavy.",
    "Felt strong today.",
    "Gym was packed, shorter rests.",
    "Left shoulder a bit stiff.",
    "New shoes.",
]
ENTRY_NOTES = ["Pause at the bottom.", "Grip one finger wider.", "Slow on the way down."]


@transaction.atomic
def make_lifter(email: str, password: str, *, workouts: int, seed: int) -> list[int]:
    """Give a lifter, a new one if need be, a history; return the numbers of rows in its tables.

    Raises DemoError if they have workouts already.
    """
    user = User.all_objects.select_for_update().filter(email__iexact=email).first()
    if user is None:
        user = User.all_objects.create_user(email, password)
    if user.deleted_at:
        raise DemoError(f"{email} is deleted.")
    if WorkoutSession.all_objects.for_user(user).exists():
        raise DemoError(f"{email} has workouts already.")
    history = make_history(user, load_exercises(), workouts=workouts, seed=seed)
    written = [0, 0, 0]
    while batch := list(islice(history, BATCH)):
        rows = [
            [workout for workout, _, _ in batch],
            [entry for _, entries, _ in batch for entry in entries],
            [one for _, _, sets in batch for one in sets],
        ]
        for place, (model, new) in enumerate(
            zip((WorkoutSession, SessionExercise, ExerciseSet), rows, strict=True)
        ):
            model.all_objects.bulk_create(new)
            written[place] += len(new)
    BodyWeight.all_objects.bulk_create(_weigh(user, seed))
    return written


def _weigh(user, seed: int) -> Iterator[BodyWeight]:
    """Yield what the lifter weighed about once a week since the first workout, ever heavier."""
    random = _random(seed, "body weight")
    first = WorkoutSession.objects.for_user(user).newest_first().last()
    day, today = first.session_date.date(), timezone.now().date()
    kilograms = 76.0
    while day < today:
        kilograms += 0.03 * (84 - kilograms) + random.uniform(-0.5, 0.5)
        yield BodyWeight(
            user=user,
            weighed_on=day,
            weight=round(Decimal(from_kilograms(kilograms, user.weight_unit)), 1),
            weight_unit=user.weight_unit,
        )
        day += timedelta(days=random.choice([6, 7, 7, 8]))


def load_exercises() -> dict[str, Exercise]:
    """Map the keys of the split to their exercises; an empty catalog is loaded first."""
    if not Exercise.all_objects.catalog().exists():
        catalog.load(catalog.read())
    exercises = Exercise.all_objects.filter(catalog_key__in=LIFTS)
    exercises = {exercise.catalog_key: exercise for exercise in exercises}
    if missing := sorted(set(LIFTS) - set(exercises)):
        raise DemoError(f"The catalog lacks {', '.join(missing)}: run load_catalog.")
    return exercises


def make_history(
    user, exercises, *, workouts: int, seed: int, now: datetime | None = None
) -> Iterator:
    """Yield unsaved workouts with their entries and sets, the oldest first.

    What a workout consists of depends on the seed and on how many came after it, not on how many
    came before: so the latest 100 of any two histories have as many rows.
    """
    now = (now or timezone.now()).astimezone(user.zone)
    start, end = _hours(_random(seed, 0), now.date(), user.zone)
    days = _days(seed, workouts, now.date() if end <= now else now.date() - timedelta(days=1))
    monday = days[0] - timedelta(days=days[0].weekday())
    cycles = 2 + (days[0] - days[-1]).days // 7 // CYCLE
    levels = {lift.key: _levels(seed, lift, cycles) for lift in LIFTS.values()}
    for age in reversed(range(workouts)):
        random = _random(seed, age)
        start, end = _hours(random, days[age], user.zone)
        weeks_ago = -((days[age] - monday).days // 7)
        # Counted so that the current week is never one to take it easy.
        phase, cycles_ago = (DELOAD - 2 - weeks_ago) % CYCLE, (weeks_ago + 2) // CYCLE
        workout, entries, sets = _make_rows(random, user, exercises, age, start, end)
        for entry in entries:
            lift = LIFTS[entry.exercise.catalog_key]
            level = levels[lift.key][cycles - 1 - cycles_ago]
            sets += _make_sets(random, lift, entry, level, phase, user.weight_unit)
        moment = (end - start) / (len(sets) + 1)
        for number, one in enumerate(sets, 1):
            one.created_at = one.updated_at = start + number * moment
        yield workout, entries, sets


def _random(seed: int, part) -> Random:
    return Random(f"{seed}/{part}")  # noqa: S311  # It is no secret.


def _days(seed: int, count: int, last: date) -> list[date]:
    """Return the days of the workouts, the latest first."""
    monday = last - timedelta(days=last.weekday())
    weekdays = [day for day in _random(seed, "week 0").choice(WEEKS)[:4] if day < last.weekday()]
    days = [last, *(monday + timedelta(days=day) for day in reversed(weekdays))]
    weeks_ago = 0
    while len(days) < count:
        weeks_ago += 1
        monday -= timedelta(days=7)
        for day in reversed(_random(seed, f"week {weeks_ago}").choice(WEEKS)):
            days.append(monday + timedelta(days=day))
    return days[:count]


def _hours(random: Random, day: date, zone) -> tuple[datetime, datetime]:
    """Return when a workout begins and ends: after work, before it, or on a weekend morning."""
    if day.weekday() >= 5:
        hour = random.choice([9, 10, 11])
    else:
        hour = random.choice([6, 17, 17, 18, 18, 19])
    start = datetime.combine(day, time(hour, random.randrange(60)), zone).astimezone(UTC)
    return start, start + timedelta(minutes=random.randrange(45, 85), seconds=random.randrange(60))


def _levels(seed: int, lift: Lift, cycles: int) -> list[float]:
    """Return where the lift stands in each cycle: ever slower gains, and plateaus."""
    random = _random(seed, lift.key)
    levels = [lift.start]
    while len(levels) < cycles:
        gain = 0 if random.random() < 0.3 else random.uniform(0.06, 0.16)
        levels.append(levels[-1] + gain * (lift.ceiling - levels[-1]))
    return levels


def _make_rows(random, user, exercises, age, start, end):
    """Return a finished workout, its entries, and an empty list for its sets."""
    title, always, sometimes = SPLIT[-1 - age % len(SPLIT)]
    workout = WorkoutSession(
        user=user,
        title=title,
        session_date=start,
        finished_at=end,
        time_zone=user.time_zone,
        location=random.choice(LOCATIONS),
        notes=random.choice(NOTES) if random.random() < 0.08 else "",
        created_at=start,
        updated_at=end,
    )
    extra = random.sample(sometimes, random.choice([0, 1, 1, 2]))
    keys = [*always, *(key for key in sometimes if key in extra)]
    entries = [
        SessionExercise(
            workout=workout,
            exercise=exercises[key],
            order_index=index,
            notes=random.choice(ENTRY_NOTES) if random.random() < 0.03 else "",
            created_at=start,
            updated_at=start,
        )
        for index, key in enumerate(keys)
    ]
    return workout, entries, []


def _make_sets(random, lift, entry, level, phase, unit) -> list[ExerciseSet]:
    """Return the warm-ups and work sets of an entry, in the given week of a cycle."""
    if isinstance(lift, Cardio):
        minutes = round(level + random.uniform(-2, 2))
        meters = round(minutes * lift.pace * random.uniform(0.95, 1.05), -1)
        distance = Decimal(meters)
        if unit == WeightUnit.LB:  # Miles, as typed.
            distance = round(distance / METERS_PER["mi"], 1) * METERS_PER["mi"]
        rows = [{"duration_seconds": minutes * 60, "distance_meters": distance}]
    elif isinstance(lift, Hold):
        goal = lift.step * round((level * (0.7 if phase == DELOAD else 1)) / lift.step)
        rows = [{"duration_seconds": goal - random.choice([0, 0, 5, 10])} for _ in range(lift.sets)]
    else:
        rows = _make_weight_sets(random, lift, level, phase, unit)
    return [
        ExerciseSet(session_exercise=entry, set_number=number, weight_unit=unit, **values)
        for number, values in enumerate(rows, 1)
    ]


def _make_weight_sets(random, lift, level, phase, unit) -> list[dict]:
    low, high = lift.reps
    if phase == DELOAD:
        weight, reps, count = level * 0.8, low, 3
    else:
        # More reps from week to week, then more weight and fewer reps again.
        weight = level + lift.step * (phase // 3)
        reps, count = low + (high - low) * (phase % 3) // 2, lift.sets
    rows = [
        {"kind": SetKind.WARMUP, "weight": _load(weight * part, lift, unit), "reps": reps_of_part}
        for part, reps_of_part in [(0.5, 8), (0.75, 4)][2 - lift.warmups :]
    ]
    tired = 0
    for _ in range(count):
        rows.append({"weight": _load(weight, lift, unit), "reps": max(reps - tired, 1)})
        tired += random.random() < 0.35
    last = rows[-1]
    if random.random() < 0.15:
        last["rpe"] = Decimal(random.choice(["7", "7.5", "8", "8.5", "9", "9.5"]))
    if not lift.warmups and random.random() < 0.05:
        last["kind"] = random.choice([SetKind.DROP, SetKind.FAILURE])
    return rows


def _load(kilograms: float, lift: Lift, unit: str) -> Decimal | None:
    """Round to a weight that can be loaded, in the lifter's unit; no extra weight is None."""
    step = lift.step * (2 if unit == WeightUnit.LB else 1)
    return Decimal(str(step)) * round(from_kilograms(kilograms, unit) / step) or None
