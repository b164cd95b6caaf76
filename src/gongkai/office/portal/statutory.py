"""The five fixed parts of the column 政府信息公开, in their order, and where the public finds them.

Source: 国办公开办函〔2019〕61号. Order and names are the notice's; nothing may be put between them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the column. `column` is the code of the column whose items fill it, for the parts that items fill."""

    key: str
    name: str
    lead: str
    column: str = ""

    @property
    def address(self) -> str:
        """The name of its public address."""
        return f"disclosure_{self.key}"

    @property
    def prefix(self) -> str:
        """The words of its name that a narrow screen leaves out, because the frame says them already."""
        return "政府信息公开" if self.name.startswith("政府信息公开") else ""

    @property
    def short_name(self) -> str:
        """Its name without them."""
        return self.name.removeprefix(self.prefix)


PARTS = (
    Part("guide", "政府信息公开指南", "信息怎样分类和编排，到哪里查、怎样申请，找谁咨询和投诉。", "guide"),
    Part("systems", "政府信息公开制度", "规范政府信息公开工作的法规、规章、制度和办法。", "systems"),
    Part("content", "法定主动公开内容", "依照《政府信息公开条例》第二十条、第二十一条应当主动公开的内容。"),
    Part("annual_reports", "政府信息公开年报", "各机关历年的政府信息公开工作年度报告。", "annual-reports"),
    Part("application", "依申请公开", "没有主动公开的信息，可以依法提出申请。"),
)
"""Guide, systems, statutory content, annual reports, application: always in this order."""

BY_KEY = {part.key: part for part in PARTS}
