"""The addresses of training: one word leads from here to view, template and test."""

from django.urls import path

from training.views import (
    exercises,
    history,
    plates,
    session_exercises,
    sets,
    today,
    trash,
    workouts,
)

app_name = "training"

urlpatterns = [
    path("", today.today, name="today"),
    path("history/", history.history, name="history"),
    path("plates/", plates.plates, name="plates"),
    path("trash/", trash.trash, name="trash"),
    path("workouts/", workouts.workout_create, name="workout-create"),
    path("workouts/<uuid:workout_id>/", workouts.workout_detail, name="workout-detail"),
    path("workouts/<uuid:workout_id>/update/", workouts.workout_update, name="workout-update"),
    path("workouts/<uuid:workout_id>/name/", workouts.workout_name, name="workout-name"),
    path("workouts/<uuid:workout_id>/finish/", workouts.workout_finish, name="workout-finish"),
    path("workouts/<uuid:workout_id>/reopen/", workouts.workout_reopen, name="workout-reopen"),
    path("workouts/<uuid:workout_id>/delete/", workouts.workout_delete, name="workout-delete"),
    path("workouts/<uuid:workout_id>/restore/", workouts.workout_restore, name="workout-restore"),
    path(
        "workouts/<uuid:workout_id>/exercises/",
        session_exercises.session_exercise_create,
        name="session-exercise-create",
    ),
    path(
        "workouts/<uuid:workout_id>/exercises/create/",
        exercises.exercise_create,
        name="exercise-create",
    ),
    path(
        "session-exercises/<uuid:entry_id>/move/",
        session_exercises.session_exercise_move,
        name="session-exercise-move",
    ),
    path(
        "session-exercises/<uuid:entry_id>/superset/",
        session_exercises.session_exercise_superset,
        name="session-exercise-superset",
    ),
    path(
        "session-exercises/<uuid:entry_id>/replace/",
        session_exercises.session_exercise_replace,
        name="session-exercise-replace",
    ),
    path(
        "session-exercises/<uuid:entry_id>/update/",
        session_exercises.session_exercise_update,
        name="session-exercise-update",
    ),
    path(
        "session-exercises/<uuid:entry_id>/rest/",
        session_exercises.session_exercise_rest,
        name="session-exercise-rest",
    ),
    path(
        "session-exercises/<uuid:entry_id>/delete/",
        session_exercises.session_exercise_delete,
        name="session-exercise-delete",
    ),
    path(
        "session-exercises/<uuid:entry_id>/restore/",
        session_exercises.session_exercise_restore,
        name="session-exercise-restore",
    ),
    path("session-exercises/<uuid:entry_id>/sets/", sets.set_create, name="set-create"),
    path("sets/<uuid:set_id>/update/", sets.set_update, name="set-update"),
    path("sets/<uuid:set_id>/delete/", sets.set_delete, name="set-delete"),
    path("sets/<uuid:set_id>/restore/", sets.set_restore, name="set-restore"),
]
