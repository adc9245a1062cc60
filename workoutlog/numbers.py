"""Numbers as lifters write them: with a point or a comma, times as m:ss, no trailing zeros."""

import re
from contextvars import ContextVar
from decimal import Decimal

# Which mark the current lifter writes; set for every request by the preferences middleware.
decimal_mark: ContextVar[str] = ContextVar("decimal_mark", default=".")

NUMBER = re.compile(r"\+?(\d+(?:[.,]\d*)?|[.,]\d+)")


def parse_number(text: str) -> Decimal:
    """Read "82.5" or "82,5"; raise ValueError for anything else, negative numbers included."""
    text = re.sub(r"\s", "", text)
    if not NUMBER.fullmatch(text) or not text.isascii():
        raise ValueError(f"not a number: {text!r}")
    return Decimal(text.replace(",", "."))


def format_number(value, places: int | None = None) -> str:
    """Write a number with the lifter's decimal mark and no trailing zeros; None is empty.

    `places` rounds to that many decimals at most.
    """
    if value is None:
        return ""
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if places is not None:
        number = round(number, places)
    text = f"{number.normalize():f}"
    return text.replace(".", decimal_mark.get())


def format_total(value) -> str:
    """Write a sum as a whole number with grouped thousands."""
    text = f"{round(value or 0):,}"
    return text if decimal_mark.get() == "." else text.replace(",", ".")


def parse_duration(text: str) -> int:
    """Read "90", "1:30" or "1:02:03" as seconds; raise ValueError for anything else."""
    parts = text.strip().split(":")
    if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"not a time: {text!r}")
    if any(int(part) >= 60 for part in parts[1:]):
        raise ValueError(f"not a time: {text!r}")
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds


def format_duration(seconds: int | None) -> str:
    """Write seconds as m:ss, or h:mm:ss from an hour on; None is empty."""
    if seconds is None:
        return ""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
