"""Files that are no exports, or broken ones: a page or a sentence, and never an error of ours."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from accounts.tests.factories import UserFactory
from accounts.tests.fixtures import logged_in
from training.exporting.own_csv import COLUMNS
from training.importing.table import MAX_ROWS
from training.models import (
    ExerciseSet,
    Import,
    ImportName,
    SessionExercise,
    WorkoutSession,
)
from training.tests.strong_files import (
    BENCH,
    HEADER,
    bring_in,
    do,
    preview,
    strong,
)
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db


class TestWrongFiles:
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
            b"PK\x03\x04" + b"\0" * 100,
            b"hello",
            b"a,b,c\n1,2,3\n",
            b"{}",
            b"x" * 5_000_000,
            HEADER.encode(),
        ],
        ids=["empty", "png", "zip", "text", "other", "json", "endless", "header"],
    )
    def test_are_refused_with_a_sentence(self, alice_client, content):
        file = SimpleUploadedFile("file.csv", content)
        response = alice_client.post("/import/", {"id": uuid7(), "file": file})
        assert response.status_code == 422
        assert "form-field__error" in response.content.decode()
        assert not Import.objects.exists()

    def test_no_file_is_asked_for_one(self, alice_client):
        response = alice_client.post("/import/", {"id": uuid7()})
        assert response.status_code == 422
        assert "Choose a file." in response.content.decode()


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "0", "80", "-1", "1e9", "99999999999999", "NaN", "Rest Timer", "W", "\ud800"]
    ),
    st.dates().map(str),
    st.datetimes().map(str),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_file_whatever_is_an_error_of_ours(db, data):
    """Uploaded, shown and imported: a page, or a sentence that says why not."""
    kind = data.draw(st.sampled_from(["bytes", "strong", "quoted"]))
    if kind == "bytes":
        content = data.draw(st.binary(max_size=300))
    else:
        row = st.lists(CELLS, min_size=12, max_size=12)
        rows = data.draw(st.lists(row, min_size=1, max_size=5))
        sign = "" if kind == "strong" else '"'
        lines = [",".join(f"{sign}{cell}{sign}" for cell in row) for row in rows]
        good = BENCH.format(date="2024-03-05 18:01:09", order=1, weight=80, reps=8)
        content = strong(good, *lines).encode(errors="surrogatepass")
    user = UserFactory()
    client = logged_in(user)
    file = SimpleUploadedFile("strong.csv", content)
    response = client.post("/import/", {"id": uuid7(), "file": file})
    assert response.status_code in (302, 422)
    if response.status_code == 302:
        data_import = Import.objects.for_user(user).get()
        assert client.get(data_import.get_absolute_url()).status_code == 200
        done = do(client, data_import)
        assert WorkoutSession.objects.for_user(user).count() == done.written
        assert client.get(f"/import/{data_import.pk}/problems.csv").status_code == 200


def ours(**parts):
    """A file of our own, written by somebody who means no good."""
    return json.dumps({"format": "workoutlog", "version": 1, **parts})


def a_workout(**facts):
    return {"session_date": "2024-03-05T18:00:00+00:00", **facts}


ENTRY = {"exercise_id": "01890a5d-ac96-774b-bcce-b302099a8057"}
FOO = {"id": ENTRY["exercise_id"], "name": "Foo", "own": True}
SET = {"reps": 5, "weight": "100"}
RUN = '{date},"Run",1h,"Running",1,0,0,{distance},600,"","",'


class TestHostileFiles:
    @pytest.mark.parametrize(
        "account",
        ['{"bar_kg": 1e999}', '{"plates_kg": ' + "[" * 600 + "]" * 600 + "}", '{"x": 1e999}'],
        ids=["infinite", "deep", "unknown"],
    )
    def test_settings_that_are_none_are_left_out(self, alice_client, alice, account):
        text = ours(account="ACCOUNT", workouts=[a_workout()]).replace('"ACCOUNT"', account)
        assert bring_in(alice_client, text).written == 1

    def test_a_place_that_leaves_no_room_is_not_kept(self, alice_client, alice):
        last = 2**31 - 1
        entry = ENTRY | {"order_index": last, "sets": [SET | {"set_number": last}]}
        bring_in(alice_client, ours(exercises=[FOO], workouts=[a_workout(exercises=[entry])]))
        assert SessionExercise.objects.get().order_index == 0
        assert ExerciseSet.objects.get().set_number == 1

    def test_an_import_key_that_does_not_fit_is_not_kept(self, alice_client, alice):
        workout = a_workout(id=ENTRY["exercise_id"], import_key="x" * 81)
        bring_in(alice_client, ours(workouts=[workout]))
        assert len(WorkoutSession.objects.get().import_key) <= 80

    def test_known_names_in_two_cases_are_one(self, alice_client, alice):
        names = [{"name": name, "exercise_id": FOO["id"]} for name in ("Bench", "bench")]
        bring_in(alice_client, ours(exercises=[FOO], import_names=names, workouts=[a_workout()]))
        assert ImportName.objects.for_user(alice).get().name == "bench"

    def test_names_in_two_cases_can_both_be_chosen_as_new(self, alice_client, alice):
        rows = [
            BENCH.format(date="2024-03-05 18:01:09", order=1, weight=80, reps=8).replace(
                "Bench Press (Barbell)", name
            )
            for name in ("Foo bar", "foo bar")
        ]
        data_import = preview(alice_client, strong(*rows))
        for number in (0, 1):
            alice_client.post(f"/import/{data_import.pk}/names/", {"number": number})
        assert do(alice_client, data_import).written_sets == 2

    def test_an_offset_down_to_the_microsecond_is_a_time(self, alice_client, alice):
        date = "2024-01-01T00:00:00.123456+23:59:59.999999"
        bring_in(alice_client, strong(BENCH.format(date=date, order=1, weight=80, reps=8)))
        assert WorkoutSession.objects.get().session_date.year == 2023

    def test_a_distance_that_no_set_can_have_is_asked_about(self, alice_client, alice):
        row = RUN.format(date="2024-03-05 18:01:09", distance=12_000)
        data_import = preview(alice_client, strong(row))
        body = {"unit": "kg", "distance_unit": "km", "time_zone": "Europe/Berlin"}
        response = alice_client.post(f"/import/{data_import.pk}/continue/", body)
        assert response.status_code == 422
        assert "choose a smaller unit" in response.content.decode()
        do(alice_client, data_import, distance_unit="m")
        assert ExerciseSet.objects.get().distance_meters == 12_000

    @pytest.mark.parametrize(
        "content",
        [
            ours(workouts=[1] * (MAX_ROWS + 1)),
            ours(workouts=[a_workout(exercises=[{}] * (MAX_ROWS + 1))]),
            ours(exercises=[FOO] * 5_001, workouts=[a_workout()]),
        ],
        ids=["rows", "entries", "exercises"],
    )
    def test_more_than_anybody_has_is_refused(self, alice_client, content):
        file = SimpleUploadedFile("file.json", content.encode())
        response = alice_client.post("/import/", {"id": uuid7(), "file": file})
        assert response.status_code == 422
        assert "This file has more than" in response.content.decode()

    @pytest.mark.parametrize(("mark", "most"), [(".", "5,000"), (",", "5.000")])
    def test_a_table_of_more_exercises_than_anybody_has_is_refused(self, alice_client, mark, most):
        User.objects.update(decimal_mark=mark)
        start = dict.fromkeys(COLUMNS, "") | {"started_at": "2024-03-05T18:00:00", "reps": "5"}
        rows = (start | {"exercise": "A", "exercise_id": str(uuid7())} for _ in range(5_001))
        lines = [",".join(COLUMNS), *(",".join(row.values()) for row in rows)]
        file = SimpleUploadedFile("file.csv", "\n".join(lines).encode())
        response = alice_client.post("/import/", {"id": uuid7(), "file": file})
        assert response.status_code == 422
        assert f"more than {most} exercises" in response.content.decode()
