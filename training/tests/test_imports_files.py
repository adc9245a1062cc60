"""Files that are no exports, or broken ones: a page or a sentence, and never an error of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import UserFactory
from accounts.tests.fixtures import logged_in
from training.models import (
    Import,
    WorkoutSession,
)
from training.tests.strong_files import (
    BENCH,
    HEADER,
    do,
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
