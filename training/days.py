"""Days: a workout belongs to the day on which it began, by the clock of its own place."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import CharField, DateField, F, Func

# No clock on earth is further from UTC than this, so days in UTC bound days anywhere.
MOST_OFFSET = timedelta(hours=26)


class Zone(Func):
    """SQL for the name of a time zone, given a column with it, that the database does not mistake.

    PostgreSQL takes four for abbreviations of times without summer, and Django's function on SQLite
    takes what follows a sign for an offset.
    """

    output_field = CharField()

    def as_sqlite(self, compiler, connection, **extra):
        template = (
            "CASE WHEN %(expressions)s LIKE 'Etc/GMT+1_'"
            " THEN 'UTC-1' || substr(%(expressions)s, -1) || ':00'"
            " WHEN %(expressions)s LIKE 'Etc/GMT-1_'"
            " THEN 'UTC+1' || substr(%(expressions)s, -1) || ':00'"
            " ELSE %(expressions)s END"
        )
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler, connection, **extra):
        # The zones that these names are links to.
        template = (
            "CASE %(expressions)s WHEN 'CET' THEN 'Europe/Brussels' WHEN 'EET' THEN 'Europe/Athens'"
            " WHEN 'MET' THEN 'Europe/Brussels' WHEN 'WET' THEN 'Europe/Lisbon'"
            " ELSE %(expressions)s END"
        )
        return self.as_sql(compiler, connection, template=template, **extra)


class LocalDate(Func):
    """SQL for the date of an instant, given columns with it and with the name of a time zone."""

    output_field = DateField()

    def __init__(self, at, zone):
        super().__init__(at, Zone(zone))

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


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def earliest_instant(day: date) -> datetime:
    """Return an instant before which it was this day nowhere on earth."""
    return datetime.combine(day, time(), ZoneInfo("UTC")) - MOST_OFFSET


def latest_instant(day: date) -> datetime:
    """Return an instant after which it is this day nowhere on earth any more."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo("UTC")) + MOST_OFFSET
