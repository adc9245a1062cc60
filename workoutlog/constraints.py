"""Foreign keys whose delete rule the database itself carries out."""

from django.db.backends.ddl_references import Columns, Statement, Table
from django.db.models.constraints import BaseConstraint


class DatabaseForeignKey(BaseConstraint):
    """A foreign key with an `ON DELETE` rule, for a field declared with `db_constraint=False`.

    Django 5.2 emulates delete rules in Python, so that raw SQL does not obey them. A constraint
    is found by `makemigrations` and survives column changes and SQLite's table rebuilds.
    """

    on_delete: str
    template = (
        "CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) REFERENCES %(to_table)s (%(to_columns)s) "
        "ON DELETE %(on_delete)s DEFERRABLE INITIALLY DEFERRED"
    )

    def __init__(self, *, field: str, name: str):
        super().__init__(name=name)
        self.field = field

    def _statement(self, template, model, schema_editor):
        field = model._meta.get_field(self.field)
        target = field.target_field
        quote = schema_editor.quote_name
        return Statement(
            template,
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=Columns(model._meta.db_table, [field.column], quote),
            to_table=Table(target.model._meta.db_table, quote),
            to_columns=Columns(target.model._meta.db_table, [target.column], quote),
            on_delete=self.on_delete,
        )

    def constraint_sql(self, model, schema_editor):
        if schema_editor.sql_create_inline_fk:
            return str(self._statement(self.template, model, schema_editor))
        # The table that it points to may be created later in the same migration.
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        return self._statement(f"ALTER TABLE %(table)s ADD {self.template}", model, schema_editor)

    def remove_sql(self, model, schema_editor):
        return schema_editor._delete_fk_sql(model, self.name)

    def validate(self, model, instance, exclude=None, using=None):
        """Nothing to check: the form field or the database finds a missing row."""

    def __eq__(self, other):
        if isinstance(other, type(self)):
            return self.name == other.name and self.field == other.field
        return super().__eq__(other)

    __hash__ = None

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}


class DatabaseSetNull(DatabaseForeignKey):
    """The row stays and forgets the row that is gone."""

    on_delete = "SET NULL"


class DatabaseCascade(DatabaseForeignKey):
    """The row goes with the row that it belongs to."""

    on_delete = "CASCADE"
