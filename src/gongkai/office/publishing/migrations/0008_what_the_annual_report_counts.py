from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organs", "0002_contacts_and_powers"),
        ("publishing", "0007_newest_first_for_the_whole_county"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="item",
            name="public_by_field",
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("published_at__isnull", False), ("withdrawn_at__isnull", True)),
                fields=["grassroots_field", "-published_at", "-id", "withdrawn_at", "organ"],
                name="public_by_field",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(
                    ("is_reprint", True), ("published_at__isnull", False), ("withdrawn_at__isnull", True)
                ),
                fields=["organ", "published_at"],
                name="public_reprints_by_organ",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["organ", "published_at", "withdrawn_at"],
                name="withdrawn_by_organ",
            ),
        ),
    ]
