"""Forms of letters: the facts a kind asks for, the words that may be edited, the ways of delivery."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from gongkai.office.casework import letters
from gongkai.office.casework.actions.delivering import CARRIERS
from gongkai.office.casework.actions.writing import ASKS
from gongkai.office.casework.letter_record import GROUNDS
from gongkai.office.casework.letters import Composed
from gongkai.office.casework.models import Delivery, Letter, LetterSettings
from gongkai.office.casework.requirements import is_discretionary
from gongkai.regulation.application import Outcome
from gongkai.regulation.letters import Fact, kind_of, kinds, label

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LINES = forms.Textarea(attrs={"rows": 4})


def fact_field(fact: Fact) -> forms.Field:
    """The field that asks for a fact."""
    common: dict[str, Any] = {"label": fact.label, "required": False}
    match fact.kind:
        case "date":
            return forms.DateField(widget=DATE, **common)
        case "count":
            return forms.IntegerField(min_value=fact.least, **common)
        case "choice":
            return forms.ChoiceField(choices=[("", "请选择"), *fact.choices.items()], **common)
        case "several":
            return forms.MultipleChoiceField(
                choices=list(fact.choices.items()), widget=forms.CheckboxSelectMultiple, **common
            )
        case _:
            return forms.CharField(widget=LINES, max_length=4000, **common)


class LetterForm(forms.Form):
    """What the officer adds to a letter. Fields of facts are named `fact-…`, parts that may be edited `text-…`."""

    def __init__(self, data: Any, letter: Letter, composed: Composed, *, on: date) -> None:
        super().__init__(data)
        given = letters.loaded(letter.given)
        self.own = letters.loaded(letter.texts)
        for fact, needed in letters.questions(letter, on=on):
            field = fact_field(fact)
            field.initial = given.get(fact.key)
            field.help_text = "" if needed else "选填"
            self.fields[f"fact-{fact.key}"] = field
        for part in composed.parts:
            if not part.locked:
                self.fields[f"text-{part.key}"] = forms.CharField(
                    label=label(part.key),
                    required=False,
                    max_length=8000,
                    widget=forms.Textarea(attrs={"rows": 3 + len(part.text) // 60}),
                    initial=part.text,
                )

    def given(self) -> dict[str, Any]:
        """The facts that were filled in."""
        return self._named("fact-")

    def texts(self, composed: Composed) -> dict[str, str]:
        """The parts whose words are the officer's, now or before; what was left as it was written follows the facts."""
        before = {part.key: part.text for part in composed.parts}
        found = {key: str(value).replace("\r\n", "\n") for key, value in self._named("text-").items()}
        changed = {key for key, text in found.items() if text.strip() != before.get(key, "").strip()}
        return {key: text for key, text in found.items() if key in changed or key in self.own}

    def _named(self, prefix: str) -> dict[str, Any]:
        named = {
            name.removeprefix(prefix): value for name, value in self.cleaned_data.items() if name.startswith(prefix)
        }
        return {key: value for key, value in named.items() if value not in (None, "", [])}

    def facts(self) -> Iterator[forms.BoundField]:
        """The fields that ask for facts."""
        return (field for field in self if field.name.startswith("fact-"))

    def words(self) -> dict[str, forms.BoundField]:
        """The fields of editable parts, by the part's key."""
        return {field.name.removeprefix("text-"): field for field in self if field.name.startswith("text-")}


class NewLetterForm(forms.Form):
    """Which letter on the way is begun, and to whom it goes if not to the applicant."""

    kind = forms.ChoiceField(
        label="文书种类", choices=lambda: [(key, kind.name) for key, kind in kinds().items() if not kind.outcome]
    )
    receiver = forms.CharField(
        label="收件的第三方或者机关", max_length=120, required=False, help_text="发给申请人的不填"
    )
    matter = forms.CharField(
        label="征求意见的信息", max_length=1000, required=False, widget=LINES, help_text="只在征求意见时填写"
    )

    def clean(self) -> dict[str, Any]:
        """A consultation names what it is about. Shape only: whom a kind goes to is the law's data."""
        found = super().clean() or {}
        recipient = kind_of(found["kind"]).recipient if found.get("kind") else "applicant"
        if recipient != "applicant" and not found.get("receiver"):
            self.add_error("receiver", "请写明发给谁。")
        if found.get("kind") in ASKS and not found.get("matter"):
            self.add_error("matter", "请写明就什么信息征求意见。")
        return found


class DecideForm(forms.Form):
    """What an outcome rests on, after the questions led to it."""

    reasons = forms.CharField(label="事实和理由", required=False, widget=LINES, max_length=4000)
    balancing = forms.CharField(
        label="裁量说明",
        required=False,
        widget=LINES,
        max_length=4000,
        help_text="《条例》第十六条是“可以不予公开”：公开与不公开的利弊，为什么选择不公开。",
    )
    law = forms.CharField(
        label="所依据的法律、行政法规及其条款",
        required=False,
        max_length=200,
        help_text="例如《中华人民共和国统计法》第九条。",
    )
    facts = forms.CharField(label="答复书里还要写明的事项", required=False, widget=LINES, max_length=2000)

    def __init__(self, data: Any, outcome: Outcome) -> None:
        super().__init__(data)
        if not outcome.reasons and outcome.key not in ("still_unclear", "not_responsible"):
            del self.fields["reasons"]
        if not is_discretionary(outcome):
            del self.fields["balancing"]
        if outcome.key not in ("deny_prohibited", "special_query"):
            del self.fields["law"]
        if outcome.must_state and outcome.key not in ("deny_prohibited", "not_exist"):
            self.fields["facts"].help_text = f"要写明：{'、'.join(outcome.must_state)}。"
        else:
            del self.fields["facts"]


class DeliverForm(forms.Form):
    """How a letter goes to its receiver."""

    way = forms.ChoiceField(label="送达方式", choices=Delivery.Way.choices)
    on = forms.DateField(label="交邮或者签收的日期", required=False, widget=DATE, help_text="电子邮件和网上下载不填。")
    to = forms.CharField(
        label="收件地址或者电子邮箱",
        required=False,
        max_length=200,
        help_text="发给申请人的可以不填，按申请表上的地址或者邮箱送达。",
    )
    carrier = forms.ChoiceField(
        label="邮寄方式",
        required=False,
        choices=[("", "请选择"), *CARRIERS.items(), ("courier", "其他快递公司（不可以）")],
        help_text="国家机关公文只能通过邮政企业寄递。",
    )
    tracking_number = forms.CharField(label="邮件号", required=False, max_length=60)
    signed_by = forms.CharField(label="签收人", required=False, max_length=60, help_text="当面送达时填写。")
    relation = forms.CharField(label="与收件人的关系", required=False, max_length=40, initial="本人")


class RedactionForm(forms.Form):
    """The original, the copy, and what was taken out: one string a line, each with a ground chosen for all of them."""

    original = forms.FileField(label="原件", help_text="全文，未经处理。只存入案卷，不发给任何人。")
    copy = forms.FileField(label="区分处理后的副本", help_text="要发给申请人的文件。")
    ROWS = 6

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        for number in range(1, self.ROWS + 1):
            self.fields[f"ground-{number}"] = forms.ChoiceField(
                label=f"第{number}组：不予公开的依据", required=False, choices=[("", "（没有）"), *GROUNDS.items()]
            )
            self.fields[f"strings-{number}"] = forms.CharField(
                label=f"第{number}组：隐去的文字",
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text="一行一项，照原文写全：姓名、号码、住址、整句。",
            )

    def clean(self) -> dict[str, Any]:
        """A group of strings has its ground."""
        found = super().clean() or {}
        for number in range(1, self.ROWS + 1):
            if found.get(f"strings-{number}") and not found.get(f"ground-{number}"):
                self.add_error(f"ground-{number}", "请选择这一组不予公开的依据。")
        return found

    def groups(self) -> Iterator[tuple[str, str]]:
        """Each string with its ground."""
        for number in range(1, self.ROWS + 1):
            for line in self.cleaned_data.get(f"strings-{number}", "").splitlines():
                if line.strip():
                    yield line.strip(), self.cleaned_data[f"ground-{number}"]

    def rows(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the groups, two by two."""
        return ((self[f"ground-{number}"], self[f"strings-{number}"]) for number in range(1, self.ROWS + 1))


class SettingsForm(forms.ModelForm[LetterSettings]):
    """What an agency's letters name."""

    class Meta:
        model = LetterSettings
        exclude = ("organ",)
