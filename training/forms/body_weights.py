"""What a lifter weighed on a day: logged, or put right."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import WeightUnit
from training.days import day_of
from training.forms.fields import NewIdField, SeenField
from training.models import BodyWeight
from workoutlog.db import uuid7
from workoutlog.fields import NumberField

# By unit; the heaviest human being on record weighed 635 kg.
MOST = {"kg": 700, "lb": 1543}


class BodyWeightForm(forms.Form):
    """What a lifter weighed on a day."""

    weight = NumberField(
        most=MOST["kg"],
        places=9,
        missing="What did you weigh? Type a weight like 82.5.",
        wrong="Type a weight like 82.5.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    weight_unit = forms.ChoiceField(
        label="Unit",
        choices=[(unit, unit) for unit in WeightUnit.values],
        error_messages={"required": "Choose kg or lb.", "invalid_choice": "Choose kg or lb."},
    )
    weighed_on = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": "Which day? Type one like 2026-03-05.",
            "invalid": "Type a day like 2026-03-05.",
        },
    )

    def __init__(self, data=None, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.today = day_of(timezone.now(), user.zone)
        self.fields["weight"].most = MOST.get(self["weight_unit"].value(), MOST["kg"])

    def clean_weight(self):
        if not self.cleaned_data["weight"]:
            raise ValidationError("More than 0, please.")
        return self.cleaned_data["weight"]

    def clean_weighed_on(self):
        day = self.cleaned_data["weighed_on"]
        # It may be tomorrow already where the lifter is.
        if day > self.today + timedelta(days=1):
            raise ValidationError("That day is still to come.")
        if day.year < 1900:
            raise ValidationError("That year cannot be right.")
        return day


class CreateBodyWeightForm(BodyWeightForm):
    """A weight that is new, and the id that it will have."""

    id = NewIdField(initial=uuid7)

    def __init__(self, data=None, *, user):
        latest = BodyWeight.objects.for_user(user).newest_first().first()
        unit = (latest or user).weight_unit
        super().__init__(data, user=user, initial={"weight_unit": unit})
        self.fields["weighed_on"].initial = self.today

    def show_conflict(self, stored: BodyWeight) -> None:
        """Say what the id has become; sent again, what is typed is logged too."""
        logged = f"{stored} on {stored.weighed_on:%-d %b %Y}"
        self.add_error("weight", f"Logged already, as {logged}. Tap Log again to log yours.")
        self.data = {**self.data.dict(), "id": uuid7()}


class UpdateBodyWeightForm(BodyWeightForm):
    """A weight as it is to be."""

    seen = SeenField(required=False)

    def __init__(self, data=None, *, weight: BodyWeight):
        names = ("weight", "weight_unit", "weighed_on")
        initial = {name: getattr(weight, name) for name in names}
        initial["seen"] = weight.updated_at.isoformat()
        super().__init__(data, user=weight.user, initial=initial)

    def show_conflict(self, current: BodyWeight) -> None:
        """Say what it has become meanwhile; sent again, what is typed wins."""
        now = f"{current} on {current.weighed_on:%-d %b %Y}"
        self.add_error("weight", f"Changed elsewhere meanwhile to {now}. Save again to keep yours.")
        self.data = {**self.data.dict(), "seen": current.updated_at.isoformat()}
