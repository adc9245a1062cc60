"""Today: the running workout, a new one, and this week so far."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.models import WorkoutSession
from workoutlog.db import uuid7


@require_safe
def today(request):
    workouts = WorkoutSession.objects.for_user(request.user)
    now = timezone.localtime()
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    context = {
        "running": workouts.running().newest_first(),
        "again": workouts.to_start_again()[:6],
        "now": now,
        "week": workouts.since(monday).totals(),
        "new_id": uuid7(),
    }
    return render(request, "training/today/detail.html", context)
