"""What the lifter weighed: logged, replaced, put right and removed, with a chart of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from training.models import BodyWeight


def log(phone, weight):
    phone.page.get_by_label("Weight", exact=True).fill(weight)
    phone.tap("Log")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no-js"])
def test_log_replace_undo_edit_and_remove(phone, alice, problems, javascript):
    problems.expect("status of 422")
    yesterday = timezone.now().date() - timedelta(days=1)
    BodyWeight.objects.create(user=alice, weighed_on=yesterday, weight=81)
    page = phone.page
    page.goto("/settings/")
    phone.tap("Body weight", role="link")
    rows = page.get_by_role("region", name="Entries").get_by_role("listitem")
    expect(rows).to_have_count(1)

    log(phone, "80,5")
    expect(page.get_by_text("Logged 80.5 kg.")).to_be_visible()
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("80.5 kg")

    log(phone, "79")
    expect(page.get_by_text("Logged 79 kg in place of 80.5 kg.")).to_be_visible()
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("79 kg")
    phone.tap("Undo")
    expect(page.get_by_text("80.5 kg is back.")).to_be_visible()
    expect(rows.first).to_contain_text("80.5 kg")

    page.get_by_text("Table").tap()
    expect(page.get_by_role("row").nth(1)).to_contain_text("80.5")
    phone.tap("All", role="link")
    expect(page.get_by_role("link", name="All", exact=True)).to_have_attribute(
        "aria-current", "true"
    )

    rows.nth(1).get_by_role("link").tap()
    page.get_by_label("Weight", exact=True).fill("0")
    phone.tap("Save")
    expect(page.get_by_text("More than 0, please.")).to_be_visible()
    page.get_by_label("Weight", exact=True).fill("178")
    page.get_by_label("Unit").select_option("lb")
    phone.tap("Save")
    expect(rows.nth(1)).to_contain_text("178 lb")

    rows.first.get_by_role("link").tap()
    phone.tap("Remove")
    expect(rows).to_have_count(1)
    phone.tap("Undo")
    expect(rows).to_have_count(2)
