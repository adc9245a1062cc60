"""Tabs: each page shows which of the five it belongs to."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from training.tests.factories import WorkoutFactory

pytestmark = pytest.mark.django_db


def current(client, url):
    """Return the tabs that are marked as the page's own."""
    page = client.get(url)
    assert page.status_code == 200
    marked = re.findall(r'href="([^"]+)" aria-current="page"', page.content.decode())
    return [{"/": "today"}.get(href, href.strip("/")) for href in marked]


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("training:today", "today"),
        ("training:history", "history"),
        ("training:workout-log-past", "history"),
        ("training:trash", "history"),
        ("training:exercise-list", "exercises"),
        ("training:own-exercise-create", "exercises"),
        ("training:progress", "progress"),
        ("training:body-weight-list", "progress"),
        ("accounts:settings", "settings"),
        ("accounts:delete", "settings"),
        ("account_email", "settings"),
        ("training:import-list", "settings"),
        ("training:export", "settings"),
    ],
)
def test_every_page_belongs_to_one(alice_client, name, tab):
    assert current(alice_client, reverse(name)) == [tab]


def test_a_workout_is_history_once_it_is_finished(alice, alice_client):
    workout = WorkoutFactory(user=alice)
    pages = [
        workout.get_absolute_url(),
        reverse("training:session-exercise-create", args=[workout.pk]),
    ]
    assert [current(alice_client, page) for page in pages] == [["today"], ["today"]]
    workout.finished_at = timezone.now()
    workout.save()
    assert [current(alice_client, page) for page in pages] == [["history"], ["history"]]
