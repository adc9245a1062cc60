"""A workout: start, log later, look at, edit, copy, finish, re-open, delete."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from training.forms.workouts import (
    AddSetForm,
    DuplicateForm,
    PastWorkoutForm,
    StartForm,
    TitleForm,
    WorkoutForm,
)
from training.log import load_log
from training.models import Conflict, StaleEdit, WorkoutSession
from training.views.render import card_response, offer_undo, workout_page


@require_POST
def workout_create(request):
    form = StartForm(request.POST, user=request.user)
    if not form.is_valid():
        if "again" in form.errors:
            raise Http404("No such workout.")
        return redirect("training:today")
    try:
        workout = WorkoutSession.start(request.user, **form.cleaned_data)
    except Conflict:
        raise Http404("No such workout.") from None
    return redirect(workout)


@require_http_methods(["GET", "HEAD", "POST"])
def workout_log_past(request):
    form = PastWorkoutForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            return redirect(WorkoutSession.log_past(request.user, **form.cleaned_data))
        except Conflict:
            raise Http404("No such workout.") from None
    status = 422 if form.is_bound else 200
    return render(request, "training/workouts/past.html", {"form": form}, status=status)


@require_safe
@vary_on_headers("HX-Request")
def workout_detail(request, workout_id):
    workout = _get(request, workout_id)
    form = AddSetForm(request.GET)
    if not form.is_valid():
        raise Http404("No such exercise.")
    add_to, warmup = form.cleaned_data["add_to"], form.cleaned_data["warmup"]
    log = load_log(workout, **form.cleaned_data)
    cards = {entry_id: log.card(entry_id) for entry_id in (add_to, warmup) if entry_id}
    if request.htmx and add_to:
        card = cards[add_to]
        context = {"card": card, "row": card.rows[-1], "workout": log.workout}
        return render(request, "training/workouts/_row_added.html", context)
    if request.htmx and warmup:
        return card_response(request, log, cards[warmup].entry)
    return workout_page(request, log)


@require_POST
def workout_update(request, workout_id):
    workout = _get(request, workout_id)
    form = WorkoutForm(request.POST, instance=_get(request, workout_id))
    status = 422
    if form.is_valid():
        try:
            workout.edit(form.cleaned_data["seen"], **form.values)
        except StaleEdit as stale:
            form.show_conflict(stale.current)
            status = 409
        else:
            return redirect(workout)
    return workout_page(request, load_log(workout), status=status, form=form)


@require_POST
def workout_duplicate(request, workout_id):
    workout = _get(request, workout_id)
    form = DuplicateForm(request.POST, user=request.user)
    if not form.is_valid():
        return workout_page(request, load_log(workout), status=422, duplicate=form)
    try:
        copy = workout.duplicate(**form.cleaned_data)
    except Conflict:
        raise Http404("No such workout.") from None
    offer_undo(request, "This is the copy.", reverse("training:workout-delete", args=[copy.pk]))
    return redirect(copy)


@require_POST
def workout_name(request, workout_id):
    workout = _get(request, workout_id)
    form = TitleForm(request.POST)
    if form.is_valid():
        workout.name(form.cleaned_data["title"])
    return redirect(workout)


@require_POST
def workout_finish(request, workout_id):
    workout = _get(request, workout_id)
    workout.finish()
    return redirect(workout)


@require_POST
def workout_reopen(request, workout_id):
    workout = _get(request, workout_id)
    workout.reopen()
    return redirect(workout)


@require_POST
def workout_delete(request, workout_id):
    workout = get_object_or_404(WorkoutSession.all_objects.for_user(request.user), pk=workout_id)
    workout.soft_delete()
    offer_undo(request, "Workout deleted.", reverse("training:workout-restore", args=[workout.pk]))
    page = reverse("training:history" if workout.finished_at else "training:today")
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


@require_POST
def workout_restore(request, workout_id):
    workout = get_object_or_404(WorkoutSession.all_objects.for_user(request.user), pk=workout_id)
    workout.restore()
    if request.htmx:
        return HttpResponseClientRedirect(workout.get_absolute_url())
    return redirect(workout)


def _get(request, workout_id):
    return get_object_or_404(WorkoutSession.objects.for_user(request.user), pk=workout_id)
