"""Trash: what was deleted and can be restored."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.trash import trash_of


@require_safe
def trash(request):
    return render(request, "training/trash/list.html", {"items": trash_of(request.user)})
