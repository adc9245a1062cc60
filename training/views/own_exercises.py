"""A lifter's own exercises: create, edit, delete."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from training.forms.own_exercises import CreateOwnExerciseForm, UpdateOwnExerciseForm
from training.models import Exercise, Refused, StaleEdit
from training.views.render import offer_undo


@require_http_methods(["GET", "HEAD", "POST"])
def own_exercise_create(request):
    if request.method != "POST":
        asked = {name: request.GET.get(name) for name in ("name", "equipment", "primary_muscle")}
        form = CreateOwnExerciseForm(user=request.user, initial=asked)
        return render(request, "training/own_exercises/create.html", {"form": form})
    form = CreateOwnExerciseForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(request, "training/own_exercises/create.html", {"form": form}, status=422)
    try:
        exercise = Exercise.make_own(request.user, **form.cleaned_data)
    except IntegrityError:
        raise Http404("No such exercise.") from None
    if exercise.pk != form.cleaned_data["id"]:
        messages.info(request, "You had it before: here it is again.")
    return redirect(exercise)


@require_http_methods(["GET", "HEAD", "POST"])
def own_exercise_update(request, exercise_id):
    exercise = _get(request, exercise_id)
    form = UpdateOwnExerciseForm(request.POST or None, instance=exercise)
    status = 200 if request.method != "POST" else 422
    if form.is_valid():
        try:
            exercise.edit(**form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused))
        except StaleEdit as stale:
            form.show_conflict(stale.current)
            status = 409
        else:
            return redirect(exercise)
    context = {"form": form, "exercise": exercise}
    return render(request, "training/own_exercises/update.html", context, status=status)


@require_POST
def own_exercise_delete(request, exercise_id):
    exercise = _get(request, exercise_id, Exercise.all_objects)
    exercise.soft_delete()
    url = reverse("training:own-exercise-restore", args=[exercise.pk])
    offer_undo(request, f"{exercise} deleted.", url)
    return redirect("training:exercise-list")


@require_POST
def own_exercise_restore(request, exercise_id):
    exercise = _get(request, exercise_id, Exercise.all_objects)
    try:
        exercise = exercise.revive()
    except Refused as refused:
        messages.warning(request, str(refused))
    if request.htmx:
        return HttpResponseClientRedirect(exercise.get_absolute_url())
    return redirect(exercise)


def _get(request, exercise_id, exercises=Exercise.objects):
    return get_object_or_404(exercises.own(request.user), pk=exercise_id)
