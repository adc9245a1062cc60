"""A JSON document as a stream: a long array in it is never in memory as a whole."""

import json
import re
from collections.abc import Iterator

# So many letters a value may have: as objects it takes ten times as much memory. Most are short.
SHORT, LONGEST = 50_000, 5_000_000
SPACE = re.compile(r"\s*")


def members(text: str, items: str) -> Iterator[tuple[str, object, int]]:
    """Yield name, value and place of an object's members; of the array `items`, each of its items.

    Raises ValueError, after what could be read, where the text is not JSON or a value too long.
    """
    decode = json.JSONDecoder(parse_constant=_no_number).raw_decode

    def skip(at: int) -> int:
        return SPACE.match(text, at).end()

    def value_at(at: int):
        try:
            value, length = decode(text[at : at + SHORT], 0)
        except ValueError:
            value, length = decode(text[at : at + LONGEST], 0)
        except RecursionError:
            raise ValueError("nested too deep") from None
        return value, at + length

    at = _expect(text, skip(int(text.startswith("\ufeff"))), "{")
    while True:
        name, at = value_at(skip(at))
        if not isinstance(name, str):
            raise ValueError("a name must be a text")
        at = skip(_expect(text, skip(at), ":"))
        if name == items and text.startswith("[", at):
            at = skip(at + 1)
            while not text.startswith("]", at):
                place = at
                value, at = value_at(at)
                yield name, value, place
                at = skip(at)
                if not text.startswith("]", at):
                    at = skip(_expect(text, at, ","))
            at += 1
        else:
            place = at
            value, at = value_at(at)
            yield name, value, place
        at = skip(at)
        if text.startswith("}", at):
            return
        at = _expect(text, at, ",")


def _expect(text: str, at: int, sign: str) -> int:
    if not text.startswith(sign, at):
        raise ValueError(f"no {sign} at {at}")
    return at + 1


def _no_number(text: str):
    raise ValueError(f"{text} is no number")
