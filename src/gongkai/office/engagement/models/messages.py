"""Messages from the public (留言), and the promise an agency gives for answering them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.engagement import words
from gongkai.office.ledgers.models import Entry
from gongkai.office.organs.models import Organ
from gongkai.office.personal.fields import SealedField


class MessagePromise(Entry):
    """Within how many working days an agency, and those below it without a promise of their own, answer messages from a day on."""

    on = models.DateField("自哪一天起")
    working_days = models.PositiveSmallIntegerField("承诺几个工作日内答复")

    class Meta(Entry.Meta):
        verbose_name = "留言答复承诺"
        verbose_name_plural = "留言答复承诺"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=models.Q(working_days__gte=1), name="a_promise_leaves_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "-on"], name="promises_by_organ")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.on} {self.working_days}"


class Message(Entry):
    """A message from somebody of the public to an agency.

    Who wrote, how to reach them and what they wrote are sealed; `subject` is the clerk's or the sender's heading. Its life
    are the dated columns below "what happened", each written by the action of that name; `state` is derived from them.
    What the public sees are the three public texts, which somebody else than who answered has looked through.
    """

    number = models.CharField("查询编号", max_length=24, unique=True, editable=False)
    kind = models.CharField("类别", max_length=20, choices=words.MESSAGE_CHOICES, default="question")
    channel = models.CharField("渠道", max_length=20, choices=words.CHANNEL_CHOICES, default="web")
    subject = models.CharField("主题", max_length=100)
    content = SealedField("内容")
    sender = SealedField("姓名", blank=True)
    contact = SealedField("联系方式", blank=True)
    consents = models.BooleanField("同意公开", default=False)
    on = models.DateField("收到日期")
    promised_days = models.PositiveSmallIntegerField("承诺工作日", editable=False)
    due_on = models.DateField("答复期限", editable=False)

    # --- what happened ---
    assigned_to = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="承办单位"
    )
    assigned_on = models.DateField("转办日期", null=True, editable=False)
    answered_on = models.DateField("答复日期", null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="答复人"
    )
    answer = SealedField("答复内容", blank=True, editable=False)
    working_days = models.PositiveSmallIntegerField("用时（工作日）", null=True, editable=False)
    handed_over_on = models.DateField("转出日期", null=True, editable=False)
    handed_over_to = models.CharField(
        "转往渠道", max_length=20, choices=words.ANOTHER_CHANNEL_CHOICES, blank=True, editable=False
    )
    handed_over_reason = models.CharField("转出说明", max_length=300, blank=True, editable=False)
    shown_on = models.DateField("公开日期", null=True, editable=False)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="公开审核人"
    )
    public_subject = models.CharField("公开的主题", max_length=100, blank=True, editable=False)
    public_content = models.TextField("公开的留言", blank=True, editable=False)
    public_answer = models.TextField("公开的答复", blank=True, editable=False)
    satisfaction = models.PositiveSmallIntegerField(
        "满意度", null=True, editable=False, choices=words.SATISFACTION_CHOICES
    )
    rated_on = models.DateField("评价日期", null=True, editable=False)

    class Meta(Entry.Meta):
        verbose_name = "留言"
        verbose_name_plural = "留言"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | models.Q(answered_on__gte=models.F("on")),
                name="a_message_is_answered_after_it_came",
            ),
            models.CheckConstraint(
                condition=models.Q(shown_on=None) | models.Q(answered_on__isnull=False, consents=True),
                name="only_answered_messages_of_the_willing_are_shown",
            ),
            models.CheckConstraint(
                condition=models.Q(shown_by=None) | ~models.Q(shown_by=models.F("answered_by")),
                name="nobody_reviews_the_display_of_their_own_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | models.Q(handed_over_on=None),
                name="a_message_is_answered_or_handed_over",
            ),
            models.CheckConstraint(
                condition=models.Q(satisfaction=None) | models.Q(satisfaction__gte=1, satisfaction__lte=5),
                name="satisfaction_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(satisfaction=None, rated_on=None)
                | models.Q(satisfaction__isnull=False, rated_on__gte=models.F("answered_on")),
                name="an_answer_is_rated_on_a_day_after_it_came",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "on"], name="messages_by_organ"),
            models.Index(fields=["organ", "answered_on"], name="messages_by_answer"),
            models.Index(fields=["organ", "rated_on"], name="messages_by_rating"),
            models.Index(
                fields=["due_on"],
                condition=models.Q(answered_on=None, handed_over_on=None, struck_at=None),
                name="messages_waiting",
            ),
            models.Index(
                fields=["-shown_on", "-id"],
                condition=models.Q(shown_on__isnull=False, struck_at=None),
                name="messages_shown",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state(self) -> str:
        """Where it stands: received, assigned, answered, shown, handed_over."""
        if self.handed_over_on:
            return "handed_over"
        if self.shown_on:
            return "shown"
        if self.answered_on:
            return "answered"
        return "assigned" if self.assigned_on else "received"
