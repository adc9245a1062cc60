"""The exercises themselves: browse, look at one, log it, create one while adding it."""

from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from training.exercise_bests import best_rows, rep_max_rows
from training.exercise_sessions import load_sessions, use_of
from training.forms.exercises import CreateExerciseForm, LogItForm
from training.forms.history import PlaceForm
from training.models import Conflict, Exercise, SessionExercise, WorkoutSession
from training.record_book import MOST_TOLD, bests_of
from training.record_rows import record_rows
from training.search import is_new, search, tell_last_time, used_exercises
from training.trend_charts import trend_card
from training.views.render import picker_page, search_context

PAGE = 40


@require_safe
@vary_on_headers("HX-Request")
def exercise_list(request):
    wanted = search_context(request.GET)
    query, used = wanted["query"], used_exercises(request.user)
    found = search(
        request.user, query, equipment=wanted["equipment"], muscle=wanted["muscle"], recent=used
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    tell_last_time(request.user, page.object_list, used)
    context = wanted | {"page": page, "create": query.strip() if is_new(query, found) else ""}
    name = "list" if not request.htmx else "_more" if page.has_previous() else "_list_changed"
    return render(request, f"training/exercises/{name}.html", context)


@require_safe
@vary_on_headers("HX-Request")
def exercise_detail(request, exercise_id):
    exercise = _exercise(request.user, exercise_id)
    wanted = {name: request.GET.get(name, "") for name in ("trend", "range")}
    today = timezone.localdate()
    card = trend_card(request.user, exercise, **wanted, today=today)
    context = {"exercise": exercise, "card": card}
    if request.htmx:
        return render(request, "training/exercises/_trend.html", context)
    workouts = WorkoutSession.objects.for_user(request.user)
    use = use_of(card.points, today)
    context |= {
        "use": use,
        "logged": bool(use) or workouts.for_exercise(exercise).exists(),
        "log_it": LogItForm(auto_id=False),
        "aliases": list(exercise.aliases.all()),
    }
    return render(request, "training/exercises/detail.html", context)


@require_safe
@vary_on_headers("HX-Request")
def exercise_records(request, exercise_id):
    exercise = _exercise(request.user, exercise_id)
    book = bests_of(request.user, exercise)
    context = {
        "exercise": exercise,
        "bests": best_rows(request.user, exercise, book),
        "rep_maxes": rep_max_rows(request.user, book),
        "records": record_rows(book.records, request.user.weight_unit),
        "most_told": MOST_TOLD,
    }
    name = "_records" if request.htmx else "records"
    return render(request, f"training/exercises/{name}.html", context)


@require_safe
@vary_on_headers("HX-Request")
def exercise_sessions(request, exercise_id):
    exercise = _exercise(request.user, exercise_id)
    place = PlaceForm(request.GET)
    if not place.is_valid():
        raise Http404("No such page of sessions.")
    before = place.cleaned_data["before"]
    page = load_sessions(request.user, exercise, before)
    context = {"exercise": exercise, "page": page, "begins_back": bool(before)}
    name = "_sessions" if request.htmx else "sessions"
    return render(request, f"training/exercises/{name}.html", context)


@require_POST
def exercise_log(request, exercise_id):
    exercise = get_object_or_404(Exercise.objects.for_user(request.user), pk=exercise_id)
    form = LogItForm(request.POST)
    if not form.is_valid():
        return redirect(exercise)
    try:
        entry = WorkoutSession.log_exercise(request.user, exercise, **form.cleaned_data)
    except (Conflict, WorkoutSession.DoesNotExist):
        raise Http404("No such workout.") from None
    return redirect(entry)


@require_POST
def exercise_create(request, workout_id):
    workout = get_object_or_404(WorkoutSession.objects.for_user(request.user), pk=workout_id)
    form = CreateExerciseForm(request.POST)
    if not form.is_valid():
        [error, *_] = form.errors.get("q", ["That did not work. Try again."])
        return picker_page(request, workout, status=422, error=error)
    values = form.cleaned_data
    values |= {"name": values.pop("q"), "primary_muscle": values.pop("muscle")}
    try:
        entry = workout.create_exercise(**values)
    except IntegrityError:
        raise Http404("No such exercise.") from None
    except Conflict as conflict:
        get_object_or_404(SessionExercise.objects.for_user(request.user), pk=conflict.stored.pk)
        return picker_page(request, workout, status=409, error="Added meanwhile. Try again.")
    return redirect(entry)


def _exercise(user, exercise_id) -> Exercise:
    # Retired ones too: what was done stays to be looked at.
    return get_object_or_404(Exercise.all_objects.for_user(user), pk=exercise_id)
