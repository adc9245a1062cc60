"""What every table shares: UUIDv7 keys, timestamps, and deletion that can be undone."""

import uuid
from datetime import timedelta

import uuid_utils.compat
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

# How long what was deleted can come back; then `purge_deleted` takes it.
TRASH_KEPT = timedelta(days=30)


def uuid7() -> uuid.UUID:
    """Return a new time-ordered UUIDv7 (RFC 9562)."""
    return uuid_utils.compat.uuid7()


class TimestampedQuerySet(models.QuerySet):
    """Writes in bulk move `updated_at`, as a single save does."""

    def update(self, **kwargs):
        kwargs.setdefault("updated_at", timezone.now())
        return super().update(**kwargs)

    update.alters_data = True

    def bulk_update(self, objs, fields, batch_size=None):
        now = timezone.now()
        objs = list(objs)
        for obj in objs:
            obj.updated_at = now
        return super().bulk_update(objs, {*fields, "updated_at"}, batch_size=batch_size)

    bulk_update.alters_data = True


class TimestampedModel(models.Model):
    """A row that knows when it was made and when it was last written."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    updated_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)

    objects = TimestampedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if not self._state.adding:
            self.updated_at = timezone.now()
        if update_fields is not None:
            update_fields = {*update_fields, "updated_at"}
        super().save(*args, update_fields=update_fields, **kwargs)


class SoftDeleteQuerySet(TimestampedQuerySet):
    """Rows of which some may be in the trash."""

    def alive(self):
        return self.filter(deleted_at=None)

    def deleted(self):
        return self.exclude(deleted_at=None)

    @transaction.atomic
    def soft_delete(self) -> int:
        """Put the living rows and their living descendants in the trash; return how many rows."""
        return _stamp(self, None, timezone.now())

    soft_delete.alters_data = True

    @transaction.atomic
    def restore(self) -> int:
        """Take every row back out of the trash, each with what was deleted together with it."""
        rows = list(self.deleted())
        for row in rows:
            row.restore()
        return len(rows)

    restore.alters_data = True


def _stamp(rows, old, new) -> int:
    """Move `deleted_at` from `old` to `new` on the rows and on descendants that bear the same."""
    rows = rows.filter(deleted_at=old)
    for name in rows.model.deleted_together:
        relation = rows.model._meta.get_field(name)
        children = relation.related_model.all_objects.filter(**{f"{relation.field.name}__in": rows})
        _stamp(children, old, new)
    return rows.update(deleted_at=new)


class SoftDeleteManager(models.Manager.from_queryset(SoftDeleteQuerySet)):
    """Living rows only."""

    def get_queryset(self):
        return super().get_queryset().alive()


class SoftDeleteModel(TimestampedModel):
    """A row that goes to the trash, and comes back with exactly what went with it."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    all_objects = SoftDeleteQuerySet.as_manager()
    objects = SoftDeleteManager()

    # Related names of the children that share this row's deletion.
    deleted_together: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @transaction.atomic
    def soft_delete(self) -> None:
        """Put this row and its living descendants in the trash under one instant."""
        rows = type(self).all_objects.filter(pk=self.pk)
        rows.select_for_update().get()
        rows.soft_delete()
        self.refresh_from_db(fields=["deleted_at", "updated_at"])

    soft_delete.alters_data = True

    @transaction.atomic
    def restore(self) -> None:
        """Undo this row's deletion, and nothing that was deleted at another time."""
        rows = type(self).all_objects.filter(pk=self.pk)
        self.deleted_at = rows.select_for_update().get().deleted_at
        if self.deleted_at is None:
            return
        self._find_position()
        _stamp(rows, self.deleted_at, None)
        self.refresh_from_db(fields=["deleted_at", "updated_at"])

    restore.alters_data = True

    def _find_position(self) -> None:
        """Make room before coming back; rows without a position need none."""
