"""History: finished workouts, the newest first, a page at a time; the year as a heat map."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from training.forms.history import FilterForm, PlaceForm
from training.heat_map import heat_map
from training.history import load_page
from training.models import WorkoutSession


@require_safe
@vary_on_headers("HX-Request")
def history(request):
    asked = PlaceForm(request.GET)
    if not asked.is_valid():
        raise Http404("No such page of the history.")
    place = asked.cleaned_data
    form = FilterForm(request.GET, user=request.user)
    filter_opens = "filter" in request.GET or not form.is_valid()
    if request.htmx and filter_opens:
        return render(request, "training/history/_filter.html", {"form": form})
    workouts = WorkoutSession.objects.for_user(request.user)
    workouts = workouts.matching(**form.criteria) if form.is_valid() else workouts.none()
    page = load_page(workouts, before=place["before"], day=place["day"])
    context = {"page": page, "older": page.older_query(form.typed), **place}
    if request.htmx:
        return render(request, "training/history/_page.html", context)
    context |= {
        "form": form,
        "filters": urlencode(form.typed),
        "filter_opens": filter_opens,
        "map": heat_map(workouts, timezone.localdate()),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "training/history/list.html", context, status=status)
