"""Every address: open to its owner, and to nobody else.

The tests walk the URL patterns themselves, so that a new one fails until it is in a table here.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from accounts.forms import SettingsForm
from accounts.models import User
from accounts.tests.factories import UserFactory
from accounts.tests.fixtures import logged_in
from training.models import (
    BodyWeight,
    Exercise,
    ExerciseMerge,
    ExerciseSet,
    Import,
    SessionExercise,
    WorkoutSession,
)
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
STRONG = b"""Date,Workout Name,Exercise Name,Set Order,Weight,Reps
2024-03-05 18:01:09,Push,Press,1,80,8
"""
SET = {"weight": "100", "weight_unit": "kg", "reps": "5"}
WEIGHT = {"weight": "81", "weight_unit": "kg", "weighed_on": "2026-03-05"}


@dataclass
class World:
    """Alice and something of hers of every kind; `gone_…` lies in her trash."""

    alice: User
    address: EmailAddress
    exercise: Exercise
    workout: WorkoutSession
    entry: SessionExercise
    logged: ExerciseSet
    gone_workout: WorkoutSession
    gone_entry: SessionExercise
    gone_set: ExerciseSet
    merge: ExerciseMerge
    data_import: Import
    done_import: Import
    weight: BodyWeight
    gone_weight: BodyWeight


@cache
def password_hash():
    """Return what the database keeps of the password; worked out once, for it takes its time."""
    return make_password(PASSWORD)


@pytest.fixture
def world():
    alice = UserFactory(email="alice@example.org")
    alice.password = password_hash()
    alice.save(update_fields=["password"])
    workout = WorkoutFactory(user=alice)
    exercise = ExerciseFactory(owner=alice, name="Alice's own")
    entry = EntryFactory(workout=workout, exercise=exercise)
    gone = [
        WorkoutFactory(user=alice),
        EntryFactory(workout=workout),
        SetFactory(session_exercise=entry),
    ]
    logged = SetFactory(session_exercise=entry)
    for row in gone:
        row.soft_delete()
    address = EmailAddress.objects.create(user=alice, email=alice.email, primary=True)
    merge = ExerciseFactory().merge_into(ExerciseFactory())
    name = {"name": "Press", "shape": [1, 1, 1, 0, 0], "exercise": str(exercise.pk), "how": "name"}
    name |= {"measure": "weight_reps", "muscle": ""}
    imports = [
        Import.objects.create(user=alice, state="ready", names=[name]),
        Import.objects.create(user=alice, state="done", done_at=timezone.now()),
    ]
    weights = [
        BodyWeight.objects.create(user=alice, weighed_on=day, weight=80)
        for day in ("2026-03-05", "2026-03-06")
    ]
    weights[1].soft_delete()
    return World(alice, address, exercise, workout, entry, logged, *gone, merge, *imports, *weights)


def seen(row):
    return row.updated_at.isoformat()


def filled_in(form, **changes):
    """Return what a page's form would send, with some changes."""
    return {name: form[name].value() for name in form.fields} | changes


class Address(NamedTuple):
    """How to reach a pattern: its arguments, whether it answers GET, a right body if POST."""

    args: object = lambda world: []
    body: object = None
    get: bool = True
    query: str = ""


def no_body(world):
    return {}


# Pages of one lifter's own things: a stranger gets 404.
OWNED = {
    "training:workout-detail": Address(lambda w: [w.workout.pk]),
    "training:workout-update": Address(
        lambda w: [w.workout.pk],
        lambda w: {"title": "Pull", "session_date": "2026-03-05T18:00", "seen": seen(w.workout)},
        get=False,
    ),
    "training:workout-duplicate": Address(
        lambda w: [w.workout.pk], lambda w: {"id": uuid7(), "day": "2026-03-05"}, get=False
    ),
    "training:workout-name": Address(
        lambda w: [w.workout.pk], lambda w: {"title": "Pull"}, get=False
    ),
    "training:workout-finish": Address(lambda w: [w.workout.pk], no_body, get=False),
    "training:workout-reopen": Address(lambda w: [w.workout.pk], no_body, get=False),
    "training:workout-delete": Address(lambda w: [w.workout.pk], no_body, get=False),
    "training:workout-restore": Address(lambda w: [w.gone_workout.pk], no_body, get=False),
    "training:session-exercise-create": Address(
        lambda w: [w.workout.pk],
        lambda w: {"id": uuid7(), "exercise": w.exercise.pk},
    ),
    "training:exercise-create": Address(
        lambda w: [w.workout.pk],
        lambda w: {"id": uuid7(), "entry": uuid7(), "q": "My press"},
        get=False,
    ),
    "training:session-exercise-move": Address(
        lambda w: [w.entry.pk], lambda w: {"position": 0}, get=False
    ),
    "training:session-exercise-superset": Address(
        lambda w: [w.entry.pk], lambda w: {"joined": "true"}, get=False
    ),
    "training:session-exercise-replace": Address(
        lambda w: [w.entry.pk],
        lambda w: {"id": uuid7(), "exercise": w.exercise.pk},
    ),
    "training:session-exercise-update": Address(
        lambda w: [w.entry.pk], lambda w: {"notes": "Slow", "seen": seen(w.entry)}, get=False
    ),
    "training:session-exercise-rest": Address(
        lambda w: [w.entry.pk], lambda w: {"rest_seconds": "90"}, get=False
    ),
    "training:session-exercise-delete": Address(lambda w: [w.entry.pk], no_body, get=False),
    "training:session-exercise-restore": Address(lambda w: [w.gone_entry.pk], no_body, get=False),
    "training:set-create": Address(
        lambda w: [w.entry.pk], lambda w: SET | {"id": uuid7()}, get=False
    ),
    "training:set-update": Address(
        lambda w: [w.logged.pk], lambda w: SET | {"reps": "6", "seen": seen(w.logged)}, get=False
    ),
    "training:set-delete": Address(lambda w: [w.logged.pk], no_body, get=False),
    "training:set-restore": Address(lambda w: [w.gone_set.pk], no_body, get=False),
    "training:exercise-detail": Address(lambda w: [w.exercise.pk]),
    "training:exercise-records": Address(lambda w: [w.exercise.pk]),
    "training:exercise-sessions": Address(lambda w: [w.exercise.pk]),
    "training:exercise-log": Address(
        lambda w: [w.exercise.pk], lambda w: {"id": uuid7(), "workout": uuid7()}, get=False
    ),
    "training:own-exercise-update": Address(
        lambda w: [w.exercise.pk],
        lambda w: {"name": "Mine", "measure": "weight_reps", "seen": seen(w.exercise)},
    ),
    "training:own-exercise-delete": Address(lambda w: [w.exercise.pk], no_body, get=False),
    "training:own-exercise-restore": Address(lambda w: [w.exercise.pk], no_body, get=False),
    "training:import-detail": Address(lambda w: [w.data_import.pk]),
    "training:import-options": Address(
        lambda w: [w.data_import.pk], lambda w: {"time_zone": "UTC"}, get=False
    ),
    "training:import-continue": Address(
        lambda w: [w.data_import.pk], lambda w: {"time_zone": "UTC"}, get=False
    ),
    "training:import-names": Address(
        lambda w: [w.data_import.pk],
        lambda w: {"number": 0, "exercise": w.exercise.pk},
        query="?number=0",
    ),
    "training:import-undo": Address(lambda w: [w.done_import.pk], no_body, get=False),
    "training:import-restore": Address(lambda w: [w.done_import.pk], no_body, get=False),
    "training:import-discard": Address(lambda w: [w.data_import.pk], no_body, get=False),
    "training:import-problems": Address(lambda w: [w.data_import.pk]),
    "training:body-weight-update": Address(
        lambda w: [w.weight.pk], lambda w: WEIGHT | {"seen": seen(w.weight)}
    ),
    "training:body-weight-delete": Address(lambda w: [w.weight.pk], no_body, get=False),
    "training:body-weight-restore": Address(lambda w: [w.gone_weight.pk], no_body, get=False),
}
# Pages that show each lifter their own: nobody can ask for another's.
PERSONAL = {
    "training:today": Address(),
    "training:history": Address(),
    "training:trash": Address(),
    "training:export": Address(),
    "training:export-json": Address(),
    "training:export-csv": Address(),
    "training:export-strong": Address(),
    "training:export-hevy": Address(),
    "training:trash-restore": Address(body=no_body, get=False),
    "training:exercise-list": Address(),
    "training:own-exercise-create": Address(
        body=lambda w: {"id": uuid7(), "name": "My press", "measure": "weight_reps"}
    ),
    "training:progress": Address(),
    "training:progress-records": Address(),
    "training:body-weight-list": Address(),
    "training:body-weight-create": Address(body=lambda w: WEIGHT | {"id": uuid7()}, get=False),
    "training:import-list": Address(
        body=lambda w: {
            "id": uuid7(),
            "file": SimpleUploadedFile("strong.csv", STRONG),
        }
    ),
    "training:plates": Address(query="?weight=100&weight_unit=kg"),
    "training:workout-log-past": Address(
        body=lambda w: {"id": uuid7(), "session_date": "2026-03-05T18:00", "duration": "60"}
    ),
    "training:workout-create": Address(body=lambda w: {"id": uuid7()}, get=False),
    "accounts:settings": Address(
        body=lambda w: filled_in(SettingsForm(instance=w.alice), weight_unit="lb")
    ),
    "accounts:delete": Address(body=lambda w: {"password": PASSWORD}),
    "account_email": Address(body=lambda w: {"action_add": "", "email": "new@example.org"}),
    "account_change_password": Address(
        body=lambda w: {
            "oldpassword": PASSWORD,
            "password1": "staple 4 me",
            "password2": "staple 4 me",
        }
    ),
    "account_set_password": Address(body=no_body),
    "account_reauthenticate": Address(body=lambda w: {"password": PASSWORD}),
}
# Pages for whoever comes by: the way in, and out.
PUBLIC = {
    "training:export-schema": Address(),
    "account_login": Address(body=lambda w: {"login": w.alice.email, "password": PASSWORD}),
    "account_logout": Address(body=no_body),
    "account_inactive": Address(),
    "accounts:keep": Address(body=no_body),
    "account_signup": Address(body=lambda w: {"email": "new@example.org", "password1": PASSWORD}),
    "account_email_verification_sent": Address(),
    "account_confirm_login_code": Address(body=no_body),
    "account_confirm_email": Address(
        lambda w: [EmailConfirmationHMAC(w.address).key],
        no_body,
    ),
    "account_reset_password": Address(body=lambda w: {"email": w.alice.email}),
    "account_reset_password_done": Address(),
    "account_reset_password_from_key": Address(
        lambda w: [user_pk_to_url_str(w.alice), default_token_generator.make_token(w.alice)],
        lambda w: {"password1": "staple 4 me", "password2": "staple 4 me"},
    ),
    "account_reset_password_from_key_done": Address(),
}
# Django's own pages in the admin; those of its models are told by their last word.
ADMIN = {
    "index": [200],
    "login": [302],
    "logout": [405],
    "password_change": [200],
    "password_change_done": [200],
    "autocomplete": [200, 403],
    "jsi18n": [200],
    "view_on_site": [302],
    "app_list": [200],
    "changelist": [200],
    "add": [200, 403],
    "history": [200],
    "delete": [200, 403],
    "change": [200],
}
# Patterns without a name: the old addresses of a row, and whatever else is below /admin/.
UNNAMED = {
    "accounts/user",
    "training/exercise",
    "training/exercisemerge",
    "training/workoutsession",
}
UNNAMED = {f"admin/{route}/<path:object_id>/" for route in UNNAMED} | {"admin/(?P<url>.*)$"}


def walk(resolver, namespace="", route=""):
    """Yield the full name of every pattern, or its route where it has none."""
    for pattern in resolver.url_patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, inner, path)
        else:
            yield namespace + pattern.name if pattern.name else path


NAMES = sorted(set(walk(get_resolver())))
ADMIN_NAMES = [name for name in NAMES if name.startswith("admin:")]
CALLS = [
    pytest.param(name, method, address, id=f"{method}-{name}")
    for name, address in (OWNED | PERSONAL | PUBLIC).items()
    for method in ("GET", "POST")
]


def call(client, name, method, address, world, **headers):
    url = reverse(name, args=address.args(world)) + address.query
    if method == "GET":
        return client.get(url, headers=headers)
    return client.post(url, address.body(world) if address.body else {}, headers=headers)


def answers(method, address):
    return address.get if method == "GET" else address.body is not None


def snapshot():
    """Return all rows, the deleted ones too, of all tables of ours."""
    models = [*apps.get_app_config("training").get_models(), User, EmailAddress]
    return {
        model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models
    }


def is_sent_to_log_in(response):
    return response.status_code == 302 and response.url.startswith(reverse("account_login"))


def test_every_pattern_is_in_a_table():
    unknown = {name for name in NAMES if not name.startswith("admin:")}
    assert unknown == OWNED.keys() | PERSONAL.keys() | PUBLIC.keys() | UNNAMED
    assert {name.removeprefix("admin:").rpartition("_")[2] for name in ADMIN_NAMES} <= {
        name.rpartition("_")[2] for name in ADMIN
    }


@pytest.mark.parametrize(("name", "method", "address"), CALLS)
def test_lets_its_owner_in(world, name, method, address):
    response = call(logged_in(world.alice), name, method, address, world)
    if not answers(method, address) and name not in PUBLIC:
        assert response.status_code == 405
    else:
        assert response.status_code in (200, 302) or not answers(method, address)
        assert response.status_code != 302 or not is_sent_to_log_in(response) or name in PUBLIC


@pytest.mark.parametrize(
    ("name", "method", "address"), [call for call in CALLS if call.values[0] in OWNED]
)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
def test_is_not_there_for_a_stranger(world, mallory_client, name, method, address, htmx):
    before = snapshot()
    headers = {"HX-Request": "true"} if htmx else {}
    response = call(mallory_client, name, method, address, world, **headers)
    assert response.status_code == (404 if answers(method, address) else 405)
    assert snapshot() == before


@pytest.mark.parametrize(
    ("name", "method", "address"), [call for call in CALLS if call.values[0] in PERSONAL]
)
def test_changes_nothing_of_somebody_else(world, mallory, mallory_client, name, method, address):
    before = hers(world.alice)
    call(mallory_client, name, method, address, world)
    assert hers(world.alice) == before


def hers(user):
    """Return all rows that are of one user."""
    return [
        list(rows.order_by("pk").values())
        for rows in (
            User.all_objects.filter(pk=user.pk),
            EmailAddress.objects.filter(user=user),
            Exercise.all_objects.filter(owner=user),
            WorkoutSession.all_objects.filter(user=user),
            SessionExercise.all_objects.filter(workout__user=user),
            ExerciseSet.all_objects.filter(session_exercise__workout__user=user),
            BodyWeight.all_objects.filter(user=user),
        )
    ]


@pytest.mark.parametrize(
    ("name", "method", "address"), [call for call in CALLS if call.values[0] not in PUBLIC]
)
def test_sends_whoever_is_not_logged_in_to_log_in(world, name, method, address):
    before = snapshot()
    assert is_sent_to_log_in(call(Client(), name, method, address, world))
    assert snapshot() == before


@pytest.mark.parametrize(
    ("name", "method", "address"), [call for call in CALLS if call.values[0] not in PUBLIC]
)
def test_sends_a_fragments_whole_page_to_log_in(world, name, method, address):
    """After log-in one comes back to the page; a fragment's own address answers only POST."""
    before = snapshot()
    page = reverse("training:workout-detail", args=[world.workout.pk])
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
    response = call(Client(), name, method, address, world, **headers)
    assert response.status_code == 200
    assert response.content == b""
    assert response["HX-Redirect"] == f"{reverse('account_login')}?next={page.replace('/', '%2F')}"
    assert snapshot() == before


@pytest.mark.parametrize(
    ("name", "method", "address"), [call for call in CALLS if call.values[0] in PUBLIC]
)
def test_public_pages_touch_no_training(world, name, method, address):
    before = {table: rows for table, rows in snapshot().items() if table != "User"}
    response = call(Client(), name, method, address, world)
    assert response.status_code in (200, 302) or not answers(method, address)
    after = snapshot()
    for table in before.keys() - {"EmailAddress"}:
        assert after[table] == before[table]


def admin_url(name, world):
    """Return the address of an admin page, for a row of Alice's where it needs one."""
    short = name.removeprefix("admin:")
    rows = {
        "accounts_user": world.alice,
        "training_exercise": world.exercise,
        "training_exercisemerge": world.merge,
        "training_workoutsession": world.workout,
    }
    model, _, role = short.rpartition("_")
    if model in rows and role in ("history", "delete", "change"):
        return reverse(name, args=[rows[model].pk])
    if short == "app_list":
        return reverse(name, args=["training"])
    if short == "view_on_site":
        return reverse(name, args=[content_type(world.workout), world.workout.pk])
    return reverse(name)


def content_type(row):
    return ContentType.objects.get_for_model(row).pk


def admin_expected(name):
    short = name.removeprefix("admin:")
    return ADMIN[short] if short in ADMIN else ADMIN[short.rpartition("_")[2]]


@pytest.mark.parametrize("name", ADMIN_NAMES)
def test_admin_lets_admins_in(world, admin_client, name):
    url = admin_url(name, world)
    if name == "admin:autocomplete":
        url += "?app_label=training&model_name=exercisealias&field_name=exercise&term=a"
    assert admin_client.get(url).status_code in admin_expected(name)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*ADMIN_NAMES, "admin/", "admin/elsewhere/"])
@pytest.mark.parametrize("who", ["alice", "nobody"])
def test_admin_is_closed_to_everybody_else(world, name, method, who):
    client = logged_in(world.alice) if who == "alice" else Client()
    before = snapshot()
    url = f"/{name}" if name.endswith("/") else admin_url(name, world)
    response = getattr(client, method)(url, {"name": "Mine", "post": "yes"})
    assert response.status_code in (302, 403) or name in ("admin:login", "admin:jsi18n")
    if response.status_code == 302:
        assert response.url.startswith(("/admin/login/", "/accounts/login/", "/"))
    assert snapshot() == before


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
class TestIdsInBodies:
    """Somebody else's id in what is sent is not found, and nothing is written."""

    @pytest.fixture(autouse=True)
    def _mallorys(self, mallory, mallory_client, world, htmx):
        self.client = mallory_client
        self.headers = {"HX-Request": "true"} if htmx else {}
        self.workout = WorkoutFactory(user=mallory)
        self.entry = EntryFactory(workout=self.workout)
        self.logged = SetFactory(session_exercise=self.entry)

    def check_not_found(self, name, args, body):
        before = snapshot()
        url = reverse(name, args=args)
        response = self.client.post(url, body, headers=self.headers)
        assert response.status_code == 404
        assert snapshot() == before

    def test_adds_nobody_elses_exercise(self, world):
        body = {"id": uuid7(), "exercise": world.exercise.pk}
        self.check_not_found("training:session-exercise-create", [self.workout.pk], body)

    def test_adds_no_exercise_under_anothers_id(self, world):
        body = {"id": world.entry.pk, "exercise": self.entry.exercise.pk}
        self.check_not_found("training:session-exercise-create", [self.workout.pk], body)

    def test_creates_no_exercise_of_her_own_under_anothers_id(self, world):
        body = {"id": world.exercise.pk, "name": "My press", "measure": "weight_reps"}
        self.check_not_found("training:own-exercise-create", [], body)

    @pytest.mark.parametrize("theirs", ["id", "workout"])
    def test_logs_no_exercise_under_anothers_id(self, world, theirs):
        self.workout.finish()
        ids = {"id": world.entry.pk, "workout": world.workout.pk}
        body = {"id": uuid7(), "workout": uuid7()} | {theirs: ids[theirs]}
        self.check_not_found("training:exercise-log", [self.entry.exercise.pk], body)

    @pytest.mark.parametrize("theirs", ["id", "entry"])
    def test_creates_no_exercise_under_anothers_id(self, world, theirs):
        ids = {"id": world.exercise.pk, "entry": world.entry.pk}
        body = {"id": uuid7(), "entry": uuid7(), "q": "My press"} | {theirs: ids[theirs]}
        self.check_not_found("training:exercise-create", [self.workout.pk], body)

    def test_replaces_by_nobody_elses_exercise(self, world):
        body = {"id": uuid7(), "exercise": world.exercise.pk}
        self.check_not_found("training:session-exercise-replace", [self.entry.pk], body)

    def test_replaces_nothing_under_anothers_id(self, world):
        body = {"id": world.entry.pk, "exercise": self.entry.exercise.pk}
        self.check_not_found("training:session-exercise-replace", [self.entry.pk], body)

    @pytest.mark.parametrize("values", [{}, {"reps": "6"}], ids=["same", "other"])
    def test_logs_no_set_under_anothers_id(self, world, values):
        body = SET | {"id": world.logged.pk} | values
        self.check_not_found("training:set-create", [self.entry.pk], body)

    def test_logs_no_set_under_an_id_in_anothers_trash(self, world):
        body = SET | {"id": world.gone_set.pk}
        self.check_not_found("training:set-create", [self.entry.pk], body)

    def test_starts_no_workout_under_anothers_id(self, world):
        self.check_not_found("training:workout-create", [], {"id": world.workout.pk})

    def test_logs_no_past_workout_under_anothers_id(self, world):
        body = {"id": world.workout.pk, "session_date": "2026-03-05T18:00", "duration": "60"}
        self.check_not_found("training:workout-log-past", [], body)

    def test_copies_no_workout_under_anothers_id(self, world):
        body = {"id": world.workout.pk, "day": "2026-03-05"}
        self.check_not_found("training:workout-duplicate", [self.workout.pk], body)

    def test_adds_no_row_to_anothers_exercise(self, world):
        before = snapshot()
        url = self.workout.get_absolute_url()
        response = self.client.get(url, {"add_to": world.entry.pk}, headers=self.headers)
        assert response.status_code == 404
        assert snapshot() == before

    def test_comes_back_to_what_is_hers(self, world):
        """The same requests with her own ids succeed, so the 404s are about the ids."""
        url = reverse("training:set-create", args=[self.entry.pk])
        body = SET | {"id": self.logged.pk}
        assert self.client.post(url, body, headers=self.headers).status_code in (200, 302)
        url = self.workout.get_absolute_url()
        response = self.client.get(url, {"add_to": self.entry.pk}, headers=self.headers)
        assert response.status_code == 200
        url = reverse("training:session-exercise-create", args=[self.workout.pk])
        body = {"id": uuid7(), "exercise": self.entry.exercise.pk}
        assert self.client.post(url, body, headers=self.headers).status_code == 302


def test_the_catch_all_of_the_admin_finds_nothing(admin_client):
    assert resolve("/admin/elsewhere").func.__name__ == "catch_all_view"
    assert admin_client.get("/admin/elsewhere/").status_code == 404
