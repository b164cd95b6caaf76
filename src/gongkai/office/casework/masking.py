"""How personal data shows on a screen before somebody says what they need it for: enough to recognise, not enough to use."""

from __future__ import annotations

from gongkai.office.casework.kinds import ApplicantKind
from gongkai.office.casework.models import Application

FIELDS = {
    "applicant_name": "姓名或者名称",
    "identity_number": "证件号码",
    "representative": "法定代表人或者负责人",
    "contact_person": "联系人",
    "agent": "代理人",
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "postcode": "邮政编码",
    "purpose": "用途",
}
"""What is masked, in the order in which a case shows it."""


def masked(field: str, value: str) -> str:
    """A value with its telling part hidden."""
    if not value:
        return ""
    if field == "email":
        name, _, domain = value.partition("@")
        return f"{name[:1]}***@{domain}"
    if field in ("identity_number", "phone"):
        head, tail = (3, 4) if len(value) > 10 else (1, 1)
        return f"{value[:head]}{'*' * max(3, len(value) - head - tail)}{value[-tail:]}"
    if field == "address":
        return f"{value[:3]}******"
    if field == "purpose":
        return "（已填写）"
    return f"{value[:1]}{'*' * max(1, min(len(value) - 1, 3))}"


def particulars(application: Application) -> list[tuple[str, str, str, bool]]:
    """Who applied, as a case shows it: field, label, masked value, and whether there is more to be seen.

    The name of an organisation is no personal data and stands in full.
    """
    of_a_person = application.applicant_kind in (ApplicantKind.NATURAL_PERSON, ApplicantKind.INDIVIDUAL_BUSINESS)
    shown = []
    for field, label in FIELDS.items():
        value = getattr(application, field)
        if not value:
            continue
        in_full = field == "applicant_name" and not of_a_person
        shown.append((field, label, value if in_full else masked(field, value), not in_full))
    return shown
