"""What templates show: numbers, sets and times as lifters write them; the tab of a page."""

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import mark_safe

from training.rest import rest_label
from training.units import from_kilograms
from training.wording import day_text, record_text, set_text
from workoutlog.numbers import format_total

register = template.Library()

CURRENT = ' aria-current="true"'

# The tab that each page belongs to, by the first part of its address.
TABS = {
    "": "today",
    "workouts": "today",
    "session-exercises": "today",
    "history": "history",
    "trash": "history",
    "exercises": "exercises",
    "progress": "progress",
    "body-weight": "progress",
    "settings": "settings",
    "accounts": "settings",
    "import": "settings",
    "export": "settings",
}

register.filter("rest", rest_label)
register.filter("total", format_total)
register.simple_tag(record_text)


@register.filter
def minutes(duration) -> str:
    """Write a timedelta as "52 min" or "1 h 5 min"."""
    hours, rest = divmod(int(duration.total_seconds()) // 60, 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


@register.filter
def in_unit(volume_kg, unit) -> str:
    """Write a volume given in kg in a lifter's unit, "3,240 kg"."""
    return f"{format_total(from_kilograms(volume_kg or 0, unit))} {unit}"


@register.filter
def signed(number) -> str:
    """Write a change as +120, −3 or ±0."""
    sign = "+" if round(number) > 0 else "−" if round(number) < 0 else "±"
    return f"{sign}{format_total(abs(number))}"


@register.filter
def signed_in_unit(volume_kg, unit) -> str:
    """Write a change of volume, given in kg, in a lifter's unit."""
    return signed(from_kilograms(volume_kg, unit))


@register.simple_tag
def tab_of(path, finished_at=None) -> str:
    """Return the tab of the page at a path; workouts finished, or logged later, are history."""
    if finished_at or path == reverse("training:workout-log-past"):
        return "history"
    return TABS.get(path.strip("/").partition("/")[0], "")


@register.simple_tag
def set_summary(done, entry, unit) -> str:
    """Write a set as "80 × 8"; its weight unit only where it is not the lifter's."""
    return set_text(done, entry, unit)


@register.filter
def day_of_year(instant) -> str:
    """Write the day of an instant as "3 Nov", with its year if that is not this one."""
    return day_text(timezone.localtime(instant).date())


@register.filter
def days_ago(workout) -> str:
    """Say how many days ago a workout was, by the calendar of its own place."""
    days = (timezone.localdate() - workout.session_date.astimezone(workout.zone).date()).days
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    return f"{days} days ago" if days < 14 else f"{days // 7} weeks ago"


@register.simple_tag
def heat_map_days(week, filters, shown) -> str:
    """Draw the days of a week of a heat map; a template would take eight times as long for 371.

    `filters` is the query that the links keep, `shown` the key of the day that is shown.
    """
    query = escape(f"{filters}&day=" if filters else "day=")
    return mark_safe("".join(_heat_map_day(day, query, day.key == shown) for day in week.days))  # noqa: S308  # All text in it is escaped.


def _heat_map_day(day, query, current) -> str:
    if not day.level:
        return '<i class="heat-map__day"></i>'
    return (
        f'<a class="heat-map__day heat-map__day--{day.level}" id="day-{day.key}"'
        f' href="?{query}{day.key}#day-{day.key}" title="{escape(day)}"'
        f"{CURRENT if current else ''}></a>"
    )
