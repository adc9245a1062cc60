"""The heat map: on which days of the last year there were workouts, and how much was done."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta

from training.days import week_of
from training.progress import streaks
from training.wording import count_text

WEEKS = 53
LEVELS = 4
WEEK = timedelta(days=7)


@dataclass
class Day:
    """A day, the titles of its workouts, how many working sets they had, and how dark that is."""

    date: date
    titles: list[str] = field(default_factory=list)
    sets: int = 0
    level: int = 0  # 1 to 4, by quarters of the days with workouts; 0 is a day without.

    @property
    def key(self) -> str:
        """The day in ISO 8601, as in addresses."""
        return self.date.isoformat()

    def __str__(self):
        done = ", ".join([*self.titles, count_text(self.sets, "set")])
        return f"{self.date:%-d %B %Y}: {done}"


@dataclass
class Week:
    """The days of a week up to today, Monday first."""

    days: list[Day]

    @property
    def month(self) -> str:
        """The month of which the first is in this week, in three letters."""
        return next((f"{day.date:%b}" for day in self.days if day.date.day == 1), "")


@dataclass
class HeatMap:
    """The last 53 weeks, this one first, and what they come to."""

    weeks: list[Week]
    workouts: int
    longest_streak: int  # Of weeks in a row with a workout.


def heat_map(workouts, today: date) -> HeatMap:
    """Draw up the map of a queryset of workouts, up to today."""
    monday = week_of(today)
    first = monday - (WEEKS - 1) * WEEK
    days = {
        day: Day(day)
        for day in (first + timedelta(days=n) for n in range((today - first).days + 1))
    }
    count = 0
    for day, title, sets in workouts.for_heat_map(first, today):
        days[day].titles.append(title or "Workout")
        days[day].sets += sets
        count += 1
    trained = sorted(day.sets for day in days.values() if day.titles)
    for day in days.values():
        if day.titles:
            # How many of the days with workouts had as few sets, in quarters rounded up.
            day.level = -(-LEVELS * bisect_right(trained, day.sets) // len(trained))
    weeks = [
        Week([days[day] for n in range(7) if (day := start + timedelta(days=n)) in days])
        for start in (monday - n * WEEK for n in range(WEEKS))
    ]
    _, longest = streaks({week_of(day.date) for day in days.values() if day.titles}, monday)
    return HeatMap(weeks, count, longest)
