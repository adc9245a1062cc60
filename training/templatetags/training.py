"""Display filters: numbers, sets and times as lifters write them."""

from django import template

from training.units import KG_PER_LB
from training.wording import set_text
from workoutlog.numbers import format_total

register = template.Library()

register.filter("total", format_total)


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


@register.simple_tag
def set_summary(done, entry, unit) -> str:
    """Write a set as "80 × 8"; its weight unit only where it is not the lifter's."""
    return set_text(done, entry, unit)
