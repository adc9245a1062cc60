"""Let raw SQL delete a user, and with it what Django and allauth keep about the user.

Their foreign keys have no delete rule in the database, so that they would refuse the delete.
Their models are not ours to change: only the tables learn it. Should a later migration of theirs
rebuild a key without the rule, `accounts/tests/test_delete_in_sql.py` fails, and this operation
belongs into a new migration as well: running it again does no harm.
"""

import copy

from django.db import migrations
from django.db.migrations.state import ProjectState

from workoutlog.constraints import DatabaseCascade


def cascade(apps, schema_editor):
    # Models of our own, because later migrations go on with those of `apps`.
    apps = ProjectState.from_apps(apps).apps
    user = apps.get_model("accounts", "User")
    for model, name in (
        (user.groups.through, "user"),
        (user.user_permissions.through, "user"),
        (apps.get_model("account", "EmailAddress"), "user"),
        (apps.get_model("account", "EmailConfirmation"), "email_address"),
        (apps.get_model("admin", "LogEntry"), "user"),
    ):
        give_rule(model, model._meta.get_field(name), schema_editor)


def give_rule(model, field, schema_editor):
    old = copy.copy(field)
    field.db_constraint = False
    constraint = DatabaseCascade(field=field.name, name=f"{model._meta.db_table}_{field.name}_fk")
    model._meta.constraints = [*model._meta.constraints, constraint]
    schema_editor.alter_field(model, old, field)  # On SQLite, this makes the constraint too.
    if schema_editor.connection.vendor != "sqlite":
        schema_editor.add_constraint(model, constraint)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [migrations.RunPython(cascade, migrations.RunPython.noop)]
