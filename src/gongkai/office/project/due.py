"""What is due by the clock, in every room. Each room says what is due; here they are asked in turn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.office.applicants.actions import sweep as sweep_accounts
from gongkai.office.audit.listing import list_of
from gongkai.office.casework.actions import pass_day as pass_day_of_cases
from gongkai.office.casework.actions import remind as remind_of_cases
from gongkai.office.casework.actions.delivering import settle_deliveries
from gongkai.office.casework.actions.drafting import sweep as sweep_drafts
from gongkai.office.normative.actions import catch_up, pass_day
from gongkai.office.notices.actions import deliver_due
from gongkai.office.project.apart import Apart
from gongkai.office.publishing.actions import remind as remind_reviewers
from gongkai.office.publishing.actions.publish_due import publish_due
from gongkai.office.publishing.importing.ordering import work_off as import_files
from gongkai.office.publishing.outside import ask_due as ask_outside_links
from gongkai.office.publishing.search import catch_up as enter_into_search
from gongkai.office.remedies.actions import remind as remind_of_remedies
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch
from gongkai.office.renderings.files import sweep
from gongkai.office.renderings.models import Key
from gongkai.office.reporting.actions.publishing import settle_published
from gongkai.office.reporting.actions.receiving import read_waiting
from gongkai.office.reporting.received.isolated import sweep as sweep_readings

log = logging.getLogger(__name__)


def run_due(*, at: datetime, apart: bool = False) -> int:
    """Do what is due. Twice, or by two processes at once, does no more than once. The number of rooms that failed.

    One room's failure stops no other: it is logged, and tried again in the next round. `apart`: what waits for other
    machines goes on in a thread of its own after this returns.
    """
    failed = 0
    for name, do in (DUE | (_APART if apart else {})).items():
        try:
            do(at)
        except Exception:
            log.exception("到时任务“%s”没有完成，下一轮重试。", name)
            failed += 1
    return failed


def _new_day(at: datetime) -> None:
    """After midnight, pages that show today's date are made anew; `day:2024-04-12` remembers that they were."""
    today = f"{keys.DAY}:{timezone.localdate(at).isoformat()}"
    if Key.objects.filter(name=today).exists():
        return
    with transaction.atomic():
        touch([keys.DAY, today])


def _publish(at: datetime) -> None:
    for item, refusal in publish_due(at).refused:
        log.warning("定时发布：《%s》没有发布，原因：%s", item.title, refusal)


def _normative(at: datetime) -> None:
    """Documents that an import brought are registered; pages show what took effect or lapsed by the calendar."""
    catch_up(at=at)
    pass_day(today=timezone.localdate(at))


DUE: dict[str, Callable[[datetime], object]] = {
    "定时发布": _publish,
    "新的一天": _new_day,
    "规范性文件的效力": _normative,
    "依申请公开的期限": lambda at: pass_day_of_cases(today=timezone.localdate(at), at=at),
    "依申请公开文书的送达": lambda at: settle_deliveries(at=at),
    "清除放下不填的申请": lambda at: sweep_drafts(at=at),
    "清理申请人账号": sweep_accounts,
    "当日的校验清单": lambda at: list_of(timezone.localdate(at)),
    "计入汇总的年度报告": lambda at: settle_published(at=at),
    "读取收到的年度报告": lambda at: read_waiting(at=at),
    "清扫公开文件夹": lambda at: sweep(),
    "清扫读取报告的临时文件夹": lambda at: sweep_readings(),
    "审核期限提醒": remind_reviewers,
    "申请期限提醒": remind_of_cases,
    "复议诉讼答复期限提醒": remind_of_remedies,
    "检索索引": lambda at: enter_into_search(),
    "批量导入": import_files,
    "外部链接": ask_outside_links,
    "发送通知": deliver_due,
}
"""What each room does by the clock, by its name in messages."""

_APART = {name: Apart(name, DUE[name]) for name in ("检索索引", "批量导入", "外部链接", "发送通知")}
"""What takes long, or waits for other machines."""
