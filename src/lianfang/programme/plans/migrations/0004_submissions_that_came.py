"""A submission that came has its day, and no other has one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0003_the_field_of_a_bureau"),
        ("plans", "0003_who_and_when"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="submission",
            name="submission_state_is_known",
        ),
        migrations.AddField(
            model_name="submission",
            name="submitted_on",
            field=models.DateField(blank=True, null=True, verbose_name="报送日期"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["due", "submitted", "waived"])), name="submission_state_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "submitted"), ("submitted_on__isnull", False)),
                    models.Q(models.Q(("state", "submitted"), _negated=True), ("submitted_on__isnull", True)),
                    _connector="OR",
                ),
                name="submission_day_is_kept",
            ),
        ),
    ]
