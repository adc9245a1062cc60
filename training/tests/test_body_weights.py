"""Body weight: one a day as typed, logged, replaced, put right and removed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import UserFactory
from training.body_weights import PAGE
from training.models import BodyWeight, Conflict, Refused
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

LIST = reverse("training:body-weight-list")
CREATE = reverse("training:body-weight-create")
DAY = date(2026, 3, 5)


def url(weight, verb):
    return reverse(f"training:body-weight-{verb}", args=[weight.pk])


def body(**values):
    sent = {"id": uuid7(), "weight": "80.5", "weight_unit": "kg", "weighed_on": "2026-03-05"}
    return sent | values


def weigh(user, weight="80", day=DAY, unit="kg"):
    values = {"weight": Decimal(weight), "weight_unit": unit, "weighed_on": day}
    return BodyWeight.log(user, id=uuid7(), **values)


def edit(client, row, **values):
    sent = {"weight": "81", "weight_unit": "kg", "weighed_on": "2026-03-05"}
    return client.post(url(row, "update"), sent | {"seen": row.updated_at.isoformat()} | values)


def message_of(response):
    """Return the latest message: nobody has read those of the answers before."""
    return list(get_messages(response.wsgi_request))[-1]


def undo_url(response):
    return message_of(response).extra_tags


def stored(user):
    rows = BodyWeight.objects.for_user(user).newest_first()
    return [(row.weighed_on, str(row)) for row in rows]


@pytest.fixture
def today(alice):
    return timezone.now().astimezone(alice.zone).date()


# Logging


def test_logs_what_was_typed_and_offers_to_undo_it(alice, alice_client):
    response = alice_client.post(CREATE, body(weight="80,5"))
    assert response.url == LIST
    assert stored(alice) == [(DAY, "80.5 kg")]
    page = alice_client.get(LIST).content.decode()
    assert "Logged 80.5 kg." in page
    assert "Thu 5 Mar 2026" in page
    alice_client.post(undo_url(response))
    assert stored(alice) == []


@pytest.mark.parametrize(
    ("zone", "day"), [("Pacific/Kiritimati", "2026-03-06"), ("Pacific/Pago_Pago", "2026-03-04")]
)
def test_proposes_today_by_the_lifters_clock_and_the_last_unit(alice, alice_client, zone, day):
    type(alice).objects.filter(pk=alice.pk).update(time_zone=zone)
    noon = datetime(2026, 3, 5, 10, 30, tzinfo=ZoneInfo("UTC"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: noon)
        form = alice_client.get(LIST).context["form"]
    assert form["weighed_on"].value().isoformat() == day
    assert form["weight_unit"].value() == "kg"
    weigh(alice, unit="lb")
    assert alice_client.get(LIST).context["form"]["weight_unit"].value() == "lb"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"weight": ""}, "What did you weigh? Type a weight like 82.5."),
        ({"weight": "heavy"}, "Type a weight like 82.5."),
        ({"weight": "-80"}, "Type a weight like 82.5."),
        ({"weight": "0"}, "More than 0, please."),
        ({"weight": "700.1"}, "At most 700, please."),
        ({"weight": "1543.1", "weight_unit": "lb"}, "At most 1,543, please."),
        ({"weight": "80.0123456789"}, "At most 9 decimals, please."),
        ({"weight_unit": "st"}, "Choose kg or lb."),
        ({"weight_unit": ""}, "Choose kg or lb."),
        ({"weighed_on": ""}, "Which day? Type one like 2026-03-05."),
        ({"weighed_on": "yesterday"}, "Type a day like 2026-03-05."),
        ({"weighed_on": "1899-12-31"}, "That year cannot be right."),
        ({"weighed_on": "2190-01-01"}, "That day is still to come."),
        ({"id": "x"}, "Enter a valid UUID."),
        ({"id": "f47ac10b-58cc-4372-a567-0e02b2c3d479"}, "Reload the page and try again."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(alice_client, wrong, says):
    response = alice_client.post(CREATE, body() | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    for name in ("weight", "weighed_on"):
        typed = (body() | wrong)[name]
        assert f'value="{typed}"' in page or not typed
    assert not BodyWeight.all_objects.exists()


@pytest.mark.parametrize(
    "right",
    [
        {"weight": "700"},
        {"weight": "1543", "weight_unit": "lb"},
        {"weight": "65,181223569"},
        {"weighed_on": "1900-01-01"},
    ],
)
def test_takes_what_is_just_possible(alice_client, right):
    assert alice_client.post(CREATE, body(**right)).status_code == 302


@pytest.mark.parametrize(("days", "status"), [(0, 302), (1, 302), (2, 422)])
def test_takes_tomorrow_which_may_have_begun_elsewhere(alice_client, today, days, status):
    day = (today + timedelta(days=days)).isoformat()
    assert alice_client.post(CREATE, body(weighed_on=day)).status_code == status


def test_sent_twice_is_logged_once(alice, alice_client):
    sent = body()
    for _ in range(2):
        response = alice_client.post(CREATE, sent)
        assert response.url == LIST
    assert BodyWeight.all_objects.count() == 1
    assert undo_url(response) == url(BodyWeight.objects.get(), "delete")


def test_sent_again_after_undo_stays_removed(alice, alice_client):
    sent = body()
    alice_client.post(undo_url(alice_client.post(CREATE, sent)))
    assert alice_client.post(CREATE, sent).status_code == 302
    assert stored(alice) == []


def test_the_same_id_with_other_values_is_shown_and_logged_when_sent_again(alice, alice_client):
    sent = body()
    alice_client.post(CREATE, sent)
    response = alice_client.post(CREATE, sent | {"weight": "79"})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Logged already, as 80.5 kg on 5 Mar 2026. Tap Log again to log yours." in page
    assert 'value="79"' in page
    assert stored(alice) == [(DAY, "80.5 kg")]
    again = sent | {"weight": "79", "id": response.context["form"]["id"].value()}
    assert alice_client.post(CREATE, again).status_code == 302
    assert stored(alice) == [(DAY, "79 kg")]


def test_an_id_of_somebody_else_is_not_found(alice, mallory_client):
    weight = weigh(alice)
    response = mallory_client.post(CREATE, body(id=weight.pk, weight="80"))
    assert response.status_code == 404
    with pytest.raises(Conflict):
        BodyWeight.log(UserFactory(), id=weight.pk, weighed_on=DAY, weight=80, weight_unit="kg")


# A day again


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_day_again_replaces_its_weight_and_undo_brings_it_back(
    alice, mallory, alice_client, headers
):
    hers, first = weigh(mallory, "60"), weigh(alice, "80")
    sent = body(weight="79")
    for _ in range(2):
        # The first answer may have been lost; the second offers the same.
        response = alice_client.post(CREATE, sent)
        assert str(message_of(response)) == "Logged 79 kg in place of 80 kg."
        assert undo_url(response) == url(first, "restore")
    assert stored(alice) == [(DAY, "79 kg")]
    response = alice_client.post(url(first, "restore"), headers=headers)
    assert (response["HX-Redirect"] if headers else response.url) == LIST
    assert stored(alice) == [(DAY, "80 kg")]
    assert "80 kg is back." in alice_client.get(LIST).content.decode()
    # What was logged is in the trash now, and comes back in the same way.
    BodyWeight.all_objects.get(pk=sent["id"]).restore()
    assert stored(alice) == [(DAY, "79 kg")]
    assert stored(mallory) == [(DAY, str(hers))]
    assert BodyWeight.all_objects.count() == 3


def test_a_weight_that_was_removed_before_is_none_that_was_replaced(alice):
    weigh(alice, "80").soft_delete()
    assert weigh(alice, "79").replaced is None


def test_restoring_one_that_lives_changes_nothing(alice, alice_client):
    weight = weigh(alice)
    alice_client.post(url(weight, "restore"))
    assert stored(alice) == [(DAY, "80 kg")]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_leave_one_a_day():
    user = UserFactory()
    first = weigh(user, "70")

    def write(number):
        try:
            for _ in range(5):
                if number % 4 == 3:
                    BodyWeight.all_objects.get(pk=first.pk).restore()
                else:
                    weigh(user, str(80 + number))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert BodyWeight.objects.for_user(user).count() == 1
    assert BodyWeight.all_objects.for_user(user).count() == 1 + 6 * 5


# Putting right


def test_edits_what_was_said(alice, alice_client):
    weight = weigh(alice, "80.5")
    page = alice_client.get(url(weight, "update")).content.decode()
    assert 'value="80.5"' in page
    assert 'value="2026-03-05"' in page
    typed = {"weight": "176", "weight_unit": "lb", "weighed_on": "2026-03-04"}
    for _ in range(2):
        assert edit(alice_client, weight, **typed).url == LIST
    assert stored(alice) == [(date(2026, 3, 4), "176 lb")]


def test_an_edit_says_what_is_wrong(alice, alice_client):
    response = edit(alice_client, weigh(alice), weight="0")
    assert response.status_code == 422
    assert "More than 0, please." in response.content.decode()
    assert stored(alice) == [(DAY, "80 kg")]


def test_a_stale_edit_is_shown_and_wins_when_sent_again(alice, alice_client):
    weight = weigh(alice)
    BodyWeight.objects.get().edit(weight.updated_at, weight=Decimal("80.2"))
    response = edit(alice_client, weight, weight="81")
    assert response.status_code == 409
    page = response.content.decode()
    assert "Changed elsewhere meanwhile to 80.2 kg on 5 Mar 2026. Save again to keep yours." in page
    assert 'value="81"' in page
    assert stored(alice) == [(DAY, "80.2 kg")]
    seen = response.context["form"]["seen"].value()
    assert edit(alice_client, weight, weight="81", seen=seen).status_code == 302
    assert stored(alice) == [(DAY, "81 kg")]


def test_an_edit_does_not_take_another_weights_day(alice, alice_client):
    weight = weigh(alice)
    weigh(alice, "79", DAY - timedelta(days=1))
    before = stored(alice)
    response = edit(alice_client, weight, weighed_on="2026-03-04")
    assert response.status_code == 422
    assert "That day has another weight: remove that one first." in response.content.decode()
    assert stored(alice) == before
    with pytest.raises(Refused):
        weight.edit(weight.updated_at, weighed_on=DAY - timedelta(days=1))


def test_removes_with_undo(alice, alice_client):
    weight = weigh(alice)
    response = alice_client.post(url(weight, "delete"))
    assert response.url == LIST
    assert str(message_of(response)) == "80 kg removed."
    assert stored(alice) == []
    assert alice_client.get(url(weight, "update")).status_code == 404
    alice_client.post(undo_url(response))
    assert stored(alice) == [(DAY, "80 kg")]


@pytest.mark.parametrize("verb", ["update", "delete", "restore"])
def test_is_not_there_for_a_stranger(alice, alice_client, mallory_client, verb):
    weight = weigh(alice)
    if verb == "restore":
        weight.soft_delete()
    sent = {"seen": weight.updated_at.isoformat()} | body()
    assert mallory_client.post(url(weight, verb), sent).status_code == 404
    assert alice_client.post(url(weight, verb), sent).status_code == 302


@pytest.mark.parametrize("values", [{"weight": 0}, {"weighed_on": DAY - timedelta(days=1)}])
def test_the_database_refuses_no_weight_and_a_second_of_a_day(alice, values):
    weigh(alice, "79", DAY - timedelta(days=1)).soft_delete()
    weigh(alice, "78", DAY - timedelta(days=1))
    weight = weigh(alice)
    with pytest.raises(IntegrityError), transaction.atomic():
        BodyWeight.objects.filter(pk=weight.pk).update(**values)


# Looking


def test_shows_each_as_typed_and_nobody_elses(alice, mallory, alice_client):
    weigh(alice, "80.25")
    weigh(alice, "176", DAY + timedelta(days=1), unit="lb")
    weigh(mallory, "61")
    page = alice_client.get(LIST).content.decode()
    assert page.index("176 lb") < page.index("80.25 kg")
    assert "61 kg" not in page


def test_pages_back_to_the_first(alice, alice_client):
    days = [DAY - timedelta(days=number) for number in range(2 * PAGE + 1)]
    for day in days:
        weigh(alice, day=day)
    shown, page = [], alice_client.get(LIST)
    while True:
        shown += [weight.weighed_on for weight in page.context["weights"]]
        if not page.context["older"]:
            break
        older = f"{LIST}?before={page.context['older']:%Y-%m-%d}"
        assert f'href="{older}"' in page.content.decode()
        page = alice_client.get(older)
    assert shown == days
    assert "Nothing older." in alice_client.get(f"{LIST}?before=1900-01-01").content.decode()


@pytest.mark.parametrize("before", ["", "x", "2026-02-30"])
def test_there_is_no_such_page(alice_client, before):
    assert alice_client.get(LIST, {"before": before}).status_code == 404


@pytest.mark.parametrize(
    ("days_ago", "asked", "shown", "drawn"),
    [
        ([0, 90, 91, 364, 365], "quarter", "quarter", 2),
        ([0, 90, 91, 364, 365], "year", "year", 4),
        ([0, 90, 91, 364, 365], "all", "all", 5),
        ([0, 90, 91, 364, 365], "", "year", 4),
        ([0, 90, 91, 364, 365], "x", "year", 4),
        ([365, 400], "", "all", 2),
        ([365, 400], "quarter", "quarter", 0),
        ([], "", "year", 0),
    ],
)
def test_draws_a_range(alice, alice_client, today, days_ago, asked, shown, drawn):
    for days in days_ago:
        weigh(alice, day=today - timedelta(days=days))
    context = alice_client.get(LIST, {"range": asked}).context
    assert context["range"].key == shown
    assert len(context["chart"].rows if context["chart"] else []) == drawn


def test_draws_all_in_the_lifters_unit(alice, alice_client, today):
    weigh(alice, "80", today)
    weigh(alice, "176", today - timedelta(days=1), unit="lb")
    chart = alice_client.get(LIST).context["chart"]
    assert (chart.unit, [row.value for row in chart.rows]) == ("kg", ["80", "79.8"])
    type(alice).objects.filter(pk=alice.pk).update(weight_unit="lb", decimal_mark=",")
    response = alice_client.get(LIST)
    chart = response.context["chart"]
    assert (chart.unit, [row.value for row in chart.rows]) == ("lb", ["176,4", "176"])
    assert "<b>80 kg</b>" in response.content.decode()


def test_costs_the_same_for_many(alice, alice_client, today):
    def cost(address):
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get(address).status_code == 200
        return len(queries)

    addresses = (LIST, f"{LIST}?range=all", f"{LIST}?before={today}")
    weigh(alice, day=today - timedelta(days=1))
    one = [cost(address) for address in addresses]
    for days in range(2, 10):
        weigh(alice, day=today - timedelta(days=days), unit="lb")
    assert [cost(address) for address in addresses] == one


def test_settings_lead_here(alice_client):
    page = alice_client.get(reverse("accounts:settings")).content.decode()
    assert f'href="{LIST}"' in page
