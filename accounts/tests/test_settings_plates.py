"""The lifter's bar and plates on the settings page."""

from decimal import Decimal

import pytest

URL = "/settings/"
RIGHT = {
    "weight_unit": "kg",
    "time_zone": "UTC",
    "decimal_mark": ".",
    "rest_seconds": "2:00",
    "warmup_rest_seconds": "1:00",
    "bar_kg": "20",
    "plates_kg": "25 20 10",
    "bar_lb": "45",
    "plates_lb": "45 25 10",
}


def test_keeps_them_as_typed(alice, alice_client):
    typed = {"bar_kg": "17,5", "plates_kg": "20x2 2,5", "bar_lb": "0", "plates_lb": ""}
    assert alice_client.post(URL, RIGHT | typed).status_code == 302
    alice.refresh_from_db()
    assert (alice.bar_kg, alice.bar_lb) == (Decimal("17.5"), Decimal(0))
    assert (alice.plates_kg, alice.plates_lb) == ("20x2 2,5", "")


@pytest.mark.parametrize(("mark", "shown"), [(".", "17.5"), (",", "17,5")])
def test_shows_them_in_the_lifters_way(alice, alice_client, mark, shown):
    alice.bar_kg, alice.decimal_mark = Decimal("17.50"), mark
    alice.save()
    page = alice_client.get(URL).content.decode()
    assert f'name="bar_kg" value="{shown}"' in page
    assert 'name="bar_lb" value="45"' in page
    assert 'value="45 35 25 10 5 2.5"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"bar_kg": ""}, "What does the bar weigh? Type a weight like 20; 0 is fine."),
        ({"bar_lb": "heavy"}, "What does the bar weigh? Type a weight like 20; 0 is fine."),
        ({"bar_lb": "101"}, "At most 100, please."),
        ({"bar_kg": "20.125"}, "At most 2 decimals, please."),
        ({"plates_kg": "20 big"}, "“big” is no plate. Write them like 20 10 2.5."),
        ({"plates_lb": "45 45"}, "45 is there twice. Write 45×2 for two pairs."),
    ],
)
def test_says_what_is_wrong(alice, alice_client, typed, sentence):
    response = alice_client.post(URL, RIGHT | typed)
    assert response.status_code == 422
    assert response.context["form"].errors == {next(iter(typed)): [sentence]}
    page = response.content.decode()
    assert sentence in page
    assert f'value="{next(iter(typed.values()))}"' in page or not any(typed.values())
    before = alice.updated_at
    alice.refresh_from_db()
    assert alice.updated_at == before
