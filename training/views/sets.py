"""The sets of an exercise: log, edit, remove."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from training.forms.sets import SetForm
from training.log import load_log
from training.models import Conflict, ExerciseSet, SessionExercise, StaleEdit
from training.rest import start_rest
from training.views.render import card_changed, card_response, offer_undo, workout_page
from training.wording import set_text, set_words


@require_POST
def set_create(request, entry_id):
    entries = SessionExercise.objects.for_user(request.user)
    entry = get_object_or_404(
        entries.select_related("exercise", "workout", "workout__user"), pk=entry_id
    )
    form = SetForm(request.POST, entry=entry, new=True)
    if not form.is_valid():
        return _render_invalid(request, entry, form, status=422)
    try:
        logged = entry.log_set(**form.cleaned_data)
    except Conflict as conflict:
        stored = get_object_or_404(
            ExerciseSet.all_objects.for_user(request.user), pk=conflict.stored.pk
        )
        return _render_invalid(request, entry, form, status=409, stored=stored)
    return _render_written(request, entry, logged)


@require_POST
def set_update(request, set_id):
    logged = _get(request, set_id)
    entry = logged.session_exercise
    form = SetForm(request.POST, entry=entry, new=False)
    if not form.is_valid():
        return _render_invalid(request, entry, form, status=422, edited=logged)
    values = form.cleaned_data
    try:
        logged.edit(values.pop("seen"), **values)
    except StaleEdit as stale:
        return _render_invalid(request, entry, form, status=409, edited=stale.current)
    return _render_written(request, entry, logged)


@require_POST
def set_delete(request, set_id):
    logged = _get(request, set_id, ExerciseSet.all_objects)
    logged.soft_delete()
    offer_undo(request, "Set removed.", reverse("training:set-restore", args=[logged.pk]))
    response = card_changed(request, logged.session_exercise)
    return trigger_client_event(response, "set-removed", {"set": str(logged.pk)})


@require_POST
def set_restore(request, set_id):
    logged = _get(request, set_id, ExerciseSet.all_objects)
    logged.restore()
    return card_changed(request, logged.session_exercise)


def _get(request, set_id, sets=ExerciseSet.objects):
    sets = sets.for_user(request.user).select_related(
        "session_exercise__exercise", "session_exercise__workout__user"
    )
    return get_object_or_404(sets, pk=set_id)


def _render_written(request, entry, logged):
    created = request.resolver_match.url_name == "set-create"
    if created and logged.deleted_at is None:
        text = f"Logged {set_text(logged, entry, request.user.weight_unit)}."
        offer_undo(request, text, reverse("training:set-delete", args=[logged.pk]), passing=True)
    if not request.htmx:
        return redirect(entry)
    log = load_log(entry.workout)
    if logged.deleted_at is not None:
        # It was sent before, and has been removed since: it stays removed.
        return card_response(request, log, entry)
    card = log.card(entry.pk)
    row = card.row(logged.pk)
    announcement = (
        f"{'Logged' if created else 'Saved'} set {row.number}, {set_words(logged, entry)}"
    )
    if not created or card.carries or request.POST.get("number") != str(row.number):
        # Other rows change too: an edit may make or end their records, those to come follow a new
        # weight, and rows logged in another order than shown have other numbers.
        response = card_response(request, log, entry, announcement=announcement)
    else:
        # Add set may have brought the next row already.
        rows = request.POST.get("rows", "")[:4]
        shown = rows.isdecimal() and int(rows) >= len(card.rows)
        context = {
            "log": log,
            "workout": log.workout,
            "card": card,
            "row": row,
            "announcement": announcement,
            "next_row": card.rows[-1] if card.grows and not shown else None,
        }
        response = render(request, "training/sets/_written.html", context)
    if created and log.workout.finished_at is None:
        # Told again when a set is sent again, whose first answer may have been lost: it is the
        # same rest, of the same set, and goes on.
        trigger_client_event(response, "set-logged", start_rest(row.logged, log).event)
    return response


def _render_invalid(request, entry, form, *, status, edited=None, stored=None):
    log = load_log(entry.workout, add_to=None if edited else entry.pk)
    card = log.card(entry.pk)
    row = card.show_invalid(form, edited=edited, stored=stored)
    log.mark_next(row)
    if not request.htmx:
        return workout_page(request, log, status=status)
    context = {"card": card, "row": row, "workout": log.workout}
    return render(request, "training/sets/_row.html", context, status=status)
