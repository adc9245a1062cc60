"""The demo lifter: plausible, the same for the same seed, and never on top of a real history."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from training import catalog, demo
from training.models import Exercise, ExerciseSet, SessionExercise, SetKind, WorkoutSession
from training.tests.factories import WorkoutFactory

EMAIL = "demo@example.org"
NOW = datetime(2026, 3, 5, 21, 30, tzinfo=UTC)
LINKS = {"id", "workout_id", "session_exercise_id", "exercise_id", "user_id", "_state"}


@pytest.fixture
def lifter():
    return UserFactory.build(time_zone="Europe/Lisbon")


def seed(email=EMAIL, *, workouts=8, seed=1):
    call_command("seed_demo", email=email, password="pw", workouts=workouts, seed=seed, verbosity=0)


@cache
def exercises():
    """Return the exercises of the split, unsaved: the histories below need no database."""
    return {
        entry["key"]: Exercise(
            catalog_key=entry["key"], **{field: entry[field] for field in catalog.FIELDS}
        )
        for entry in catalog.read()
        if entry["key"] in demo.LIFTS
    }


def history(user, *, workouts=150, seed=1, now=NOW):
    return list(demo.make_history(user, exercises(), workouts=workouts, seed=seed, now=now))


def plain(history):
    """Return what the rows of a history say, without their ids."""
    return [
        (name, str(value))
        for workout, entries, sets in history
        for row in (workout, *entries, *sets)
        for name, value in [("exercise", getattr(row, "exercise", "")), *vars(row).items()]
        if name not in LINKS
    ]


@pytest.mark.django_db
def test_makes_a_lifter_who_can_log_in(client):
    seed()
    user = User.objects.get(email=EMAIL)
    assert client.login(email=EMAIL, password="pw")
    workouts = WorkoutSession.objects.for_user(user)
    assert workouts.count() == workouts.finished().count() == 8
    latest = workouts.newest_first()[0]
    now = timezone.now()
    assert latest.session_date < latest.finished_at <= now
    assert (now.date() - latest.session_date.date()).days <= 1


@pytest.mark.django_db
def test_gives_a_history_to_a_lifter_who_has_none_and_leaves_the_password():
    user = UserFactory(email=EMAIL, password="theirs", weight_unit="lb")
    seed()
    assert WorkoutSession.objects.for_user(user).count() == 8
    assert set(ExerciseSet.objects.values_list("weight_unit", flat=True)) == {"lb"}
    assert User.objects.get(email=EMAIL).check_password("theirs")


@pytest.mark.django_db
@pytest.mark.parametrize("deleted", [False, True])
def test_refuses_a_lifter_who_has_workouts(deleted):
    workout = WorkoutFactory(user__email=EMAIL)
    if deleted:
        workout.soft_delete()
    with pytest.raises(CommandError, match="has workouts already"):
        seed()
    assert WorkoutSession.all_objects.get() == workout


@pytest.mark.django_db
def test_refuses_a_deleted_lifter():
    UserFactory(email=EMAIL).soft_delete()
    with pytest.raises(CommandError, match="is deleted"):
        seed()


@pytest.mark.django_db
def test_refuses_what_is_no_email():
    with pytest.raises(CommandError, match="no e-mail address"):
        seed("demo")
    assert not User.all_objects.exists()


@pytest.mark.django_db
def test_names_what_the_catalog_lacks_and_leaves_no_lifter():
    demo.load_exercises()
    Exercise.objects.get(catalog_key="plank").delete()
    with pytest.raises(CommandError, match="lacks plank"):
        seed()
    assert not User.all_objects.exists()


@pytest.mark.django_db
def test_uses_retired_exercises_too():
    demo.load_exercises()["squat"].soft_delete()
    seed()
    assert SessionExercise.objects.filter(exercise__catalog_key="squat").exists()


def test_is_the_same_for_the_same_seed_only(lifter):
    rows = plain(history(lifter))
    assert rows == plain(history(lifter))
    assert rows != plain(history(lifter, seed=2))


def test_the_latest_workouts_have_as_many_rows_whatever_came_before(lifter):
    def shape(history):
        return [(one.session_date, len(entries), len(sets)) for one, entries, sets in history]

    assert shape(history(lifter, workouts=400))[-150:] == shape(history(lifter))


@pytest.mark.parametrize("hour", [0, 7, 12, 19, 23])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Europe/Lisbon", "Pacific/Pago_Pago"])
def test_ends_today_or_yesterday_and_never_later_than_now(hour, zone):
    user = UserFactory.build(time_zone=zone)
    now = NOW.replace(hour=hour)
    workout, _, _ = history(user, workouts=1, now=now)[-1]
    assert workout.finished_at <= now
    day = workout.session_date.astimezone(user.zone).date()
    assert (now.astimezone(user.zone).date() - day).days <= 1


def test_trains_three_to_five_times_a_week_at_plausible_hours(lifter):
    weeks = defaultdict(list)
    for workout, entries, _ in history(lifter):
        local = workout.session_date.astimezone(lifter.zone)
        weeks[local.isocalendar()[:2]].append(local.date())
        assert 6 <= local.hour <= 19
        assert timedelta(minutes=40) < workout.duration < timedelta(minutes=90)
        assert 4 <= len(entries) <= 6
    for days in list(weeks.values())[1:-1]:
        assert 3 <= len(days) == len(set(days)) <= 5


def test_every_set_has_the_numbers_of_its_exercise(lifter):
    kinds = set()
    for _, entries, sets in history(lifter):
        assert [entry.order_index for entry in entries] == list(range(len(entries)))
        for entry in entries:
            own = [one for one in sets if one.session_exercise is entry]
            assert [one.set_number for one in own] == list(range(1, len(own) + 1))
            needed = set(entry.measure.fields)
            if entry.measure == "bodyweight_reps":
                needed -= {"weight"}
            for one in own:
                kinds.add(one.kind)
                assert all(getattr(one, name) for name in needed)
    assert kinds == {kind.value for kind in SetKind}


def test_gets_stronger_with_plateaus_and_takes_it_easy_now_and_then(lifter):
    tops = [
        max(one.weight for one in sets if one.session_exercise.exercise.catalog_key == "squat")
        for _, _, sets in history(lifter, workouts=300)
        if any(one.session_exercise.exercise.catalog_key == "squat" for one in sets)
    ]
    assert max(tops[:10]) < max(tops[-10:])
    changes = [after - before for before, after in pairwise(tops)]
    assert 0 in changes
    assert min(changes) < -5
