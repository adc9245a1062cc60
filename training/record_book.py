"""The record book: which sets of a history are records, found whenever they are shown.

Nothing is stored, so records follow every edit at once. What they need of a history is small: when
each load was first lifted for so many reps. A set that repeats one of these is a tie, and the best
up to any moment is among them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db.models import Case, F, Min, Q, Value, When
from django.db.models.functions import Coalesce

from training.loads import body_kg_expression
from training.models import ExerciseSet, WorkoutSession
from training.records import MOST_REPS, WITH_RECORDS, Bests, Effort, Record
from training.units import kilograms_expression

EFFORT = ("measure", "kg", "body_kg", "reps")
LATELY = 100  # Workouts.
MOST_TOLD = 15  # Records of an exercise.


@dataclass(slots=True)
class First:
    """An effort, and the beginning of the first workout in which it was made."""

    exercise: UUID
    measure: str
    effort: Effort
    at: datetime


@dataclass(slots=True)
class Done:
    """A set that may be a record."""

    id: UUID
    workout: UUID
    at: datetime
    exercise: UUID
    effort: Effort


@dataclass(slots=True)
class Best:
    """The best effort of its kind, and the set that it was."""

    effort: Effort
    set: ExerciseSet


@dataclass(slots=True)
class Book:
    """What the record book has of an exercise.

    `rep_maxes` are the heaviest for at least 1, 2, … 12 reps, up to the most there are; `strongest`
    is the best estimated one-rep max; `records` are the latest sets that were records, the latest
    first.
    """

    rep_maxes: list[Best]
    strongest: Best | None
    records: list[tuple[ExerciseSet, list[Record]]]


def records_in(workout: WorkoutSession, previous: dict) -> dict[UUID, list[Record]]:
    """Map the sets of a workout loaded with `with_log()` to their records.

    `previous` maps each entry to the sets of its last time. What is matched by one of these is no
    record, so that history is asked only about the few exercises of which a set is not.
    """
    done: list[Done] = []
    ask, skip = set(), set()
    for entry in workout.log:
        last_time = previous.get(entry.pk, [])
        body_kg = workout.body_kg if entry.lifts_body else None
        efforts = [(one.pk, _effort(entry, one, body_kg)) for one in entry.sets]
        known = [_effort(entry, one, one.session_exercise.body_kg) for one in last_time]
        if last_time:
            unmatched = any(
                effort and not any(one and one.matches(effort) for one in known)
                for _, effort in efforts
            )
            (ask if unmatched else skip).add(entry.exercise_id)
        done += [
            Done(pk, workout.pk, workout.session_date, entry.exercise_id, effort)
            for pk, effort in efforts
            if effort
        ]
    done = [one for one in done if one.exercise not in skip - ask]
    measure = _only(entry.measure for entry in workout.log if entry.exercise_id in ask)
    past = firsts(workout.user_id, ask, before=workout.session_date, measure=measure)
    return records_among(done, past)


def record_ids(workouts: Iterable[WorkoutSession], exercise) -> set[UUID]:
    """Name the sets of an exercise that are records, in some workouts of one lifter."""
    if exercise.measure not in WITH_RECORDS:
        return set()
    return {one.id for one, _ in _records_of(workouts, exercise)}


def record_counts(workouts: Iterable[WorkoutSession]) -> dict[UUID, int]:
    """Map workouts of one lifter to how many sets in each are records; none are left out."""
    return Counter(one.workout for one, _ in _records_of(workouts))


def records_since(user, since: datetime) -> list[tuple[ExerciseSet, list[Record]]]:
    """Return the user's sets since an instant that are records, the latest first, and in what."""
    workouts = WorkoutSession.objects.for_user(user).since(since).only("user", "session_date")
    records = {one.id: records for one, records in _records_of(workouts)}
    return [(one, records[one.pk]) for one in _sets(records)]


def bests_of(user, exercise) -> Book:
    """Return the user's bests of an exercise; of two that are equal the earlier one."""
    if exercise.measure not in WITH_RECORDS:
        return Book([], None, [])
    past = firsts(user.pk, [exercise.pk], measure=exercise.measure)
    # Of one workout, more reps.
    past.sort(key=lambda one: (one.at, -one.effort.reps))
    best = _rep_maxes(past)
    strongest = max(past, key=lambda one: round(one.effort.one_rep_max, 6), default=None)
    if strongest and strongest.effort.one_rep_max:
        best.append(strongest)
    else:
        strongest = None
    promising = _promising(past)
    wanted = {one.at for one in best}
    done = _done_at(user, exercise, wanted | set(sorted(promising)[-2 * MOST_TOLD :]))
    records = records_among(done, past)
    if len(records) < MOST_TOLD < len(promising) / 2:
        done = _done_at(user, exercise, wanted | promising)
        records = records_among(done, past)
    ids = {(one.at, one.effort.kg, one.effort.reps): one.id for one in reversed(done)}
    ids = [ids[one.at, one.effort.kg, one.effort.reps] for one in best]
    by_time = sorted((one for one in done if one.id in records), key=attrgetter("at"))
    latest = {one.id for one in by_time[-MOST_TOLD:]}
    sets = {one.pk: one for one in _sets({*latest, *ids})}
    bests = [Best(one.effort, sets[pk]) for one, pk in zip(best, ids, strict=True)]
    return Book(
        bests[:-1] if strongest else bests,
        bests[-1] if strongest else None,
        [(one, records[pk]) for pk, one in sets.items() if pk in latest],
    )


def _records_of(
    workouts: Iterable[WorkoutSession], exercise=None
) -> list[tuple[Done, list[Record]]]:
    """Find the records among all countable sets of some workouts, or those of one exercise.

    The workouts are of one lifter. What was lifted in the last workouts before them tells of most
    exercises that no set is a record, so that all of history is asked only about the others.
    """
    begun = {workout.pk: workout.session_date for workout in workouts}
    if not begun:
        return []
    user_id = next(iter(workouts)).user_id
    earliest, latest = min(begun.values()), max(begun.values())
    # Not only of the exercises in the workouts: by them SQLite would read all of history.
    asked, measure = ([exercise.pk], exercise.measure) if exercise else (None, None)
    # By when they began, not by id, so that both conditions are on the workouts alone.
    at = "session_exercise__workout__session_date"
    since = WorkoutSession.objects.for_user(user_id).beginning_of_last(LATELY, before=earliest)
    lately = Q(**{f"{at}__gte": since, f"{at}__lt": earliest})
    now_or_lately = lately | Q(**{f"{at}__in": set(begun.values())})
    seen = _firsts(_countable(user_id, asked, measure=measure).filter(now_or_lately))
    asked = _unmatched(seen, since=earliest)
    if not asked:
        return []
    measure = _only(one.measure for one in seen if one.exercise in asked)
    now = _countable(user_id, asked, measure=measure).filter(session_exercise__workout__in=begun)
    done = _done(now)
    records = records_among(done, firsts(user_id, asked, before=latest, measure=measure))
    return [(one, records[one.id]) for one in done if one.id in records]


def firsts(user_id, exercises, *, before: datetime | None = None, measure=None) -> list[First]:
    """Return when each load was first lifted for so many reps, the earliest first.

    Of the exercises of the given ids, in workouts that began before an instant; if all have one
    measure, it need not be looked up.
    """
    if not exercises:
        return []
    return _firsts(_countable(user_id, exercises, before=before, measure=measure))


def _firsts(sets) -> list[First]:
    """Return when the efforts among countable sets were first made, the earliest first."""
    rows = (
        sets.order_by()
        .values_list("session_exercise__exercise", *EFFORT)
        .annotate(first=Min("session_exercise__workout__session_date"))
    )
    found = [
        First(exercise, measure, effort, at)
        for exercise, measure, *values, at in rows
        if (effort := Effort.of(measure, *values))
    ]
    return sorted(found, key=attrgetter("at"))


def records_among(done: Iterable[Done], past: Iterable[First]) -> dict[UUID, list[Record]]:
    """Map those sets that are records to what they are records in.

    `done` are all countable sets of some workouts; `past` what was first lifted before the last of
    these, the earliest first. Workouts that began at the same instant do not beat one another.
    """
    tracks, pasts = defaultdict(list), defaultdict(list)
    for one in done:
        tracks[one.exercise, one.effort.whole].append(one)
    for one in past:
        pasts[one.exercise, one.effort.whole].append(one)
    found = {}
    for track, sets in tracks.items():
        bests = Bests()
        waiting = iter(pasts[track])
        first = next(waiting, None)
        # Sorting is stable, so the sets of a workout stay in their order.
        sets.sort(key=lambda one: (one.at, one.workout))
        for (at, _), of_workout in groupby(sets, key=lambda one: (one.at, one.workout)):
            while first and first.at < at:
                bests.add(first.effort)
                first = next(waiting, None)
            today = bests.copy()
            for one in of_workout:
                if records := today.beaten_by(one.effort):
                    found[one.id] = records
                today.add(one.effort)
    return found


def _unmatched(seen: list[First], since: datetime) -> set[UUID]:
    """Return the exercises of which an effort since an instant is not matched by those before."""
    bests: dict = defaultdict(Bests)
    found = set()
    for one in seen:
        best = bests[one.exercise, one.effort.whole]
        if one.at < since:
            best.add(one.effort)
        elif not best.match(one.effort):
            found.add(one.exercise)
    return found


def _only(measures: Iterable[str]) -> str | None:
    """Return the measure if all are the same; None if not."""
    measures = set(measures)
    return measures.pop() if len(measures) == 1 else None


def _rep_maxes(past: list[First]) -> list[First]:
    """Return the heaviest for at least 1, 2, … 12 reps, up to the most reps there are."""
    # What was added counts only while the lifter's whole load is never known.
    comparable = [one for one in past if one.effort.whole] or past
    found = []
    for reps in range(1, MOST_REPS + 1):
        enough = [one for one in comparable if one.effort.reps >= reps]
        if enough:
            found.append(max(enough, key=lambda one: round(one.effort.kg, 6)))
    return found


def _promising(past: list[First]) -> set[datetime]:
    """Return when those workouts began in which something was not matched by all before."""
    bests: dict = defaultdict(Bests)
    found = set()
    for at, together in groupby(past, key=attrgetter("at")):
        together = list(together)
        if any(not bests[one.effort.whole].match(one.effort) for one in together):
            found.add(at)
        for one in together:
            bests[one.effort.whole].add(one.effort)
    return found


def _sets(ids) -> Iterable[ExerciseSet]:
    return (
        ExerciseSet.objects.filter(pk__in=ids)
        .with_entry()
        .order_by(
            "-session_exercise__workout__session_date",
            "-session_exercise__workout",
            "-session_exercise__order_index",
            "-set_number",
        )
    )


def _countable(user_id, exercises=None, *, before=None, measure=None):
    """Select the working sets that can be records, of some exercises, before an instant."""
    sets = ExerciseSet.objects.for_user(user_id).working()
    sets = sets.filter(reps__gt=0)
    if measure is None:
        sets = sets.filter(session_exercise__exercise__measure__in=WITH_RECORDS)
    if exercises is not None:
        among = When(session_exercise__exercise__in=exercises, then=True)
        # Not as a plain condition, for which the databases would rather read these exercises'
        # entries of all lifters; of one that need not be looked up they do not.
        alone = measure and len(exercises) == 1
        sets = sets.filter(among.condition if alone else Case(among, default=False))
    if before:
        sets = sets.filter(session_exercise__workout__session_date__lt=before)
    return _with_efforts(sets, measure)


def _done_at(user, exercise, beginnings: set[datetime]) -> list[Done]:
    sets = _countable(user.pk, [exercise.pk], measure=exercise.measure)
    return _done(sets.filter(session_exercise__workout__session_date__in=beginnings))


def _done(sets) -> list[Done]:
    """Read countable sets, those of a workout in their order."""
    entry = "session_exercise__"
    rows = sets.order_by(f"{entry}workout", f"{entry}order_index", "set_number").values_list(
        "pk", f"{entry}workout", f"{entry}workout__session_date", f"{entry}exercise", *EFFORT
    )
    return [
        Done(pk, workout, at, exercise, effort)
        for pk, workout, at, exercise, *values in rows
        if (effort := Effort.of(*values))
    ]


def _with_efforts(sets, measure):
    return sets.annotate(
        measure=Value(measure) if measure else F("session_exercise__exercise__measure"),
        kg=Coalesce(kilograms_expression(), 0.0),
        body_kg=body_kg_expression(measure=measure),
    )


def _effort(entry, done: ExerciseSet, body_kg: float | None) -> Effort | None:
    if done.is_warmup:
        return None
    return Effort.of(entry.measure, done.weight_kg, body_kg, done.reps)
