"""Raw SQL deletes a user, whatever Django and allauth keep about them."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from accounts.models import User
from training.tests.factories import ExerciseFactory, WorkoutFactory


@pytest.mark.django_db(transaction=True)
def test_takes_everything_of_the_user_along_except_workouts(alice, mallory):
    keep_records(alice)
    keep_records(mallory)
    workout = WorkoutFactory(user=alice)
    ExerciseFactory(owner=alice)
    connection.enable_constraint_checking()

    with connection.cursor() as cursor:
        id = User._meta.pk.get_db_prep_value(alice.pk, connection)
        cursor.execute("DELETE FROM users WHERE id = %s", [id])

    connection.check_constraints()
    workout.refresh_from_db()
    assert workout.user_id is None
    assert not alice.exercises.exists()
    assert records() == [(mallory.pk,)] * len(records())
    assert len(records()) == 5


def keep_records(user):
    """Make a row in every table of Django's and allauth's that points to a user."""
    address = EmailAddress.objects.create(user=user, email=user.email)
    EmailConfirmation.objects.create(email_address=address, sent=timezone.now(), key=user.email)
    user.groups.add(Group.objects.get_or_create(name="Curators")[0])
    user.user_permissions.add(Permission.objects.first())
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=str(user),
        action_flag=CHANGE,
    )


def records():
    return [
        row
        for model, path in (
            (EmailAddress, "user"),
            (EmailConfirmation, "email_address__user"),
            (LogEntry, "user"),
            (User.groups.through, "user"),
            (User.user_permissions.through, "user"),
        )
        for row in model.objects.values_list(path)
    ]


@pytest.mark.django_db
def test_no_other_table_would_refuse_it():
    """Each key to users, and to what goes with them, has its delete rule in the database."""
    rules = foreign_keys_to("users") | foreign_keys_to("account_emailaddress")
    assert rules == {
        "account_emailaddress": "CASCADE",
        "account_emailconfirmation": "CASCADE",
        "body_weights": "CASCADE",
        "django_admin_log": "CASCADE",
        "exercises": "CASCADE",
        "import_names": "CASCADE",
        "imports": "CASCADE",
        "users_groups": "CASCADE",
        "users_user_permissions": "CASCADE",
        "workout_sessions": "SET NULL",
    }


def foreign_keys_to(target) -> dict:
    """Map each table that points to the target to its delete rule."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                """SELECT conrelid::regclass::text,
                          CASE confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL'
                                           ELSE 'NO ACTION' END
                   FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass""",
                [target],
            )
        else:
            cursor.execute(
                """SELECT master.name, key.on_delete
                   FROM sqlite_master AS master, pragma_foreign_key_list(master.name) AS key
                   WHERE master.type = 'table' AND key."table" = %s""",
                [target],
            )
        return dict(cursor.fetchall())
