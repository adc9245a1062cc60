"""The values of our own JSON export, each checked, so that a file by hand is an error of nobody."""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from training.importing.cells import Unreadable, shown

NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
MOST_WHOLE = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2200
TIMES = ("created_at", "updated_at", "deleted_at")


def times_of(facts: dict) -> dict:
    """Return when a row was made, written and deleted, as far as it says so."""
    times = {name: instant(facts.get(name)) for name in TIMES}
    return {name: time.isoformat() for name, time in times.items() if time}


def row_of(facts: dict) -> dict:
    """Return a row's id and times, as far as it says them."""
    with suppress(Unreadable):
        return {"id": id_of(facts), **times_of(facts)}
    return times_of(facts)


def id_of(facts: dict) -> str:
    try:
        return str(UUID(facts["id"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Unreadable("This has no id.") from None


def instant(value) -> datetime | None:
    if value is None:
        return None
    try:
        time = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(f"“{shown(str(value))}” is no time.") from None
    if time.tzinfo is None or not FIRST_YEAR < time.year < LAST_YEAR:
        raise Unreadable(f"“{shown(str(value))}” is no time that can be right.")
    return time


def day(value) -> str:
    try:
        found = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable(f"“{shown(str(value))}” is no day.") from None
    if not FIRST_YEAR < found.year < LAST_YEAR:
        raise Unreadable(f"“{shown(str(value))}” is no day that can be right.")
    return found.isoformat()


def number(value) -> Decimal | None:
    if value is None:
        return None
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise Unreadable(f"“{shown(str(value))}” is no number of this format.")
    return Decimal(value)


def whole(value, usual: int | None = None) -> int | None:
    if value is None:
        return usual
    if type(value) is not int or not 0 <= value <= MOST_WHOLE:
        raise Unreadable(f"“{shown(str(value))}” is no whole number that can be right.")
    return value


def choice(value, values: list[str]) -> str:
    if not isinstance(value, str) or value not in values:
        raise Unreadable(f"“{shown(str(value))}” is none of {', '.join(values)}.")
    return value


def text(value) -> str:
    return value if isinstance(value, str) else ""


def texts(value) -> list[str]:
    return [one for one in value if one and isinstance(one, str)] if type(value) is list else []


def dicts(value) -> list[dict]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
