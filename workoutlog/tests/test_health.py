"""Health checks tell a watcher the truth, quickly, whatever else is wrong."""

import threading

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from workoutlog import health


def test_live_touches_no_database(client):
    # Without the fixture `db`, pytest-django forbids every query.
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.parametrize("path", ["/healthz/live", "/healthz/ready"])
@pytest.mark.django_db(transaction=True)
def test_any_host_name_is_answered_without_a_user_or_https(client, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_not_ready_while_a_migration_is_missing(client):
    recorder = MigrationRecorder(connection)
    latest = max(name for app, name in recorder.applied_migrations() if app == "sessions")
    recorder.record_unapplied("sessions", latest)
    try:
        assert client.get("/healthz/ready").status_code == 503
    finally:
        recorder.record_applied("sessions", latest)
    assert client.get("/healthz/ready").status_code == 200


def test_not_ready_while_the_database_is_unreachable(client, monkeypatch):
    def refuse():
        raise OperationalError("connection refused")

    monkeypatch.setattr(health, "database_is_migrated", refuse)
    assert client.get("/healthz/ready").status_code == 503


def test_not_ready_while_the_database_hangs(client, monkeypatch):
    released = threading.Event()
    monkeypatch.setattr(health, "READY_WITHIN_SECONDS", 0.05)
    monkeypatch.setattr(health, "database_is_migrated", released.wait)
    try:
        assert client.get("/healthz/ready").status_code == 503
        assert client.get("/healthz/ready").status_code == 503
    finally:
        released.set()
    monkeypatch.setattr(health, "READY_WITHIN_SECONDS", 10)
    assert client.get("/healthz/ready").status_code == 200
