"""An exercise in a workout: add, move, join, annotate, rest."""

from django import forms

from training.forms.fields import NewRowForm, SeenField
from training.models import Exercise, SessionExercise
from training.rest import rest_label


class AddExerciseForm(NewRowForm):
    """Which exercise to add, and the id of the entry that it becomes."""

    exercise = forms.ModelChoiceField(Exercise.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exercise"].queryset = Exercise.objects.for_user(user)


class MoveForm(forms.Form):
    """The position that an exercise is to have; 0 is the first."""

    position = forms.IntegerField(min_value=0, max_value=10_000)


class SupersetForm(forms.Form):
    """Whether an exercise is done in turn with the next."""

    joined = forms.BooleanField(required=False)


class NoteForm(forms.Form):
    """The note of an exercise in a workout."""

    notes = forms.CharField(required=False, max_length=10_000)
    notes_stay = forms.BooleanField(required=False)
    seen = SeenField(required=False)


class RestForm(forms.Form):
    """How long to rest after a set of an exercise; empty is the lifter's default."""

    rest_seconds = forms.TypedChoiceField(
        choices=[(seconds, rest_label(seconds)) for seconds in SessionExercise.rest_choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
