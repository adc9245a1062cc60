"""Every page for everyone: contrast and names, no sideways scrolling, large enough to touch."""

from datetime import timedelta

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.utils import timezone
from playwright.sync_api import expect

from accounts.tests.fixtures import logged_in
from training.models import BodyWeight
from training.tests.browser.conftest import PHONE
from training.tests.factories import EntryFactory, ExerciseFactory, SetFactory, WorkoutFactory

DESK = {"width": 1280, "height": 800}
SMALL_PHONE = {"width": 320, "height": 640}
LEAST_HEIGHT = 44

# Without its copies of the style sheets, which the Content-Security-Policy forbids.
RUN_AXE = """
axe.run(document, {preload: false, resultTypes: ["violations"]})
  .then(results => results.violations)
"""
SMALL_TARGETS = """
least => [...document.querySelectorAll(
    "main :is(button, summary, select, textarea, input:not([type=hidden]), .button),"
      + "nav a, #toast button"
  )]
  .filter(one => one.checkVisibility({visibilityProperty: true}))
  .map(one => one.matches("[type=radio], [type=checkbox]") ? one.labels[0] ?? one : one)
  .filter(one => one.getBoundingClientRect().height < least)
  .map(one => `${one.ariaLabel || one.textContent.trim() || one.outerHTML.slice(0, 80)}: `
    + `${one.getBoundingClientRect().height} px`)
"""


def sign_up(phone, workout):
    phone.page.goto("/accounts/signup/")


def sign_up_wrongly(phone, workout):
    phone.page.goto("/accounts/signup/")
    phone.page.get_by_label("Email").fill("nobody")
    phone.tap("Sign up")
    expect(phone.page.get_by_text("Enter a valid email address.")).to_be_visible()


def log_in(phone, workout):
    phone.page.goto("/accounts/login/")


def reset_password(phone, workout):
    phone.page.goto("/accounts/password/reset/")


def today(phone, workout):
    workout.finish()
    phone.page.goto("/")


def today_running(phone, workout):
    phone.page.goto("/")


def empty_workout(phone, workout):
    phone.page.goto(WorkoutFactory(user=workout.user).get_absolute_url())


def workout_with_sets(phone, workout):
    phone.page.goto(workout.get_absolute_url())


def workout_with_rpe(phone, workout):
    type(workout.user).objects.filter(pk=workout.user_id).update(shows_rpe=True)
    workout_with_sets(phone, workout)
    expect(phone.field("RPE, set 1")).to_be_visible()


def finished_workout(phone, workout):
    workout.finish()
    workout_with_sets(phone, workout)


def workout_with_an_error(phone, workout):
    workout_with_sets(phone, workout)
    phone.field("Weight, set 1").fill("heavy")
    phone.tap("Save set 1")
    expect(phone.page.get_by_text("Type a weight like 82.5.")).to_be_visible()


def menu_of_a_set(phone, workout):
    workout_with_sets(phone, workout)
    phone.card.get_by_label("Options for set 1").tap()
    expect(phone.page.get_by_role("button", name="Remove set 1")).to_be_visible()


def menu_of_an_exercise(phone, workout):
    workout_with_sets(phone, workout)
    phone.card.get_by_label("Options for Bench Press").tap()
    expect(phone.card.get_by_role("button", name="Move down")).to_be_visible()


def form_of_the_workout(phone, workout):
    workout_with_sets(phone, workout)
    phone.page.get_by_text("Title, time, place").tap()
    expect(phone.page.get_by_label("Location")).to_be_visible()


def undo(phone, workout):
    menu_of_a_set(phone, workout)
    phone.tap("Remove set 1")
    expect(phone.page.get_by_role("button", name="Undo")).to_be_visible()


def picker(phone, workout):
    phone.page.goto(f"{workout.get_absolute_url()}exercises/")


def nothing_found(phone, workout):
    phone.page.goto(f"{workout.get_absolute_url()}exercises/?q=xyz")
    expect(phone.page.get_by_text("Nothing found.")).to_be_visible()


def replacement(phone, workout):
    entry = workout.session_exercises.first()
    phone.page.goto(f"/session-exercises/{entry.pk}/replace/")


def exercises(phone, workout):
    ExerciseFactory(owner=workout.user, name="A-very-long-name-without-any-place-to-break-it")
    ExerciseFactory.create_batch(40)
    phone.page.goto("/exercises/")
    expect(phone.page.get_by_role("link", name="Bench Press")).to_be_visible()


def no_exercises(phone, workout):
    phone.page.goto(f"/exercises/?q={'x' * 60}")
    expect(phone.page.get_by_text("Nothing found.")).to_be_visible()


def exercise(phone, workout):
    own = ExerciseFactory(owner=workout.user, name="A-very-long-name-without-any-place-to-break-it")
    phone.page.goto(own.get_absolute_url())
    expect(phone.page.get_by_role("button", name="Log it")).to_be_visible()


def done_exercise(phone, workout):
    train_earlier(workout)
    phone.page.goto(workout.session_exercises.first().exercise.get_absolute_url())
    expect(phone.page.get_by_role("heading", name="Records over time")).to_be_visible()
    phone.page.mouse.wheel(0, 100_000)
    expect(phone.page.get_by_text("90 × 5").last).to_be_visible()
    phone.page.get_by_text("Table", exact=True).tap()
    expect(phone.page.get_by_role("table")).to_be_visible()


def exercise_records(phone, workout):
    train_earlier(workout)
    phone.page.goto(f"{workout.session_exercises.first().exercise.get_absolute_url()}records/")


def exercise_sessions(phone, workout):
    train_earlier(workout)
    phone.page.goto(f"{workout.session_exercises.first().exercise.get_absolute_url()}sessions/")


def undrawn_exercise(phone, workout):
    dips = workout.session_exercises.get(exercise__name="Weighted Dip")
    SetFactory(session_exercise=dips, weight=None, reps=8)
    phone.page.goto(f"{dips.exercise.get_absolute_url()}?trend=1rm")
    expect(phone.page.get_by_text("Nothing to draw for this time.")).to_be_visible()


def progress(phone, workout):
    train_earlier(workout)
    phone.page.goto("/progress/")
    expect(phone.page.get_by_role("heading", name="Sets per muscle, this week")).to_be_visible()
    phone.page.get_by_text("Table", exact=True).tap()
    phone.page.mouse.wheel(0, 100_000)
    expect(phone.page.get_by_role("region", name="Records of the last 90 days")).to_be_visible()


def progress_records(phone, workout):
    train_earlier(workout)
    phone.page.goto("/progress/records/")


def new_exercise(phone, workout):
    phone.page.goto("/exercises/create/")


def new_exercise_wrongly(phone, workout):
    phone.page.goto("/exercises/create/?name=Bench+Press")
    phone.tap("Create")
    expect(phone.page.get_by_text("The catalog already has")).to_be_visible()


def edit_exercise(phone, workout):
    own = ExerciseFactory(owner=workout.user, name="Twist", secondary_muscles=["glutes"])
    EntryFactory(workout=workout, exercise=own)
    phone.page.goto(f"{own.get_absolute_url()}update/")
    expect(phone.page.get_by_label("Glutes")).to_be_checked()


def history(phone, workout):
    workout.finish()
    phone.page.goto("/history/")
    expect(phone.page.get_by_text("Push day")).to_be_visible()


def train_earlier(workout):
    for days_ago, weight in ((14, 80), (7, 90)):
        begins = timezone.now() - timedelta(days=days_ago)
        done = WorkoutFactory(
            user=workout.user,
            title="Push yourself",
            session_date=begins,
            finished_at=begins,
            location="Iron Temple",
        )
        entry = EntryFactory(workout=done, exercise=workout.session_exercises.first().exercise)
        SetFactory(session_exercise=entry, weight=weight)


def history_with_heat_map(phone, workout):
    train_earlier(workout)
    history(phone, workout)
    expect(phone.page.get_by_role("region", name="The last year")).to_be_visible()


def history_at_a_day(phone, workout):
    train_earlier(workout)
    history(phone, workout)
    phone.page.locator(".heat-map__day").and_(phone.page.get_by_role("link")).last.tap()
    expect(phone.page.get_by_role("link", name="Latest workouts")).to_be_visible()


def filter_of_the_history(phone, workout):
    history_with_heat_map(phone, workout)
    phone.page.get_by_text("Filter", exact=True).tap()
    expect(phone.page.get_by_label("Words in title or notes")).to_be_visible()


def filtered_history(phone, workout):
    train_earlier(workout)
    phone.page.goto("/history/?location=Iron+Temple&weight=50&reps=5&text=push")
    expect(phone.page.get_by_role("link", name="Remove filter Iron Temple")).to_be_visible()


def history_filtered_wrongly(phone, workout):
    phone.page.goto("/history/?weight=heavy&reps=2.5")
    expect(phone.page.get_by_text("Type a weight like 82.5.")).to_be_visible()


def history_of_nothing(phone, workout):
    phone.page.goto("/history/?text=xyz")
    expect(phone.page.get_by_text("No workout meets all of the filters.")).to_be_visible()


def past_workout(phone, workout):
    phone.page.goto("/workouts/past/")


def past_workout_of_the_future(phone, workout):
    phone.page.goto("/workouts/past/")
    phone.page.get_by_label("Started").fill("2190-01-01T18:00")
    phone.tap("Log its sets")
    expect(phone.page.get_by_text("That is still to come.")).to_be_visible()


def copy_of_a_workout(phone, workout):
    finished_workout(phone, workout)
    phone.page.get_by_text("Duplicate").tap()
    expect(phone.page.get_by_label("Day of the copy")).to_be_visible()


def empty_history(phone, workout):
    phone.page.goto("/history/")


def trash(phone, workout):
    entry = workout.session_exercises.first()
    SetFactory(session_exercise=entry, weight="102.25").soft_delete()
    EntryFactory(workout=workout).soft_delete()
    gone = WorkoutFactory(user=workout.user, title="A-very-long-title-without-any-place-to-break")
    EntryFactory(workout=gone, exercise=entry.exercise)
    gone.soft_delete()
    other = WorkoutFactory(user=workout.user)
    SetFactory(session_exercise__workout=other)
    other.soft_delete()
    phone.page.goto("/trash/")
    expect(phone.page.get_by_role("button", name="Restore Push day")).to_be_visible()


def weigh(user):
    for days in range(35):
        day = timezone.now().date() - timedelta(days=days)
        BodyWeight.objects.create(user=user, weighed_on=day, weight=80 + days % 3)


def body_weight(phone, workout):
    weigh(workout.user)
    phone.page.goto("/body-weight/")
    expect(phone.page.get_by_role("region", name="Trend")).to_be_visible()


def older_body_weight(phone, workout):
    body_weight(phone, workout)
    phone.tap("Older", role="link")
    expect(phone.page.get_by_role("link", name="Latest")).to_be_visible()


def no_body_weight(phone, workout):
    phone.page.goto("/body-weight/")


def body_weight_logged_wrongly(phone, workout):
    weigh(workout.user)
    phone.page.goto("/body-weight/")
    phone.page.get_by_label("Weight", exact=True).fill("heavy")
    phone.page.get_by_label("Day", exact=True).fill("2190-01-01")
    phone.tap("Log")
    expect(phone.page.get_by_text("Type a weight like 82.5.")).to_be_visible()


def body_weight_replaced(phone, workout):
    weigh(workout.user)
    phone.page.goto("/body-weight/")
    phone.page.get_by_label("Weight", exact=True).fill("82.25")
    phone.tap("Log")
    expect(phone.page.get_by_role("button", name="Undo")).to_be_visible()


def edit_body_weight(phone, workout):
    weigh(workout.user)
    phone.page.goto(f"/body-weight/{BodyWeight.objects.first().pk}/update/")
    expect(phone.page.get_by_role("button", name="Remove")).to_be_visible()


def settings(phone, workout):
    phone.page.goto("/settings/")


def delete_account(phone, workout):
    workout.user.set_password("correct horse battery")
    workout.user.save(update_fields=["password"])
    log_in_again(phone, workout.user)
    phone.page.goto("/settings/delete/")


def delete_account_wrongly(phone, workout):
    delete_account(phone, workout)
    phone.page.get_by_label("Password").fill("wrong")
    phone.tap("Delete my account")
    expect(phone.page.get_by_text("Incorrect password.")).to_be_visible()


def delete_account_without_a_password(phone, workout):
    phone.page.goto("/settings/delete/")
    expect(phone.page.get_by_text("This account has no password")).to_be_visible()


def account_closed(phone, workout):
    delete_account(phone, workout)
    phone.page.get_by_label("Password").fill("correct horse battery")
    phone.tap("Delete my account")
    expect(phone.page.get_by_role("heading", name="Account closed")).to_be_visible()


def keep_account(phone, workout):
    account_closed(phone, workout)
    phone.tap("Log in", role="link")
    phone.page.get_by_label("Email").fill(workout.user.email)
    phone.page.get_by_label("Password").fill("correct horse battery")
    phone.tap("Log in")
    expect(phone.page.get_by_role("button", name="Keep my account")).to_be_visible()


def log_in_again(phone, user):
    """After the password of a user who is logged in has changed."""
    cookie = logged_in(user).cookies["sessionid"].value
    url = phone.page.context.cookies()[0]
    phone.page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "domain": url["domain"], "path": "/"}]
    )


def change_password(phone, workout):
    phone.page.goto("/accounts/password/change/")


def import_list(phone, workout):
    phone.page.goto("/import/")


def import_refused(phone, workout):
    import_list(phone, workout)
    upload(phone, "a,b,c")
    expect(phone.page.get_by_text("The columns of this file are not known")).to_be_visible()


def import_preview(phone, workout):
    import_list(phone, workout)
    long = "A-very-long-name-without-any-place-to-break-it-anywhere-at-all (Cable)"
    odd = f"2024-03-05 18:01:09,Push,{long},1,800,500\nsome day,Push,{long},1,80,8"
    upload(phone, f"Date,Workout Name,Exercise Name,Set Order,Weight,Reps\n{odd}\n")
    expect(phone.page.get_by_role("heading", name="Preview")).to_be_visible()


def import_name(phone, workout):
    import_preview(phone, workout)
    phone.page.get_by_role("link", name="Change").tap()
    expect(phone.page.get_by_role("searchbox")).to_be_visible()


def import_done(phone, workout):
    import_preview(phone, workout)
    phone.tap("Import")
    expect(phone.page.get_by_role("button", name="Undo import")).to_be_visible()


def upload(phone, text):
    file = {"name": "strong.csv", "mimeType": "text/csv", "buffer": text.encode()}
    phone.page.get_by_label("File").set_input_files(file)
    phone.tap("Preview")


def not_here(phone, workout):
    phone.page.goto("/nowhere/")


FOR_ANYONE = [sign_up, sign_up_wrongly, log_in, reset_password]
FOR_LIFTERS = [
    today,
    today_running,
    empty_workout,
    workout_with_sets,
    workout_with_rpe,
    workout_with_an_error,
    menu_of_a_set,
    menu_of_an_exercise,
    form_of_the_workout,
    undo,
    finished_workout,
    picker,
    nothing_found,
    replacement,
    exercises,
    no_exercises,
    exercise,
    done_exercise,
    exercise_records,
    exercise_sessions,
    undrawn_exercise,
    progress,
    progress_records,
    new_exercise,
    new_exercise_wrongly,
    edit_exercise,
    history,
    history_with_heat_map,
    history_at_a_day,
    filter_of_the_history,
    filtered_history,
    history_filtered_wrongly,
    history_of_nothing,
    past_workout,
    past_workout_of_the_future,
    copy_of_a_workout,
    empty_history,
    trash,
    body_weight,
    older_body_weight,
    no_body_weight,
    body_weight_logged_wrongly,
    body_weight_replaced,
    edit_body_weight,
    settings,
    delete_account,
    delete_account_wrongly,
    delete_account_without_a_password,
    account_closed,
    keep_account,
    change_password,
    import_list,
    import_refused,
    import_preview,
    import_name,
    import_done,
    not_here,
]


@pytest.fixture(params=FOR_ANYONE + FOR_LIFTERS, ids=lambda show: show.__name__)
def shown(request, new_phone, alice, workout, problems):
    """A phone that shows one of the app's pages, with text as long as it gets."""
    problems.expect("status of 4(04|22)")
    entry = workout.session_exercises.get()
    entry.notes = "Pause at the chest; a-very-long-word-without-any-place-to-break-it-anywhere"
    entry.save(update_fields=["notes"])
    done = WorkoutFactory(user=alice, finished_at=timezone.now(), title="A long title, as some are")
    for one in (entry, EntryFactory(workout=done, exercise=entry.exercise)):
        SetFactory(session_exercise=one, kind="warmup", weight="102.25", reps=10)
        SetFactory(session_exercise=one, weight="225.5", weight_unit="lb")
    dips = ExerciseFactory(name="Weighted Dip", measure="bodyweight_reps", equipment="bodyweight")
    EntryFactory(workout=workout, exercise=dips)
    EntryFactory(workout=workout, exercise=ExerciseFactory(name="Plank", measure="time"))
    phone = new_phone(alice if request.param in FOR_LIFTERS else None)
    request.param(phone, workout)
    return phone.page


def test_everyone_can_use_it(shown):
    found = set()
    shown.evaluate(AXE_SCRIPT)
    for size in (PHONE, DESK):
        shown.set_viewport_size(size)
        for scheme in ("light", "dark"):
            shown.emulate_media(color_scheme=scheme)
            for violation in shown.evaluate(RUN_AXE):
                for node in violation["nodes"]:
                    found.add(f"{violation['impact']}, {violation['id']}, {scheme}: {node['html']}")
    for size in (PHONE, SMALL_PHONE):
        shown.set_viewport_size(size)
        needed = shown.evaluate("document.documentElement.scrollWidth")
        if needed > size["width"]:
            found.add(f"needs {needed} px of {size['width']}")
    found.update(shown.evaluate(SMALL_TARGETS, LEAST_HEIGHT))
    assert sorted(found) == []
