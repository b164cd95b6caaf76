"""A lawsuit is before an instance, and the answer that is due is that instance's."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from gongkai.regulation.deadlines import appeal_answer_due
from gongkai.regulation.workdays import provisional_workdays


def tell_instances(apps: Any, editor: Any) -> None:
    """Lawsuits that are there are before the first instance; those that were appealed, before the second, and answer there."""
    cases = apps.get_model("remedies", "RemedyCase").objects.exclude(route="reconsideration")
    cases.update(instance="first")
    for case in cases.filter(events__kind="appealed", events__struck_by=None).distinct():
        standing = case.events.filter(struck_by=None).order_by("on", "pk")
        appeal = [event for event in standing if event.kind == "appealed"][-1]
        answers = [
            event.on for event in standing if event.kind == "answered" and (event.on, event.pk) > (appeal.on, appeal.pk)
        ]
        case.instance = "second"
        case.answer_due_on = appeal_answer_due(appeal.on, provisional_workdays()).on
        case.answered_on = answers[0] if answers else None
        case.save(update_fields=["instance", "answer_due_on", "answered_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("remedies", "0002_words_that_can_be_erased"),
    ]

    operations = [
        migrations.AddField(
            model_name="remedycase",
            name="instance",
            field=models.CharField(
                blank=True,
                choices=[("first", "一审"), ("second", "二审"), ("retrial", "再审")],
                editable=False,
                max_length=10,
                verbose_name="审级",
            ),
        ),
        migrations.RunPython(tell_instances, migrations.RunPython.noop),
    ]
