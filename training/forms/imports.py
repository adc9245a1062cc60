"""Imports: the file, how to read what it leaves open, what a name means, and the way back."""

import zoneinfo
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import WeightUnit
from training.forms.fields import NewRowForm
from training.importing.options import Options
from training.importing.staging import MOST_METERS
from training.models import Exercise, Import, Measure
from training.units import METERS_PER
from workoutlog.numbers import format_number, format_total

# More than any file that is read, so that its reader can say what is too much for its kind.
MEGABYTES = 60
DISTANCE_UNITS = [("km", "Kilometres"), ("mi", "Miles"), ("m", "Metres")]


class UploadForm(NewRowForm):
    """A file of another app, and the id of the import that it becomes."""

    file = forms.FileField(
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.json"}),
        allow_empty_file=True,
        help_text="A CSV file of at most 10 MB, or an export from here of at most 50 MB.",
        error_messages={"required": "Choose a file.", "missing": "Choose a file."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MEGABYTES * 1_000_000:
            raise ValidationError(
                f"This file has {file.size / 1_000_000:.0f} MB, more than can be imported at once."
            )
        return file


class OptionsForm(forms.Form):
    """What the file does not say; only that is asked."""

    unit = forms.ChoiceField(
        label="Weights are in",
        choices=WeightUnit,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose kilograms or pounds: the file does not say."},
    )
    round_to_quarter_lb = forms.BooleanField(
        label="Read them as pounds, to the nearest quarter",
        required=False,
    )
    distance_unit = forms.ChoiceField(
        label="Distances are in",
        choices=DISTANCE_UNITS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one: the file does not say."},
    )
    time_zone = forms.ChoiceField(
        label="Where you trained",
        choices=lambda: [(name, name) for name in sorted(zoneinfo.available_timezones())],
        help_text="The file has the time of the clock there.",
    )
    changed = forms.BooleanField(label="Import these again", required=False)

    def __init__(self, data=None, *, data_import: Import, changed: int = 0):
        facts, options = data_import.facts, Options.of(data_import)
        self.longest = Decimal(facts.get("longest", 0))
        initial = {
            "unit": options.unit,
            "round_to_quarter_lb": options.round_to_quarter_lb,
            "distance_unit": options.distance_unit,
            "time_zone": options.time_zone.key,
            "changed": data_import.options.get("changed", False),
        }
        super().__init__(data, initial=initial)
        asked = {
            "unit": facts.get("asks_unit"),
            "round_to_quarter_lb": facts.get("round_to_quarter_lb"),
            "distance_unit": facts.get("asks_distance_unit"),
            "time_zone": facts.get("asks_zone", True),
            "changed": data is not None or changed,
        }
        for name, is_asked in asked.items():
            if not is_asked:
                del self.fields[name]
        for name in ("unit", "distance_unit"):
            if name in self.fields and (guess := facts.get(f"{name}_guess")):
                self.fields[name].help_text = guess[1]
        if "round_to_quarter_lb" in self.fields:
            self.fields["round_to_quarter_lb"].help_text = (
                f"The file is in kilograms, but {format_total(facts['quarter_lb_weights'])} of its"
                f" {format_total(facts['weights'])} weights are exact quarter pounds."
            )
        if "changed" in self.fields:
            self.fields["changed"].help_text = (
                f"{changed} workouts are here already, but with something else in them than in the"
                " file. They are left out unless you want both."
            )

    def clean_distance_unit(self):
        unit = self.cleaned_data["distance_unit"]
        if self.longest * METERS_PER[unit] >= MOST_METERS:
            raise ValidationError(
                f"The longest distance is {format_number(self.longest)}: choose a smaller unit."
            )
        return unit


class NumberForm(forms.Form):
    """Which of an import's names is meant, by its place among them."""

    number = forms.IntegerField(min_value=0)

    def __init__(self, *args, data_import: Import, **kwargs):
        super().__init__(*args, **kwargs)
        self.data_import = data_import

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number >= len(self.data_import.names):
            raise ValidationError("No such name.")
        return number


class NameForm(NumberForm):
    """What a name means: an exercise, or none for a new one of one's own."""

    exercise = forms.ModelChoiceField(Exercise.objects.none(), required=False)
    measure = forms.ChoiceField(choices=Measure, required=False)

    def __init__(self, *args, data_import: Import, **kwargs):
        super().__init__(*args, data_import=data_import, **kwargs)
        self.fields["exercise"].queryset = Exercise.objects.for_user(data_import.user_id)


class UndoForm(forms.Form):
    """Whether what was edited since goes as well."""

    also_edited = forms.BooleanField(required=False)
