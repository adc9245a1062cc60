"""A file as rows of cells: its encoding, its delimiter, its limits, and where it is broken."""

import codecs
import csv
import io
import re
import unicodedata
from collections import deque

from training.importing.cells import shown
from training.importing.parsed import BadLine, Refused
from workoutlog.numbers import format_total

MAX_BYTES = 10_000_000
# Our own files have an id of every row, so they may be larger than those of other apps.
OWN_MAX_BYTES = 50_000_000
# How the CSV of ours begins, perhaps after a spreadsheet saved it.
OURS = re.compile(rb'(\xef\xbb\xbf)?"?workout_id\b')
MAX_ROWS = 200_000
MAX_CELL = 100_000
MAX_LINE = 1_000_000
# A quotation mark without its partner swallows lines, which are then read again one by one.
MAX_BROKEN = 500

MAGIC = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
    (b"SQLite format 3", "a database"),
)
# What Excel writes above the header.
SEPARATOR = re.compile(r"\"?sep=([,;\t|])\"?", re.IGNORECASE)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def check(content: bytes) -> None:
    """Raise Refused for what is empty, too large, or no text at all."""
    refuse_above(OWN_MAX_BYTES if OURS.match(content) else MAX_BYTES, content)
    if not content.strip():
        raise Refused("This file is empty.")
    for magic, kind in MAGIC:
        if content.startswith(magic):
            raise Refused(
                f"This is {kind}, not a CSV file. Unpack it, or export it as CSV, and try again."
            )
    encoding = encoding_of(content)
    wide = encoding in ("utf-16", "utf-32")
    if "\0" in content.decode(encoding, "replace") if wide else b"\0" in content:
        raise Refused("This is not a text file, so it cannot be a CSV export.")


def refuse_above(most: int, content: bytes) -> None:
    """Raise Refused for a file of more than so many bytes, whole megabytes."""
    if len(content) > most:
        raise Refused(
            f"This file is larger than {most // 1_000_000} MB, the most that can be imported"
            " at once."
        )


def encoding_of(content: bytes) -> str:
    """Return the encoding: by its mark, else UTF-8, else the old Windows one."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    try:
        # Not final, since a file may be cut off in the middle of a letter.
        codecs.getincrementaldecoder("utf-8")().decode(content)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


class Table:
    """The rows of a CSV file, read again as often as asked and never held as a whole."""

    def __init__(self, content: bytes):
        check(content)
        self.content = content
        self.encoding = encoding_of(content)
        self.delimiter = ","
        first = next((line for line in Rows(self).lines if line.strip()), "")
        told = SEPARATOR.fullmatch(first.strip())
        self.above = 1 if told else 0
        self.delimiter = told[1] if told else max(",;\t", key=first.count)
        header = next(self._rows(), None)
        if not isinstance(header, list):
            raise Refused("This file does not begin with the header of a CSV file.")
        self.header = tuple(map(name_of, header))

    def rows(self) -> "Rows":
        """Start reading the rows below the header."""
        rows = self._rows()
        next(rows)
        return rows

    def _rows(self) -> "Rows":
        rows = Rows(self)
        for _ in range(self.above):
            next(rows)
        return rows

    @property
    def ends_midway(self) -> bool:
        """Whether the file lacks the end of its last line, as one cut off does."""
        return not self.content.rstrip(b"\0").endswith((b"\n", b"\r"))


class Rows:
    """The rows of a table one by one: a list of cells, or a BadLine; empty rows are no rows."""

    def __init__(self, table: Table):
        self.table = table
        self.lines = Lines(table)
        self.reader = csv.reader(self.lines, delimiter=table.delimiter, strict=True)
        self.line = 0
        self.broken = 0

    def __iter__(self):
        return self

    def __next__(self) -> list[str] | BadLine:
        lines = self.lines
        while True:
            lines.taken.clear()
            self.line = lines.number + 1
            try:
                cells = next(self.reader)
            except csv.Error as error:
                return self._broken(error)
            if any(cells):
                if sum(map(len, lines.taken)) > MAX_CELL and max(map(len, cells)) > MAX_CELL:
                    raise self._endless()
                return cells

    @property
    def text(self) -> str:
        """The row as it stands in the file."""
        return "".join(self.lines.taken).rstrip("\r\n")

    def _broken(self, error) -> BadLine:
        """Give up the line at which the row began, and hand back those that it swallowed."""
        taken = self.lines.taken
        if "field limit" in str(error) or sum(map(len, taken)) > MAX_CELL:
            raise self._endless()
        if len(taken) > 1:
            self.broken += 1
            if self.broken > MAX_BROKEN:
                raise Refused(
                    f"More than {MAX_BROKEN} rows of this file have a quotation mark without"
                    " its partner, so it cannot be read as CSV."
                )
            self.lines.hand_back(taken[1:])
        return BadLine(
            self.line,
            taken[0].rstrip("\r\n"),
            "A quotation mark in this row lacks its partner.",
        )

    def _endless(self) -> Refused:
        return Refused(
            f"The row that begins on line {format_total(self.line)} has a cell of more than"
            f" {format_total(MAX_CELL)} characters. A quotation mark is probably missing there."
        )


class Lines:
    """The lines of a file, which can be handed back to be read again."""

    def __init__(self, table: Table):
        self.file = io.TextIOWrapper(
            io.BytesIO(table.content), table.encoding, errors="replace", newline=""
        )
        self.again = deque()
        self.taken = []
        self.number = 0

    def __iter__(self):
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else self.file.readline(MAX_LINE + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > MAX_LINE:
            raise Refused(
                f"Line {format_total(self.number)} of this file does not end: it is no CSV file."
            )
        self.taken.append(line)
        return line

    def hand_back(self, lines: list[str]) -> None:
        self.again.extendleft(reversed(lines))
        self.number -= len(lines)


def name_of(cell: str) -> str:
    """Spell the name of a column in one way: lower case, plain apostrophes, no odd spaces."""
    cell = unicodedata.normalize("NFC", cell)
    return " ".join(cell.replace("’", "'").replace("\ufeff", "").lower().split())


def header_shown(header: tuple[str, ...]) -> str:
    return shown(", ".join(header), 300)
