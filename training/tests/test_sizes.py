"""What the phone has to fetch: little at first, next to nothing for each set."""

import gzip
import re
from datetime import timedelta

import pytest
from django.core.management import call_command

from training.models import ExerciseSet
from training.tests.factories import EntryFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

KB = 1024
VALUES = {"weight": "82.5", "weight_unit": "kg", "reps": "9", "kind": "work"}
HASHED = r"\.[0-9a-f]{12}\.\w+$"


@pytest.fixture
def running(alice):
    """A running workout of 6 exercises, which had 4 sets each the last time."""
    workout = WorkoutFactory(user=alice, title="Full body")
    before = workout.session_date - timedelta(days=3)
    last = WorkoutFactory(user=alice, title="Full body", session_date=before)
    for entry in EntryFactory.create_batch(6, workout=last):
        SetFactory.create_batch(4, session_exercise=entry, weight="82.5", reps=8)
        EntryFactory(workout=workout, exercise=entry.exercise)
    last.finish()
    return workout


@pytest.fixture
def collected(tmp_path, settings):
    """The folder of the static files as they are served."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "workoutlog.storage.StaticStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin"])
    return tmp_path


def compressed(response):
    """Return the answer's size as sent, and its text."""
    assert response.headers["Content-Encoding"] == "gzip"
    return len(response.content), gzip.decompress(response.content).decode()


def files_of(page, folder):
    """Find the static files that a page names, and those that its scripts import."""
    files = {folder / name for name in re.findall(r'"/static/([^"]+)"', page)}
    waiting = [file for file in files if file.suffix == ".js" and file.parent.name == "js"]
    while waiting:
        script = waiting.pop()
        for name in re.findall(r'import\b[^"]*"\./([^"]+)";', script.read_text()):
            if (file := script.parent / name) not in files:
                files.add(file)
                waiting.append(file)
    return files


def size(file):
    smaller = file.with_name(f"{file.name}.br")
    return (smaller if smaller.exists() else file).stat().st_size


def test_the_first_load_of_a_workout_is_small(alice_client, running, collected):
    response = alice_client.get(running.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    sent, page = compressed(response)
    assert page.count("Log set ") == 24
    files = files_of(page, collected)
    assert {"app", "drag-handle", "beep"} <= {file.name.split(".")[0] for file in files}
    assert [file.name for file in files if not re.search(HASHED, file.name)] == []
    assert sent + sum(map(size, files)) <= 60 * KB
    assert 1 + len(files) <= 16


def test_a_logged_set_is_answered_in_little(alice_client, running):
    sets = ExerciseSet.objects.filter(session_exercise__workout=running)
    for entry in running.session_exercises.all():
        for number in range(1, 5):
            response = alice_client.post(
                f"/session-exercises/{entry.pk}/sets/",
                {"id": uuid7(), "number": number} | VALUES,
                headers={"Accept-Encoding": "gzip", "HX-Request": "true"},
            )
            sent, answer = compressed(response)
            assert f"Save set {number}" in answer
            assert sent <= 3 * KB
    assert sets.count() == 24


def test_a_page_has_another_length_each_time(alice_client, running):
    """So that nobody learns a secret in it by the length of what is compressed (BREACH)."""
    asked = {"Accept-Encoding": "gzip"}
    answers = [alice_client.get("/trash/", headers=asked) for _ in range(9)]
    assert len({len(answer.content) for answer in answers}) > 1
