"""An application while it is being filled in on the public pages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.casework.kinds import ApplicantKind
from gongkai.office.casework.models.applications import Application, ApplicationFile
from gongkai.office.organs.models import Organ
from gongkai.office.personal.fields import SealedField


class ApplicationDraft(models.Model):
    """What somebody has filled in so far, so that an error, a step back or a second click loses and doubles nothing.

    Belongs to whoever's browser holds the token of this `digest`. `content` is JSON by the names of the form; once the
    application is sent it is emptied, and `application` says what became of it.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30, choices=ApplicantKind)
    content = SealedField(null=True, blank=True)  # type: ignore[misc]
    application = models.OneToOneField(Application, models.SET_NULL, null=True, blank=True, related_name="draft")
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "填写中的申请"
        verbose_name_plural = "填写中的申请"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(application=None) | models.Q(content__isnull=True),
                name="a_sent_draft_keeps_nothing_of_what_was_filled_in",
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class DraftFile(models.Model):
    """A file uploaded with it, sealed like those of a case."""

    draft = models.ForeignKey(ApplicationDraft, models.CASCADE, related_name="files")
    role = models.CharField(max_length=20, choices=ApplicationFile.Role)
    name = SealedField()
    handle = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = "填写中的申请的附件"
        verbose_name_plural = "填写中的申请的附件"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.role} {self.size}"
