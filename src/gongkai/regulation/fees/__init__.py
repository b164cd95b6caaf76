"""The information-processing fee (信息处理费), bracket by bracket."""

from gongkai.regulation.fees.fee import Fee, FeeLine, Method, fee_for_items, fee_for_pages

__all__ = ["Fee", "FeeLine", "Method", "fee_for_items", "fee_for_pages"]
