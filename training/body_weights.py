"""The log of body weight as its page shows it: newest first, and as a chart in one unit."""

from datetime import date, timedelta

from training.charts import Chart, Point, line_chart
from training.models import BodyWeight
from training.trend_charts import Range
from training.units import convert

PAGE = 30
GAP_DAYS = 60  # Of the chart: a scale is not asked as often as a bar.


def weight_page(user, before: date | None = None) -> tuple[list[BodyWeight], date | None]:
    """Return what the user weighed, the latest first, and the last day if there are earlier ones.

    Begins just before the day at which an earlier page ended.
    """
    weights = BodyWeight.objects.for_user(user).before(before).newest_first()
    page = list(weights[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].weighed_on if len(page) > PAGE else None


def chosen_range(key: str, latest: date | None, today: date) -> Range:
    """Return the range of a key, or else a year, unless the latest weight is older."""
    known = next((one for one in Range if one.key == key), None)
    lately = latest is None or Range.YEAR.holds(latest, today)
    return known or (Range.YEAR if lately else Range.ALL)


def weight_chart(user, range: Range, today: date) -> Chart | None:
    """Draw what the user weighed, in the unit of their settings; None if there is nothing."""
    since = range.days and today - timedelta(days=range.days - 1)
    rows = BodyWeight.objects.for_user(user).since(since)
    unit = user.weight_unit
    points = [
        Point(day, float(convert(weight, typed_in, unit)))
        for day, weight, typed_in in rows.values_list("weighed_on", "weight", "weight_unit")
    ]
    return line_chart(points, title="Body weight", unit=unit, gap_days=GAP_DAYS) if points else None
