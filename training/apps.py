"""What you lift: the exercise catalog and the workouts logged with it."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
