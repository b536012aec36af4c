"""Danger to life: the mark as a column, the reason for it, and what the review desk found. Old code goes on running."""

from django.conf import settings
from django.db import migrations, models

from porchlight.server.foundation.actions import housekeeping


def fill(apps, schema_editor):
    request = apps.get_model("video_requests", "VideoRequest")
    rows = request.objects.filter(flags__icontains="danger_to_life")
    with housekeeping("migration"):
        rows.update(urgent=True)
        rows.filter(submitted_at__isnull=False).update(was_urgent=True)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("video_requests", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("videorequest", "urgent", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "videorequest", "danger_reason", models.TextField(blank=True, db_default="", default="")
        ),
        migrations.AddField(
            "videorequest",
            "danger_found",
            models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.AddField(
            "videorequest", "was_urgent", models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            "videorequest",
            "danger_worst",
            models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.AddIndex(
            "videorequest", models.Index(fields=["agency", "-changed_at", "id"], name="request_of_agency")
        ),
        migrations.AddIndex(
            "videorequest",
            models.Index(fields=["state", "-urgent", "signed_at", "id"], name="request_waiting"),
        ),
        migrations.AddIndex(
            "videorequest", models.Index(fields=["-public_at", "id"], name="request_public")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
