"""A workout: start it, log it later, describe it, copy it, and ask for one more row."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from training.days import day_of
from training.forms.fields import LocalTimeField, MinutesField, NewRowForm, SeenField
from training.models import WorkoutSession
from workoutlog.db import uuid7


class StartForm(NewRowForm):
    """A new workout: empty, or one that was done before again."""

    again = forms.ModelChoiceField(WorkoutSession.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["again"].queryset = WorkoutSession.objects.for_user(user)


class PastWorkoutForm(NewRowForm):
    """A workout that was done already: when, how long, and which one it was again."""

    again = forms.TypedChoiceField(required=False, label="Same as", empty_value=None)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid7
        yesterday = day_of(timezone.now(), user.zone) - timedelta(days=1)
        evening = datetime.combine(yesterday, time(18), user.zone)
        self.fields["session_date"] = LocalTimeField(
            label="Started", zone=user.zone, current=evening, initial=evening
        )
        self.fields["duration"] = MinutesField(label="Minutes", current=timedelta(hours=1))
        known = WorkoutSession.objects.for_user(user).to_start_again()
        again = {str(workout.pk): workout for workout in known}
        names = [(pk, workout.routine_name) for pk, workout in again.items()]
        self.fields["again"].choices = [("", "Nothing: begin empty"), *names]
        self.fields["again"].coerce = again.get
        self.order_fields(["session_date", "duration", "again"])

    def clean(self):
        values = super().clean()
        started, duration = values.get("session_date"), values.get("duration")
        if started and started > timezone.now():
            self.add_error("session_date", "That is still to come.")
        elif started and duration and started + duration > timezone.now():
            self.add_error("duration", "It would not be over yet.")
        return values


class DuplicateForm(NewRowForm):
    """A copy of a workout, on a day."""

    day = forms.DateField(
        label="Day of the copy",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": "Which day? Type one like 2026-03-05.",
            "invalid": "Type a day like 2026-03-05.",
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = day_of(timezone.now(), user.zone)
        self.fields["id"].initial = uuid7
        self.fields["day"].initial = self.today

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > self.today:
            raise ValidationError("That day is still to come.")
        if day.year < 1900:
            raise ValidationError("That year cannot be right.")
        return day


class TitleForm(forms.Form):
    """A title as proposed for a workout without one."""

    title = forms.CharField(max_length=120)


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
        if workout.finished_at:
            self.fields["minutes"] = MinutesField(
                label="Minutes", current=workout.duration, required=False
            )
            self.order_fields(["title", "session_date", "minutes"])
        self.fields["location"].widget.attrs["list"] = "locations"
        self.fields["seen"] = SeenField(initial=workout.updated_at.isoformat(), required=False)

    @property
    def values(self) -> dict:
        """What to write; a finished workout takes its end along when it is moved."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if "minutes" in self.fields:
            values["finished_at"] = values["session_date"] + self._length
        return values

    @property
    def _length(self) -> timedelta:
        typed = self.cleaned_data["minutes"]
        return self.fields["minutes"].current if typed is None else typed

    def show_conflict(self, current: WorkoutSession) -> None:
        """Say beside each field what it has become meanwhile; sent again, the typed text wins."""
        now = {name: getattr(current, name) for name in self.Meta.fields}
        shown = now | {
            "session_date": f"{now['session_date'].astimezone(current.zone):%Y-%m-%d %H:%M}"
        }
        typed = self.values
        if "minutes" in self.fields:
            now["minutes"], typed["minutes"] = current.duration, self._length
            shown["minutes"] = int(current.duration.total_seconds()) // 60
        for name, value in now.items():
            if value != typed[name]:
                self.add_error(
                    name,
                    f"Changed elsewhere meanwhile to “{shown[name]}”. Save again to keep yours.",
                )
        self.data = {**self.data.dict(), "seen": current.updated_at.isoformat()}


class AddSetForm(forms.Form):
    """The entry that gets a row more, and how many rows it shows now; or that gets warm-ups."""

    add_to = forms.UUIDField(required=False)
    warmup = forms.UUIDField(required=False)
    rows = forms.IntegerField(required=False, min_value=0)

    def clean_rows(self):
        return self.cleaned_data["rows"] or 0
