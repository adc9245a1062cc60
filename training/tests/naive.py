"""The figures of the exercise and progress pages, computed in the plainest way from tuples.

A `Lifted` is a working set: nothing here knows of databases, warm-ups or deleted rows.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple


class Lifted(NamedTuple):
    """A working set; `at` orders workouts, `order` the sets of one, `kg` is as typed."""

    id: str
    workout: str
    at: object
    order: tuple
    day: date
    exercise: str
    measure: str
    kg: float
    reps: int | None
    seconds: int | None
    meters: float | None
    body_kg: float | None


def monday(day):
    return day - timedelta(days=day.weekday())


def body_kg(weighings, day):
    """`weighings` are (day, kg) pairs."""
    before = [one for one in weighings if one[0] <= day]
    return max(before)[1] if before else None


def load(one):
    if one.measure == "assisted_reps":
        return None if one.body_kg is None else max(one.body_kg - one.kg, 0)
    if one.measure == "bodyweight_reps":
        return one.kg + (one.body_kg or 0)
    return one.kg


def volume(one):
    return (load(one) or 0) * (one.reps or 0)


def whole(one):
    return one.measure == "weight_reps" or one.body_kg is not None


def one_rep_max(one):
    has_reps = one.reps is not None and 1 <= one.reps <= 12
    lifts_reps = one.measure in ("weight_reps", "bodyweight_reps", "assisted_reps")
    if not has_reps or not lifts_reps or not whole(one):
        return None
    return load(one) if one.reps == 1 else load(one) * (1 + one.reps / 30)


def in_order(sets):
    return sorted(sets, key=lambda one: (one.at, one.workout, one.order))


def trend(sets, key):
    """Map workouts to a trend of one exercise; None where nothing is known."""
    workouts = defaultdict(list)
    for one in sets:
        workouts[one.workout].append(one)
    # What was added says nothing beside what was lifted in all.
    ever_whole = any(whole(one) for one in sets)
    found = {}
    for workout, done in workouts.items():
        if key == "1rm":
            values = [one_rep_max(one) for one in done]
            values = [value for value in values if value is not None]
            found[workout] = max(values) if values else None
        elif key in ("heaviest", "volume"):
            partial = done[0].measure == "bodyweight_reps" and ever_whole and not whole(done[0])
            loads = [(load(one), one.reps) for one in done if load(one) is not None]
            if key == "volume":
                loads = [(kg * reps, 0) for kg, reps in loads if reps is not None]
            pick = max if key == "heaviest" else sum
            found[workout] = pick(kg for kg, _ in loads) if loads and not partial else None
        else:
            name = {"reps": "reps", "time": "seconds", "distance": "meters"}[key]
            values = [getattr(one, name) for one in done if getattr(one, name) is not None]
            found[workout] = sum(values) if values else None
    return found


def comparable(sets):
    """Sets that may be records, each with its load."""
    return [
        one
        for one in in_order(sets)
        if one.measure in ("weight_reps", "bodyweight_reps", "assisted_reps")
        and one.reps
        and load(one) is not None
    ]


def close(a, b):
    return abs(a - b) < 1e-6


def rep_maxes(sets):
    """List (kg, id) of the heaviest for at least 1, 2 … 12 reps.

    Of equal loads the earliest workout counts, and in it the set of more reps.
    """
    sets = comparable(sets)
    sets = [one for one in sets if whole(one)] or sets
    found = []
    for reps in range(1, 13):
        enough = [one for one in sets if one.reps >= reps]
        if enough:
            most = max(load(one) for one in enough)
            equal = [one for one in enough if close(load(one), most)]
            found.append((most, first_of_equals(equal).id))
    return found


def first_of_equals(sets):
    at = min(one.at for one in sets)
    most = max(one.reps for one in sets if one.at == at)
    return next(one for one in in_order(sets) if one.at == at and one.reps == most)


def strongest(sets):
    """Return (kg, id) of the best estimated one-rep max; None if there is none."""
    able = [one for one in comparable(sets) if one_rep_max(one)]
    if not able:
        return None
    most = max(one_rep_max(one) for one in able)
    return most, first_of_equals([one for one in able if close(one_rep_max(one), most)]).id


def records(sets):
    """Map ids of sets of one exercise to what they beat: {kind: (value, beaten)}."""
    found = {}
    done = comparable(sets)
    for one in done:
        before = [
            other
            for other in done
            if whole(other) == whole(one)
            and (other.at < one.at or (other.workout == one.workout and other.order < one.order))
        ]
        beaten = {}
        maxes = [one_rep_max(other) for other in before if one_rep_max(other)]
        if maxes and one_rep_max(one) and one_rep_max(one) > max(maxes) + 1e-6:
            beaten["Est. 1RM"] = (one_rep_max(one), max(maxes))
        heaviest = max((load(other) for other in before), default=0)
        if heaviest and load(one) > heaviest + 1e-6:
            beaten["Heaviest"] = (load(one), heaviest)
        same = [other.reps for other in before if close(load(other), load(one))]
        heavier = [other.reps for other in before if load(other) >= load(one) - 1e-6]
        if same and one.reps > max(heavier):
            beaten["Most reps at this weight"] = (one.reps, max(same))
        if beaten:
            found[one.id] = beaten
    return found


def totals(sets):
    return len({one.workout for one in sets}), len(sets), sum(volume(one) for one in sets)


def by_span(sets, first_of):
    """Map first days of weeks or months to their totals."""
    spans = defaultdict(list)
    for one in sets:
        spans[first_of(one.day)].append(one)
    return {start: totals(done) for start, done in spans.items()}


def streaks(sets, today):
    """Return how many weeks in a row up to now, and at most."""
    weeks = {monday(one.day) for one in sets}

    def back_from(week):
        count = 0
        while week in weeks:
            count += 1
            week -= timedelta(days=7)
        return count

    # A workout beyond the date line may already be in the next week.
    latest = max({monday(today)} | weeks)
    now = back_from(latest) or back_from(monday(today) - timedelta(days=7))
    return now, max((back_from(week) for week in weeks), default=0)


def muscles(sets, trained, today):
    """Map muscles to (sets this week, sets in an average week before, or None).

    `trained` maps exercises to (primary, secondaries).
    """
    this_week = monday(today)
    if not sets:
        return {}
    began = monday(min(one.day for one in sets))
    weeks = min(max((this_week - began).days // 7, 0), 12)
    now, before = defaultdict(float), defaultdict(float)
    for one in sets:
        week = monday(one.day)
        if week == this_week:
            counts = now
        elif this_week - timedelta(days=7 * weeks) <= week < this_week:
            counts = before
        else:
            continue
        if one.exercise not in trained:
            continue
        primary, secondaries = trained[one.exercise]
        counts[primary] += 1
        for muscle in set(secondaries) - {primary}:
            counts[muscle] += 0.5
    return {
        muscle: (now[muscle], before[muscle] / weeks if weeks else None)
        for muscle in {*now, *before}
    }
