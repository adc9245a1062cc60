"""A workout: start it, describe it, name it, and ask for one more row."""

from django import forms
from django.core.exceptions import ValidationError

from training.forms.fields import LocalTimeField, NewRowForm, SeenField
from training.models import WorkoutSession


class StartForm(NewRowForm):
    """A new workout: empty, or one that was done before again."""

    again = forms.ModelChoiceField(WorkoutSession.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["again"].queryset = WorkoutSession.objects.for_user(user)


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


class AddSetForm(forms.Form):
    """The entry that gets a row more, and how many rows it shows now; or that gets warm-ups."""

    add_to = forms.UUIDField(required=False)
    warmup = forms.UUIDField(required=False)
    rows = forms.IntegerField(required=False, min_value=0)

    def clean_rows(self):
        return self.cleaned_data["rows"] or 0
