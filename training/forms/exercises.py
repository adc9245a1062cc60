"""Exercises in a workout: create one's own there, or log one from its page."""

from django import forms
from django.core.exceptions import ValidationError

from training.forms.fields import NewIdField, NewRowForm
from training.models import Equipment, Measure, Muscle
from training.search import words
from workoutlog.db import uuid7


class CreateExerciseForm(NewRowForm):
    """A lifter's own exercise, named and described by what was looked for, and its entry's id."""

    entry = NewIdField()
    q = forms.CharField(
        max_length=120,
        widget=forms.HiddenInput,
        error_messages={
            "required": "Type a name.",
            "max_length": "At most 120 letters, please.",
        },
    )
    equipment = forms.ChoiceField(choices=Equipment, required=False, widget=forms.HiddenInput)
    muscle = forms.ChoiceField(choices=Muscle, required=False, widget=forms.HiddenInput)
    measure = forms.ChoiceField(
        choices=Measure,
        required=False,
        widget=forms.Select(attrs={"class": "input", "aria-label": "What a set has"}),
    )

    def clean_q(self):
        if not words(self.cleaned_data["q"]):
            raise ValidationError("Type a name with letters or numbers.")
        return self.cleaned_data["q"]

    def clean_measure(self):
        return self.cleaned_data["measure"] or Measure.WEIGHT_REPS


class LogItForm(forms.Form):
    """The ids of an exercise's next entry, and of the workout that is begun if none is running."""

    id = NewIdField(initial=uuid7)
    workout = NewIdField(initial=uuid7)
