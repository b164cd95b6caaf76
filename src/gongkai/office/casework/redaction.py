"""Partial disclosure (区分处理): whether the redacted copy of a case stands."""

from __future__ import annotations

from gongkai.office.casework.models import Application, ApplicationFile


def why_not(application: Application) -> str:
    """Why a case can't be answered in part yet, as a sentence; empty when its redacted copy is there."""
    if not application.files.filter(role=ApplicationFile.Role.REDACTED).exists():
        return "部分公开要有区分处理后的副本。请上传副本，写明隐去的内容和理由。"
    return ""
