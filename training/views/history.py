"""History: finished workouts, the newest first, a page at a time."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.models import WorkoutSession

PAGE = 20


@require_safe
def history(request):
    workouts = WorkoutSession.objects.for_user(request.user).for_history(_before(request.GET))
    page = list(workouts[: PAGE + 1])
    older = ""
    if len(page) > PAGE:
        page.pop()
        older = urlencode({"before": page[-1].session_date.isoformat(), "id": page[-1].pk})
    context = {"workouts": page, "older": older, "paged": "before" in request.GET}
    return render(request, "training/history/list.html", context)


def _before(query) -> tuple[datetime, UUID] | None:
    if "before" not in query:
        return None
    try:
        date, id = datetime.fromisoformat(query["before"]), UUID(query.get("id", ""))
    except ValueError:
        raise Http404("No such page of the history.") from None
    if timezone.is_naive(date):
        raise Http404("No such page of the history.")
    return date, id
