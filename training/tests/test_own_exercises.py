"""A lifter's own exercises: created, edited and deleted on their own pages."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from training.models import Exercise, SessionExercise
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory
from workoutlog.db import uuid7

pytestmark = pytest.mark.django_db

CREATE = reverse("training:own-exercise-create")


def url(exercise, verb):
    return reverse(f"training:own-exercise-{verb}", args=[exercise.pk])


def body(**values):
    return {"id": uuid7(), "name": "Landmine twist", "measure": "weight_reps"} | values


def edit(client, exercise, **values):
    sent = {"name": exercise.name, "equipment": exercise.equipment, "measure": exercise.measure}
    sent |= {"seen": exercise.updated_at.isoformat()}
    return client.post(url(exercise, "update"), sent | values)


@pytest.fixture
def own(alice):
    return ExerciseFactory(name="Twist", owner=alice)


# Creating


def test_creates_one_with_all_that_was_said(alice, alice_client):
    sent = body(equipment="barbell", primary_muscle="abs", secondary_muscles=["abs", "glutes"])
    response = alice_client.post(CREATE, sent)
    made = Exercise.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.pk, made.owner, made.name) == (sent["id"], alice, "Landmine twist")
    assert (made.equipment, made.primary_muscle) == ("barbell", "abs")
    assert made.secondary_muscles == ["glutes"]
    assert list(Exercise.objects.to_review()) == [made]


def test_sent_twice_makes_one(alice_client):
    sent = body()
    assert alice_client.post(CREATE, sent).url == alice_client.post(CREATE, sent).url
    assert Exercise.all_objects.count() == 1


def test_brings_back_one_that_was_deleted(alice_client, own):
    own.soft_delete()
    response = alice_client.post(CREATE, body(name="TWIST", equipment="barbell"))
    assert response.url == own.get_absolute_url()
    assert list(Exercise.objects.all()) == [own]
    [message] = get_messages(response.wsgi_request)
    assert str(message) == "You had it before: here it is again."


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Type a name."),
        ({"name": "!?"}, "Type a name with letters or numbers."),
        ({"name": "x" * 121}, "At most 120 letters, please."),
        ({"name": "twist", "equipment": "barbell"}, "You already have “Twist” (Barbell)."),
        ({"name": "twist"}, "You already have “Twist” (Barbell)."),
        ({"name": "BENCH"}, "The catalog already has “Bench”."),
        ({"equipment": "spoon"}, "Select a valid choice."),
        ({"primary_muscle": "tail"}, "Select a valid choice."),
        ({"secondary_muscles": ["tail"]}, "Select a valid choice."),
        ({"measure": ""}, "This field is required."),
        ({"id": "x"}, "Enter a valid UUID."),
    ],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(alice_client, own, wrong, says):
    ExerciseFactory(name="Bench", equipment="")
    response = alice_client.post(CREATE, body(primary_muscle="abs") | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    typed = (body() | wrong)["name"]
    assert f'value="{typed}"' in page or not typed
    assert 'value="abs" selected' in page or "primary_muscle" in wrong
    assert Exercise.all_objects.count() == 2


def test_may_be_named_like_somebody_elses_or_like_one_of_other_equipment(
    alice, mallory, alice_client, own
):
    ExerciseFactory(name="Landmine twist", owner=mallory)
    assert alice_client.post(CREATE, body()).status_code == 302
    assert alice_client.post(CREATE, body(name="Twist", equipment="cable")).status_code == 302
    assert Exercise.objects.own(alice).count() == 3


# Editing


def test_edits_what_was_said(alice_client, own):
    page = alice_client.get(url(own, "update")).content.decode()
    assert 'value="Twist"' in page
    response = edit(
        alice_client,
        own,
        name="Russian twist",
        equipment="plate",
        primary_muscle="abs",
        secondary_muscles=["glutes", "lats"],
        measure="time",
    )
    assert response.url == own.get_absolute_url()
    own.refresh_from_db()
    assert (own.name, own.equipment, own.primary_muscle) == ("Russian twist", "plate", "abs")
    assert (own.secondary_muscles, own.measure) == (["glutes", "lats"], "time")


def test_the_same_edit_twice_is_no_conflict(alice_client, own):
    for _ in range(2):
        assert edit(alice_client, own, name="Russian twist").status_code == 302


def test_an_unchanged_name_may_stay_whatever_the_catalog_got_since(alice_client, own):
    ExerciseFactory(name="Twist", equipment="barbell")
    assert edit(alice_client, own, primary_muscle="abs").status_code == 302


@pytest.mark.parametrize("deleted", [False, True])
def test_what_a_set_has_is_settled_by_the_first(alice, alice_client, own, deleted):
    logged = SetFactory(session_exercise=EntryFactory(workout__user=alice, exercise=own))
    if deleted:
        logged.soft_delete()
    assert "Settled" in alice_client.get(url(own, "update")).content.decode()
    assert edit(alice_client, own, name="Other", measure="time").status_code == 302
    own.refresh_from_db()
    assert (own.name, own.measure) == ("Other", "weight_reps")


def test_a_stale_edit_is_shown_and_wins_when_sent_again(alice_client, own):
    seen = own.updated_at.isoformat()
    Exercise.objects.get(pk=own.pk).edit(own.updated_at, name="Theirs", primary_muscle="lats")
    response = edit(alice_client, own, name="Mine", primary_muscle="abs", seen=seen)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Changed elsewhere meanwhile to “Theirs”. Save again to keep yours." in page
    assert "Changed elsewhere meanwhile to “Lats”." in page
    assert 'value="Mine"' in page
    own.refresh_from_db()
    assert own.name == "Theirs"
    seen = response.context["form"]["seen"].value()
    assert edit(alice_client, own, name="Mine", seen=seen).status_code == 302
    own.refresh_from_db()
    assert own.name == "Mine"


@pytest.mark.parametrize("seen", ["", "x", "2026-01-01T00:00:00"])
def test_an_edit_of_unknown_age_is_stale(alice_client, own, seen):
    assert edit(alice_client, own, name="Mine", seen=seen).status_code == 409


def test_a_taken_name_is_refused_beside_the_field(alice, alice_client, own):
    ExerciseFactory(name="Mine", owner=alice)
    response = edit(alice_client, own, name="MINE")
    assert response.status_code == 422
    assert "You already have “Mine” (Barbell). Choose another name." in response.content.decode()
    own.refresh_from_db()
    assert own.name == "Twist"


def test_a_name_taken_at_the_same_moment_is_refused_too(alice, alice_client, own, monkeypatch):
    ExerciseFactory(name="Mine", owner=alice)
    form = "training.forms.own_exercises.OwnExerciseForm._refuse_a_taken_name"
    monkeypatch.setattr(form, lambda *args: None)
    response = edit(alice_client, own, name="Mine")
    assert response.status_code == 422
    assert "You already have an exercise of this name and equipment." in response.content.decode()


@pytest.mark.parametrize("verb", ["update", "delete", "restore"])
def test_the_catalog_is_not_a_lifters_to_change(alice_client, verb):
    exercise = ExerciseFactory()
    assert alice_client.post(url(exercise, verb), body()).status_code == 404
    page = alice_client.get(exercise.get_absolute_url()).content.decode()
    assert url(exercise, "update") not in page


# Deleting


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_deletes_with_undo_and_history_keeps_naming_it(alice, alice_client, own, headers):
    entry = EntryFactory(workout=WorkoutFactory(user=alice), exercise=own)
    SetFactory(session_exercise=entry)
    response = alice_client.post(url(own, "delete"))
    page = alice_client.get(response.url).content.decode()
    assert "Twist deleted." in page
    assert f'action="{url(own, "restore")}"' in page
    assert not Exercise.objects.exists()
    assert "Twist" in alice_client.get(entry.workout.get_absolute_url()).content.decode()
    assert SessionExercise.objects.get().exercise == own
    page = alice_client.get(own.get_absolute_url()).content.decode()
    assert "Restore" in page
    assert "Log it" not in page

    response = alice_client.post(url(own, "restore"), headers=headers)
    assert (response["HX-Redirect"] if headers else response.url) == own.get_absolute_url()
    assert list(Exercise.objects.all()) == [own]


def test_nothing_is_edited_that_was_deleted(alice_client, own):
    own.soft_delete()
    assert edit(alice_client, own, name="Mine").status_code == 404


def test_a_name_that_was_taken_since_stands_in_the_way_of_undo(alice, alice_client, own):
    own.soft_delete()
    ExerciseFactory(name="Twist", owner=alice)
    response = alice_client.post(url(own, "restore"))
    page = alice_client.get(response.url).content.decode()
    assert "There is another Twist by now: rename or delete that one first." in page
    assert Exercise.objects.count() == 1


def test_one_that_was_merged_comes_back_as_what_it_became(alice_client, own):
    target = ExerciseFactory(name="Bench")
    own.merge_into(target)
    assert alice_client.post(url(own, "restore")).url == target.get_absolute_url()
    assert list(Exercise.objects.all()) == [target]
