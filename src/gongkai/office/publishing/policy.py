"""Who may do what with an agency's items: by appointment, never by being a superuser.

Whether the review itself allows an act (order, different people, unchanged text) is the law's question and is asked of
`regulation.review` in `record.Dossier.why_not`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.office.accounts.duties import Duties
from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import site
from gongkai.regulation.review import Step

STEP_ROLES: dict[Step, Role] = {
    "first": Role.FIRST_REVIEWER,
    "second": Role.SECOND_REVIEWER,
    "final": Role.FINAL_REVIEWER,
}
DUTIES = Duties(
    {
        "see": (
            (
                Role.EDITOR,
                Role.FIRST_REVIEWER,
                Role.SECOND_REVIEWER,
                Role.FINAL_REVIEWER,
                Role.SECRECY_REVIEWER,
                Role.DISCLOSURE_OFFICER,
            ),
            "查看未公开的稿件",
        ),
        "write": ((Role.EDITOR,), "起草、修改、送审政府信息"),
        "first": ((Role.FIRST_REVIEWER,), "初审"),
        "second": ((Role.SECOND_REVIEWER,), "复审"),
        "final": ((Role.FINAL_REVIEWER,), "终审"),
        "review_secrecy": ((Role.SECRECY_REVIEWER,), "作保密审查"),
        "withdraw": ((Role.FINAL_REVIEWER, Role.DISCLOSURE_OFFICER), "撤下已公开的信息"),
        "manage_columns": ((Role.DISCLOSURE_OFFICER,), "管理栏目"),
        "manage_catalogue": ((Role.DISCLOSURE_OFFICER,), "编制标准目录"),
        "manage_words": ((Role.DISCLOSURE_OFFICER,), "管理用词规则"),
        "import": ((Role.ADMINISTRATOR,), "批量导入已有网站的信息"),
    }
)
why_not, require, within = DUTIES.why_not, DUTIES.require, DUTIES.within


def require_for_site(by: User, verb: str, *, on: date) -> None:
    """The same for what belongs to the whole site. Errors: Refused."""
    owner = site().organ
    if owner is None:
        raise Refused("网站还没有登记主办机关，不能管理全站的栏目和用词。请系统管理员先登记网站的主办机关。")
    require(by, verb, owner, on=on)


def writable_organs(by: User, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody writes."""
    return DUTIES.organs(by, "write", on=on)


def manageable_organs(by: User, *, on: date) -> QuerySet[Organ]:
    """The agencies whose own columns somebody manages."""
    return DUTIES.organs(by, "manage_columns", on=on)
