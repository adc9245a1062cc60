"""The history: where in it to begin, and which workouts to show."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone

from training.forms.fields import WholeNumberField
from training.models import Exercise, Muscle, SessionExercise, WorkoutSession
from training.wording import count_text
from workoutlog.fields import NumberField
from workoutlog.numbers import format_number

# No workout is later; around the very last day that Python knows, other clocks cannot be asked.
LAST_DAY = date(2200, 12, 31)


class InstantField(forms.Field):
    """An instant in ISO 8601 with its offset, cleaned to UTC."""

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            instant = datetime.fromisoformat(value)
            if timezone.is_naive(instant):
                raise ValueError("no offset")
            return instant.astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValidationError("That is no instant.") from None


class PlaceForm(forms.Form):
    """Where a page begins: at the newest, before a place, or at a day.

    A place is cleaned to an (instant, id) in `before`. `month` is the one under whose heading the
    page before has ended.
    """

    before = InstantField(required=False)
    id = forms.UUIDField(required=False)
    day = forms.DateField(
        required=False, input_formats=["%Y-%m-%d"], validators=[MaxValueValidator(LAST_DAY)]
    )
    month = forms.CharField(required=False, max_length=7)

    def clean(self):
        values = super().clean()
        before, id = values.get("before"), values.get("id")
        if not self.errors and bool(before) != bool(id):
            raise ValidationError("A place is an instant and an id.")
        return values | {"before": before and (before, id)}


class DoneExerciseField(forms.ModelChoiceField):
    def label_from_instance(self, exercise):
        return f"{exercise} (retired)" if exercise.deleted_at else str(exercise)


class FilterForm(forms.Form):
    """Which workouts to show: those that meet all that is filled in."""

    exercise = DoneExerciseField(
        Exercise.all_objects.none(),
        required=False,
        empty_label="Any",
        error_messages={"invalid_choice": "Choose an exercise from the list."},
    )
    muscle = forms.ChoiceField(
        required=False,
        choices=[("", "Any"), *Muscle.choices],
        error_messages={"invalid_choice": "Choose a muscle from the list."},
    )
    location = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": "Choose a location from the list."}
    )
    weight = NumberField(
        most=9999,
        places=9,
        missing="",
        wrong="Type a weight like 82.5.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    reps = WholeNumberField(
        label="And reps",
        most=9999,
        places=0,
        missing="",
        wrong="Type whole reps like 8.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    text = forms.CharField(required=False, max_length=100, label="Words in title or notes")

    def __init__(self, data, *, user):
        super().__init__(data)
        self.unit = user.weight_unit
        workouts = WorkoutSession.objects.for_user(user)
        entries = SessionExercise.objects.for_user(user).values("exercise")
        self.fields["exercise"].queryset = Exercise.all_objects.filter(pk__in=entries).defer(
            "catalog_entry"
        )
        self.fields["exercise"].widget.attrs["autofocus"] = True
        self.fields["location"].choices = lambda: [
            ("", "Any"),
            *((place, place) for place in sorted(workouts.locations(most=None))),
        ]
        self.fields["weight"].label = f"At least ({self.unit})"

    @property
    def criteria(self) -> dict:
        """What WorkoutSession.objects.matching() takes."""
        return self.cleaned_data | {"unit": self.unit}

    @property
    def typed(self) -> dict[str, str]:
        """What is filled in, to be carried along by links."""
        typed = {name: self.data.get(name, "").strip() for name in self.fields}
        return {name: value for name, value in typed.items() if value}

    @property
    def active(self) -> list[tuple[str, str]]:
        """Each filter in words, with the query that is left without it."""
        typed = self.typed
        return [
            (words, urlencode({name: typed[name] for name in typed if name not in names}))
            for words, names in (self._said() if self.is_valid() else ())
        ]

    def _said(self) -> Iterator[tuple[str, set[str]]]:
        """Yield each filter in words, and the fields that say it."""
        values = self.cleaned_data
        weight, reps = values["weight"], values["reps"]
        if values["exercise"]:
            yield str(values["exercise"]), {"exercise"}
        if values["muscle"]:
            yield Muscle(values["muscle"]).label, {"muscle"}
        if values["location"]:
            yield values["location"], {"location"}
        if weight is not None:
            times = "" if reps is None else f" × {reps}"
            yield f"{format_number(weight)} {self.unit}{times} or more", {"weight", "reps"}
        elif reps is not None:
            yield f"{count_text(reps, 'rep')} or more", {"reps"}
        if values["text"]:
            yield f"“{values['text']}”", {"text"}
