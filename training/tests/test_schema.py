"""The tables as each database itself describes them, and what raw SQL may do to them."""

import re

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from training.models import Exercise, ExerciseSet, SessionExercise, WorkoutSession
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

# column | SQLite | PostgreSQL | null? | default; "now" is each database's CURRENT_TIMESTAMP.
COMMON = """
id                  | char(32)     | uuid                     | not null |
created_at          | datetime     | timestamp with time zone | not null | now
updated_at          | datetime     | timestamp with time zone | not null | now
deleted_at          | datetime     | timestamp with time zone | null     |
"""
TABLES = {
    "users": """
email               | varchar(254) | character varying(254)   | not null |
password            | varchar(128) | character varying(128)   | not null |
last_login          | datetime     | timestamp with time zone | null     |
is_staff            | bool         | boolean                  | not null | false
is_superuser        | bool         | boolean                  | not null | false
weight_unit         | varchar(2)   | character varying(2)     | not null | 'kg'
time_zone           | varchar(64)  | character varying(64)    | not null | 'UTC'
decimal_mark        | varchar(1)   | character varying(1)     | not null | '.'
rest_seconds        | smallint unsigned | smallint            | not null | 120
warmup_rest_seconds | smallint unsigned | smallint            | not null | 60
shows_rpe           | bool         | boolean                  | not null | false
bar_kg              | decimal      | numeric(5,2)             | not null | 20
bar_lb              | decimal      | numeric(5,2)             | not null | 45
plates_kg           | varchar(200) | character varying(200)   | not null | '25 20 15 10 5 2.5 1.25'
plates_lb           | varchar(200) | character varying(200)   | not null | '45 35 25 10 5 2.5'
""",
    "workout_sessions": """
user_id             | char(32)     | uuid                     | null     |
session_date        | datetime     | timestamp with time zone | not null |
finished_at         | datetime     | timestamp with time zone | null     |
time_zone           | varchar(64)  | character varying(64)    | not null | 'UTC'
title               | varchar(120) | character varying(120)   | not null | ''
location            | varchar(120) | character varying(120)   | not null | ''
notes               | text         | text                     | not null | ''
data_import_id      | char(32)     | uuid                     | null     |
import_key          | varchar(80)  | character varying(80)    | not null | ''
""",
    "exercises": """
name                | varchar(120) | character varying(120)   | not null |
equipment           | varchar(40)  | character varying(40)    | not null | ''
measure             | varchar(20)  | character varying(20)    | not null | 'weight_reps'
primary_muscle      | varchar(20)  | character varying(20)    | not null | ''
secondary_muscles   | text         | jsonb                    | not null | '[]'
owner_id            | char(32)     | uuid                     | null     |
catalog_key         | varchar(120) | character varying(120)   | not null | ''
catalog_entry       | text         | jsonb                    | null     |
reviewed_at         | datetime     | timestamp with time zone | null     |
""",
    "session_exercises": """
workout_id          | char(32)     | uuid                     | null     |
exercise_id         | char(32)     | uuid                     | null     |
order_index         | integer      | integer                  | not null |
notes               | text         | text                     | not null | ''
notes_stay          | bool         | boolean                  | not null | false
rest_seconds        | smallint unsigned | smallint            | null     |
superset_with_next  | bool         | boolean                  | not null | false
""",
    "exercise_sets": """
session_exercise_id | char(32)     | uuid                     | null     |
set_number          | integer      | integer                  | not null |
kind                | varchar(10)  | character varying(10)    | not null | 'work'
reps                | integer      | integer                  | null     |
weight              | decimal      | numeric(13,9)            | null     |
weight_unit         | varchar(2)   | character varying(2)     | not null | 'kg'
duration_seconds    | integer      | integer                  | null     |
distance_meters     | decimal      | numeric(13,6)            | null     |
rpe                 | decimal      | numeric(3,1)             | null     |
""",
    "body_weights": """
user_id             | char(32)     | uuid                     | not null |
weighed_on          | date         | date                     | not null |
weight              | decimal      | numeric(13,9)            | not null |
weight_unit         | varchar(2)   | character varying(2)     | not null | 'kg'
""",
}
FOREIGN_KEYS = {
    "users": {},
    "workout_sessions": {
        "user_id": ("users", "SET NULL"),
        "data_import_id": ("imports", "SET NULL"),
    },
    "exercises": {"owner_id": ("users", "CASCADE")},
    "session_exercises": {
        "workout_id": ("workout_sessions", "SET NULL"),
        "exercise_id": ("exercises", "SET NULL"),
    },
    "exercise_sets": {"session_exercise_id": ("session_exercises", "SET NULL")},
    "body_weights": {"user_id": ("users", "CASCADE")},
}
COLUMNS_SQL = {
    "sqlite": """SELECT name, lower(type), "notnull", dflt_value FROM pragma_table_info(%s)""",
    "postgresql": """
        SELECT attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped""",
}
FOREIGN_KEYS_SQL = {
    "sqlite": """SELECT "from", "table", on_delete FROM pragma_foreign_key_list(%s)""",
    "postgresql": """
        SELECT attname, confrelid::regclass::text,
               CASE confdeltype WHEN 'n' THEN 'SET NULL' WHEN 'c' THEN 'CASCADE' ELSE 'other' END
        FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
        WHERE contype = 'f' AND conrelid = %s::regclass""",
}
NOW = {"STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')", "statement_timestamp()"}


def execute(sql, *parameters):
    """Run raw SQL; ids are given as UUIDs, as each database stores them."""
    id = User._meta.pk
    values = [
        id.get_db_prep_value(value, connection) if hasattr(value, "hex") else value
        for value in parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


def expected_columns(table):
    columns = {}
    for line in f"{COMMON}{TABLES[table]}".split("\n"):
        if line:
            name, sqlite, postgresql, null, default = (cell.strip() for cell in line.split("|"))
            kind = sqlite if connection.vendor == "sqlite" else postgresql
            columns[name] = (kind, null, default)
    return columns


def stored_columns(table):
    columns = {}
    for name, kind, not_null, default in execute(COLUMNS_SQL[connection.vendor], table):
        columns[name] = (kind, "not null" if not_null else "null", written(default, kind))
    return columns


def written(default, kind):
    """Write a default the same way for both databases."""
    if default in NOW:
        return "now"
    default = (default or "").partition("::")[0]
    default = re.sub(r"CAST\('(.*)' AS NUMERIC\)", r"\1", default)
    return "false" if (default, kind) == ("0", "bool") else default


@pytest.mark.parametrize("table", TABLES)
def test_has_exactly_these_columns(table):
    assert stored_columns(table) == expected_columns(table)


@pytest.mark.parametrize("table", TABLES)
def test_has_exactly_these_delete_rules(table):
    rows = execute(FOREIGN_KEYS_SQL[connection.vendor], table)
    assert {column: (target, rule) for column, target, rule in rows} == FOREIGN_KEYS[table]


@pytest.mark.parametrize("table", TABLES)
def test_id_is_the_primary_key(table):
    with connection.cursor() as cursor:
        assert connection.introspection.get_primary_key_columns(cursor, table) == ["id"]


@pytest.mark.parametrize(
    "factory", [UserFactory, WorkoutFactory, EntryFactory, SetFactory], ids=lambda f: f.__name__
)
def test_ids_are_uuids_of_version_7(factory):
    assert factory().pk.version == 7


def test_raw_sql_gets_its_times_from_the_database():
    execute("INSERT INTO exercises (id, name) VALUES (%s, 'Squat')", uuid7())
    execute(
        "INSERT INTO session_exercises (id, order_index) VALUES (%s, 0)",
        uuid7(),
    )
    for row in (Exercise.objects.get(), SessionExercise.objects.get()):
        assert row.created_at is not None
        assert row.updated_at is not None
        assert row.deleted_at is None


@pytest.mark.django_db(transaction=True)
def test_raw_delete_of_a_parent_leaves_its_children():
    """Each DELETE is a transaction of its own, at whose end the database checks every key."""
    row = SetFactory()
    entry = row.session_exercise
    workout, exercise, user = entry.workout, entry.exercise, entry.workout.user

    execute("DELETE FROM users WHERE id = %s", user.pk)
    assert WorkoutSession.objects.get().user_id is None
    execute("DELETE FROM workout_sessions WHERE id = %s", workout.pk)
    assert SessionExercise.objects.get().workout_id is None
    execute("DELETE FROM exercises WHERE id = %s", exercise.pk)
    assert SessionExercise.objects.get().name == "Deleted exercise"
    execute("DELETE FROM session_exercises WHERE id = %s", entry.pk)
    assert ExerciseSet.objects.get().session_exercise_id is None


@pytest.mark.django_db(transaction=True)
def test_raw_sql_cannot_name_a_parent_that_is_not_there():
    row = SetFactory()
    with pytest.raises(IntegrityError):
        execute("UPDATE exercise_sets SET session_exercise_id = %s", uuid7())
    row.refresh_from_db()
    assert row.session_exercise is not None


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("users", "weight_unit = 'st'"),
        ("session_exercises", "order_index = -1"),
        ("exercise_sets", "set_number = 0"),
        ("exercise_sets", "reps = -1"),
        ("exercise_sets", "weight = -0.5"),
        ("exercise_sets", "duration_seconds = -1"),
        ("exercise_sets", "distance_meters = -1"),
        ("exercise_sets", "rpe = 0.5"),
        ("exercise_sets", "rpe = 10.5"),
        ("exercise_sets", "reps = NULL, duration_seconds = NULL"),
    ],
)
def test_refuses_what_cannot_be(table, change):
    SetFactory()
    with pytest.raises(IntegrityError, match=r"(?i)check"), transaction.atomic():
        execute(f"UPDATE {table} SET {change}")  # noqa: S608


@pytest.mark.parametrize(
    ("table", "change"),
    [("session_exercises", "order_index = 7"), ("exercise_sets", "set_number = 7")],
)
def test_living_positions_are_unique_and_deleted_ones_are_not(table, change):
    entry = EntryFactory()
    SetFactory.create_batch(2, session_exercise=entry)
    EntryFactory(workout=entry.workout)
    with pytest.raises(DatabaseError, match=r"(?i)unique"), transaction.atomic():
        execute(f"UPDATE {table} SET {change}")  # noqa: S608
    entry.workout.soft_delete()
    execute(f"UPDATE {table} SET {change}")  # noqa: S608


def test_an_email_address_is_unique_in_any_case():
    UserFactory(email="alice@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="ALICE@example.org")
    assert User.all_objects.create_user("Mallory@Example.ORG").email == "mallory@example.org"
