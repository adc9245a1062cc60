"""Charts: all within the picture, round ticks around all values, no label upon another."""

import math
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from training.charts import (
    BOTTOM,
    HEIGHT,
    LETTER,
    MOST_HITS,
    NARROWEST,
    TOP,
    Point,
    bar_chart,
    line_chart,
    runs,
)
from training.ticks import clock_ticks, nice_ticks

DAY = date(2024, 11, 20)

values = st.one_of(st.integers(0, 300), st.floats(0, 1e6), st.sampled_from([0, 100, 82.5]))
points = st.lists(
    st.builds(Point, st.integers(0, 4000).map(lambda days: DAY + timedelta(days=days)), values),
    min_size=1,
    max_size=60,
)


def sums_of(values, monthly):
    days = [DAY.replace(day=1)]
    for _ in values[1:]:
        if monthly:
            days.append((days[-1] + timedelta(days=31)).replace(day=1))
        else:
            days.append(days[-1] + timedelta(days=7))
    return [Point(day, value) for day, value in zip(days, values, strict=True)]


sums = st.builds(sums_of, st.lists(values, min_size=1, max_size=140), st.booleans())


def spans(labels):
    for label in labels:
        width = LETTER * len(label.text)
        x = label.at / 100 * NARROWEST
        start = x - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
        yield start, start + width


def check_frame(chart, shown):
    """What holds of every chart: `shown` are its values."""
    assert 2 <= len(chart.ticks) <= 5
    assert len({tick.text for tick in chart.ticks}) == len(chart.ticks)
    heights = [tick.at for tick in chart.ticks]
    assert heights == sorted(heights, reverse=True)
    assert (heights[0], heights[-1]) == (BOTTOM, TOP)
    for tick in chart.ticks:
        assert "nan" not in tick.text.lower()
    for label in chart.labels:
        assert 0 <= label.at <= 100
    places = list(spans(chart.labels))
    assert places[-1][1] <= NARROWEST + 16
    assert places[0][0] >= -chart.axis_width
    assert all(after[0] > before[1] for before, after in pairwise(places))
    assert len(chart.rows) == len(shown)
    assert 0 < len(chart.hits) <= MOST_HITS
    assert sum(hit.width for hit in chart.hits) == pytest.approx(100, abs=2)
    assert chart.hits[0].left == 0
    for hit in chart.hits:
        assert hit.left - 0.02 <= hit.x <= hit.left + hit.width + 0.02 <= 100.05
        assert TOP <= hit.y <= BOTTOM < HEIGHT


@given(points)
def test_a_line_chart_stays_within_its_picture(points):
    chart = line_chart(points, title="Heaviest", unit="kg")
    check_frame(chart, points)
    drawn = [pair.split(",") for line in chart.lines for pair in line.split()]
    drawn += chart.dots
    for x, y in drawn:
        assert 0 <= float(x) <= 100
        assert TOP <= float(y) <= BOTTOM
    assert len(drawn) >= len(points)
    # The highest of all can be pointed at.
    heights = [float(y) for _, y in drawn]
    assert min(hit.y for hit in chart.hits) == min(heights)


@given(sums)
def test_a_bar_chart_stays_within_its_picture(sums):
    monthly = all(one.day.day == 1 for one in sums)
    chart = bar_chart(sums, title="Volume", unit="kg", monthly=monthly)
    if not any(one.value for one in sums):
        assert chart.rows == []
        return
    check_frame(chart, sums)
    assert len(chart.bars) == sum(one.value > 0 for one in sums)
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.01
        assert bar.y >= TOP
        assert bar.y + bar.height == pytest.approx(BOTTOM)
    for before, after in pairwise(chart.bars):
        assert before.x + before.width <= after.x


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 1, 1)), min_size=1).map(sorted))
def test_runs_divide_the_days_at_gaps(days):
    found = list(runs(days))
    assert [number for run in found for number in run] == list(range(len(days)))
    for run in found:
        assert all(days[b] - days[a] <= timedelta(days=28) for a, b in pairwise(run))
    for before, after in pairwise(found):
        assert days[after[0]] - days[before[-1]] > timedelta(days=28)


def is_round(step):
    mantissa = step / 10 ** math.floor(math.log10(step) + 1e-6)
    return any(math.isclose(mantissa, one, rel_tol=1e-6) for one in (1, 2, 2.5, 5))


@given(values, values, st.sampled_from([1.0, 0.1, 0.01]))
def test_ticks_are_few_and_round_and_enclose(a, b, least):
    low, high = min(a, b), max(a, b)
    ticks = nice_ticks(low, high, least=least)
    assert 2 <= len(ticks) <= 5
    step = ticks[1] - ticks[0]
    assert ticks[0] <= low + 1e-6 * step
    assert ticks[-1] >= high - 1e-6 * step
    assert is_round(step)
    assert step >= least * 0.999
    assert all(math.isclose(d - c, step, rel_tol=1e-6) for c, d in pairwise(ticks))
    # No less than half of the picture is used, but for values that are nearly the same.
    assert (high - low) >= (ticks[-1] - ticks[0]) * 0.2 or len(ticks) <= 3


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_ticks_by_the_clock_are_whole_minutes_or_parts_of_one(a, b):
    ticks = clock_ticks(min(a, b), max(a, b))
    assert 2 <= len(ticks) <= 5
    assert ticks[0] <= min(a, b) <= max(a, b) <= ticks[-1]
    step = ticks[1] - ticks[0]
    assert 60 % step == 0 or step % 60 == 0


def test_one_point_stands_in_the_middle():
    chart = line_chart([Point(DAY, 100)], title="Heaviest", unit="kg")
    assert chart.dots[0][0] == 50
    assert chart.lines == []
    assert [label.text for label in chart.labels] == ["20 Nov"]
    assert [row.value for row in chart.rows] == ["100"]


@pytest.mark.parametrize("value", [0, 0.3, 100])
def test_equal_values_make_a_flat_line_within(value):
    days = [Point(DAY + timedelta(days=n), value) for n in range(9)]
    chart = line_chart(days, title="Heaviest", unit="kg")
    [line] = chart.lines
    assert len({pair.split(",")[1] for pair in line.split()}) == 1
    check_frame(chart, days)


def test_hardly_different_values_look_so():
    days = [Point(DAY + timedelta(days=n), 100 + n / 10) for n in range(9)]
    chart = line_chart(days, title="Heaviest", unit="kg")
    heights = [float(pair.split(",")[1]) for pair in chart.lines[0].split()]
    assert max(heights) - min(heights) < (BOTTOM - TOP) / 4


def test_nothing_is_drawn_of_nothing():
    assert line_chart([], title="Heaviest", unit="kg").rows == []
    assert bar_chart([Point(DAY, 0)], title="Volume", unit="kg").rows == []


def test_a_skipped_time_is_a_gap_and_not_0():
    days = [0, 7, 14, 60, 67, 200]
    chart = line_chart(
        [Point(DAY + timedelta(days=n), 100 + n) for n in days], title="Heaviest", unit="kg"
    )
    assert [len(line.split()) for line in chart.lines] == [3, 2]
    assert len(chart.areas) == 2


def test_seven_hundred_points_are_all_in_the_table():
    days = [Point(DAY + timedelta(days=3 * n), 60 + n % 50) for n in range(700)]
    chart = line_chart(days, title="Heaviest", unit="kg")
    check_frame(chart, days)
    assert len(chart.hits) == MOST_HITS
    assert chart.hits[-1].x == 100
    assert len(render_to_string("training/charts/_chart.html", {"chart": chart})) < 130_000


def test_times_and_large_numbers_are_written_as_lifters_do():
    chart = line_chart(
        [Point(DAY, 95), Point(DAY + timedelta(days=1), 150)], title="Time", unit="", clock=True
    )
    assert [row.value for row in chart.rows] == ["2:30", "1:35"]
    assert [tick.text for tick in chart.ticks] == ["1:30", "1:45", "2:00", "2:15", "2:30"]
    chart = bar_chart([Point(DAY, 12_345.6)], title="Volume", unit="kg")
    assert chart.hits[0].value == "12,346 kg"
    assert [tick.text for tick in chart.ticks][:2] == ["0", "5,000"]


def test_is_words_too():
    days = [Point(DAY + timedelta(days=n), 80 + n, f"/workouts/{n}/") for n in range(3)]
    chart = line_chart(days, title="Heaviest", unit="kg")
    html = render_to_string("training/charts/_chart.html", {"chart": chart})
    assert "first 80 kg, last 82 kg, highest 82 kg on 22 Nov 2024" in html
    assert '<a href="/workouts/0/">20 Nov 2024</a>' in html
    assert "Heaviest (kg)" in html
    assert "style=" not in html
