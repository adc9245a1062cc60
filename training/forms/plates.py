"""Plates: the weight to load."""

from django import forms

from accounts.models import WeightUnit
from workoutlog.fields import NumberField


class WeightForm(forms.Form):
    """A weight as it is being typed."""

    weight = NumberField(most=9999, places=9, missing="", wrong="", required=False)
    weight_unit = forms.ChoiceField(choices=WeightUnit.choices)
