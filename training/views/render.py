"""The answers that several views share: a fragment for htmx, a redirect or a page without it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django_htmx.http import reswap, retarget

from training.forms import WorkoutForm
from training.log import load_log


def workout_page(request, log, *, status=200, form=None):
    """The whole workout page."""
    workout = log.workout
    context = {
        "workout": workout,
        "log": log,
        "form": form or WorkoutForm(instance=workout),
        "locations": type(workout).objects.for_user(request.user).locations(),
    }
    return render(request, "training/workouts/detail.html", context, status=status)


def log_changed(request, workout):
    """The cards of all exercises, after their number or order has changed."""
    if not request.htmx:
        return redirect(workout)
    context = {"log": load_log(workout), "workout": workout}
    response = render(request, "training/workouts/_log_changed.html", context)
    return reswap(retarget(response, "#log"), "outerHTML")


def card_changed(request, entry):
    """The card of one exercise, after its rows have changed."""
    if not request.htmx:
        return redirect(entry)
    return card_response(request, load_log(entry.workout), entry)


def card_response(request, log, entry, *, status=200):
    """The card of one exercise, or without htmx the whole page that it is in."""
    if not request.htmx:
        return workout_page(request, log, status=status)
    context = {"log": log, "workout": log.workout, "card": log.card(entry.pk)}
    response = render(request, "training/workouts/_card_changed.html", context, status=status)
    return reswap(retarget(response, f"#exercise-{entry.pk}"), "outerHTML")


def offer_undo(request, text, url):
    """Say what was removed, with a button that posts to `url` to bring it back."""
    messages.success(request, text, extra_tags=url)
