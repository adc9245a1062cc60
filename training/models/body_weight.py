"""Body weight: what the lifter weighed, day by day."""

from datetime import date

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User, WeightUnit
from training.models.editing import Conflict, EditableModel
from training.models.exercise import Refused
from training.units import kilograms
from workoutlog.constraints import DatabaseCascade
from workoutlog.db import SoftDeleteManager, SoftDeleteQuerySet
from workoutlog.numbers import format_number


class BodyWeightQuerySet(SoftDeleteQuerySet):
    def for_user(self, user):
        return self.filter(user=user)

    def newest_first(self):
        return self.order_by("-weighed_on", "-id")

    def before(self, day: date | None):
        """Weights from before a day; None is the end of time."""
        return self.filter(weighed_on__lt=day) if day else self

    def since(self, day: date | None):
        """Weights of a day and all later ones; None is the beginning of time."""
        return self.filter(weighed_on__gte=day) if day else self

    def first_day(self) -> date | None:
        """Return the first day on which a weight is known."""
        return self.aggregate(first=models.Min("weighed_on"))["first"]

    def kg_on(self, day: date) -> float | None:
        """Return the weight in kg on a day: that day's, or the last before; None is not known."""
        latest = self.filter(weighed_on__lte=day).newest_first().first()
        return latest and float(kilograms(latest.weight, latest.weight_unit))


class BodyWeight(EditableModel):
    """What a lifter weighed on a day, as typed.

    A day has one. What is logged for it later takes its place and sends it to the trash, under the
    instant at which the later one is made.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="body_weights",
    )
    weighed_on = models.DateField("day")
    weight = models.DecimalField(max_digits=13, decimal_places=9)
    weight_unit = models.CharField(
        max_length=2, choices=WeightUnit, default=WeightUnit.KG, db_default=WeightUnit.KG
    )

    all_objects = BodyWeightQuerySet.as_manager()
    objects = SoftDeleteManager.from_queryset(BodyWeightQuerySet)()

    class Meta:
        db_table = "body_weights"
        constraints = [
            DatabaseCascade(field="user", name="body_weights_user_fk"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="body_weights_weight_positive"),
            models.UniqueConstraint(
                fields=["user", "weighed_on"],
                condition=Q(deleted_at=None),
                name="body_weights_day_unique",
            ),
        ]

    def __str__(self):
        return f"{format_number(self.weight)} {self.weight_unit}"

    @property
    def replaced(self) -> "BodyWeight | None":
        """What it took the place of when it was logged, if that still lies in the trash."""
        rows = BodyWeight.all_objects.for_user(self.user_id)
        return rows.filter(weighed_on=self.weighed_on, deleted_at=self.created_at).first()

    @classmethod
    @transaction.atomic
    def log(cls, user, *, id, **values) -> "BodyWeight":
        """Save and return what the user weighed on a day, in place of what the day had.

        The same id with the same values again returns the stored row. Raises Conflict if the id
        belongs to a row that says something else.
        """
        lock_days(user.pk)
        stored = cls.all_objects.filter(pk=id).first()
        if stored is None:
            now = timezone.now()
            rivals = cls.objects.for_user(user).filter(weighed_on=values["weighed_on"])
            rivals.update(deleted_at=now)
            return cls.objects.create(id=id, user=user, created_at=now, updated_at=now, **values)
        if stored.user_id != user.pk or not stored.says(values):
            raise Conflict(stored)
        return stored

    def edit(self, seen, **values) -> None:
        """Write the values as every edit does; raise Refused if the day has another weight."""
        try:
            with transaction.atomic():
                lock_days(self.user_id)
                super().edit(seen, **values)
        except IntegrityError:
            raise Refused("That day has another weight: remove that one first.") from None

    @transaction.atomic
    def restore(self) -> None:
        """Undo its deletion; what the day has by now goes to the trash instead."""
        # Before the row itself, in the order in which an edit locks them.
        lock_days(self.user_id)
        super().restore()

    restore.alters_data = True

    def _find_position(self):
        BodyWeight.objects.for_user(self.user_id).filter(weighed_on=self.weighed_on).soft_delete()


def lock_days(user_id) -> None:
    """Let nobody else give one of the user's days a weight until the transaction ends."""
    User.all_objects.select_for_update().get(pk=user_id)
