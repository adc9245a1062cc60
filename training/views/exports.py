"""Export: everything of a lifter as files to download, streamed as they are written."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from training.days import day_of
from training.exporting import hevy, own_csv, own_json, strong

CSV = "text/csv; charset=utf-8"


@require_safe
def export(request):
    return render(request, "training/exports/list.html", {"columns": own_csv.COLUMNS})


@require_safe
@never_cache
def export_json(request):
    return _download(request.user, own_json.chunks, ".json", "application/json")


@require_safe
@never_cache
def export_csv(request):
    return _download(request.user, own_csv.chunks, "-sets.csv", CSV)


@require_safe
@never_cache
def export_strong(request):
    return _download(request.user, strong.chunks, "-for-strong.csv", CSV)


@require_safe
@never_cache
def export_hevy(request):
    return _download(request.user, hevy.chunks, "-for-hevy.csv", CSV)


@require_safe
@login_not_required
def export_schema(request):
    """Say to people and programs what the JSON document looks like; nobody's data is in that."""
    return FileResponse(own_json.SCHEMA.open("rb"), content_type="application/schema+json")


def _download(user, chunks, ending: str, content_type: str) -> StreamingHttpResponse:
    """Send a file named by the lifter's day, piece by piece as it is read from the database."""
    day = day_of(timezone.now(), user.zone)
    name = f"workoutlog-{day}{ending}"
    return StreamingHttpResponse(
        chunks(user),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
