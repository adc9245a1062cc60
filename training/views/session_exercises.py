"""The exercises of a workout: find and add, move, note, remove."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from training.forms import AddExerciseForm, MoveForm, NoteForm
from training.log import load_log
from training.models import Conflict, Equipment, Muscle, SessionExercise, StaleEdit, WorkoutSession
from training.search import recent_entries, search
from training.views.render import card_changed, card_response, log_changed, offer_undo
from workoutlog.db import uuid7

MOST_FOUND = 40


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def session_exercise_create(request, workout_id):
    workout = get_object_or_404(WorkoutSession.objects.for_user(request.user), pk=workout_id)
    if request.method != "POST":
        return _render_picker(request, workout)
    form = AddExerciseForm(request.POST, user=request.user)
    if not form.is_valid():
        if "exercise" in form.errors:
            raise Http404("No such exercise.")
        return _render_picker(request, workout, status=422)
    try:
        entry = workout.add_exercise(**form.cleaned_data)
    except Conflict as conflict:
        get_object_or_404(SessionExercise.objects.for_user(request.user), pk=conflict.stored.pk)
        return _render_picker(request, workout, status=409)
    return redirect(entry)


@require_POST
def session_exercise_move(request, entry_id):
    entry = _get(request, entry_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        entry.workout.move_exercise(entry, form.cleaned_data["position"])
    return log_changed(request, entry.workout)


@require_POST
def session_exercise_update(request, entry_id):
    entry = _get(request, entry_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            entry.edit(form.cleaned_data["seen"], notes=form.cleaned_data["notes"])
        except StaleEdit as stale:
            form.add_error("notes", f"Changed elsewhere meanwhile to “{stale.current.notes}”.")
    if form.is_valid():
        return card_changed(request, entry)
    log = load_log(entry.workout)
    log.card(entry.pk).show_typed_note(form)
    status = 422 if "notes" not in form.cleaned_data else 409
    return card_response(request, log, entry, status=status)


@require_POST
def session_exercise_delete(request, entry_id):
    entry = _get(request, entry_id, SessionExercise.all_objects)
    entry.soft_delete()
    url = reverse("training:session-exercise-restore", args=[entry.pk])
    offer_undo(request, f"{entry.name} removed.", url)
    return log_changed(request, entry.workout)


@require_POST
def session_exercise_restore(request, entry_id):
    entry = _get(request, entry_id, SessionExercise.all_objects)
    entry.restore()
    return log_changed(request, entry.workout)


def _get(request, entry_id, entries=SessionExercise.objects):
    entries = entries.for_user(request.user).select_related("exercise", "workout")
    return get_object_or_404(entries, pk=entry_id)


def _render_picker(request, workout, *, status=200):
    query = request.GET.get("q", "")[:100]
    equipment, muscle = request.GET.get("equipment", ""), request.GET.get("muscle", "")
    recent = recent_entries(request.user)
    found = search(request.user, query, equipment=equipment, muscle=muscle, recent=recent)
    for one in found[:MOST_FOUND]:
        one.last = recent.get(one.exercise.pk)
    context = {
        "workout": workout,
        "query": query,
        "equipment": equipment,
        "muscle": muscle,
        "equipment_choices": Equipment.choices,
        "muscle_choices": Muscle.choices,
        "found": found[:MOST_FOUND],
        "more": max(len(found) - MOST_FOUND, 0),
        "new_id": uuid7(),
    }
    name = "_found" if request.htmx else "create"
    return render(request, f"training/session_exercises/{name}.html", context, status=status)
