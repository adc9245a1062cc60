"""The answers that several views share: a fragment for htmx, a redirect or a page without it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django_htmx.http import reswap, retarget

from training.forms.exercises import CreateExerciseForm
from training.forms.workouts import DuplicateForm, WorkoutForm
from training.log import load_log
from training.models import Equipment, Muscle
from training.rest import current_rest
from training.search import is_new, recent_entries, search
from training.summary import summarize
from workoutlog.db import uuid7

MOST_FOUND = 40
MOST_LETTERS = 120


def workout_page(request, log, *, status=200, form=None, duplicate=None):
    """The whole workout page."""
    workout = log.workout
    context = {
        "workout": workout,
        "log": log,
        "form": form or WorkoutForm(instance=workout),
        "duplicate": duplicate or DuplicateForm(user=request.user),
        "summary": summarize(log),
        "rest": current_rest(log),
        "locations": type(workout).objects.for_user(request.user).locations(),
    }
    return render(request, "training/workouts/detail.html", context, status=status)


def log_changed(request, workout, *, moved=None):
    """The cards of all exercises, after their number or order has changed."""
    if not request.htmx:
        return redirect(moved or workout)
    log = load_log(workout)
    context = {"log": log, "workout": workout, "moved": moved and log.card(moved.pk)}
    response = render(request, "training/workouts/_log_changed.html", context)
    return reswap(retarget(response, "#log"), "outerHTML")


def card_changed(request, entry):
    """The card of one exercise, after its rows have changed."""
    if not request.htmx:
        return redirect(entry)
    return card_response(request, load_log(entry.workout), entry)


def card_response(request, log, entry, *, status=200, announcement=""):
    """The card of one exercise, or without htmx the whole page that it is in."""
    if not request.htmx:
        return workout_page(request, log, status=status)
    context = {
        "log": log,
        "workout": log.workout,
        "card": log.card(entry.pk),
        "announcement": announcement,
    }
    response = render(request, "training/workouts/_card_changed.html", context, status=status)
    return reswap(retarget(response, f"#exercise-{entry.pk}"), "outerHTML")


def picker_page(request, workout, *, status=200, error=""):
    """What was looked for and found, or could be created: the list, or without htmx the page."""
    asked = request.POST if request.method == "POST" else request.GET
    wanted = search_context(asked)
    query, recent = wanted["query"], recent_entries(request.user)
    found = search(
        request.user, query, equipment=wanted["equipment"], muscle=wanted["muscle"], recent=recent
    )
    for one in found[:MOST_FOUND]:
        one.last = recent.get(one.exercise.pk)
    context = wanted | {
        "workout": workout,
        "found": found[:MOST_FOUND],
        "more": max(len(found) - MOST_FOUND, 0),
        "new_id": uuid7(),
        "create": _offer_to_create(query.strip(), asked) if is_new(query, found) else None,
        "error": error,
    }
    name = "_found" if request.htmx else "create"
    return render(request, f"training/session_exercises/{name}.html", context, status=status)


def search_context(asked) -> dict:
    """What the form of `exercises/_search.html` was filled in with, and could be."""
    return {
        "query": asked.get("q", "")[:MOST_LETTERS],
        "equipment": asked.get("equipment", ""),
        "muscle": asked.get("muscle", ""),
        "equipment_choices": Equipment.choices,
        "muscle_choices": Muscle.choices,
    }


def offer_undo(request, text, url, *, passing=False):
    """Say what was done, with a button that posts to `url` to undo it; a passing one goes soon."""
    messages.add_message(request, messages.INFO if passing else messages.SUCCESS, text, url)


def _offer_to_create(name, asked):
    typed = {field: asked.get(field) for field in ("equipment", "muscle", "measure")}
    return CreateExerciseForm(
        initial={"id": uuid7(), "entry": uuid7(), "q": name} | typed, auto_id=False
    )
