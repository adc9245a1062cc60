"""Form fields that every app shares."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from workoutlog.numbers import format_duration, format_number, parse_duration, parse_number


class NumberField(forms.Field):
    """A number with a decimal point or comma, exactly as typed."""

    def __init__(self, *, most: int, places: int, missing: str, wrong: str, **kwargs):
        super().__init__(error_messages={"required": missing}, **kwargs)
        self.most, self.places, self.wrong = most, places, wrong

    def prepare_value(self, value):
        return format_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        if value in self.empty_values or not value.strip():
            return None
        try:
            number = parse_number(value)
        except ValueError:
            raise ValidationError(self.wrong) from None
        if number > self.most:
            raise ValidationError(f"At most {self.most:,}, please.")
        if -number.normalize().as_tuple().exponent > self.places:
            raise ValidationError(
                f"At most {self.places} decimals, please." if self.places else self.wrong
            )
        return number


class DurationSecondsField(forms.Field):
    """A time as m:ss, h:mm:ss or plain seconds; cleaned to seconds."""

    def prepare_value(self, value):
        return format_duration(value) if isinstance(value, int) else value

    def to_python(self, value):
        if value in self.empty_values or not value.strip():
            return None
        try:
            seconds = parse_duration(value)
        except ValueError:
            raise ValidationError("Type a time like 1:30, or seconds like 90.") from None
        if seconds >= 100 * 60 * 60:
            raise ValidationError("Less than 100 hours, please.")
        return seconds
