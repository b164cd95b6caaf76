"""Forms: what is asked, on the screen and in the rows of a file."""

from __future__ import annotations

from django import forms

from gongkai.office.ledgers.fields import LinesField, Long, MonthField, day
from gongkai.office.ledgers.forms import EntryForm
from gongkai.office.services import words


def _days(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=1000, required=False, help_text=help_text)


def _text(label: str, length: int, *, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, help_text=help_text)


class ServiceItemForm(EntryForm):
    """A service item with its implementation list."""

    name = _text("事项名称", 200, required=True)
    item_type = forms.ChoiceField(label="事项类型", choices=words.ITEM_TYPES)
    level = forms.ChoiceField(label="行使层级", choices=words.LEVELS)
    base_code = _text("基本编码", 20, help_text="按上级统一的目录填写，不自行编码。")
    implementation_code = _text("实施编码", 31, help_text="31位；没有赋码的先不填。")
    legal_basis = LinesField(label="设定依据", help_text="一行一条，写明法律、法规的名称和条款，至少一条。")
    audience = _text("服务对象", 100, help_text="例如：自然人、企业法人。")
    conditions = forms.CharField(label="受理条件", max_length=2000, required=False, widget=Long())
    materials = LinesField(
        label="申请材料", required=False, help_text="一行一件，逐件写明名称、份数；不得写“其他材料”。"
    )
    steps = LinesField(label="办理流程", required=False, help_text="一行一步。")
    case_type = forms.ChoiceField(label="办件类型", choices=words.CASE_TYPES)
    legal_days = _days("法定办结时限（工作日）", "法律没有规定的不填。")
    promised_days = _days("承诺办结时限（工作日）", "不长于法定时限，即办件填0或者1。")
    online_depth = forms.ChoiceField(label="网上办理深度", choices=words.DEPTHS)
    visits = forms.IntegerField(label="到现场次数", min_value=0, max_value=20)
    address = _text("办理地点", 200)
    hours = _text("办理时间", 200)
    consult = _text("咨询方式", 120)
    complaint = _text("监督投诉方式", 120)
    is_charged = forms.BooleanField(label="收费", required=False)
    fee_basis = _text("收费项目、标准和依据", 300, help_text="收费的必填。")
    result = _text("审批结果", 120)
    remedies = _text("行政复议、行政诉讼", 300)
    on = day("启用日期")
    cancelled_on = day("取消日期", required=False, help_text="取消、下放的填。")


class ServicePointForm(EntryForm):
    """A place where people are served."""

    name = _text("网点名称", 120, required=True)
    kind = forms.ChoiceField(label="类型", choices=words.POINT_KINDS)
    address = _text("地址", 200, required=True)
    hours = _text("服务时间", 200, required=True)
    is_all_day = forms.BooleanField(label="24小时服务", required=False)
    phone = _text("电话", 60, required=True)
    on = day("启用日期")
    closed_on = day("停用日期", required=False)


class OnlineCaseCountForm(EntryForm):
    """A month's number of online cases, or its correction."""

    month = MonthField(label="月份")
    cases = forms.IntegerField(label="网上办件数", min_value=0, max_value=100_000_000)
    reason = _text("更正说明", 300, help_text="这个月已经报过的，写明为什么更正；原来的数保留在台账里。")
