"""The shapes of open data from ledgers: interpretations, responses, consultations, messages, services, new media."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from gongkai.office.api.schemas import AgencyRef


class Entry(Schema):
    """What every entry has."""

    id: int = Field(description="编号，稳定不变")
    agency: AgencyRef = Field(description="机关")


class Interpretation(Entry):
    """A policy interpretation."""

    title: str = Field(description="标题")
    on: date = Field(description="发布日期")
    form: str = Field(description="解读形式")
    level: str = Field(description="政策层级")
    elements: list[str] = Field(description="讲到的解读要素")
    item: int | None = Field(description="解读的公开信息编号，不在本站的为 null")
    policy_item: int | None = Field(description="所解读政策的公开信息编号")
    selected_by: list[str] = Field(description="把它评为优秀的单位")


class Response(Entry):
    """A response to a public concern."""

    title: str = Field(description="回应事项")
    topic: str = Field(description="主题")
    raised_at: datetime | None = Field(description="关切出现时间，没有登记的为 null")
    responded_at: datetime = Field(description="回应时间")
    item: int | None = Field(description="回应的公开信息编号，不在本站的为 null")


class PressConference(Entry):
    """A press conference."""

    title: str = Field(description="名称")
    on: date = Field(description="举行日期")
    place: str = Field(description="地点")
    host: str = Field(description="主持人")
    speakers: list[str] = Field(description="发布人")
    topic: str = Field(description="发布主题")
    item: int | None = Field(description="实录的公开信息编号")


class Consultation(Entry):
    """A public consultation."""

    title: str = Field(description="标题")
    kind: str = Field(description="征集类别")
    opens_on: date = Field(description="开始日期")
    closes_on: date = Field(description="截止日期")
    shortened_reason: str = Field(description="缩短期限的理由，没有缩短的为空")
    ways: str = Field(description="提出意见的方式")
    state: str = Field(description="今天的状态：upcoming、open、closed、overdue、answered")
    opinions_received: int = Field(description="收到的意见数")
    opinions_adopted: int = Field(description="采纳和部分采纳的意见数")
    answered_on: date | None = Field(description="结果公布日期")
    draft_item: int | None = Field(description="征集公告的公开信息编号")
    result_item: int | None = Field(description="结果反馈的公开信息编号")


class Message(Entry):
    """A message that is shown with its answer, without anything personal."""

    subject: str = Field(description="主题")
    kind: str = Field(description="类别")
    received_on: date = Field(description="收到日期")
    answered_on: date = Field(description="答复日期")
    working_days: int = Field(description="用时（工作日）")
    content: str = Field(description="公开的留言")
    answer: str = Field(description="公开的答复")


class ServiceItem(Entry):
    """A service item with its implementation list."""

    name: str = Field(description="事项名称")
    item_type: str = Field(description="事项类型")
    level: str = Field(description="行使层级")
    base_code: str = Field(description="基本编码")
    implementation_code: str = Field(description="实施编码")
    tags: list[str] = Field(description="马上办、网上办、就近办、一次办")
    legal_basis: list[str] = Field(description="设定依据")
    conditions: str = Field(description="受理条件")
    materials: list[str] = Field(description="申请材料")
    steps: list[str] = Field(description="办理流程")
    legal_days: int | None = Field(description="法定办结时限（工作日）")
    promised_days: int | None = Field(description="承诺办结时限（工作日）")
    online_depth: str = Field(description="网上办理深度")
    visits: int = Field(description="到现场次数")
    address: str = Field(description="办理地点")
    hours: str = Field(description="办理时间")
    consult: str = Field(description="咨询方式")
    fee_basis: str = Field(description="收费项目、标准和依据，不收费的为空")
    cancelled_on: date | None = Field(description="取消日期，在用的为 null")


class ServicePoint(Entry):
    """A place where people are served."""

    name: str = Field(description="网点名称")
    kind: str = Field(description="类型")
    address: str = Field(description="地址")
    hours: str = Field(description="服务时间")
    is_all_day: bool = Field(description="24小时服务")
    phone: str = Field(description="电话")


class OnlineCases(Entry):
    """A month's number of online cases of an agency, as it was last corrected."""

    month: date = Field(description="月份的第一天")
    cases: int = Field(description="网上办件数")


class Account(Entry):
    """An account in new media."""

    platform: str = Field(description="平台")
    name: str = Field(description="账号名称")
    handle: str = Field(description="平台上的账号")
    page: str = Field(description="网址")
    opened_on: date = Field(description="开设日期")
    closed_on: date | None = Field(description="停用日期，在用的为 null")


class Post(Entry):
    """Something an account posted."""

    account: int = Field(description="账号编号")
    on: date = Field(description="发布日期")
    title: str = Field(description="标题")
    kind: str = Field(description="类别")
    page: str = Field(description="网址")
