"""A set: the numbers that its exercise is measured by."""

from django import forms

from accounts.models import WeightUnit
from training.forms.fields import (
    DistanceField,
    NewIdField,
    RpeField,
    SeenField,
    WholeNumberField,
)
from training.models import Measure, SessionExercise, SetKind
from workoutlog.fields import DurationSecondsField, NumberField


class SetForm(forms.Form):
    """The numbers of one set, with the fields of its exercise's measure."""

    kind = forms.ChoiceField(choices=SetKind.choices, required=False)

    def __init__(self, data, *, entry: SessionExercise, new: bool):
        super().__init__(data)
        measure = entry.measure
        weight_matters = measure in {Measure.WEIGHT_REPS, Measure.WEIGHT_TIME}
        for name in measure.fields:
            if name == "weight":
                self.fields["weight"] = NumberField(
                    most=9999,
                    places=9,
                    missing="How heavy? Type a weight; 0 is fine.",
                    wrong="Type a weight like 82.5.",
                    required=weight_matters,
                )
                self.fields["weight_unit"] = forms.ChoiceField(choices=WeightUnit.choices)
            elif name == "reps":
                self.fields["reps"] = WholeNumberField(
                    most=9999,
                    places=0,
                    missing="How many reps? Type a number; 0 is fine.",
                    wrong="Type whole reps like 8.",
                )
            elif name == "duration_seconds":
                self.fields["duration_seconds"] = DurationSecondsField(
                    error_messages={"required": "How long? Type a time like 1:30."}
                )
            else:
                self.fields["distance_meters"] = DistanceField(unit=entry.distance_unit)
        if entry.workout.user.shows_rpe:
            self.fields["rpe"] = RpeField()
        if new:
            self.fields["id"] = NewIdField()
        else:
            self.fields["seen"] = SeenField(required=False)

    def clean_kind(self):
        return self.cleaned_data["kind"] or SetKind.WORK
