"""The choices of this room's forms: topics of concern (data), and what else an entry is sorted by."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from gongkai.regulation.engagement import FORMS, GRAVITIES, KINDS

TOPICS: dict[str, str] = tomllib.loads(files(__package__).joinpath("topics.toml").read_text("utf-8"))
"""What public concerns are about; `epidemic` is counted by itself in the annual report."""
EPIDEMIC = "epidemic"
FORM_CHOICES = list(FORMS.items())
GRAVITY_CHOICES = list(GRAVITIES.items())
KIND_CHOICES = list(KINDS.items())
TOPIC_CHOICES = list(TOPICS.items())
LEVEL_CHOICES = [("own", "本级政策解读"), ("higher", "上级政策解读")]
CHANNEL_CHOICES = [
    ("web", "网上"),
    ("letter", "来信"),
    ("email", "电子邮件"),
    ("phone", "电话"),
    ("visit", "当面"),
    ("meeting", "座谈会、听证会"),
    ("other", "其他"),
]
ADOPTION_CHOICES = [("", "还没有研究"), ("adopted", "采纳"), ("partly", "部分采纳"), ("not_adopted", "不采纳")]
MESSAGE_CHOICES = [
    ("question", "咨询"),
    ("advice", "建议"),
    ("request", "求助"),
    ("complaint", "投诉"),
    ("thanks", "感谢"),
    ("site_error", "网站纠错"),
]
SATISFACTION_CHOICES = [(5, "很满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "很不满意")]
SATISFIED, DISSATISFIED = 4, 2
"""From which rating on somebody is content, and down to which they are not."""
ANOTHER_CHANNEL_CHOICES = [
    ("petition", "信访渠道"),
    ("discipline", "纪检监察举报"),
    ("disclosure", "政府信息公开申请"),
    ("reconsideration", "行政复议"),
    ("elsewhere", "其他机关"),
]
