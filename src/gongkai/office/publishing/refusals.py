"""What an act on an item may be refused for, beyond not holding the role."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.record import Dossier
from gongkai.office.publishing.words import advised, said
from gongkai.regulation.finding import Finding


class RefusedByRule(Refused):
    """The review does not allow it; `finding` says which rule."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{said(finding)}{advised(finding)}")
        self.finding = finding


class CheckFailed(Refused):
    """The pre-check stops it: errors to mend, or warnings nobody has given a reason for."""

    def __init__(self, findings: Sequence[Finding], unexplained: Sequence[Finding] = ()) -> None:
        self.findings, self.unexplained = tuple(findings), tuple(unexplained)
        sentences = [said(each) for each in (*self.findings, *self.unexplained)]
        what = "必须改正" if self.findings else "需要逐项说明理由"
        super().__init__(f"发布前检查有{len(sentences)}处{what}：{''.join(sentences[:3])}请按检查结果逐条处理后再办。")


class Conflict(Refused):
    """Somebody else saved meanwhile. Nothing is lost: `theirs` is what stands, `yours` what was not saved."""

    def __init__(self, theirs: Content, yours: Content, saved_by: str) -> None:
        super().__init__(
            f"{saved_by}在您打开之后保存过这条信息，您的修改没有写入，以免覆盖。请对照两份内容，把需要的合并到新稿里再保存。"
        )
        self.theirs, self.yours = theirs, yours


def refuse_if(finding: Finding | None) -> None:
    """Errors: RefusedByRule when there is a finding."""
    if finding is not None:
        raise RefusedByRule(finding)


def required(text: str, what: str) -> str:
    """A reason or basis that must be given, without the blanks around it. Errors: Refused when it is empty."""
    if not (stripped := text.strip()):
        raise Refused(f"请写明{what}。它会记入审核记录，日后要凭它说明为什么这样办。")
    return stripped


def draft_of(dossier: Dossier) -> Content:
    """The content that is being written. Errors: Refused when nothing is."""
    if dossier.draft is None or dossier.content is None:
        raise Refused("这条信息现在没有正在处理的稿件。可能别人刚刚办完，请刷新页面看它走到了哪一步。")
    return dossier.content
