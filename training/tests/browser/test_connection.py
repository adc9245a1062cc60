"""What happens when the signal drops or the session ends in mid-workout."""

from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from accounts.tests.factories import UserFactory
from training.models import ExerciseSet

PASSWORD = "correct horse 9"


@pytest.fixture
def alice(db):
    return UserFactory(email="alice@example.org", password=PASSWORD)


def test_a_dropped_connection_loses_nothing(open_workout, problems):
    problems.expect("ERR_INTERNET_DISCONNECTED")
    problems.expect("htmx:(sendError|afterRequest)")
    phone = open_workout
    phone.page.context.set_offline(True)
    phone.log_set(1, "82,5", "8")
    expect(phone.page.get_by_text("Not saved")).to_be_visible()
    expect(phone.field("Weight, set 1")).to_have_value("82,5")
    expect(phone.field("Reps, set 1")).to_have_value("8")
    assert not ExerciseSet.objects.exists()

    phone.page.context.set_offline(False)
    phone.tap("Log set 1")
    phone.expect_logged(1, "82.5", "8")
    phone.page.reload()
    phone.expect_logged_sets(1)


def test_an_answer_that_got_lost_does_not_log_twice(open_workout, problems):
    problems.expect("ERR_FAILED")
    problems.expect("htmx:(sendError|afterRequest)")
    phone = open_workout

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    phone.page.route("**/sets/", lose_the_answer, times=1)
    phone.log_set(1, "80", "8")
    expect(phone.page.get_by_text("Not saved")).to_be_visible()
    assert ExerciseSet.objects.count() == 1
    phone.tap("Log set 1")
    phone.expect_logged(1, "80", "8")
    phone.expect_logged_sets(1)
    assert ExerciseSet.objects.count() == 1


def test_an_ended_session_leads_back_after_log_in(open_workout, workout):
    phone, page = open_workout, open_workout.page
    phone.log_set(1, "80", "8")
    phone.expect_logged(1, "80", "8")
    Session.objects.all().delete()
    phone.log_set(2, "80", "7")
    back = quote(workout.get_absolute_url(), safe="")
    expect(page).to_have_url(f"/accounts/login/?next={back}")
    page.get_by_label("Email").fill("alice@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    phone.tap("Log in")
    expect(page).to_have_url(workout.get_absolute_url())
    phone.log_set(2, "80", "7")
    phone.expect_logged(2, "80", "7")
