"""A threshold between two multiples of 5 goes up to the next one: it may hide more, and never shows more."""

from django.db import migrations, models
from django.db.models import F, Q


def round_up(apps, schema_editor):
    departments = apps.get_model("schools", "Department").objects
    departments.exclude(publication_threshold=F("publication_threshold") / 5 * 5).update(
        publication_threshold=(F("publication_threshold") / 5 + 1) * 5
    )


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_initial")]

    operations = [
        migrations.RunPython(round_up, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.CheckConstraint(
                condition=Q(publication_threshold=F("publication_threshold") / 5 * 5),
                name="department_threshold_in_steps_of_5",
                violation_error_message="Choose a multiple of 5.",
            ),
        ),
    ]
