"""What the tests of imports, and those in a browser, begin with."""

import pytest

from training.tests.factories import ExerciseFactory
from training.tests.strong_files import preview, strong_workouts


@pytest.fixture
def bench_press(db):
    return ExerciseFactory(name="Bench Press")


@pytest.fixture
def data_import(alice_client, bench_press):
    """A workout of Alice's out of a file of Strong's: read, shown, and not imported yet."""
    return preview(alice_client, strong_workouts(1))
