"""Days: a workout belongs to the day on which it began, by the clock of its own place."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateField, F, Func

# No clock on earth is further from UTC than this, so days in UTC bound days anywhere.
MOST_OFFSET = timedelta(hours=26)


class LocalDate(Func):
    """SQL for the date of an instant, given the IANA name of a time zone: `LocalDate(at, zone)`."""

    output_field = DateField()

    def as_sqlite(self, compiler, connection, **extra):
        # The function by which Django itself truncates times on SQLite.
        zone = connection.timezone_name
        template = f"django_datetime_cast_date(%(expressions)s, '{zone}')"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(
            compiler,
            connection,
            template="(%(expressions)s)::date",
            arg_joiner=" AT TIME ZONE ",
            **extra,
        )


def local_date(prefix: str = "") -> LocalDate:
    """Return SQL for the day of a workout; `prefix` is the lookup path to the workout."""
    return LocalDate(F(f"{prefix}session_date"), F(f"{prefix}time_zone"))


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """Return the day of an instant by the clock of a place."""
    return instant.astimezone(zone).date()


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def earliest_instant(day: date) -> datetime:
    """Return an instant before which it was this day nowhere on earth."""
    return datetime.combine(day, time(), ZoneInfo("UTC")) - MOST_OFFSET


def latest_instant(day: date) -> datetime:
    """Return an instant after which it is this day nowhere on earth any more."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo("UTC")) + MOST_OFFSET
