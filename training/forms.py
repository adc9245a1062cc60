"""The forms: text as lifters type it in, values as the models take them out."""

from datetime import datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import WeightUnit
from training.models import (
    Equipment,
    Exercise,
    Measure,
    Muscle,
    SessionExercise,
    SetKind,
    WorkoutSession,
)
from training.rest import rest_label
from training.search import words
from training.units import METERS_PER
from workoutlog.fields import DurationSecondsField, NumberField


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


class NewRowForm(forms.Form):
    """Makes a row that needs no more than its id."""

    id = NewIdField()


class StartForm(NewRowForm):
    """A new workout: empty, or one that was done before again."""

    again = forms.ModelChoiceField(WorkoutSession.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["again"].queryset = WorkoutSession.objects.for_user(user)


class TitleForm(forms.Form):
    """A title as proposed for a workout without one."""

    title = forms.CharField(max_length=120)


class SupersetForm(forms.Form):
    """Whether an exercise is done in turn with the next."""

    joined = forms.BooleanField(required=False)


class MoveForm(forms.Form):
    """The position that an exercise is to have; 0 is the first."""

    position = forms.IntegerField(min_value=0, max_value=10_000)


class AddSetForm(forms.Form):
    """The entry that gets a row more, and how many rows it shows now; or that gets warm-ups."""

    add_to = forms.UUIDField(required=False)
    warmup = forms.UUIDField(required=False)
    rows = forms.IntegerField(required=False, min_value=0)

    def clean_rows(self):
        return self.cleaned_data["rows"] or 0


class WeightForm(forms.Form):
    """A weight as it is being typed."""

    weight = NumberField(most=9999, places=9, missing="", wrong="", required=False)
    weight_unit = forms.ChoiceField(choices=WeightUnit.choices)


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


class LocalTimeField(forms.DateTimeField):
    """A wall-clock time in a given zone; untouched, it keeps its instant when clocks change."""

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
        return typed.replace(tzinfo=self.zone)


class WorkoutForm(forms.ModelForm):
    """What a workout is called, when and where it was, and what there is to say of it."""

    class Meta:
        model = WorkoutSession
        fields = ["title", "session_date", "location", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        workout = self.instance
        self.fields["session_date"] = LocalTimeField(
            label="Started", zone=workout.zone, current=workout.session_date
        )
        self.fields["location"].widget.attrs["list"] = "locations"
        self.fields["seen"] = SeenField(initial=workout.updated_at.isoformat(), required=False)

    def show_conflict(self, current: WorkoutSession) -> None:
        """Say beside each field what it has become meanwhile; sent again, the typed text wins."""
        for name in self.Meta.fields:
            value = getattr(current, name)
            if value != self.cleaned_data.get(name):
                shown = (
                    value.astimezone(current.zone).strftime("%Y-%m-%d %H:%M")
                    if name == "session_date"
                    else value
                )
                self.add_error(
                    name, f"Changed elsewhere meanwhile to “{shown}”. Save again to keep yours."
                )
        self.data = {**self.data.dict(), "seen": current.updated_at.isoformat()}

    def clean_session_date(self):
        started = self.cleaned_data["session_date"]
        if self.instance.finished_at and started > self.instance.finished_at:
            raise ValidationError("It cannot start after it finished.")
        return started


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


class AddExerciseForm(NewRowForm):
    """Which exercise to add, and the id of the entry that it becomes."""

    exercise = forms.ModelChoiceField(Exercise.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exercise"].queryset = Exercise.objects.for_user(user)


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
