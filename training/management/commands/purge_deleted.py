"""Empty the trash of what has lain in it long enough."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from training.models import BodyWeight, Exercise, ExerciseSet, SessionExercise, WorkoutSession
from training.purge import purge

NAMES = {
    User: ("account", "accounts"),
    WorkoutSession: ("workout", "workouts"),
    SessionExercise: ("exercise in a workout", "exercises in workouts"),
    ExerciseSet: ("set", "sets"),
    Exercise: ("own exercise", "own exercises"),
    BodyWeight: ("body weight", "body weights"),
}


class Command(BaseCommand):
    help = "Delete for good what has been in the trash for so many days, and accounts like it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--older-than", metavar="DAYS", nargs="?", help="a whole number, 0 or more"
        )

    def handle(self, *, older_than, verbosity, **options):
        typed = str("" if older_than is None else older_than)
        if not (typed.isascii() and typed.isdecimal()):
            raise CommandError("--older-than takes a whole number of days, 0 or more.")
        try:
            before = timezone.now() - timedelta(days=int(typed))
        except OverflowError:
            raise CommandError("--older-than takes days, and so many never were.") from None
        purged = purge(before)
        if verbosity:
            counts = [
                f"{purged[model._meta.label]} {names[purged[model._meta.label] != 1]}"
                for model, names in NAMES.items()
            ]
            self.stdout.write(f"Purged: {', '.join(counts)}.")
