"""A file that a lifter uploads: which app it is from, and its workouts one by one."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from training.importing.fitnotes import FitNotes
from training.importing.format import Format
from training.importing.hevy import Hevy
from training.importing.liftosaur import Liftosaur
from training.importing.own_csv import OwnCsv
from training.importing.own_json import OwnJson
from training.importing.parsed import BadLine, ParsedWorkout, Refused
from training.importing.strong import Strong
from training.importing.stronglifts import StrongLifts
from training.importing.table import MAX_ROWS, Table, header_shown
from workoutlog.numbers import format_total

# The first that recognises a header reads the file.
FORMATS: tuple[type[Format], ...] = (
    Hevy,
    Strong,
    Liftosaur,
    FitNotes,
    StrongLifts,
    OwnCsv,
)
# The same for files that are no tables: `recognises` gets the bytes of the file.
DOCUMENTS: tuple[type, ...] = (OwnJson,)


class Source:
    """A file whose app is known and whose rows are counted, ready to be read."""

    def __init__(self, reader, rows_total: int):
        self._reader = reader
        self.format: str = reader.key
        self.label: str = reader.label
        self.rows_total = rows_total
        facts = reader.facts()
        self.facts: dict = asdict(facts) | {"unit_reason": (facts.unit_guess or ("", ""))[1]}

    def workouts(
        self, progress: Callable[[int], None] | None = None
    ) -> Iterator[ParsedWorkout | BadLine]:
        """Yield what the file holds in its order; `progress` is told the rows read so far."""
        return self._reader.workouts(progress)


def open_file(content: bytes) -> Source:
    """Find out what the file is; raise Refused, at once, for what cannot be imported."""
    for document in DOCUMENTS:
        if document.recognises(content):
            reader = document(content)
            return Source(reader, reader.rows_total)
    table = Table(content)
    reader = _format(table)(table)
    for cells in table.rows():
        reader.rows_total += 1
        if reader.rows_total > MAX_ROWS:
            raise Refused(
                f"This file has more than {format_total(MAX_ROWS)} rows, the most that can be"
                " imported at once."
            )
        if not isinstance(cells, BadLine):
            reader.scan(reader.rows_total, cells)
    if not reader.rows_total:
        raise Refused(f"This is an export of {reader.label} without any sets.")
    return Source(reader, reader.rows_total)


def _format(table: Table) -> type[Format]:
    for candidate in FORMATS:
        if candidate.recognises(table.header):
            return candidate
    if _is_json(table):
        raise Refused("This is a JSON file, but not an export of ours.")
    supported = ", ".join(candidate.label for candidate in FORMATS)
    raise Refused(
        f"The columns of this file are not known here: {header_shown(table.header)}."
        f" Exports of these apps can be read: {supported}."
    )


def _is_json(table: Table) -> bool:
    if not table.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return False
    try:
        json.loads(table.content)
    except (ValueError, RecursionError):
        return False
    return True
