"""Partial disclosure (区分处理): whether the redacted copy of a case stands."""

from __future__ import annotations

from gongkai.office.casework.models import Application


def why_not(application: Application) -> str:
    """Why a case can't be answered in part yet, as a sentence; empty when its copy was proved clean and looked at."""
    redaction = application.redactions.order_by("-id").first()
    if redaction is None:
        return "部分公开要有区分处理后的副本。请上传原件和副本，列出隐去的文字，通过检查以后再办。"
    if not redaction.is_clean:
        return "区分处理后的副本没有通过检查，里面还能找到应当隐去的文字。请改好后重新上传。"
    if not redaction.may_go_out:
        return "副本里有程序读不了的图片，要有人逐页看过并登记。"
    return ""
