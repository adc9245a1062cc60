"""Leaving: an account closes at once, comes back for as long as the trash is kept, or is erased."""

import json
import re
from collections.abc import Iterable
from datetime import datetime

from allauth.account.internal.flows.manage_email import sync_user_email_address
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User

# Where a session keeps who has just shown that a closed account is theirs, and for how long.
PROOF = "account_to_keep"
PROOF_SECONDS = 10 * 60
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def why_not_close(user) -> str:
    """Say why the account cannot be closed now; nothing if it can."""
    if not user.has_usable_password():
        return "This account has no password, by which you could come back. Set one first."
    if _is_last_admin(user):
        return "You are the only admin. Make somebody else an admin first."
    return ""


def close_account(user, password: str) -> bool:
    """Put the account in the trash and end all of its sessions; False for the last admin's.

    The password is the user's own. Hashed anew, it makes sure that no session begun before is valid
    again when the account comes back.
    """
    user.set_password(password)
    with transaction.atomic():
        if _is_last_admin(user):
            return False
        user.save(update_fields=["password"])
        sync_user_email_address(user)  # Log-in finds closed accounts by it.
        user.soft_delete()
    end_sessions([user])
    return True


@transaction.atomic
def _is_last_admin(user) -> bool:
    if not user.is_superuser:
        return False
    # Locked, so that the last two do not leave at the same time.
    admins = User.objects.filter(is_superuser=True).order_by("pk").select_for_update()
    return {admin.pk for admin in admins} == {user.pk}


def end_sessions(users: Iterable[User]) -> None:
    """Delete every session that names one of the users, also those that have run out."""
    ids = {str(user.pk) for user in users}
    keys = [
        session.pk
        for session in Session.objects.iterator()
        if ids.intersection(ID.findall(json.dumps(session.get_decoded())))
    ]
    for start in range(0, len(keys), 500):
        Session.objects.filter(pk__in=keys[start : start + 500]).delete()


def can_come_back(user) -> bool:
    """Say whether a closed account may still be kept."""
    return user.deleted_at is not None and timezone.now() < user.erased_on


def prove(session, user) -> None:
    """Note in the session that whoever has it knows the closed account's password."""
    session.cycle_key()  # As log-in does: its key may be one that somebody else planted.
    session[PROOF] = signing.dumps([str(user.pk), user.get_session_auth_hash()], salt=PROOF)


def proven(session, users=User.all_objects) -> User | None:
    """Return the closed account that was proven lately, if it may still come back."""
    try:
        id, known = signing.loads(session.get(PROOF, ""), salt=PROOF, max_age=PROOF_SECONDS)
    except signing.BadSignature:
        return None
    user = users.filter(pk=id).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), known):
        return None
    return user if can_come_back(user) else None


@transaction.atomic
def keep_account(session) -> User | None:
    """Restore the account that was proven lately, and return it; None if there is none."""
    user = proven(session, User.all_objects.select_for_update())
    if user:
        user.restore()
        del session[PROOF]
    return user


@transaction.atomic
def claim(user, before: datetime) -> bool:
    """Make sure that a closed account does not come back; False if it did, or is being looked at.

    From here on no password opens it, so that its rows can go one after the other.
    """
    rows = User.all_objects.filter(pk=user.pk, deleted_at__lte=before)
    user = rows.select_for_update(skip_locked=True).first()
    if user is None:
        return False
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return True


@transaction.atomic
def forget(user) -> None:
    """Delete the user's own row, and whatever else still refers to it."""
    users = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=users, object_id=str(user.pk)).delete()
    user.delete()


def forget_attempts() -> None:
    """Delete the counters of rate limits that have run out; some bear the ids of users."""
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        cursor.execute("DELETE FROM django_cache WHERE expires < %s", [now])
