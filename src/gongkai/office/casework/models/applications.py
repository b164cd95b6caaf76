"""Applications for disclosure, what happened to them, and what belongs to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.casework.kinds import ApplicantKind, Channel, Delivery, State, WantedForm
from gongkai.office.organs.models import Organ
from gongkai.office.personal.fields import SealedField
from gongkai.office.publishing.models import Item

OPEN = models.Q(closed_on=None)
"""Cases that are not at an end."""


class Application(models.Model):
    """One application: who wants what of which agency, and through which channel it came.

    What happened to it are its `ApplicationEvent`s. The columns under "derived" are worked out of these by the law core
    and written by `standing.py` only, so that lists and counts over a million cases are read off an index; a test holds
    them equal to `regulation.application` whatever happens. `counted_on` and `counted_outcome` say on which day and on
    which row of the annual form it is counted, for good (decision 0016).

    Whatever tells who somebody is, or may tell it, is sealed; the marks beside it only say whether two are the same.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="applications", verbose_name="受理机关")
    number = models.CharField("编号", max_length=60, unique=True, editable=False)
    query_code = SealedField("查询码", editable=False)
    query_mark = models.CharField("查询码指纹", max_length=64, unique=True, editable=False)
    channel = models.CharField("提交方式", max_length=20, choices=Channel)
    submitted_on = models.DateField("到达日期")
    received_at = models.DateTimeField("登记时间", editable=False)

    applicant_kind = models.CharField("申请人类别", max_length=30, choices=ApplicantKind)
    applicant_column = models.CharField("统计类别", max_length=30, choices=ApplicantKind, editable=False)
    applicant_name = SealedField("姓名或者名称")
    identity_kind = models.CharField("证件类型", max_length=30, blank=True)
    identity_number = SealedField("证件号码", blank=True)
    representative = SealedField("法定代表人或者负责人", blank=True)
    contact_person = SealedField("联系人", blank=True)
    agent = SealedField("代理人", blank=True)
    phone = SealedField("联系电话", blank=True)
    email = SealedField("电子邮箱", blank=True)
    address = SealedField("通信地址", blank=True)
    postcode = SealedField("邮政编码", blank=True)
    applicant_mark = models.CharField("申请人指纹", max_length=64, editable=False)
    """Of the identity number, or of name and telephone where none was asked for: finds the applications of one person."""

    wanted = SealedField("所需政府信息的内容描述")
    wanted_title = SealedField("所需政府信息的名称", blank=True)
    wanted_number = SealedField("所需政府信息的文号", blank=True)
    purpose = SealedField("用途（选填）", blank=True)
    wanted_form = models.CharField("提供信息的形式", max_length=20, choices=WantedForm, default=WantedForm.PAPER)
    delivery = models.CharField("获取信息的方式", max_length=20, choices=Delivery, default=Delivery.POST)
    needs_help = models.CharField("阅读、视听困难需要的协助", max_length=100, blank=True)
    summary = models.CharField("内容概要（不写个人信息）", max_length=120)

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经办人"
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name="重复于"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="拆分自"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name="合并答复于"
    )
    erased_at = models.DateTimeField("个人信息清除时间", null=True, blank=True, editable=False)

    # --- derived, by standing.py ---
    state = models.CharField("状态", max_length=30, choices=State, default=State.REGISTERED, editable=False)
    receipt_on = models.DateField("收到日期", null=True, editable=False)
    due_on = models.DateField("答复期限", null=True, editable=False)
    expected_due_on = models.DateField("预计答复期限", null=True, editable=False)
    waiting_until = models.DateField("等待到", null=True, editable=False)
    is_provisional = models.BooleanField("日期待放假安排公布", default=False, editable=False)
    alarm_on = models.DateField("下一个提醒日", null=True, editable=False)
    closed_on = models.DateField("办结日期", null=True, editable=False)
    outcome = models.CharField("办理结果", max_length=40, blank=True, editable=False)
    decided_outcome = models.CharField("拟定的办理结果", max_length=40, blank=True, editable=False)
    counted_on = models.DateField("计入年度报告的日期", null=True, editable=False)
    counted_outcome = models.CharField("计入年度报告的结果", max_length=40, blank=True, editable=False)
    archived_on = models.DateField("归档日期", null=True, editable=False)
    handled_in = models.PositiveSmallIntegerField("办理用时（工作日）", null=True, editable=False)
    is_late = models.BooleanField("逾期答复", default=False, editable=False)
    crosses_years = models.BooleanField("跨年度办理", default=False, editable=False)
    calendar_mark = models.CharField("推算所用放假安排", max_length=16, blank=True, editable=False)
    derived_on = models.DateField("推算日期", null=True, editable=False)

    class Meta:
        verbose_name = "政府信息公开申请"
        verbose_name_plural = "政府信息公开申请"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None, outcome="") | models.Q(closed_on__isnull=False),
                name="only_a_closed_case_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(counted_on=None, counted_outcome="")
                | models.Q(counted_on__isnull=False, counted_outcome__gt="", receipt_on__isnull=False),
                name="what_is_counted_was_received_and_has_one_outcome",
            ),
            models.CheckConstraint(
                condition=models.Q(duplicate_of=None) | ~models.Q(duplicate_of=models.F("id")),
                name="no_case_repeats_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("id")),
                name="no_case_is_merged_into_itself",
            ),
        ]
        indexes: ClassVar = [
            # The desk: open cases of an officer or an agency, the most urgent first.
            models.Index(fields=["officer", "due_on", "id"], condition=OPEN, name="open_cases_by_officer"),
            models.Index(fields=["organ", "due_on", "id"], condition=OPEN, name="open_cases_by_organ"),
            models.Index(fields=["organ", "state", "due_on"], condition=OPEN, name="open_cases_by_state"),
            models.Index(fields=["alarm_on"], condition=OPEN, name="open_cases_by_alarm"),
            models.Index(fields=["organ", "-id"], name="cases_by_organ"),
            models.Index(fields=["officer", "-id"], name="cases_by_officer"),
            models.Index(
                fields=["organ", "-id"],
                condition=models.Q(closed_on__isnull=False, archived_on=None),
                name="closed_cases_to_archive",
            ),
            # The statutory table, read off the index alone.
            models.Index(fields=["organ", "receipt_on", "applicant_column", "id"], name="cases_by_receipt"),
            models.Index(
                fields=["organ", "counted_on", "counted_outcome", "applicant_column", "id", "handled_in", "is_late"],
                name="cases_by_result",
            ),
            models.Index(
                fields=["organ", "receipt_on", "counted_on", "applicant_column", "id"],
                condition=models.Q(crosses_years=True),
                name="cases_across_years",
            ),
            models.Index(fields=["applicant_mark", "receipt_on"], name="cases_by_applicant"),
        ]

    def __str__(self) -> str:
        return self.number


class ApplicationEvent(models.Model):
    """A fact in the life of an application, only ever added; `kinds.py` says which kinds there are.

    `on` is the day it happened, `recorded_at` when it was entered. `detail` holds what can be counted and shown to anybody
    of the staff; free words stand, sealed, in `EventText`. An entry that was wrong is taken back by a later event of the
    kind `struck`, whose `strikes` names it.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="events", verbose_name="申请")
    kind = models.CharField("事件", max_length=30)
    on = models.DateField("日期")
    detail = models.JSONField("内容", default=dict)
    strikes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="struck_by", verbose_name="更正的记录"
    )
    recorded_at = models.DateTimeField("登记时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "办理记录"
        verbose_name_plural = "办理记录"
        ordering: ClassVar = ["application", "on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="struck", strikes__isnull=False)
                | (~models.Q(kind="struck") & models.Q(strikes=None)),
                name="only_a_correction_strikes_a_case_event",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(kind="submitted"), name="an_application_is_submitted_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "on"], name="case_events_by_kind")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind} {self.on}"


class EventText(models.Model):
    """The free words of an event (points to complete, reasons, an opinion): sealed, and erased when their time is over."""

    event = models.OneToOneField(ApplicationEvent, models.CASCADE, related_name="text", verbose_name="办理记录")
    words = SealedField("文字")

    class Meta:
        verbose_name = "办理记录的文字"
        verbose_name_plural = "办理记录的文字"

    def __str__(self) -> str:
        return f"{self.event_id}"


class ApplicationFile(models.Model):
    """A file of a case. Its bytes are ciphertext outside the public folders (`personal.files`), found by `handle`."""

    class Role(models.TextChoices):
        APPLICATION = "application", "申请材料"
        IDENTITY = "identity", "身份证明"
        CORRECTION = "correction", "补正材料"
        REASON = "reason", "说明理由的材料"
        OPINION = "opinion", "意见材料"
        ORIGINAL = "original", "原件（拟公开的信息）"
        REDACTED = "redacted", "区分处理后的副本"
        ANSWER = "answer", "提供的信息"
        LETTER = "letter", "文书"
        PROOF = "proof", "送达凭证"

    application = models.ForeignKey(Application, models.PROTECT, related_name="files", verbose_name="申请")
    event = models.ForeignKey(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="files", verbose_name="办理记录"
    )
    role = models.CharField("用途", max_length=20, choices=Role)
    name = SealedField("文件名")
    handle = models.CharField("存放位置", max_length=64, unique=True, editable=False)
    sha256 = models.CharField("摘要值", max_length=64, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", editable=False)
    media_type = models.CharField("类型", max_length=100, editable=False)
    stored_at = models.DateTimeField("存入时间", editable=False)

    class Meta:
        verbose_name = "案卷文件"
        verbose_name_plural = "案卷文件"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.role} {self.sha256[:8]}"


class ApplicationSequence(models.Model):
    """The last number given out by the counter of an agency and a year."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="受理机关")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = "申请编号"
        verbose_name_plural = "申请编号"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "year"], name="an_organ_numbers_applications_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year} {self.last}"


class Consultation(models.Model):
    """An opinion asked for, of a third party or of an agency that made the information too; its dates are events.

    `key` is the id its events carry. Who a third party is and what it said is sealed.
    """

    class Party(models.TextChoices):
        THIRD_PARTY = "third_party", "第三方"
        AGENCY = "agency", "其他行政机关"

    class Opinion(models.TextChoices):
        AGREES = "agrees", "同意公开"
        OBJECTS = "objects", "不同意公开"
        PARTLY = "partly", "部分同意公开"

    application = models.ForeignKey(Application, models.PROTECT, related_name="consultations", verbose_name="申请")
    key = models.CharField("编号", max_length=10)
    party = models.CharField("征求对象", max_length=20, choices=Party)
    name = SealedField("名称")
    contact = SealedField("联系方式", blank=True)
    matter = SealedField("征求意见的信息")
    opinion = models.CharField("意见", max_length=10, choices=Opinion, blank=True)
    opinion_words = SealedField("意见和理由", blank=True)

    class Meta:
        verbose_name = "征求意见"
        verbose_name_plural = "征求意见"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "key"], name="a_consultation_has_its_own_key"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"


class SearchRecord(models.Model):
    """Where information was looked for, with which words, by whom and when: what 信息不存在 has to rest on in court."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="searches", verbose_name="申请")
    event = models.OneToOneField(ApplicationEvent, models.PROTECT, related_name="search", verbose_name="办理记录")
    places = models.CharField("检索范围", max_length=300)
    terms = SealedField("检索词")
    searched_by = models.CharField("检索人", max_length=60)
    searched_on = models.DateField("检索日期")
    is_found = models.BooleanField("检索到")
    result = SealedField("检索情况")

    class Meta:
        verbose_name = "检索记录"
        verbose_name_plural = "检索记录"
        ordering: ClassVar = ["searched_on", "id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.searched_on}"


class Decision(models.Model):
    """How the agency means to answer: the outcome with what it rests on, before the reply says so.

    The last one of a case counts; a reply has its outcome. `reasons` and `balancing` (why article 16's discretion is used
    this way) may name people and are sealed. `facts` are the further statements the outcome asks for, by their names in
    `regulation.letters`.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions", verbose_name="申请")
    event = models.OneToOneField(ApplicationEvent, models.PROTECT, related_name="decision", verbose_name="办理记录")
    outcome = models.CharField("办理结果", max_length=40)
    grounds = models.CharField("适用条款", max_length=200, blank=True)
    reasons = SealedField("事实和理由", blank=True)
    balancing = SealedField("裁量说明", blank=True)
    facts = SealedField("答复书需要写明的事项", blank=True)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="已经公开的信息"
    )

    class Meta:
        verbose_name = "拟定的办理结果"
        verbose_name_plural = "拟定的办理结果"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome}"


class RequestMark(models.Model):
    """A fingerprint of something an application asks for (a document number, a title, the whole text)."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "mark"], name="an_application_bears_a_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.mark[:8]}"


class Intake(models.Model):
    """How an agency takes applications in. Handing in and post can't be closed, so there is no switch for them.

    `individual_business_column` is the office's habit of counting 个体工商户. Source: 国办公开办函〔2017〕19号.
    """

    organ = models.OneToOneField(Organ, models.CASCADE, related_name="intake", verbose_name="受理机关")
    online_open = models.BooleanField("受理网上申请", default=True)
    fax_open = models.BooleanField("受理传真申请", default=False)
    individual_business_column = models.CharField(
        "个体工商户计入",
        max_length=30,
        choices=[
            (kind.value, kind.label) for kind in (ApplicantKind.NATURAL_PERSON, ApplicantKind.COMMERCIAL_ENTERPRISE)
        ],
        default=ApplicantKind.COMMERCIAL_ENTERPRISE,
    )

    class Meta:
        verbose_name = "受理设置"
        verbose_name_plural = "受理设置"

    def __str__(self) -> str:
        return f"{self.organ_id}"


class DayPassed(models.Model):
    """The last day for which the derived columns were worked out: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()
    calendar_mark = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_row_says_which_day_of_cases_has_passed"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
