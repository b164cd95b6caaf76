"""The choices of this room's forms. Types and levels: GB/T 39554.1—2020, in the words used locally; correct them here."""

from __future__ import annotations

from collections.abc import Mapping

ITEM_TYPES = [
    ("licence", "行政许可"),
    ("payment", "行政给付"),
    ("confirmation", "行政确认"),
    ("reward", "行政奖励"),
    ("adjudication", "行政裁决"),
    ("levy", "行政征收"),
    ("inspection", "行政检查"),
    ("penalty", "行政处罚"),
    ("coercion", "行政强制"),
    ("other_power", "其他行政权力"),
    ("public_service", "公共服务"),
]
LEVELS = [("county", "县级"), ("township", "乡级"), ("village", "村级"), ("city", "市级"), ("province", "省级")]
CASE_TYPES = [("instant", "即办件"), ("promised", "承诺件")]
DEPTHS = [("none", "不能网上办理"), ("consult", "网上咨询、查询"), ("apply", "网上申请"), ("full", "全程网办")]
POINT_KINDS = [
    ("hall", "政务服务中心"),
    ("township", "便民服务中心"),
    ("village", "便民服务站"),
    ("self_service", "自助服务区"),
    ("bank", "银行网点"),
    ("other", "其他"),
]
TAGS: Mapping[str, str] = {"instant": "马上办", "online": "网上办", "nearby": "就近办", "one_visit": "一次办"}
IMPLEMENTATION_CODE_LENGTH = 31
"""Base code, credit code of the body and local digits (GB/T 39554.1—2020, as commonly described; not read in the standard)."""
CATCH_ALL = ("其他法律法规规定", "法律法规规定的其他", "其他有关材料", "其他相关材料")
"""Words of materials that name nothing (兜底条款), which an implementation list may not hold."""
