"""What our own export says of the account: settings, body weights, names known from other apps."""

from django.utils import timezone

from accounts.forms import SettingsForm
from training.models import BodyWeight, Import, ImportName, WorkoutSession
from training.models.body_weight import lock_days


def restore_account(data_import: Import) -> list[str]:
    """Bring back what is not here yet; return the ids of body weights, none for other files.

    The settings come back only into an account that has no workouts but these.
    """
    own = data_import.facts.get("own")
    if not own:
        return []
    user = data_import.user
    others = WorkoutSession.all_objects.for_user(user).exclude(data_import=data_import)
    if own["account"] and not others.exists():
        _restore_settings(user, own["account"])
    made = _restore_body_weights(user, own["body_weights"])
    names = {
        one["name"]: own["found"][one["exercise_id"]]
        for one in own["import_names"]
        if one["exercise_id"] in own["found"]
    }
    known = set(ImportName.objects.for_user(user).values_list("name", flat=True))
    ImportName.remember(user, {name: pk for name, pk in names.items() if name not in known})
    return made


def _restore_settings(user, told: dict) -> None:
    """Save the settings as if the lifter had typed them, or none of them if one is wrong."""
    form = SettingsForm({name: str(value) for name, value in told.items()}, instance=user)
    if form.is_valid():
        form.save()


def _restore_body_weights(user, told: list[dict]) -> list[str]:
    """Save what is not here yet, and return the ids; a day that has a weight keeps it."""
    lock_days(user.pk)
    ids = {one["id"] for one in told}
    stored = BodyWeight.all_objects.filter(pk__in=ids).values_list("pk", "user")
    owners = {str(pk): owner for pk, owner in stored}
    here = BodyWeight.objects.for_user(user).values_list("weighed_on", flat=True)
    days = {day.isoformat() for day in here}
    rows, now = [], timezone.now()
    for one in told:
        living = "deleted_at" not in one
        if owners.get(one["id"]) == user.pk or (living and one["weighed_on"] in days):
            continue
        if living:
            days.add(one["weighed_on"])
        row = BodyWeight(user=user)
        for name, value in one.items():
            if name != "id":
                setattr(row, name, BodyWeight._meta.get_field(name).to_python(value))
            elif value not in owners:
                row.pk = value
                owners[value] = user.pk
        # Later than now would count as edited after the import.
        row.updated_at = min(row.updated_at, now)
        rows.append(row)
    BodyWeight.objects.bulk_create(rows, batch_size=1_000)
    return [str(row.pk) for row in rows]
