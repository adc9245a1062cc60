"""What one cell says: numbers, times, units, in the ways that apps and spreadsheets write them."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache


class Unreadable(ValueError):  # noqa: N818
    """Why a row cannot be read, as a sentence for the lifter."""


PLAIN = re.compile(r"[0-9]{1,9}(\.[0-9]{1,20})?")
# 1,234.5 and 1 234.5, and the same where the comma is the decimal mark.
WITH_POINT = re.compile(r"([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]*)(?:\.([0-9]{0,20}))?")
WITH_COMMA = re.compile(r"([0-9]{1,3}(?:[. ][0-9]{3})+|[0-9]*)(?:,([0-9]{0,20}))?")
MOST_DIGITS = 60
THIN = str.maketrans("\u00a0\u2007\u2009\u202f'’\u2212", "      -")

WEIGHT_UNITS = {
    "": "", "kg": "kg", "kgs": "kg", "kilogram": "kg", "kilograms": "kg",
    "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb",
}  # fmt: skip
# The unit that a number is kept in, and what to multiply it by to get there.
DISTANCE_UNITS = {
    "": ("", None), "m": ("m", None), "meter": ("m", None), "meters": ("m", None),
    "metre": ("m", None), "metres": ("m", None), "mètres": ("m", None), "meter(s)": ("m", None),
    "km": ("km", None), "kms": ("km", None), "kilometers": ("km", None),
    "kilometres": ("km", None), "kilometer": ("km", None), "mi": ("mi", None),
    "mi.": ("mi", None), "mile": ("mi", None), "miles": ("mi", None),
    "cm": ("m", Decimal("0.01")), "ft": ("m", Decimal("0.3048")),
    "feet": ("m", Decimal("0.3048")), "yd": ("m", Decimal("0.9144")),
    "yds": ("m", Decimal("0.9144")), "yards": ("m", Decimal("0.9144")),
}  # fmt: skip

CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,][0-9]+)?")
# 1h 5m · 65m · 35min · 1h 5min · 3,527h 3min · 1 Std. 5 Min. · 45s
DURATION = re.compile(
    r"(?:([0-9]{1,3}(?:[,. ]?[0-9]{3})?) ?(?:h|hr|hrs|std|hours?|heures?|stunden?)\b\.?)?,? ?"
    r"(?:([0-9]{1,5}) ?(?:m|min|mins|minutes?|minuten?)\b\.?)?,? ?"
    r"(?:([0-9]{1,5}) ?(?:s|sec|secs|sek|seconds?|secondes?|sekunden?)\b\.?)?"
)


@lru_cache(maxsize=4096)
def number(text: str, comma: bool = False) -> Decimal | None:
    """Read "80.0", "80,0", "1 234.5"; None where the cell is empty; raise Unreadable.

    `comma` says that a lone comma is always the decimal mark, as in "1,234" for a bit over one.
    """
    if PLAIN.fullmatch(text):
        return Decimal(text)
    if len(text) > MOST_DIGITS and text.strip():
        raise Unreadable(f"“{shown(text)}” is not a number.")
    bare = text.translate(THIN).strip()
    if not bare:
        return None
    # Both marks tell each other apart; a lone point is always the decimal mark.
    forms = (WITH_POINT, WITH_COMMA)
    for form in reversed(forms) if comma and "." not in bare else forms:
        if (match := form.fullmatch(bare)) and (match[1] or match[2]):
            whole = re.sub(r"[^0-9]", "", match[1]) or "0"
            if len(whole.lstrip("0")) > 9:
                raise Unreadable(f"“{shown(text)}” is too large a number.")
            return Decimal(f"{whole}.{match[2]}" if match[2] else whole)
    if bare.startswith("-") and number(bare[1:], comma) is not None:
        if not number(bare[1:], comma):
            return Decimal(0)
        raise Unreadable(f"“{shown(text)}” is below zero.")
    raise Unreadable(f"“{shown(text)}” is not a number.")


def whole(text: str, comma: bool = False) -> int | None:
    """Read a count, as "8" or "8.0"; None where the cell is empty; raise Unreadable."""
    value = number(text, comma)
    if value is None:
        return None
    if value != int(value):
        raise Unreadable(f"“{shown(text)}” is not a whole number.")
    return int(value)


def seconds(text: str, comma: bool = False) -> int | None:
    """Read a time as "90", "90.0", "1:30" or "0:01:30"; None where the cell is empty."""
    if match := CLOCK.fullmatch(text.strip()):
        hours, minutes, rest = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + rest
    if ":" in text:
        raise Unreadable(f"“{shown(text)}” is not a time.")
    value = number(text, comma)
    return None if value is None else int(value.to_integral_value(ROUND_HALF_UP))


def rpe(text: str, comma: bool = False) -> Decimal | None:
    """Read an effort of 1 to 10; None where there is none, which some files write as 0."""
    value = number(text, comma)
    if not value:
        return None
    if not 1 <= value <= 10:
        raise Unreadable(f"RPE “{shown(text)}” is not between 1 and 10.")
    return value


def duration(text: str) -> int | None:
    """Read how long a workout took, in seconds; None where nobody can tell.

    A workout is not lost for the sake of its clock, so nothing is raised.
    """
    bare = " ".join(text.translate(THIN).lower().split())
    if not bare:
        return None
    if (match := DURATION.fullmatch(bare)) and any(match.groups()):
        hours, minutes, rest = (int(re.sub(r"\D", "", part or "0")) for part in match.groups())
        return hours * 3600 + minutes * 60 + rest
    try:
        return seconds(bare)
    except Unreadable:
        return None


def weight_unit(text: str) -> str:
    """Return "kg", "lb" or "" for the word of a file; raise Unreadable."""
    try:
        return WEIGHT_UNITS[text.strip().lower()]
    except KeyError:
        raise Unreadable(f"“{shown(text)}” is no unit of weight known here.") from None


def distance_in(value: Decimal | None, unit: str) -> tuple[Decimal | None, str]:
    """Return a distance and its unit "m", "km", "mi" or ""; feet and yards become metres."""
    if value is None:
        return None, ""
    try:
        name, factor = DISTANCE_UNITS[unit.strip().lower()]
    except KeyError:
        raise Unreadable(f"“{shown(unit)}” is no unit of distance known here.") from None
    return (value * factor if factor else value), name


def shown(text: str, most: int = 40) -> str:
    """Cut a cell short and make it printable, to be quoted in a sentence."""
    text = " ".join(text.split())
    text = "".join(letter for letter in text if letter.isprintable())
    return text if len(text) <= most else f"{text[: most - 1]}…"
