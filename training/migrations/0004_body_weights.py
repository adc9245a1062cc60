import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.manager
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import workoutlog.constraints
import workoutlog.db


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("training", "0003_exercise_merges"),
    ]

    operations = [
        migrations.CreateModel(
            name="BodyWeight",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=workoutlog.db.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                    ),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        default=django.utils.timezone.now,
                        editable=False,
                    ),
                ),
                ("deleted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("weighed_on", models.DateField(verbose_name="day")),
                ("weight", models.DecimalField(decimal_places=9, max_digits=13)),
                (
                    "weight_unit",
                    models.CharField(
                        choices=[("kg", "Kilograms (kg)"), ("lb", "Pounds (lb)")],
                        db_default="kg",
                        default="kg",
                        max_length=2,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="body_weights",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "body_weights",
            },
            managers=[
                ("all_objects", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddConstraint(
            model_name="bodyweight",
            constraint=workoutlog.constraints.DatabaseCascade(
                field="user", name="body_weights_user_fk"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyweight",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__gt", 0)), name="body_weights_weight_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodyweight",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None)),
                fields=("user", "weighed_on"),
                name="body_weights_day_unique",
            ),
        ),
    ]
