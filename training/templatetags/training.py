"""Display filters: numbers, sets and times as lifters write them."""

from django import template
from django.utils import timezone

from training.rest import rest_label
from training.units import KG_PER_LB
from training.wording import day_text, record_text, set_text
from workoutlog.numbers import format_total

register = template.Library()

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
    volume = (volume_kg or 0) / (float(KG_PER_LB) if unit == "lb" else 1)
    return f"{format_total(volume)} {unit}"


@register.filter
def signed(number) -> str:
    """Write a change as +120, −3 or ±0."""
    sign = "+" if round(number) > 0 else "−" if round(number) < 0 else "±"
    return f"{sign}{format_total(abs(number))}"


@register.filter
def signed_in_unit(volume_kg, unit) -> str:
    """Write a change of volume, given in kg, in a lifter's unit."""
    return signed(volume_kg / (float(KG_PER_LB) if unit == "lb" else 1))


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
