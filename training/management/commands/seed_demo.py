"""Give a lifter a made-up history."""

import argparse

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from training import demo
from training.crowd import make_crowd


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1, please")
    return number


class Command(BaseCommand):
    help = (
        "Give a lifter a plausible history that ends today or yesterday. A lifter who exists"
        " already keeps their password, and must not have any workouts."
    )

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True)
        parser.add_argument("--password", required=True)
        parser.add_argument("--workouts", type=positive, required=True)
        parser.add_argument("--seed", type=int, default=1, help="Same seed, same history.")
        parser.add_argument(
            "--crowd", type=int, default=0, help="So many other lifters too, for measurements."
        )
        parser.add_argument(
            "--crowd-workouts", type=positive, default=1000, help="What each of them did."
        )

    def handle(self, *, email, password, workouts, seed, crowd, crowd_workouts, verbosity, **rest):
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is no e-mail address.") from None
        try:
            written = demo.make_lifter(email, password, workouts=workouts, seed=seed)
            others = make_crowd(crowd, workouts=crowd_workouts, seed=seed)
        except demo.DemoError as error:
            raise CommandError(str(error)) from None
        if verbosity:
            names = zip(written, ("workouts", "exercises in them", "sets"), strict=True)
            self.stdout.write(f"{email}: {', '.join(f'{n:,} {name}' for n, name in names)}.")
            if crowd:
                self.stdout.write(f"{crowd:,} other lifters: {others:,} sets.")
