"""Preferences, and sign-up that takes time zone and decimal mark from the browser."""

import zoneinfo

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms

from accounts.models import DecimalMark, User, WeightUnit

# Languages whose speakers write 82.5 with a point; in nearly all others it is a comma.
POINT_LANGUAGES = {"en", "zh", "ja", "ko", "th", "he", "hi", "ms", "tl", "ga", "cy", "mt"}


class SettingsForm(forms.ModelForm):
    """How numbers and times are shown to the user."""

    time_zone = forms.ChoiceField(
        choices=lambda: [(name, name) for name in sorted(zoneinfo.available_timezones())]
    )

    class Meta:
        model = User
        fields = ["weight_unit", "time_zone", "decimal_mark"]
        widgets = {"weight_unit": forms.RadioSelect, "decimal_mark": forms.RadioSelect}


class SignupForm(AllauthSignupForm):
    """Sign-up; the browser says where one is, if it has JavaScript."""

    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = "At least 8 characters, and not a common one."

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
