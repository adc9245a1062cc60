"""What several forms are made of: ids made beforehand, versions seen, numbers, local times."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from training.units import METERS_PER
from workoutlog.fields import NumberField


class SeenField(forms.CharField):
    """Which version of a row a form was drawn from: its `updated_at` in ISO 8601."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            seen = datetime.fromisoformat(value or "")
        except ValueError:
            seen = None
        if seen is None or timezone.is_naive(seen):
            # Older than any row, so that an edit of unknown age counts as stale.
            return datetime.min.replace(tzinfo=timezone.get_fixed_timezone(0))
        return seen


class NewIdField(forms.UUIDField):
    """The id of the row that a form will create, so that it is safe to send twice."""

    widget = forms.HiddenInput

    def clean(self, value):
        id = super().clean(value)
        if id.version != 7:
            raise ValidationError("Reload the page and try again.")
        return id


class WholeNumberField(NumberField):
    def to_python(self, value):
        number = super().to_python(value)
        return None if number is None else int(number)


class RpeField(NumberField):
    """Rating of perceived exertion: 10 is all out, each point less is about a rep left."""

    def __init__(self):
        wrong = "RPE is 6 to 10, in halves."
        super().__init__(most=10, places=1, missing=wrong, wrong=wrong, required=False)

    def to_python(self, value):
        rpe = super().to_python(value)
        if rpe is not None and (rpe < 6 or rpe % Decimal("0.5")):
            raise ValidationError(self.wrong)
        return rpe


class DistanceField(NumberField):
    """A distance in the unit shown, or with one of its own ("400 m"); cleaned to metres."""

    def __init__(self, *, unit: str):
        super().__init__(
            most=99_999,
            places=3,
            missing="How far? Type a distance.",
            wrong="Type a distance like 5, 5.2 km or 400 m.",
        )
        self.unit = unit

    def to_python(self, value):
        text = (value or "").strip().lower()
        typed_unit = next((unit for unit in ("km", "mi", "m") if text.endswith(unit)), None)
        number = super().to_python(text.removesuffix(typed_unit or ""))
        if number is None:
            return None
        meters = number * METERS_PER[typed_unit or self.unit]
        if meters >= 1_000_000:
            raise ValidationError("Less than 1,000 km, please.")
        return meters


class LocalTimeField(forms.DateTimeField):
    """A wall-clock time in a given zone, cleaned to UTC; untouched, it keeps its instant.

    Of a time that comes twice when clocks go back, the first is meant. One that is left out when
    they go forward, 02:30, is read as a clock that was not put forward shows it: it is 03:30.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, *, zone, current: datetime, **kwargs):
        super().__init__(**kwargs)
        self.zone, self.current = zone, current

    def prepare_value(self, value):
        return value.astimezone(self.zone) if isinstance(value, datetime) else value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            typed = datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
        except ValueError:
            raise ValidationError("Type a day and time like 2026-03-05 18:00.") from None
        if not 1900 <= typed.year <= 2200:
            raise ValidationError("That year cannot be right.")
        if typed == self.current.astimezone(self.zone).replace(
            tzinfo=None, second=0, microsecond=0
        ):
            return self.current
        return typed.replace(tzinfo=self.zone).astimezone(UTC)


class MinutesField(WholeNumberField):
    """A length in minutes, cleaned to a timedelta; untouched, it keeps its seconds."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, *, current: timedelta, **kwargs):
        super().__init__(
            most=1440,
            places=0,
            missing="How many minutes? Type a number.",
            wrong="Type whole minutes like 60.",
            initial=int(current.total_seconds()) // 60,
            **kwargs,
        )
        self.current = current

    def to_python(self, value):
        if (value or "").strip() == str(self.initial):
            return self.current
        minutes = super().to_python(value)
        return None if minutes is None else timedelta(minutes=minutes)


class NewRowForm(forms.Form):
    """Makes a row that needs no more than its id."""

    id = NewIdField()
