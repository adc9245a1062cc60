"""Trash: what was deleted, and can be restored one by one or all at once."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.trash import Key, restore_all, trash_page
from workoutlog.db import TRASH_KEPT


@require_safe
def trash(request):
    items, last = trash_page(request.user, _before(request.GET))
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


def _before(query) -> Key | None:
    if "before" not in query:
        return None
    try:
        deleted_at, id = datetime.fromisoformat(query["before"]), UUID(query.get("id", ""))
    except ValueError:
        raise Http404("No such page of the trash.") from None
    if timezone.is_naive(deleted_at):
        raise Http404("No such page of the trash.")
    return deleted_at, id
