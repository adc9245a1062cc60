"""The exercises of a workout: find and add, move, note, remove."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from training.alternatives import alternatives
from training.forms.session_exercises import (
    AddExerciseForm,
    MoveForm,
    NoteForm,
    RestForm,
    SupersetForm,
)
from training.log import load_log
from training.models import Conflict, SessionExercise, StaleEdit, WorkoutSession
from training.views.render import (
    card_changed,
    card_response,
    log_changed,
    offer_undo,
    picker_page,
)
from workoutlog.db import uuid7


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def session_exercise_create(request, workout_id):
    workout = get_object_or_404(WorkoutSession.objects.for_user(request.user), pk=workout_id)
    if request.method != "POST":
        return picker_page(request, workout)
    form = AddExerciseForm(request.POST, user=request.user)
    if not form.is_valid():
        if "exercise" in form.errors:
            raise Http404("No such exercise.")
        return picker_page(request, workout, status=422, error="That did not work. Try again.")
    try:
        entry = workout.add_exercise(**form.cleaned_data)
    except Conflict as conflict:
        get_object_or_404(SessionExercise.objects.for_user(request.user), pk=conflict.stored.pk)
        return picker_page(request, workout, status=409, error="Added meanwhile. Try again.")
    return redirect(entry)


@require_POST
def session_exercise_move(request, entry_id):
    entry = _get(request, entry_id)
    form = MoveForm(request.POST)
    if form.is_valid():
        entry.workout.move_exercise(entry, form.cleaned_data["position"])
    return log_changed(request, entry.workout, moved=entry)


@require_POST
def session_exercise_superset(request, entry_id):
    entry = _get(request, entry_id)
    form = SupersetForm(request.POST)
    if form.is_valid():
        entry.join_next(form.cleaned_data["joined"])
    return log_changed(request, entry.workout)


@require_http_methods(["GET", "HEAD", "POST"])
def session_exercise_replace(request, entry_id):
    entry = _get(request, entry_id)
    status = 200
    if request.method == "POST":
        form = AddExerciseForm(request.POST, user=request.user)
        if form.is_valid():
            try:
                return redirect(entry.replace(**form.cleaned_data))
            except Conflict:
                raise Http404("No such exercise.") from None
        if "exercise" in form.errors:
            raise Http404("No such exercise.")
        status = 422
    context = {
        "entry": entry,
        "alternatives": alternatives(request.user, entry),
        "new_id": uuid7(),
    }
    return render(request, "training/session_exercises/replace.html", context, status=status)


@require_POST
def session_exercise_update(request, entry_id):
    entry = _get(request, entry_id)
    form = NoteForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            entry.edit(form.cleaned_data.pop("seen"), **form.cleaned_data)
        except StaleEdit as stale:
            status = 409
            form.add_error("notes", f"Changed elsewhere meanwhile to “{stale.current.notes}”.")
    if form.is_valid():
        return card_changed(request, entry)
    log = load_log(entry.workout)
    log.card(entry.pk).show_typed_note(form)
    return card_response(request, log, entry, status=status)


@require_POST
def session_exercise_rest(request, entry_id):
    entry = _get(request, entry_id)
    form = RestForm(request.POST)
    if not form.is_valid():
        return card_response(request, load_log(entry.workout), entry, status=422)
    entry.set_rest(form.cleaned_data["rest_seconds"])
    return card_changed(request, entry)


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
