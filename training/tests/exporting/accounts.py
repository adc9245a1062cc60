"""Random accounts: whatever a lifter may have typed, deleted and done, saved for tests."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from training.models import (
    BodyWeight,
    Equipment,
    Exercise,
    ExerciseAlias,
    ExerciseSet,
    ImportName,
    Measure,
    SessionExercise,
    SetKind,
    WorkoutSession,
)
from workoutlog.db import uuid7

LETTERS = st.characters(codec="utf-8", exclude_characters="\0")
NASTY = st.sampled_from(
    [
        "=1+1",
        "+49 30",
        "-5 kg?",
        "@home",
        "'quoted'",
        "''",
        "'=1",
        "\ttab",
        "\rreturn",
        "\n=2",
        "＝１",
        "＋",
        "－",
        "＠",
        'say "hi", then; go',
        "two\nlines",
        "two\r\nlines",
        "back\\nslash",
        "🏋️‍♀️ Zürich",
        "תרגיל \u202e",
        " spaces ",
        "\u2028",
        "\ufeff",
        ",;\t|",
    ]
)
LONG = st.text(LETTERS, max_size=40) | NASTY | st.builds("{}{}".format, NASTY, NASTY)
SHORT = LONG.map(lambda text: text[:120])
NAMES = SHORT.filter(lambda text: text.strip())
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Asia/Kolkata"]
)
INSTANTS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
PAST = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
DELETED = st.none() | st.none() | PAST
WEIGHTS = st.decimals(0, 9999, places=9) | st.integers(0, 9999).map(Decimal)
DISTANCES = st.decimals(0, 999_999, places=6)
UNITS = st.sampled_from(["kg", "lb"])
EFFORTS = st.integers(2, 20).map(lambda half: Decimal(half) / 2)


def times(draw) -> dict:
    return {"created_at": draw(PAST), "updated_at": draw(PAST), "deleted_at": draw(DELETED)}


def places(draw, count: int, first: int) -> list[int]:
    """Draw ascending places with gaps."""
    steps = draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))
    return [first - 1 + sum(steps[: index + 1]) for index in range(count)]


@st.composite
def accounts(draw):
    """Save a user with all kinds of rows and return them; needs the database."""
    user = UserFactory(
        weight_unit=draw(UNITS),
        time_zone=draw(ZONES),
        decimal_mark=draw(st.sampled_from([".", ","])),
        rest_seconds=draw(st.integers(0, 3600)),
        warmup_rest_seconds=draw(st.integers(0, 3600)),
        shows_rpe=draw(st.booleans()),
        bar_kg=draw(st.decimals(0, 100, places=2)),
        bar_lb=Decimal(45),
        plates_kg=draw(st.sampled_from(["", "20×2 10 5", "25 20 15 10 5 2.5 1.25"])),
    )
    exercises = draw_exercises(draw, user)
    workouts = [draw_workout(draw, user, exercises) for _ in range(draw(st.integers(0, 3)))]
    days = draw(st.sets(st.dates(date(1950, 1, 1), date(2100, 1, 1)), max_size=3))
    BodyWeight.objects.bulk_create(
        BodyWeight(
            user=user,
            weighed_on=day,
            weight=draw(st.decimals(Decimal("0.1"), 500, places=9)),
            weight_unit=draw(UNITS),
            **times(draw),
        )
        for day in sorted(days)
    )
    ImportName.remember(
        user,
        {
            f"name {number} {draw(SHORT)}": draw(st.sampled_from(exercises)).pk
            for number in range(draw(st.integers(0, 2)))
        },
    )
    assert all(workout.user == user for workout in workouts)
    return user


def draw_exercises(draw, user) -> list[Exercise]:
    """Draw some of the catalog and of the lifter's own, retired ones too; two have one name."""
    key = str(uuid7())
    own = [
        Exercise(
            owner=user,
            # Numbered, for a name with the same equipment may be there once only.
            name=f"{draw(NAMES)[:100]} {number}",
            equipment=draw(st.sampled_from(["", *Equipment.values])),
            measure=draw(st.sampled_from(Measure.values)),
            primary_muscle=draw(st.sampled_from(["", "chest", "quads"])),
            secondary_muscles=draw(st.sampled_from([[], ["triceps"], ["calves", "abs"]])),
            **times(draw),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    catalog = [
        Exercise(name=f"Press {key}", equipment=equipment, catalog_key=f"{equipment}-{key}")
        for equipment in ("barbell", "dumbbell")
    ]
    catalog.append(Exercise(name=f"Retired {key}", deleted_at=draw(PAST)))
    Exercise.objects.bulk_create(own + catalog)
    ExerciseAlias.objects.bulk_create(
        ExerciseAlias(exercise=exercise, name=alias)
        for exercise in own
        for alias in draw(st.sampled_from([[], ["alias"], ["=alias", "🏋️"]]))
    )
    return own + catalog


def draw_workout(draw, user, exercises) -> WorkoutSession:
    start = draw(INSTANTS)
    length = st.timedeltas(timedelta(0), timedelta(hours=99))
    workout = WorkoutSession.objects.create(
        user=user,
        title=draw(SHORT),
        session_date=start,
        finished_at=draw(st.none() | length.map(lambda length: start + length)),
        time_zone=draw(ZONES),
        location=draw(SHORT),
        notes=draw(LONG),
        import_key=draw(st.sampled_from(["", f"{uuid7()}.{uuid7()}"])),
        **times(draw),
    )
    # The same one may come twice, also in a row.
    done = draw(st.lists(st.sampled_from(exercises), max_size=4))
    for exercise, place in zip(done, places(draw, len(done), 0), strict=True):
        entry = SessionExercise.objects.create(
            workout=workout,
            exercise=exercise,
            order_index=place,
            notes=draw(LONG),
            notes_stay=draw(st.booleans()),
            rest_seconds=draw(st.none() | st.integers(0, 3600)),
            superset_with_next=draw(st.booleans()),
            **times(draw),
        )
        count = draw(st.integers(0, 3))
        ExerciseSet.objects.bulk_create(
            draw_set(draw, entry, number) for number in places(draw, count, 1)
        )
    return workout


def draw_set(draw, entry, number) -> ExerciseSet:
    reps = draw(st.none() | st.integers(0, 9999))
    seconds = st.integers(0, 360_000)
    return ExerciseSet(
        session_exercise=entry,
        set_number=number,
        kind=draw(st.sampled_from(SetKind.values)),
        reps=reps,
        weight=draw(st.none() | WEIGHTS),
        weight_unit=draw(UNITS),
        duration_seconds=draw(seconds if reps is None else st.none() | seconds),
        distance_meters=draw(st.none() | DISTANCES),
        rpe=draw(st.none() | EFFORTS),
        **times(draw),
    )
