"""What an application says: who applies, what is wanted, in which form; and what of it is missing or can't be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.office.casework.kinds import ApplicantKind, Delivery, WantedForm
from gongkai.office.personal.keys import fingerprint

IDENTITY_KINDS = (
    "居民身份证",
    "护照",
    "港澳居民来往内地通行证",
    "台湾居民来往大陆通行证",
    "统一社会信用代码证书",
    "其他证件",
)
LONGEST = 5000

_NUMBERED = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[［(（]\s*(?:19|20)\d{2}\s*[〕\]］)）]\s*(?:第)?\s*\d{1,5}\s*号")
_TITLED = re.compile(r"《([^《》]{2,80})》")
_TELLING = re.compile(r"\d{7,}|[\w.+-]+@[\w.-]+")


@dataclass(frozen=True, slots=True)
class Particulars:
    """An application as it was filled in. Source: ogi-2019 art. 29."""

    applicant_kind: str
    applicant_name: str
    wanted: str
    identity_kind: str = ""
    identity_number: str = ""
    representative: str = ""
    contact_person: str = ""
    agent: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    wanted_title: str = ""
    wanted_number: str = ""
    purpose: str = ""
    wanted_form: str = WantedForm.PAPER
    delivery: str = Delivery.POST
    needs_help: str = ""

    def problems(self) -> list[tuple[str, str]]:
        """What is missing or can't be right: the name of the field and a sentence for whoever filled it in."""
        return list(self._problems())

    def _problems(self) -> Iterator[tuple[str, str]]:
        if self.applicant_kind not in ApplicantKind.values:
            yield "applicant_kind", "请选择申请人类别。年度报告要按类别统计，请照实选择。"
        if not self.applicant_name.strip():
            yield "applicant_name", "请填写申请人的姓名或者名称。"
        if not self.identity_number.strip():
            yield "identity_number", "请填写身份证明的号码。《条例》第二十九条要求申请包括身份证明。"
        elif self.identity_kind == "居民身份证" and not is_identity_number(self.identity_number):
            yield "identity_number", "身份证号码不对：应当是18位，最后一位是校验码。请对照证件核对。"
        if not (self.phone.strip() or self.email.strip() or self.address.strip()):
            yield "phone", "请至少填写一种联系方式（电话、电子邮箱或者通信地址），否则无法告知您办理情况。"
        if self.delivery == Delivery.MAIL and not self.email.strip():
            yield "email", "选择用电子邮件获取的，请填写电子邮箱。"
        if self.delivery == Delivery.POST and not self.address.strip():
            yield "address", "选择邮寄的，请填写通信地址。"
        if self.delivery not in Delivery.values:
            yield "delivery", "请选择获取信息的方式。"
        if self.wanted_form not in WantedForm.values:
            yield "wanted_form", "请选择提供信息的形式。"
        if not self.wanted.strip():
            yield "wanted", "请描述需要的政府信息：名称、文号，或者便于查找的特征（时间、地点、事项）。"
        elif len(self.wanted) > LONGEST:
            yield "wanted", f"内容描述超过{LONGEST}字。请概括需要的信息，详细情况可以作为附件提交。"

    def applicant_mark(self) -> str:
        """A fingerprint of who applies: of the identity number, or of name and contact where there is none."""
        return applicant_mark(self.identity_number, self.applicant_name, self.phone or self.email or self.address)

    def marks(self) -> list[str]:
        """Fingerprints of what is wanted: each document number, each title, and the whole of the words."""
        return marks_of(self.wanted, title=self.wanted_title, number=self.wanted_number)

    def summary(self) -> str:
        """A line for lists and ledgers that names a document where one is named, and never a person."""
        said = "\n".join((self.wanted_title, self.wanted_number, self.wanted))
        titles = [title for title in _TITLED.findall(said) if not _TELLING.search(title)]
        numbers = _NUMBERED.findall(said)
        if titles:
            return f"《{titles[0]}》"[:120]
        return numbers[0][:120] if numbers else ""


def marks_of(wanted: str, *, title: str = "", number: str = "") -> list[str]:
    """Fingerprints of what words ask for, by which requests for the same thing are found without being read."""
    said = "\n".join((title, number, wanted))
    found = {f"number:{_plain(each)}" for each in _NUMBERED.findall(said)}
    found |= {f"title:{_plain(each)}" for each in _TITLED.findall(said)}
    if title.strip():
        found.add(f"title:{_plain(title)}")
    found.add(f"text:{_plain(wanted)}")
    return sorted(fingerprint(each) for each in found)


def applicant_mark(identity_number: str, name: str, contact: str) -> str:
    """The fingerprint by which applications of one person are found."""
    return fingerprint(identity_number if identity_number.strip() else f"{name}|{contact}")


def is_identity_number(text: str) -> bool:
    """Whether a text can be the number of a resident's identity card. Source: GB 11643-1999 (MOD 11-2).

    >>> is_identity_number("11010519491231002X")
    True
    """
    plain = "".join(text.split()).upper()
    if not re.fullmatch(r"\d{17}[\dX]", plain):
        return False
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(plain[:17]))
    return "10X98765432"[total % 11] == plain[17]


def tells_of_somebody(text: str) -> bool:
    """Whether a summary holds what may tell who somebody is: a long number or a mail address."""
    return bool(_TELLING.search(text))


def _plain(text: str) -> str:
    """A text for comparing: widths, brackets, spaces and punctuation aside."""
    folded = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s\W_]+", "", folded).replace("第", "")
