"""Through which channels an agency takes applications in, and how it is reached there: what its guide says."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.office.casework.models import Intake
from gongkai.office.organs.models import DisclosureOffice, Organ
from gongkai.office.organs.queries import office_of


@dataclass(frozen=True, slots=True)
class Way:
    """A channel as the public is told of it: whether it is open, how it is used, and on which day an application counts."""

    key: str
    name: str
    is_open: bool
    how: str
    counts: str


def intake_of(organ: Organ) -> Intake:
    """The agency's settings; one that never set any has the plain ones."""
    return Intake.objects.filter(organ=organ).first() or Intake(organ=organ)


def ways(organ: Organ) -> list[Way]:
    """The channels of an agency, open or not. Handing in and post are always open.

    Source: ogi-2019 art. 29, 31; 国办公开办函〔2017〕19号.
    """
    intake, office = intake_of(organ), office_of(organ)
    fax = office.fax if office else ""
    return [
        Way("in_person", "当面提交", True, _counter(organ, office), "提交当天算收到"),
        Way(
            "oral",
            "口头提出",
            True,
            "书写有困难的，可以到上面的地址口头提出，由工作人员代为填写。",
            "填写并经您确认的当天算收到",
        ),
        Way("post", "邮寄", True, _post(organ, office), "挂号信、快递以签收当天算收到；平信以双方确认当天算收到"),
        Way(
            "online",
            "网上提交",
            intake.online_open,
            "在本站填写申请表，当场得到编号和查询码。"
            if intake.online_open
            else "该机关没有开通网上申请，请当面提交或者邮寄。",
            "双方确认当天算收到" if intake.online_open else "",
        ),
        Way(
            "fax",
            "传真",
            intake.fax_open,
            (f"传真到 {fax}，并打电话确认。" if fax else "请先打电话询问传真号码。")
            if intake.fax_open
            else "该机关没有开通传真申请，请当面提交或者邮寄。",
            "双方确认当天算收到" if intake.fax_open else "",
        ),
    ]


def _counter(organ: Organ, office: DisclosureOffice | None) -> str:
    if office:
        return f"{office.address}，{office.name}。办公时间：{office.office_hours}。请带身份证件。"
    where = organ.address or "请先打电话询问地址"
    return f"{where}。{f'办公时间：{organ.office_hours}。' if organ.office_hours else ''}请带身份证件。"


def _post(organ: Organ, office: DisclosureOffice | None) -> str:
    address = office.address if office else organ.address
    postcode = (office.postcode if office else organ.postcode) or ""
    to = f"{organ.name}{f'（{office.name}）' if office else ''}"
    where = f"寄到：{address}{f'，邮编 {postcode}' if postcode else ''}，{to}收。" if address else f"寄给{to}。"
    return f"{where}信封上注明“政府信息公开申请”，附身份证明复印件。"
