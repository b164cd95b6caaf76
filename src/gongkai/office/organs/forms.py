"""The shapes of what is typed in about agencies."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.office.organs.models import DisclosureOffice, OrderedRow, Organ, Site
from gongkai.office.organs.portraits import LARGEST_BYTES
from gongkai.regulation.disclosure.index_number import FIELDS, IndexNumberRule, TemplateInvalid

_DAY = {"type": "date"}


class _Address(forms.URLField):
    """An address on the web; typed without its scheme it is taken for a secure one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class OrganForm(forms.ModelForm):  # type: ignore[type-arg]
    """An agency itself."""

    class Meta:
        model = Organ
        fields: ClassVar = [
            "name",
            "short_name",
            "kind",
            "position",
            "address",
            "postcode",
            "office_hours",
            "phone",
            "website",
            "credit_code",
            "organisation_code",
            "region_code",
            "issuer_code",
            "site_code",
        ]
        field_classes: ClassVar = {"website": _Address}
        help_texts: ClassVar = {
            "position": "同级机关中排在第几，数字小的在前。",
            "office_hours": "例如：工作日 8:30—12:00，14:30—17:30。",
            "credit_code": "18 位；索引号由它组成。",
            "issuer_code": "例如：青政办。用来核对发文字号。",
        }


class FoundForm(OrganForm):
    """A new agency: its code as well, which stays for good."""

    class Meta(OrganForm.Meta):
        fields: ClassVar = ["code", *OrganForm.Meta.fields]
        help_texts: ClassVar = {
            **OrganForm.Meta.help_texts,
            "code": "字母、数字和连字符，用在网址里，设立后不能改。例如：qingxi-education。",
        }


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Where the public turns to."""

    class Meta:
        model = DisclosureOffice
        fields: ClassVar = ["name", "address", "office_hours", "phone", "fax", "email", "postcode"]


class OtherOrgan(forms.Form):
    """Another agency, by its code."""

    code = forms.CharField(label="机关代码", max_length=40, required=False)

    def clean_code(self) -> Organ | None:
        code = self.cleaned_data["code"].strip()
        if not code:
            return None
        organ = Organ.objects.filter(code=code).first()
        if organ is None:
            raise forms.ValidationError(f"没有代码为“{code}”的机关。代码在机关页面标题下面。")
        return organ


class Abolition(OtherOrgan):
    """The day on which an agency is no more, and who carries on."""

    last_day = forms.DateField(label="撤并日期", widget=forms.DateInput(attrs=_DAY))

    field_order = ["last_day", "code"]  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "承继机关代码"


class SiteForm(forms.ModelForm):  # type: ignore[type-arg]
    """The website: whose it is, its name and its foot."""

    owner = forms.CharField(
        label="主办机关代码", max_length=40, help_text="首页和政府信息公开专栏显示这个机关的指南和联系方式。"
    )

    class Meta:
        model = Site
        fields: ClassVar = [
            "name",
            "owner",
            "identification_code",
            "organiser",
            "operator",
            "phone",
            "address",
            "icp_number",
            "police_number",
            "report_error_url",
            "index_number_template",
            "offers_report_check",
        ]
        field_classes: ClassVar = {"report_error_url": _Address}
        help_texts: ClassVar = {
            "identification_code": "政府网站标识码，10 位，显示在页脚和网页标签里。",
            "offers_report_check": "公众可以上传任何机关的年度报告，看到读出的数据和问题。文件不保存。",
            "index_number_template": "例如 {uscc}/{yyyymm}-{seq:05d}。只影响以后的索引号，已有的不变。",
        }

    def clean_owner(self) -> Organ:
        code = self.cleaned_data["owner"].strip()
        organ = Organ.objects.filter(code=code, abolished_on=None).first()
        if organ is None:
            raise forms.ValidationError(f"没有代码为“{code}”的现存机关。代码在“机关信息”里。")
        return organ

    def clean_index_number_template(self) -> str:
        template: str = self.cleaned_data["index_number_template"]
        try:
            IndexNumberRule(template)
        except TemplateInvalid:
            raise forms.ValidationError(
                f"索引号规则须有且只有一个 {{seq:05d}} 这样的顺序号，各项之间用符号隔开；其余可用的项：{'、'.join(FIELDS)}。"
            ) from None
        return template


class PortraitForm(forms.Form):
    """A leader's photograph."""

    photo = forms.FileField(
        label="照片",
        help_text=f"JPG、PNG 或者 WebP，不超过 {LARGEST_BYTES // 2**20} MB，竖版半身照最好。保存时裁成三比四，去掉拍摄地点、设备等信息。",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alternative = forms.CharField(
        label="替代文字",
        max_length=100,
        required=False,
        help_text="读屏软件读给看不见照片的人听；不填就用姓名和职务。",
    )


class Upload(forms.Form):
    """A file to import."""

    file = forms.FileField(label="文件", help_text="XLSX，或者以表名作文件名的 CSV。")


def rows_formset(kind: type[OrderedRow]) -> Any:
    """The rows of a list, three empty ones after them."""
    fields = [each.name for each in kind._meta.fields if each.name not in ("id", "organ", "position")]
    shape = forms.modelform_factory(
        kind,
        fields=fields,
        formfield_callback=_row_field,
    )
    return forms.formset_factory(shape, extra=3, can_delete=True, can_order=True, max_num=300)


def _row_field(field: Any, **kwargs: Any) -> Any:
    made = field.formfield(**kwargs)
    if isinstance(made, forms.DateField):
        made.widget = forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
    if isinstance(made, forms.CharField) and isinstance(made.widget, forms.Textarea):
        made.widget.attrs["rows"] = 3
    return made
