"""Preferences of the user."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms import SettingsForm
from accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request):
    # A copy of the user, so that a wrong form does not change the one that draws the page.
    user = User.objects.get(pk=request.user.pk)
    form = SettingsForm(request.POST or None, instance=user)
    if form.is_valid():
        user.save(update_fields=form.Meta.fields)
        messages.success(request, "Settings saved.")
        return redirect("accounts:settings")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/settings.html", {"form": form}, status=status)
