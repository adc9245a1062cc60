"""Exercises, workouts, entries and sets for tests; each takes the next free position."""

from decimal import Decimal

import factory

from accounts.tests.factories import UserFactory
from training.models import (
    Equipment,
    Exercise,
    ExerciseAlias,
    ExerciseSet,
    Muscle,
    SessionExercise,
    WorkoutSession,
)


class ExerciseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exercise

    name = factory.Sequence(lambda n: f"Exercise {n}")
    equipment = Equipment.BARBELL
    primary_muscle = Muscle.CHEST


class AliasFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExerciseAlias

    exercise = factory.SubFactory(ExerciseFactory)
    name = factory.Sequence(lambda n: f"Alias {n}")


class WorkoutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkoutSession

    user = factory.SubFactory(UserFactory)
    title = "Push day"


class EntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SessionExercise

    workout = factory.SubFactory(WorkoutFactory)
    exercise = factory.SubFactory(ExerciseFactory)
    order_index = factory.LazyAttribute(
        lambda entry: SessionExercise.next_position(entry.workout.session_exercises)
    )


class SetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExerciseSet

    session_exercise = factory.SubFactory(EntryFactory)
    set_number = factory.LazyAttribute(
        lambda row: ExerciseSet.next_position(row.session_exercise.exercise_sets)
    )
    reps = 5
    weight = Decimal(100)
