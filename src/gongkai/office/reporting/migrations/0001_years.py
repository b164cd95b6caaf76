import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongkai.office.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organs", "0002_contacts_and_powers"),
        ("publishing", "0007_newest_first_for_the_whole_county"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Compilation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="次数")),
                ("counted_at", models.DateTimeField(verbose_name="统计时间")),
                ("counted_through", models.DateField(verbose_name="统计截止日")),
                ("locked_at", models.DateTimeField(blank=True, null=True, verbose_name="锁定时间")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要值")),
                ("narrative", models.JSONField(blank=True, null=True, verbose_name="定稿文字")),
                (
                    "counted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="统计人",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="锁定人",
                    ),
                ),
            ],
            options={
                "verbose_name": "统计",
                "verbose_name_plural": "统计",
                "ordering": ["report_year", "number"],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("key", models.CharField(max_length=100, verbose_name="数据项")),
                ("due_on", models.DateField(verbose_name="报送期限")),
                ("asked_at", models.DateTimeField(verbose_name="布置时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="布置人",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="organs.organ",
                        verbose_name="行政机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送数据",
                "verbose_name_plural": "报送数据",
                "ordering": ["year", "organ", "id"],
            },
        ),
        migrations.CreateModel(
            name="ContributionEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("answered", "报送"), ("returned", "退回")], max_length=10, verbose_name="事件"
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True, verbose_name="数值"),
                ),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("file_name", models.CharField(blank=True, max_length=200, verbose_name="文件名")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="reporting.contribution",
                        verbose_name="报送数据",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publishing.storedfile",
                        verbose_name="证明材料",
                    ),
                ),
            ],
            options={
                "verbose_name": "报送记录",
                "verbose_name_plural": "报送记录",
                "ordering": ["contribution", "id"],
            },
        ),
        migrations.CreateModel(
            name="FrozenFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100, verbose_name="数据项")),
                ("room", models.CharField(max_length=20, verbose_name="来源")),
                ("label", models.CharField(max_length=120, verbose_name="名称")),
                ("unit", models.CharField(max_length=20, verbose_name="单位")),
                ("rule", models.CharField(max_length=400, verbose_name="统计口径")),
                ("kind", models.CharField(max_length=60, verbose_name="记录种类")),
                ("source", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                ("is_public", models.BooleanField(default=False, verbose_name="记录公开")),
                ("is_sum", models.BooleanField(default=False, verbose_name="累加")),
                ("value", models.DecimalField(decimal_places=6, max_digits=20, verbose_name="数值")),
                ("record_count", models.PositiveIntegerField(verbose_name="记录数")),
                ("records", models.BinaryField(verbose_name="记录")),
                (
                    "compilation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="reporting.compilation",
                        verbose_name="统计",
                    ),
                ),
            ],
            options={
                "verbose_name": "数据",
                "verbose_name_plural": "数据",
                "ordering": ["compilation", "id"],
            },
        ),
        migrations.CreateModel(
            name="ReportYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("is_consolidated", models.BooleanField(default=False, verbose_name="汇总所属机关")),
                ("edition", models.CharField(max_length=4, verbose_name="格式版本")),
                ("hand_in_by", models.DateField(verbose_name="报送期限")),
                ("publish_by", models.DateField(verbose_name="公开期限")),
                ("opened_at", models.DateTimeField(verbose_name="开启时间")),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="开启人",
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_years",
                        to="organs.organ",
                        verbose_name="行政机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告",
                "verbose_name_plural": "年度报告",
                "ordering": ["-year", "organ"],
            },
        ),
        migrations.CreateModel(
            name="NarrativePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=40, verbose_name="部分")),
                ("topic", models.CharField(blank=True, max_length=40, verbose_name="专题")),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("level", models.PositiveSmallIntegerField(default=0, verbose_name="标题级别")),
                ("text", models.TextField(verbose_name="文字")),
                (
                    "origin",
                    models.CharField(
                        choices=[("drafted", "由数据起草"), ("kept", "沿用上年"), ("written", "自行撰写")],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("edited_at", models.DateTimeField(verbose_name="修改时间")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                (
                    "answers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answered_by",
                        to="reporting.narrativepart",
                        verbose_name="回应上年的承诺",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="修改人",
                    ),
                ),
                (
                    "report_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="narrative_parts",
                        to="reporting.reportyear",
                        verbose_name="年度报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "文字段落",
                "verbose_name_plural": "文字段落",
                "ordering": ["report_year", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="FindingVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60, verbose_name="问题代码")),
                ("evidence", models.CharField(max_length=64, verbose_name="依据的摘要值")),
                (
                    "judgement",
                    models.CharField(
                        choices=[("explained", "情况属实，说明原因"), ("mistaken", "经核对，不是问题")],
                        max_length=10,
                        verbose_name="意见",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="说明")),
                ("message", models.TextField(verbose_name="问题原文")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "report_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdicts",
                        to="reporting.reportyear",
                        verbose_name="年度报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "处理意见",
                "verbose_name_plural": "处理意见",
                "ordering": ["report_year", "id"],
            },
        ),
        migrations.AddField(
            model_name="compilation",
            name="report_year",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="compilations",
                to="reporting.reportyear",
                verbose_name="年度报告",
            ),
        ),
        migrations.CreateModel(
            name="YearEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "开启"),
                            ("collected", "统计"),
                            ("locked", "锁定数据"),
                            ("handed_in", "报送"),
                            ("returned", "退回"),
                            ("handed_over", "交付发布"),
                        ],
                        max_length=20,
                        verbose_name="事件",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("detail", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "report_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="reporting.reportyear",
                        verbose_name="年度报告",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报告事件",
                "verbose_name_plural": "年度报告事件",
                "ordering": ["report_year", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(fields=["year", "organ"], name="contributions_by_year"),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.UniqueConstraint(
                fields=("organ", "year", "key"), name="an_agency_is_asked_for_a_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "answered"), ("value__isnull", False)),
                    models.Q(("kind", "returned"), ("value", None)),
                    _connector="OR",
                ),
                name="an_answer_has_a_value_and_a_return_has_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("evidence", ""), _negated=True), name="an_answer_or_return_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="frozenfigure",
            constraint=models.UniqueConstraint(
                fields=("compilation", "key"), name="a_compilation_has_one_figure_of_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportyear",
            constraint=models.UniqueConstraint(fields=("organ", "year"), name="an_agency_has_one_report_a_year"),
        ),
        migrations.AddConstraint(
            model_name="reportyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("hand_in_by__lte", models.F("publish_by"))),
                name="a_report_is_handed_in_before_it_is_published",
            ),
        ),
        migrations.AddIndex(
            model_name="narrativepart",
            index=models.Index(fields=["report_year", "position"], name="narrative_in_order"),
        ),
        migrations.AddIndex(
            model_name="findingverdict",
            index=models.Index(fields=["report_year", "evidence"], name="verdicts_by_evidence"),
        ),
        migrations.AddConstraint(
            model_name="findingverdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="a_verdict_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="compilation",
            constraint=models.UniqueConstraint(
                fields=("report_year", "number"), name="a_compilation_has_its_own_number"
            ),
        ),
        AppendOnly("YearEvent"),
        AppendOnly("FrozenFigure"),
        AppendOnly("ContributionEntry"),
        AppendOnly("FindingVerdict"),
    ]
