"""The plates of the next row, without an extra tap."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from training.tests.factories import EntryFactory, SetFactory


@pytest.fixture
def planned(alice, workout, bench_press):
    """The running workout, whose exercise had 82.5 kg twice the last time."""
    yesterday = workout.session_date - timedelta(days=1)
    last = EntryFactory(workout__user=alice, workout__session_date=yesterday, exercise=bench_press)
    SetFactory.create_batch(2, session_exercise=last, weight="82.5")
    last.workout.finish()
    return workout


def plates(phone):
    return phone.card.locator(".set-row__plates:visible")


def test_follow_the_weight(phone, planned, problems):
    problems.expect("status of 422")
    phone.page.goto(planned.get_absolute_url())
    expect(plates(phone)).to_have_text("Each side 25 + 5 + 1.25")
    phone.field("Weight, set 1").tap()
    phone.page.keyboard.type("100", delay=20)
    expect(plates(phone)).to_have_text("Each side 25 + 15")
    phone.tap("More weight, set 1")
    expect(plates(phone)).to_have_text("Each side 25 + 15 + 1.25")
    phone.field("Weight, set 1").fill("82,6")
    expect(plates(phone)).to_have_text(
        "82.6 cannot be loaded exactly: 82.5 (25 + 5 + 1.25) or 85 (25 + 5 + 2.5)"
    )
    phone.page.get_by_label("Options for set 1").tap()
    phone.page.get_by_role("radio", name="lb").check()
    expect(plates(phone)).to_contain_text("80 (10 + 5 + 2.5)")
    phone.field("Weight, set 1").fill("heavy")
    expect(plates(phone)).to_have_text("")
    phone.field("Weight, set 1").fill("20")
    phone.page.get_by_role("radio", name="kg").check()
    expect(plates(phone)).to_have_text("Bar only")
    phone.tap("Log set 1", within=phone.card)
    phone.expect_logged(1, "20", "5")
    expect(phone.field("Weight, set 2")).to_have_value("20")
    expect(plates(phone)).to_have_text("Bar only")


def test_say_nothing_of_an_earlier_weight_without_a_connection(phone, planned, problems):
    problems.expect("ERR_INTERNET_DISCONNECTED|htmx:(afterRequest|sendError)")
    phone.page.goto(planned.get_absolute_url())
    phone.page.context.set_offline(True)
    phone.field("Weight, set 1").fill("100")
    expect(plates(phone)).to_have_text("")
    expect(phone.page.get_by_text("No connection")).to_be_hidden()
    phone.page.context.set_offline(False)
    phone.field("Weight, set 1").fill("100")
    expect(plates(phone)).to_have_text("Each side 25 + 15")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_warm_ups_are_added_and_logged(phone, planned, javascript):
    phone.page.goto(planned.get_absolute_url())
    expect(plates(phone)).to_have_text("Each side 25 + 5 + 1.25")
    phone.page.get_by_label("Options for Bench Press").tap()
    phone.tap("Add warm-up sets")
    expect(phone.field("Weight, set 6")).to_have_value("82.5")
    expect(plates(phone)).to_have_text("Bar only")
    phone.tap("Log set 1", within=phone.card)
    phone.expect_logged(1, "20", "10")
    expect(phone.field("Weight, set 2")).to_have_value("45")
    expect(plates(phone)).to_have_text("Each side 10 + 2.5")
