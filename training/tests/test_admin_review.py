"""In the admin, what lifters created is reviewed, and duplicates are merged."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import UserFactory
from accounts.tests.fixtures import logged_in
from training.models import Exercise, ExerciseMerge, SessionExercise
from training.tests.factories import AliasFactory, EntryFactory, ExerciseFactory, SetFactory
from training.tests.test_admin import EXERCISES, act, listed, page_of

MERGES = reverse("admin:training_exercisemerge_changelist")


@pytest.fixture
def own(alice):
    return ExerciseFactory(name="My press", owner=alice)


@pytest.fixture
def target():
    return ExerciseFactory(name="Bench Press")


def choose(client, *sources, **data):
    data |= {"action": "merge", "_selected_action": [source.pk for source in sources]}
    return client.post(EXERCISES, data, follow=True)


def messages_of(page):
    return [str(message) for message in page.context["messages"]]


def undo(client, *merges):
    data = {"action": "undo", "_selected_action": [merge.pk for merge in merges]}
    return messages_of(client.post(MERGES, data, follow=True))


def test_lists_what_is_to_be_reviewed_and_how_much(admin_client, alice, own):
    ExerciseFactory()
    ExerciseFactory(owner=alice, reviewed_at="2026-01-01T00:00Z")
    ExerciseFactory(owner=alice).soft_delete()
    assert listed(admin_client, review="todo") == [own]
    assert "To review (1)" in admin_client.get(EXERCISES).content.decode()


def test_accepts_into_the_catalog(admin_client, own):
    assert act(admin_client, "accept", own) == ["Accepted 1: in the catalog, for everybody."]
    own.refresh_from_db()
    assert own.owner is None
    assert own.reviewed_at is not None
    assert LogEntry.objects.get().get_change_message() == "Accepted into the catalog."


def test_accepts_no_name_that_the_catalog_has(admin_client, own):
    ExerciseFactory(name="MY PRESS")
    assert act(admin_client, "accept", own)[0] == (
        "The catalog already has My press with the same equipment: merge it into that one."
    )
    assert list(Exercise.objects.to_review()) == [own]


def test_leaves_it_to_the_lifter(admin_client, alice, own):
    catalog = ExerciseFactory()
    assert act(admin_client, "leave", own, catalog) == ["Left 1 as the lifter's own."]
    own.refresh_from_db()
    catalog.refresh_from_db()
    assert own.owner == alice
    assert own.reviewed_at is not None
    assert catalog.reviewed_at is None


def test_shows_what_a_merge_would_change(admin_client, alice, own, target):
    entry = EntryFactory(exercise=own, workout__user=alice)
    SetFactory.create_batch(2, session_exercise=entry)
    EntryFactory(exercise=own, workout=entry.workout).soft_delete()
    EntryFactory(exercise=target, workout=entry.workout)
    EntryFactory(exercise=target)
    page = choose(admin_client, own, find="press")
    [found] = page.context["candidates"]
    assert page.context["use"] == (2, 1, 2)
    assert (found.exercise, found.before[:2], found.after[:2]) == (target, (2, 2), (4, 2))
    text = page.content.decode()
    assert "2 entries with 2 sets of 1 lifter will move" in text
    assert "<td>2 → 4</td>" in text
    assert 'aria-label="Merge into Bench Press (Barbell)"' in text


def test_looks_for_the_own_name_first_and_says_what_does_not_fit(admin_client, own):
    ExerciseFactory(name="My press", measure="time")
    page = choose(admin_client, own)
    [found] = page.context["candidates"]
    assert found.reason == "My press is logged as weight × reps, My press as time."
    assert f'value="{found.exercise.pk}"' not in page.content.decode()


def test_offers_only_what_all_of_the_lifters_see(admin_client, mallory, own, target):
    theirs = ExerciseFactory(name="Press of Mallory", owner=mallory)
    another = ExerciseFactory(name="Another press", owner=own.owner)

    def offered(*sources):
        found = choose(admin_client, *sources, find="press").context["candidates"]
        return {one.exercise for one in found}

    assert offered(own) == {target, another}
    assert offered(own, theirs) == {target}
    assert offered(ExerciseFactory(name="Flat press")) == {target}


def test_merges_all_that_are_chosen(admin_client, own, target):
    duplicate = ExerciseFactory(name="Flat press")
    EntryFactory(exercise=own)
    EntryFactory(exercise=duplicate)
    page = choose(admin_client, own, duplicate, target=target.pk)
    assert messages_of(page) == ["Merged 2 into Bench Press. To undo it, go to Merges."]
    assert SessionExercise.objects.filter(exercise=target).count() == 2
    assert {log.get_change_message() for log in LogEntry.objects.all()} == {
        "Merged into Bench Press."
    }


def test_merges_all_or_nothing(admin_client, own, target):
    other = ExerciseFactory(name="Plank", measure="time")
    page = choose(admin_client, own, other, target=target.pk)
    assert messages_of(page) == ["Plank is logged as time, Bench Press as weight × reps."]
    assert Exercise.objects.count() == 3
    assert not ExerciseMerge.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("target", ["x", "00000000-0000-7000-8000-000000000000"])
def test_says_when_the_target_is_gone(admin_client, own, target):
    [message] = messages_of(choose(admin_client, own, target=target))
    assert "no longer" in message or "not a valid" in message
    assert not ExerciseMerge.objects.exists()


def test_undoes_merges_each_once(admin_client, own, target):
    entry = EntryFactory(exercise=own)
    last = ExerciseFactory()
    first, second = own.merge_into(target), target.merge_into(last)
    assert undo(admin_client, first) == [
        f"Undo the merge of Bench Press into {last} first.",
        "Undone 0: the entries went back.",
    ]
    said = ["Undone 2: the entries went back."]
    assert undo(admin_client, first, second) == said
    assert undo(admin_client, first) == ["Undone 0: the entries went back."]
    entry.refresh_from_db()
    assert entry.exercise == own
    page = admin_client.get(MERGES).content.decode()
    assert page.count("Undone 20") == 2


def test_shows_a_merge_and_changes_none(admin_client, own, target):
    merge = own.merge_into(target)
    assert "Bench Press" in admin_client.get(page_of(merge)).content.decode()
    assert admin_client.post(page_of(merge), {"target": own.pk}).status_code == 403
    assert admin_client.post(page_of(merge, "delete"), {"post": "yes"}).status_code == 403


def test_is_closed_to_who_may_only_look(alice, own, target):
    merge = ExerciseFactory().merge_into(target)
    looks = Permission.objects.filter(codename__in=["view_exercise", "view_exercisemerge"])
    staff = UserFactory(is_staff=True)
    staff.user_permissions.set(looks)
    client = logged_in(staff)
    assert client.get(EXERCISES).status_code == client.get(MERGES).status_code == 200
    for action in ("accept", "leave"):
        act(client, action, own)
    choose(client, own, target=target.pk)
    undo(client, merge)
    own.refresh_from_db()
    merge.refresh_from_db()
    assert (own.owner, own.reviewed_at, own.deleted_at) == (alice, None, None)
    assert merge.undone_at is None
    staff.user_permissions.add(Permission.objects.get(codename="change_exercise"))
    choose(client, own, target=target.pk)
    undo(client, merge)
    assert own.merges.count() == 1
    merge.refresh_from_db()
    assert merge.undone_at is not None


def test_pages_cost_the_same_for_many(admin_client, own):
    def cost(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    costs = []
    for rows in (1, 8):
        for exercise in ExerciseFactory.create_batch(rows):
            AliasFactory(exercise=exercise)
            SetFactory(session_exercise=EntryFactory(exercise=exercise))
            SetFactory(session_exercise=EntryFactory(exercise=own))
            ExerciseFactory().merge_into(ExerciseFactory())
        pages = (
            lambda: choose(admin_client, own, find="exercise"),
            lambda: admin_client.get(MERGES),
            lambda: admin_client.get(EXERCISES, {"review": "todo"}),
        )
        costs.append([cost(page) for page in pages])
    assert costs[0] == costs[1]
