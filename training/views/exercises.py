"""The exercises themselves: create one's own while adding it to a workout."""

from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from training.forms.exercises import CreateExerciseForm
from training.models import Conflict, SessionExercise, WorkoutSession
from training.views.render import picker_page


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
