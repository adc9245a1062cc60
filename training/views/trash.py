"""Trash: what was deleted, and can be restored one by one or all at once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from training.forms.history import PlaceForm
from training.trash import restore_all, trash_page
from workoutlog.db import TRASH_KEPT


@require_safe
def trash(request):
    place = PlaceForm(request.GET)
    if not place.is_valid():
        raise Http404("No such page of the trash.")
    items, last = trash_page(request.user, place.cleaned_data["before"])
    older = last and urlencode({"before": last[0].isoformat(), "id": last[1]})
    context = {"items": items, "older": older, "days": TRASH_KEPT.days}
    return render(request, "training/trash/list.html", context)


@require_POST
def trash_restore(request):
    refused = restore_all(request.user)
    for reason in refused:
        messages.warning(request, reason)
    if not refused:
        messages.info(request, "Everything is back.")
    return redirect("training:trash")
