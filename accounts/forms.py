"""Preferences, and sign-up that takes time zone and decimal mark from the browser."""

import zoneinfo

from allauth.account import forms as allauth_forms
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator

from accounts.models import DecimalMark, User, WeightUnit
from training.plates import parse_plates
from workoutlog.fields import DurationSecondsField, NumberField

# Languages whose speakers write 82.5 with a point; in nearly all others it is a comma.
POINT_LANGUAGES = {"en", "zh", "ja", "ko", "th", "he", "hi", "ms", "tl", "ga", "cy", "mt"}


class RestField(DurationSecondsField):
    """A rest of at most an hour."""

    default_validators = [MaxValueValidator(60 * 60, "An hour at most, please.")]
    default_error_messages = {"required": "How long? Type a time like 1:30, or 0 for none."}


class BarField(NumberField):
    """What a bar weighs, without plates."""

    def __init__(self, **kwargs):
        wrong = "What does the bar weigh? Type a weight like 20; 0 is fine."
        super().__init__(most=100, places=2, missing=wrong, wrong=wrong, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"


class PlatesField(forms.CharField):
    """The plates of a side, as typed."""

    def clean(self, value):
        text = super().clean(value)
        try:
            parse_plates(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        return text


class SettingsForm(forms.ModelForm):
    """How numbers and times are shown to the user."""

    time_zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in sorted(zoneinfo.available_timezones())]
    )
    rest_seconds = RestField(label="Rest after a work set")
    warmup_rest_seconds = RestField(
        label="Rest after a warm-up", help_text="As m:ss or in seconds; 0 is none."
    )
    bar_kg = BarField(label="Bar (kg)")
    bar_lb = BarField(label="Bar (lb)")

    class Meta:
        model = User
        fields = [
            "weight_unit",
            "time_zone",
            "decimal_mark",
            "rest_seconds",
            "warmup_rest_seconds",
            "shows_rpe",
            "bar_kg",
            "plates_kg",
            "bar_lb",
            "plates_lb",
        ]
        widgets = {"weight_unit": forms.RadioSelect, "decimal_mark": forms.RadioSelect}
        field_classes = {"plates_kg": PlatesField, "plates_lb": PlatesField}
        help_texts = dict.fromkeys(
            ["plates_kg", "plates_lb"], "20×2 is two pairs, 20 any number. Empty shows no plates."
        )


class PlainFields:
    """Says what each field is once, above it, in sentence case."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = str(field.label or "").capitalize()
            field.widget.attrs.pop("placeholder", None)
            if name == "password1":
                field.help_text = "At least 8 characters, and not a common one."


class NewAddress:
    """Takes no address of a deleted user, which allauth does not see: it stays theirs."""

    def clean_email(self):
        email = super().clean_email()
        if User.all_objects.deleted().filter(email__iexact=email).exists():
            raise forms.ValidationError("There is already a user with this e-mail address.")
        return email


class AddEmailForm(NewAddress, PlainFields, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    pass


class LoginForm(PlainFields, allauth_forms.LoginForm):
    pass


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    pass


class DeleteAccountForm(ReauthenticateForm):
    """The password once more, with the tries counted as log-in counts them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = "Type your password."


class ResetPasswordForm(PlainFields, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    pass


class SetPasswordForm(PlainFields, allauth_forms.SetPasswordForm):
    pass


class SignupForm(NewAddress, PlainFields, allauth_forms.SignupForm):
    """Sign-up; the browser says where one is, if it has JavaScript."""

    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def custom_signup(self, request, user):
        zone = self.cleaned_data["time_zone"]
        if zone in zoneinfo.available_timezones():
            user.time_zone = zone
        language = request.headers.get("Accept-Language", "en")[:20].split(",")[0].lower()
        if language.split("-")[0] not in POINT_LANGUAGES:
            user.decimal_mark = DecimalMark.COMMA
        if language in {"en-us", "en-lr"}:
            user.weight_unit = WeightUnit.LB
        user.save(update_fields=["time_zone", "decimal_mark", "weight_unit"])
