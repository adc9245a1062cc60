"""Preferences of the user, and the way out and back."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.deletion import (
    close_account,
    keep_account,
    proven,
    why_not_close,
)
from accounts.forms import DeleteAccountForm, SettingsForm
from accounts.models import User
from workoutlog.db import TRASH_KEPT


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


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
def delete(request):
    sent = request.method == "POST"
    form = DeleteAccountForm(request.POST if sent else None, user=request.user)
    if sent and form.is_valid() and close_account(request.user, form.cleaned_data["password"]):
        logout(request)
        return redirect("account_inactive")
    context = {"form": form, "reason": why_not_close(request.user), "days": TRASH_KEPT.days}
    return render(request, "accounts/delete.html", context, status=422 if sent else 200)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request):
    if request.method == "POST" and (user := keep_account(request.session)):
        messages.success(request, "Your account stays, with all that is in it.")
        return perform_login(request, user)
    if user := proven(request.session):
        return render(request, "accounts/keep.html", {"owner": user})
    return redirect("account_login")
