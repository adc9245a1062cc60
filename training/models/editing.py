"""What rows have in common that are edited through forms, and stand in an order."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from workoutlog.db import SoftDeleteModel


class StaleEdit(Exception):  # noqa: N818
    """The row was written by someone else since the form was drawn."""

    def __init__(self, current):
        super().__init__("The row has changed since the form was drawn.")
        self.current = current


class Conflict(Exception):  # noqa: N818
    """The id of a new row is taken by a row that says something else."""

    def __init__(self, stored):
        super().__init__("This id belongs to another row already.")
        self.stored = stored


class EditableModel(SoftDeleteModel):
    """A row edited through forms that say which version of it they were drawn from."""

    class Meta:
        abstract = True

    @transaction.atomic
    def edit(self, seen: datetime, **values) -> None:
        """Write the values to the version `seen`; raise StaleEdit if there is a newer one.

        Sending the same edit twice is no conflict: the row says what was asked already.
        """
        current = type(self).all_objects.select_for_update().get(pk=self.pk)
        if not current.says(values):
            if current.updated_at != seen or current.deleted_at is not None:
                raise StaleEdit(current)
            for name, value in values.items():
                setattr(current, name, value)
            current.save(update_fields=values)
        for name in (*values, "updated_at"):
            setattr(self, name, getattr(current, name))

    def says(self, values: dict) -> bool:
        return all(getattr(self, name) == value for name, value in values.items())


class PositionedModel(EditableModel):
    """A row with a place among the living rows of its parent."""

    position_field: str
    parent_field: str
    first_position: int

    class Meta:
        abstract = True

    @classmethod
    def next_position(cls, siblings) -> int:
        last = siblings.alive().aggregate(last=models.Max(cls.position_field))["last"]
        return cls.first_position if last is None else last + 1

    def _find_position(self):
        """Go behind the last sibling if the old place is taken."""
        parent = getattr(self, self.parent_field)
        if parent is None:
            return
        parent = type(parent).all_objects.select_for_update().get(pk=parent.pk)
        # A deleted parent will bring back with it the siblings that share its deletion.
        stays = Q(deleted_at=None) | Q(deleted_at=parent.deleted_at)
        siblings = type(self).all_objects.filter(stays, **{self.parent_field: parent})
        siblings = siblings.exclude(pk=self.pk)
        places = set(siblings.values_list(self.position_field, flat=True))
        if getattr(self, self.position_field) in places:
            setattr(self, self.position_field, max(places) + 1)
            self.save(update_fields=[self.position_field])
