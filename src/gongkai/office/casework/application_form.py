"""The application form of the public pages: which fields, for which kind of applicant. Shape only; what has to be said is
`particulars.py`'s question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from gongkai.office.casework.actions.drafting import particulars_of
from gongkai.office.casework.kinds import ApplicantKind, Delivery, WantedForm
from gongkai.office.casework.particulars import IDENTITY_KINDS, LONGEST
from gongkai.regulation.disclosure.numbers.credit_code import is_credit_code

PEOPLE = frozenset({ApplicantKind.NATURAL_PERSON.value, ApplicantKind.INDIVIDUAL_BUSINESS.value})
CREDIT_CODE = "统一社会信用代码证书"

EXPLAINED = {
    ApplicantKind.NATURAL_PERSON: "以个人名义申请。",
    ApplicantKind.COMMERCIAL_ENTERPRISE: "公司、企业等营利法人，以单位名义申请。",
    ApplicantKind.RESEARCH_INSTITUTION: "高等学校、研究院所等。",
    ApplicantKind.PUBLIC_WELFARE_ORGANIZATION: "社会团体、基金会、社会服务机构等。",
    ApplicantKind.LEGAL_SERVICE_INSTITUTION: "律师事务所等以自己的名义申请。替当事人申请的，选当事人的类别。",
    ApplicantKind.OTHER_ORGANIZATION: "以上都不是的法人或者其他组织，例如村民委员会、业主委员会。",
    ApplicantKind.INDIVIDUAL_BUSINESS: "领有营业执照的个体经营者。",
}
"""Who belongs where, in the order of the statutory table."""


@dataclass(frozen=True, slots=True)
class Part:
    """A group of questions."""

    key: str
    title: str
    fields: list[BoundField]
    hint: str = ""


class ApplicationForm(forms.Form):
    """One application, for one kind of applicant."""

    applicant_name = forms.CharField(max_length=100)
    identity_kind = forms.ChoiceField(label="证件类型")
    identity_number = forms.CharField(label="证件号码", max_length=60)
    representative = forms.CharField(label="法定代表人或者负责人", max_length=60)
    contact_person = forms.CharField(label="联系人", max_length=60)
    agent = forms.CharField(
        label="代理人",
        max_length=60,
        required=False,
        help_text="委托别人代为申请的填写，并在下面附上授权委托书和代理人的身份证明。",
    )
    phone = forms.CharField(label="联系电话", max_length=40, required=False)
    email = forms.EmailField(
        label="电子邮箱",
        max_length=100,
        required=False,
        error_messages={"invalid": "电子邮箱的格式不对。应当像 name@example.cn 这样，请检查有没有漏掉 @。"},
    )
    address = forms.CharField(label="通信地址", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮政编码",
        required=False,
        error_messages={"invalid": "邮政编码是六位数字，请检查；不知道的可以不填。"},
    )
    wanted_title = forms.CharField(
        label="信息的名称",
        max_length=200,
        required=False,
        help_text="知道文件或者材料名称的，写名称，例如“关于调整城乡居民医保缴费标准的通知”。",
    )
    wanted_number = forms.CharField(
        label="文号", max_length=100, required=False, help_text="例如“青政〔2020〕12号”。不知道的不填。"
    )
    wanted = forms.CharField(
        label="内容描述",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="不知道名称和文号的，写清楚便于查找的特征：什么时间、什么地方、什么事、哪个部门办的。一件申请写一项信息，办得最快。"
        "请不要写身份证号等个人信息。不用说明用途。",
        error_messages={"max_length": f"内容描述超过{LONGEST}字。请概括需要的信息，详细情况可以作为附件提交。"},
    )
    wanted_form = forms.ChoiceField(label="要哪种形式", choices=WantedForm.choices, widget=forms.RadioSelect)
    delivery = forms.ChoiceField(label="怎样获取", choices=Delivery.choices, widget=forms.RadioSelect)
    needs_help = forms.CharField(
        label="需要的协助",
        max_length=100,
        required=False,
        help_text="阅读、视听有困难的，可以要求必要的帮助，例如大字本、电话告知。",
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.kind = kind
        is_person = kind in PEOPLE
        name = self.fields["applicant_name"]
        name.label = (
            "姓名" if kind == ApplicantKind.NATURAL_PERSON else "字号或者经营者姓名" if is_person else "单位名称"
        )
        identity = [each for each in IDENTITY_KINDS if is_person == (each != CREDIT_CODE) or each == "其他证件"]
        if kind == ApplicantKind.INDIVIDUAL_BUSINESS:
            identity = ["居民身份证", CREDIT_CODE, "其他证件"]
        self.fields["identity_kind"].choices = [(each, each) for each in identity]  # type: ignore[attr-defined]
        if is_person:
            del self.fields["representative"], self.fields["contact_person"]
        for field in self.fields.values():
            field.error_messages.setdefault("required", f"请填写{field.label}。")
            field.error_messages["required"] = (
                f"请{'选择' if isinstance(field, forms.ChoiceField) else '填写'}{field.label}。"
            )
        for one in ("phone", "email", "address", "wanted_title", "wanted_number", "wanted"):
            self.fields[one].is_one_of = True  # type: ignore[attr-defined]
        self._describe()

    def _describe(self) -> None:
        """What a browser can help with: the right keyboard, what it remembers, where hints and errors stand."""
        complete = {
            "applicant_name": "name",
            "phone": "tel",
            "email": "email",
            "address": "street-address",
            "postcode": "postal-code",
        }
        for name, field in self.fields.items():
            attrs = field.widget.attrs
            if name in complete and self.kind == ApplicantKind.NATURAL_PERSON:
                attrs["autocomplete"] = complete[name]
            if name in ("phone",):
                field.widget.input_type = "tel"
            if name == "postcode":
                attrs |= {"inputmode": "numeric", "class": "short"}
            if name in ("phone", "identity_number", "wanted_number"):
                attrs["class"] = "short"

    def parts(self) -> Iterator[Part]:
        """The questions in groups, in the order of the statutory form."""
        yield Part(
            "applicant",
            "申请人",
            self._of("applicant_name", "identity_kind", "identity_number", "representative", "contact_person", "agent"),
        )
        yield Part(
            "contact",
            "联系方式",
            self._of("phone", "email", "address", "postcode"),
            "至少填一种，用来与您确认收到、告知办理情况。",
        )
        yield Part(
            "wanted",
            "需要的政府信息",
            self._of("wanted_title", "wanted_number", "wanted"),
            "名称、文号、内容描述至少填一项。",
        )
        yield Part("way", "形式和获取方式", self._of("wanted_form", "delivery", "needs_help"))

    def _of(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        code = cleaned.get("identity_number", "")
        if cleaned.get("identity_kind") == CREDIT_CODE and code and not is_credit_code(code.strip().upper()):
            self.add_error(
                "identity_number",
                "统一社会信用代码不对：应当是 18 位数字和大写字母，最后一位是校验码。请对照证书核对。",
            )
        for name, sentence in particulars_of(self.kind, cleaned).problems():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned
