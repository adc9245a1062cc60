"""Reading a file into an import: its workouts staged, its names matched, its oddities noted."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import islice

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from training.importing.matching import Matcher, Shape, muscle_of
from training.importing.own_json import GONE
from training.importing.packing import clean, pack
from training.importing.parsed import (
    BadLine,
    ParsedExercise,
    ParsedSet,
    ParsedWorkout,
    Refused,
)
from training.importing.reading import Source, open_file
from training.models import Import, ImportState, ImportWorkout
from training.units import METERS_PER

BATCH = 200  # Workouts in one transaction.
ROWS_AT_ONCE = 50_000  # More are not read with the upload, but after it, with a bar.
READER_SECONDS = 60  # Whoever reads a file and has not been heard of for so long is gone.
MOST_BAD = 1_000  # How many lines that cannot be read are kept; all are counted.
MOST_ODD = 200
HEAVY, MANY = 500, 200  # From here on, kilograms and reps look like slips.
MOST_BODY_WEIGHT = 1_000
FIRST_YEAR, LAST_YEAR, EARLY_YEAR = 1900, 2200, 1980

# What a column holds: more than that is no set. Field, the largest value, how to say so.
LIMITS = (
    ("weight", Decimal(9999), "a weight of {}: at most 9,999"),
    ("reps", 9999, "{} reps: at most 9,999"),
    ("duration_seconds", 360_000, "{} seconds: at most 100 hours"),
    ("distance", Decimal(999_999), "a distance of {}: at most 999,999"),
)
MOST_METERS = 1_000_000


@dataclass
class Findings:
    """What is known of a file after reading it, or as much of it as was read."""

    facts: dict = field(default_factory=dict)
    rows: int = 0
    workouts: int = 0
    sets: int = 0
    bad_count: int = 0
    first: datetime | None = None
    last: datetime | None = None
    shapes: dict[str, Shape] = field(default_factory=dict)
    about: dict[str, dict] = field(default_factory=dict)
    odd: list[list] = field(default_factory=list)
    bad_lines: list[list] = field(default_factory=list)

    def add_bad(self, bad: BadLine) -> None:
        self.bad_count += 1
        if len(self.bad_lines) < MOST_BAD:
            self.bad_lines.append([bad.line, clean(bad.text), clean(bad.why)])

    def add(self, workout: ParsedWorkout) -> None:
        """Take note of a workout; what cannot be stored is taken out of it, as bad lines."""
        self.workouts += 1
        start = workout.start.replace(tzinfo=None)
        self.first = min(self.first or start, start)
        self.last = max(self.last or start, start)
        if start.year < EARLY_YEAR:
            self._add_odd(workout.line, workout.title, f"in {start.year}")
        elif start > timezone.now().replace(tzinfo=None) + timedelta(days=1):
            self._add_odd(workout.line, workout.title, f"in the future, {start:%-d %b %Y}")
        if workout.body_weight and 0 < workout.body_weight < MOST_BODY_WEIGHT:
            weights = self.facts.setdefault("body_weights", {})
            day = start.date().isoformat()
            weights.setdefault(day, [str(workout.body_weight), workout.body_weight_unit])
        for exercise in workout.exercises:
            self._add_exercise(exercise)

    def _add_exercise(self, exercise: ParsedExercise) -> None:
        # What has no exercise in our own export has none after it either.
        gone = exercise.extra is not None and exercise.name == GONE
        shape = Shape() if gone else self.shapes.get(exercise.name)
        if shape is None:
            shape = self.shapes[exercise.name] = Shape()
            about = self.about[exercise.name] = {"category": exercise.category}
            if exercise.extra:
                about["extra"] = exercise.extra
        kept = []
        for done in exercise.sets:
            if why := _why_not(done):
                self.add_bad(BadLine(done.line, exercise.name, why))
                continue
            kept.append(done)
            shape.sets += 1
            shape.weight += bool(done.weight)
            shape.reps += bool(done.reps)
            shape.duration_seconds += bool(done.duration_seconds)
            shape.distance_meters += bool(done.distance)
            if done.weight and done.weight > HEAVY:
                weight = (str(done.weight), done.weight_unit)
                self._add_odd(done.line, exercise.name, "", *weight)
            if done.reps and done.reps > MANY:
                self._add_odd(done.line, exercise.name, f"{done.reps} reps")
            if done.distance and not done.distance_unit:
                self.facts["asks_distance_unit"] = True
                longest = Decimal(self.facts.get("longest", 0))
                self.facts["longest"] = str(max(longest, done.distance))
        exercise.sets = kept
        self.sets += len(kept)

    def _add_odd(self, *what) -> None:
        if len(self.odd) < MOST_ODD:
            self.odd.append([clean(one) if isinstance(one, str) else one for one in what])


def start(user, *, id, file) -> Import:
    """Take a file and read it, unless it is so long that read() has to be called for it.

    The same id again returns the stored import. One that was not begun to be written makes way.
    Raises Refused if the file cannot be read or another import is being written, DoesNotExist if
    the id belongs to somebody else's.
    """
    content = file.read()
    source = open_file(content)
    data_import = _save(user, id, file.name, content, source)
    if data_import.rows_total <= ROWS_AT_ONCE:
        read(data_import)
    return data_import


@transaction.atomic
def _save(user, id, file_name, content, source) -> Import:
    # So that two uploads at once make one import.
    User.objects.select_for_update().get(pk=user.pk)
    if stored := Import.objects.filter(pk=id).first():
        return Import.objects.for_user(user).get(pk=stored.pk)
    others = Import.objects.for_user(user)
    if others.filter(state=ImportState.WRITING).exists():
        raise Refused("Another import is not finished: continue or discard it first.")
    others.discard()
    return Import.objects.create(
        id=id,
        user=user,
        file_name=clean(file_name)[:200],
        format=source.label,
        content=content,
        rows_total=source.rows_total,
    )


def read(data_import: Import) -> None:
    """Stage the file's workouts, from where somebody left off; how far it is can be seen meanwhile.

    What was staged before is read again, for a file cannot be entered midway, but not written
    again. Does nothing while somebody else reads it. Raises DoesNotExist if the import has been
    discarded.
    """
    if not _claim(data_import):
        return
    try:
        _read(data_import)
    except Exception:
        # For the next one to begin at once.
        Import.objects.filter(pk=data_import.pk, state=ImportState.READING).update(facts={})
        raise


@transaction.atomic
def _claim(data_import) -> bool:
    """Say that the file is being read from now on; return False if somebody else says so."""
    data_import.lock()
    heard_of = timezone.now() - timedelta(seconds=READER_SECONDS)
    if data_import.state != ImportState.READING or (
        # Every batch that is staged moves `updated_at`.
        data_import.facts.get("is_being_read") and data_import.updated_at > heard_of
    ):
        return False
    data_import.facts = {"is_being_read": True}
    data_import.save(update_fields=["facts"])
    return True


def _read(data_import: Import) -> None:
    source = open_file(bytes(data_import.content))
    findings = Findings()
    workouts = _good(source, findings)
    for _ in islice(workouts, data_import.workouts):
        pass
    while batch := list(islice(workouts, BATCH)):
        if not _stage(data_import, findings, batch):
            return
    _finish(data_import, source, findings)


def _good(source: Source, findings: Findings) -> Iterator[ParsedWorkout]:
    for parsed in source.workouts():
        findings.rows += getattr(parsed, "rows", 1)
        if isinstance(parsed, BadLine):
            findings.add_bad(parsed)
        elif not FIRST_YEAR <= parsed.start.year <= LAST_YEAR:
            why = f"The year {parsed.start.year} cannot be right."
            findings.add_bad(BadLine(parsed.line, parsed.title, why))
        else:
            findings.add(parsed)
            yield parsed


@transaction.atomic
def _stage(data_import, findings, batch) -> bool:
    """Write some workouts; return False if somebody else went on with it meanwhile."""
    before = data_import.workouts
    data_import.lock()
    if data_import.state != ImportState.READING or data_import.workouts != before:
        return False
    ImportWorkout.objects.bulk_create(
        _staged(data_import, position, workout) for position, workout in enumerate(batch, before)
    )
    data_import.workouts = before + len(batch)
    data_import.rows_read = min(findings.rows, data_import.rows_total)
    data_import.save(update_fields=["workouts", "rows_read"])
    return True


def _staged(data_import, position, workout) -> ImportWorkout:
    packed = pack(workout)
    return ImportWorkout(
        data_import=data_import,
        position=position,
        key=_key(workout, packed),
        start=_start(workout),
        title=clean(workout.title)[:120],
        sets=sum(done.kind != "warmup" for one in workout.exercises for done in one.sets),
        payload=packed,
    )


@transaction.atomic
def _finish(data_import, source, findings) -> None:
    before = data_import.workouts
    data_import.lock()
    if data_import.state != ImportState.READING or data_import.workouts != before:
        return
    data_import.state, data_import.content = ImportState.READY, None
    data_import.rows_read = data_import.rows_total
    data_import.sets, data_import.bad_count = findings.sets, findings.bad_count
    data_import.first_day = findings.first and findings.first.date()
    data_import.last_day = findings.last and findings.last.date()
    data_import.facts, data_import.odd = source.facts | findings.facts, findings.odd
    data_import.bad_lines = findings.bad_lines
    data_import.names = _match(data_import.user, findings)
    data_import.save()


def _match(user, findings) -> list[dict]:
    """Say of every name what it means; what wants to be looked at comes first."""
    matcher = Matcher(user)
    names = []
    for name, shape in findings.shapes.items():
        about = findings.about[name]
        extra = about.get("extra") or {}
        exercise, how = matcher.match(name, shape, extra.get("exercise_id"))
        names.append(
            {
                "name": clean(name),
                "shape": astuple(shape),
                "exercise": exercise and str(exercise.pk),
                "how": how,
                "measure": shape.measure(name),
                "muscle": muscle_of(about["category"]),
            }
        )
    first = {"new": 0, "guess": 1}
    return sorted(names, key=lambda one: (first.get(one["how"], 2), -one["shape"][0]))


def _key(workout: ParsedWorkout, packed: dict) -> str:
    """Return the identity in the source app, then a dot and the fingerprint of the contents.

    So that the same workout is known again, and one that has changed since is known for that.
    """
    extra = workout.extra or {}
    identity = extra.get("id") or sha256(workout.key.encode(errors="replace")).hexdigest()[:32]
    contents = DjangoJSONEncoder(ensure_ascii=True).encode(packed)
    return f"{identity}.{sha256(contents.encode()).hexdigest()[:32]}"


def _start(workout: ParsedWorkout) -> str:
    """Return when it began: a wall clock, or an instant in UTC, for offsets may be long."""
    start = workout.start
    return (start.astimezone(UTC) if start.tzinfo else start).isoformat()


def _why_not(done: ParsedSet) -> str:
    for name, most, text in LIMITS:
        value = getattr(done, name)
        if value is None:
            continue
        if isinstance(value, Decimal) and not value.is_finite():
            return f"“{value}” is no number."
        if value < 0:
            return f"{value} is less than nothing."
        if value > most:
            return f"{text.format(value).capitalize()} cannot be right."
    if done.distance and done.distance * METERS_PER[done.distance_unit or "m"] >= MOST_METERS:
        return f"A distance of {done.distance} {done.distance_unit} cannot be right."
    if done.rpe is not None and not 1 <= done.rpe <= 10:
        return f"RPE {done.rpe}: it goes from 1 to 10."
    return ""
