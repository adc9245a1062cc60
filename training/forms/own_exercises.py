"""A lifter's own exercise, created and edited on a page of its own."""

from django import forms
from django.core.exceptions import ValidationError

from training.forms.fields import NewIdField, SeenField
from training.models import Equipment, Exercise, Muscle
from training.search import words
from workoutlog.db import uuid7


class OwnExerciseForm(forms.ModelForm):
    """What a lifter's own exercise is called, and how it is done."""

    secondary_muscles = forms.MultipleChoiceField(
        label="Other muscles",
        choices=Muscle,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Exercise
        fields = ["name", "equipment", "primary_muscle", "measure", "secondary_muscles"]
        labels = {"primary_muscle": "Muscle", "measure": "What a set has"}
        help_texts = {"measure": ""}
        error_messages = {
            "name": {"required": "Type a name.", "max_length": "At most 120 letters, please."}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["equipment"].choices = [("", "None"), *Equipment.choices]
        self.fields["primary_muscle"].choices = [("", "None in particular"), *Muscle.choices]

    def clean_name(self):
        if not words(self.cleaned_data["name"]):
            raise ValidationError("Type a name with letters or numbers.")
        return self.cleaned_data["name"]

    def clean(self):
        values = super().clean()
        muscle = values.get("primary_muscle")
        values["secondary_muscles"] = [
            other for other in values.get("secondary_muscles", []) if other != muscle
        ]
        renamed = not {"name", "equipment"}.isdisjoint(self.changed_data)
        if renamed and {"name", "equipment"} <= values.keys():
            self._refuse_a_taken_name(values["name"], values["equipment"])
        return values

    def _refuse_a_taken_name(self, name, equipment):
        others = Exercise.objects.for_user(self.instance.owner).exclude(pk=self.own_id)
        if taken := others.named(name, equipment).first():
            whose = "You already have" if taken.owner_id else "The catalog already has"
            kind = f" ({taken.get_equipment_display()})" if taken.equipment else ""
            self.add_error("name", f"{whose} “{taken}”{kind}. Choose another name.")


class CreateOwnExerciseForm(OwnExerciseForm):
    """An own exercise that is new, and the id that it will have."""

    id = NewIdField(initial=uuid7)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, instance=Exercise(owner=user), **kwargs)

    @property
    def own_id(self):
        return self.cleaned_data.get("id")


class UpdateOwnExerciseForm(OwnExerciseForm):
    """An own exercise as it is to be; what a set has is settled by the first one logged."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        exercise = self.instance
        self.fields["seen"] = SeenField(initial=exercise.updated_at.isoformat(), required=False)
        if exercise.has_sets:
            self.fields["measure"].disabled = True
            self.fields["measure"].help_text = "Settled, because sets of it were logged."

    @property
    def own_id(self):
        return self.instance.pk

    def show_conflict(self, current: Exercise) -> None:
        """Say beside each field what it has become meanwhile; sent again, the typed text wins."""
        for name in self.Meta.fields:
            value = getattr(current, name)
            if value != self.cleaned_data.get(name):
                labels = dict(getattr(self.fields[name], "choices", ()))
                values = value if isinstance(value, list) else [value]
                shown = ", ".join(str(labels.get(one, one)) for one in values)
                self.add_error(
                    name, f"Changed elsewhere meanwhile to “{shown}”. Save again to keep yours."
                )
        data = self.data.copy()
        data["seen"] = current.updated_at.isoformat()
        self.data = data
