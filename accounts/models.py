"""The user: an e-mail address, a password, and how numbers and times are shown to them."""

import zoneinfo
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from workoutlog.db import TRASH_KEPT, SoftDeleteManager, SoftDeleteModel, SoftDeleteQuerySet

PLATES_KG = "25 20 15 10 5 2.5 1.25"
PLATES_LB = "45 35 25 10 5 2.5"


class WeightUnit(models.TextChoices):
    KG = "kg", "Kilograms (kg)"
    LB = "lb", "Pounds (lb)"


class DecimalMark(models.TextChoices):
    POINT = ".", "82.5 (point)"
    COMMA = ",", "82,5 (comma)"


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless the name is one of the IANA time zones known here."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Choose a time zone from the list.")


class UserManager(BaseUserManager.from_queryset(SoftDeleteQuerySet)):
    """Every user, the deleted ones too; makes users from an e-mail address."""

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Save and return a user; raise ValueError if the e-mail address is empty."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class LivingUserManager(SoftDeleteManager):
    """Living users; migrations of other apps look for it under its usual name."""

    use_in_migrations = True


class User(SoftDeleteModel, AbstractBaseUser, PermissionsMixin):
    """A person who logs workouts, and perhaps curates the catalog."""

    email = models.EmailField(
        "e-mail address",
        unique=True,
        error_messages={"unique": "There is already a user with this e-mail address."},
    )
    is_staff = models.BooleanField(
        "may use the admin",
        default=False,
        db_default=False,
        help_text="Allows this user to log in to the admin.",
    )
    is_superuser = models.BooleanField(
        "may do everything in the admin", default=False, db_default=False
    )
    weight_unit = models.CharField(
        max_length=2, choices=WeightUnit, default=WeightUnit.KG, db_default=WeightUnit.KG
    )
    time_zone = models.CharField(
        max_length=64, default="UTC", db_default="UTC", validators=[validate_time_zone]
    )
    decimal_mark = models.CharField(
        max_length=1, choices=DecimalMark, default=DecimalMark.POINT, db_default=DecimalMark.POINT
    )

    rest_seconds = models.PositiveSmallIntegerField(
        "rest after a work set (seconds)", default=120, db_default=120
    )
    warmup_rest_seconds = models.PositiveSmallIntegerField(
        "rest after a warm-up (seconds)", default=60, db_default=60
    )
    shows_rpe = models.BooleanField("show RPE", default=False, db_default=False)
    bar_kg = models.DecimalField(
        "bar (kg)", max_digits=5, decimal_places=2, default=Decimal(20), db_default=Decimal(20)
    )
    bar_lb = models.DecimalField(
        "bar (lb)", max_digits=5, decimal_places=2, default=Decimal(45), db_default=Decimal(45)
    )
    # The plates on a side as typed, the heaviest first: "20×2" are two pairs, "20" any number.
    plates_kg = models.CharField(
        "plates (kg)", max_length=200, default=PLATES_KG, db_default=PLATES_KG, blank=True
    )
    plates_lb = models.CharField(
        "plates (lb)", max_length=200, default=PLATES_LB, db_default=PLATES_LB, blank=True
    )

    all_objects = UserManager()
    objects = LivingUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        db_table = "users"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="users_email_unique_in_any_case",
                violation_error_message="There is already a user with this e-mail address.",
            ),
            models.CheckConstraint(
                condition=models.Q(weight_unit__in=WeightUnit.values),
                name="users_weight_unit_known",
            ),
        ]

    def __str__(self):
        return self.email

    @property
    def is_active(self) -> bool:
        """Only a living user logs in or keeps a session."""
        return self.deleted_at is None

    @property
    def erased_on(self) -> datetime:
        """The instant from which a deleted user no longer comes back."""
        return self.deleted_at + TRASH_KEPT

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)
