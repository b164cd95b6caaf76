"""A first text of a report: the office's own wording of last year, and sentences for what it does not speak of."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import office_of
from gongkai.office.reporting.compiled import PLACEHOLDER, Values
from gongkai.office.reporting.models import NarrativePart, ReportYear
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.migration import comparable_cells

PROMISES = "problems"
"""The key of section five: problems, and what the office means to do about them. Never taken over from last year."""
_NO_COUNT = frozenset({"year", "completion_rate"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of `wording.toml`; `keys` are the numbers by which it stands or falls."""

    section: str
    topic: str
    paragraph: str
    text: str
    zero: str
    edition: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph that may be put into a report, its numbers still placeholders."""

    section: str
    topic: str
    text: str
    origin: NarrativePart.Origin
    level: int = 0


@cache
def sentences() -> tuple[Sentence, ...]:
    """The sentences of `wording.toml`, in their order."""
    raw = tomllib.loads(files(__package__).joinpath("wording.toml").read_text("utf-8"))
    return tuple(_sentence(entry) for entry in raw["sentence"])


def _sentence(entry: Mapping[str, object]) -> Sentence:
    text = str(entry["text"])
    counts = entry.get("counts")
    keys = tuple(counts) if isinstance(counts, list) else keys_in(text)
    return Sentence(
        str(entry["section"]),
        str(entry.get("topic", "")),
        str(entry["paragraph"]),
        text,
        str(entry.get("zero", "")),
        str(entry.get("edition", "")),
        tuple(key for key in keys if key not in _NO_COUNT),
    )


def keys_in(text: str) -> tuple[str, ...]:
    """The figures a text is bound to, once each."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def drafted(report_year: ReportYear, values: Values, texts: Collection[str] = ()) -> Iterator[Paragraph]:
    """Paragraphs from the figures, without those that these texts speak of already. Nothing but figures is said."""
    spoken_of = {key for text in texts for key in keys_in(text)}
    paragraphs: dict[tuple[str, str, str], list[str]] = {}
    for sentence in sentences():
        is_spoken = bool(sentence.keys) and set(sentence.keys) <= spoken_of
        if is_spoken or sentence.edition not in ("", report_year.edition):
            continue
        said = _worded(_said(sentence, values), report_year)
        if said and not any(said in text for text in texts):
            paragraphs.setdefault((sentence.section, sentence.topic, sentence.paragraph), []).append(said)
    for (section, topic, _), parts in paragraphs.items():
        yield Paragraph(section, topic, _joined(parts), NarrativePart.Origin.DRAFTED)


def _said(sentence: Sentence, values: Values) -> str:
    counts = [values.number(key) for key in sentence.keys]
    if None in counts:
        return ""
    return sentence.zero if counts and not any(counts) else sentence.text


def _joined(parts: list[str]) -> str:
    """Short sentences as one: 政务微博更新…条，微信公众号推送…篇。"""
    text = ""
    for part in parts:
        if text.endswith("。") and part.startswith(("其中", "自然人", "法人", "微信", "废止", "收到公众")):
            text = text[:-1] + "，"
        text += part
    return text


def _worded(text: str, report_year: ReportYear) -> str:
    organ = report_year.organ
    return (
        text.replace("<who>", who(organ) if report_year.is_consolidated else "本机关")
        .replace("<form>", form(report_year.edition).document)
        .replace("<contact>", _contact(organ))
    )


def who(organ: Organ) -> str:
    """What the place is called whose whole a government reports on: 全县, 全市."""
    name = organ.name.removesuffix("人民政府")
    return f"全{name[-1]}" if name and name[-1] in "省市县区州盟旗乡镇" else "本机关"


def _contact(organ: Organ) -> str:
    office = office_of(organ)
    if office is None:
        return ""
    return f"对本报告如有疑问，请与{organ.name}{office.name}联系（地址：{office.address}，电话：{office.phone}）。"


def kept(before: ReportYear, edition: str) -> Iterator[Paragraph]:
    """Last year's own wording, each number bound to what the same thing is called on this year's form.

    Section five is left out: what was promised then is answered now, not promised again. Sentences that were drafted from
    figures are left out too: they are drafted anew.
    """
    same = {
        pair.previous[0]: pair.current[0]
        for pair in comparable_cells(before.edition, edition)
        if len(pair.previous) == len(pair.current) == 1
    }
    for part in before.narrative_parts.exclude(section=PROMISES).exclude(origin=NarrativePart.Origin.DRAFTED):
        text = PLACEHOLDER.sub(lambda found: f"{{{same.get(found[1], found[1])}}}", part.text)
        yield Paragraph(part.section, part.topic, text, NarrativePart.Origin.KEPT, part.level)


def promises(before: ReportYear) -> list[NarrativePart]:
    """What last year's report said would be done: the paragraphs of section five behind a heading on measures."""
    found, measures = [], False
    for part in before.narrative_parts.filter(section=PROMISES):
        if part.level:
            measures = any(word in part.text for word in ("改进", "措施", "下一步", "打算"))
        elif measures or any(word in part.text for word in ("下一步", "将进一步", "改进措施")):
            found.append(part)
    return found
