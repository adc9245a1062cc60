"""Cells of CSV files: texts that no spreadsheet takes for a formula, plain numbers and times."""

from decimal import Decimal

# With these a spreadsheet begins a formula, or skips them and begins one after; the wide forms
# count as the plain ones where the computer writes Japanese or Chinese.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def escape(text: str) -> str:
    """As harmless(), and so that unescape() gives back any text: apostrophes are doubled."""
    return f"'{text}" if text.startswith(("'", *FORMULA_STARTS)) else text


def unescape(text: str) -> str:
    """Take off what escape() put on."""
    return text.removeprefix("'")


def plain(number: Decimal | int | None) -> str:
    """Write a number with a point, however the lifter reads it, and no trailing zeros."""
    if number is None:
        return ""
    return f"{number.normalize():f}" if isinstance(number, Decimal) else str(number)
