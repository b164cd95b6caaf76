"""Why a document is no report that can be read."""

from __future__ import annotations

from gongkai.documents.model import Refusal

_REFUSALS = {
    "MULTIPLE-REPORTS": (
        "这个文件里不止一份年度报告，无法判断哪些数字属于哪一份。请拆成一份报告一个文件后再读。",
        "This file holds more than one annual report, so it is not clear which numbers belong to which. "
        "Split it into one report a file.",
    ),
    "NOT-A-REPORT": (
        "这个文件里没有找到政府信息公开工作年度报告的法定表格，也没有提到政府信息公开。请确认是不是拿错了文件。",
        "No statutory table of an annual report on government information disclosure was found here. "
        "Check that this is the right file.",
    ),
    "NO-TABLES": (
        "这个文件提到政府信息公开，但没有找到可以读出的法定表格：表格可能是图片，或者在另外的附件里。"
        "请提供带表格文字的原文件。",
        "This file speaks of information disclosure but holds no statutory table that can be read: the tables may be "
        "pictures or in an attachment. Provide the file that has the tables as text.",
    ),
}


def refused(code: str) -> Refusal:
    """The refusal of that code, in both languages."""
    return Refusal(code, *_REFUSALS[code])
