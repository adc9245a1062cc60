"""The admin: users can be looked at, not edited; `createsuperuser` makes admins."""

import allauth.account.admin  # noqa: F401 (it registers what is unregistered here)
import django.contrib.auth.admin  # noqa: F401
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User

# Users cannot be put into groups here, and log-in addresses are their users' own affair.
admin.site.unregister((EmailAddress, Group))


class ViewOnly:
    """What the admin shows and does not change."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def count(rows, group):
    """Return SQL that counts the rows, which a filter has tied to one `group`."""
    counted = rows.order_by().values(group).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def state(row) -> str:
    """Say when a row was deleted; nothing while it lives."""
    return f"Deleted {timezone.localtime(row.deleted_at):%Y-%m-%d %H:%M}" if row.deleted_at else ""


@admin.register(User)
class UserAdmin(ViewOnly, admin.ModelAdmin):
    fields = (
        "email",
        "created_at",
        "last_login",
        "workouts",
        "last_workout",
        "weight_unit",
        "decimal_mark",
        "time_zone",
        "is_staff",
        "is_superuser",
        "state",
    )
    list_display = ("email", "joined", "workouts", "last_workout", "is_staff", "state")
    list_filter = ("is_staff",)
    ordering = ("-created_at", "-id")
    search_fields = ("email",)

    def get_queryset(self, request):
        workouts = User._meta.get_field("workout_sessions").related_model.objects
        own = workouts.filter(user=OuterRef("pk"))
        newest = own.newest_first().values("session_date")[:1]
        return (
            super()
            .get_queryset(request)
            .annotate(workout_count=count(own, "user"), last_workout=Subquery(newest))
        )

    @admin.display(ordering="created_at")
    def joined(self, user):
        return user.created_at

    @admin.display(ordering="workout_count")
    def workouts(self, user):
        return user.workout_count

    @admin.display(ordering="last_workout")
    def last_workout(self, user):
        return user.last_workout

    @admin.display(ordering="deleted_at")
    def state(self, user):
        return state(user)
