"""What an import asks before it writes: units, places, and what the names mean."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from training.importing.writing import begin
from training.models import (
    Exercise,
    ExerciseSet,
    ImportName,
    SessionExercise,
    WorkoutSession,
)
from training.tests.factories import (
    ExerciseFactory,
)
from training.tests.strong_files import (
    BENCH,
    bring_in,
    do,
    page,
    preview,
    strong,
    strong_workouts,
)

pytestmark = pytest.mark.django_db


class TestOptions:
    def test_asks_for_the_unit_where_the_file_does_not_say(self, alice_client, data_import):
        assert "Weights are in" in page(alice_client, data_import)
        response = alice_client.post(f"/import/{data_import.pk}/continue/", {"time_zone": "UTC"})
        assert response.status_code == 422
        assert "Choose kilograms or pounds" in response.content.decode()
        assert not WorkoutSession.all_objects.exists()

    def test_reads_pounds(self, alice_client, alice, bench_press):
        bring_in(alice_client, strong_workouts(1), unit="lb")
        done = ExerciseSet.objects.for_user(alice).first()
        assert (done.weight, done.weight_unit) == (81, "lb")

    @pytest.mark.parametrize("confirmed", [True, False])
    def test_rounds_converted_pounds_only_when_confirmed(self, alice_client, alice, confirmed):
        header = (
            '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";'
            '"Weight (kg)";"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"'
        )
        rows = [
            f'"1";"2024-03-05 18:01:09";"Push";"60";"Bench";"{n}";"{kg}";"8";"";"";"";"";""'
            for n, kg in enumerate(["65.181223569", "61.23496995", "102.0582825"], 1)
        ]
        data_import = preview(alice_client, strong(*rows, header=header))
        assert "exact quarter pounds" in page(alice_client, data_import)
        do(alice_client, data_import, **({"round_to_quarter_lb": "on"} if confirmed else {}))
        done = ExerciseSet.objects.for_user(alice).order_by("set_number").first()
        expected = (Decimal("143.75"), "lb") if confirmed else (Decimal("65.181223569"), "kg")
        # SQLite keeps 64-bit floats.
        assert (round(done.weight, 9), done.weight_unit) == expected or not confirmed

    def test_an_hour_that_clocks_skipped_is_no_error(self, alice_client, alice, bench_press):
        row = BENCH.format(date="2024-03-31 02:30:00", order=1, weight=80, reps=8)
        bring_in(alice_client, strong(row))
        when = WorkoutSession.objects.for_user(alice).get().session_date
        assert when == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)

    def test_chosen_options_stay(self, alice_client, data_import):
        body = {"unit": "lb", "time_zone": "America/New_York"}
        alice_client.post(f"/import/{data_import.pk}/options/", body)
        shown = page(alice_client, data_import)
        assert '<option value="America/New_York" selected>' in shown

    def test_tells_of_odd_values(self, alice_client, bench_press):
        year = timezone.now().year + 2
        rows = [
            BENCH.format(date="2024-03-05 18:01:09", order=1, weight=800, reps=8),
            BENCH.format(date="2024-03-05 18:01:09", order=2, weight=80, reps=500),
            BENCH.format(date="1970-03-05 18:01:09", order=1, weight=80, reps=5),
            BENCH.format(date=f"{year}-03-05 18:01:09", order=1, weight=80, reps=5),
        ]
        data_import = preview(alice_client, strong(*rows))
        shown = page(alice_client, data_import)
        for text in ("4 odd values", "800 kg", "500 reps", "in 1970", "in the future"):
            assert text in shown
        body = {"unit": "lb", "time_zone": "UTC"}
        alice_client.post(f"/import/{data_import.pk}/options/", body)
        assert "3 odd values" in page(alice_client, data_import)

    def test_lists_what_cannot_be_read_and_imports_the_rest(self, alice_client, alice, bench_press):
        good = BENCH.format(date="2024-03-05 18:01:09", order=1, weight=80, reps=8)
        bad = BENCH.format(date="yesterday", order=1, weight=80, reps=8)
        data_import = preview(alice_client, strong(good, bad))
        shown = page(alice_client, data_import)
        assert "1 line cannot be read" in shown
        assert "Line 3" in shown
        assert do(alice_client, data_import).written == 1
        download = alice_client.get(f"/import/{data_import.pk}/problems.csv")
        assert download.content.decode().startswith("line,why,text\r\n3,")
        assert "no-store" in download.headers["Cache-Control"]

    def test_formulas_in_the_download_are_text(self, alice_client, bench_press):
        good = BENCH.format(date="2024-03-05 18:01:09", order=1, weight=80, reps=8)
        bad = BENCH.format(date="=cmd()", order=1, weight=80, reps=8)
        data_import = preview(alice_client, strong(good, bad))
        lines = alice_client.get(f"/import/{data_import.pk}/problems.csv").content.decode()
        assert "'=cmd()" in lines


class TestNames:
    def test_new_names_become_own_exercises(self, alice_client, alice):
        bring_in(alice_client, strong_workouts(2, names=["Zercher Thing (Cable)"]))
        own = Exercise.objects.get()
        assert (own.owner, own.name) == (alice, "Zercher Thing (Cable)")
        assert (own.equipment, own.measure) == ("cable", "weight_reps")

    def test_a_choice_is_shown_used_and_remembered(self, alice_client, alice, data_import):
        chosen = ExerciseFactory(name="Spoto Press")
        url = f"/import/{data_import.pk}/names/"
        found = alice_client.get(url, {"number": 0, "q": "spoto"}).content.decode()
        assert "Choose Spoto Press" in found
        alice_client.post(url, {"number": 0, "exercise": chosen.pk})
        assert "chosen by you: Spoto Press" in page(alice_client, data_import)
        do(alice_client, data_import)
        assert SessionExercise.objects.get().exercise == chosen
        again = preview(alice_client, strong_workouts(2))
        assert "as last time: Spoto Press" in page(alice_client, again)

    def test_a_name_made_new_by_hand_is_remembered(self, alice_client, alice, data_import):
        url = f"/import/{data_import.pk}/names/"
        alice_client.post(url, {"number": 0, "exercise": "", "measure": "weight_reps"})
        do(alice_client, data_import)
        own = Exercise.objects.get(owner=alice)
        assert SessionExercise.objects.get().exercise == own
        assert ImportName.objects.get().exercise == own

    def test_takes_nobody_elses_exercise(self, alice_client, mallory, data_import):
        theirs = ExerciseFactory(owner=mallory)
        url = f"/import/{data_import.pk}/names/"
        response = alice_client.post(url, {"number": 0, "exercise": theirs.pk})
        assert response.status_code == 404

    @pytest.mark.parametrize("number", ["", "7", "-1", "x"])
    def test_there_is_no_other_name(self, alice_client, data_import, number):
        url = f"/import/{data_import.pk}/names/"
        assert alice_client.get(url, {"number": number}).status_code == 404
        assert alice_client.post(url, {"number": number}).status_code == 404

    def test_nothing_changes_once_it_is_being_written(self, alice_client, bench_press, data_import):
        begin(data_import, {})
        url = f"/import/{data_import.pk}/names/"
        alice_client.post(url, {"number": 0, "exercise": ExerciseFactory().pk})
        data_import.refresh_from_db()
        assert data_import.names[0]["exercise"] == str(bench_press.pk)
