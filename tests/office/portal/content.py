"""What the public pages show in tests and pictures: invented items of an invented county, the same each time."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from gongkai.office.engagement import actions as messages
from gongkai.office.organs.actions import set_portrait, set_rows
from gongkai.office.organs.models import DisclosureOffice, Leader, Organ
from gongkai.office.publishing.files import path_of
from gongkai.office.publishing.models import CatalogueRow, Column, Item, ItemAttachment, StoredFile, Version
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.search import announce
from gongkai.regulation.disclosure.catalogue import categories, fields
from tests.office.cast import NOW, TODAY, Cast
from tests.office.channels import entries as channels
from tests.office.engagement import entries
from tests.office.organs.photographs import photograph
from tests.office.services import entries as services

MATTERS = (
    "农村饮水安全巩固提升工程建设", "学校食堂食品安全管理", "城乡居民基本医疗保险参保缴费", "春季森林防火", "高标准农田建设",
    "老旧小区改造", "校车运行安全检查", "乡村公益性岗位管理", "城乡低保对象动态管理", "山洪灾害防御预案演练",
    "义务教育阶段招生", "小型水库除险加固", "创业担保贷款贴息", "残疾人两项补贴发放", "食品小作坊登记",
)  # fmt: skip
FORMS = (
    ("关于做好2024年{}工作的通知", "通知"), ("2024年{}情况公示", "公示"), ("关于{}的公告", "公告"),
    ("青溪县{}实施方案", "方案"), ("关于印发《青溪县{}办法》的通知", "通知"),
)  # fmt: skip
BODY = """<p>各乡镇人民政府，县政府有关部门：</p>
<p>为做好{}工作，保障群众合法权益，现将有关事项通知如下。</p>
<h2>一、总体要求</h2>
<p>坚持以人民为中心，把握重点，落实责任，按照“谁主管、谁负责”的原则，稳妥推进各项任务，确保取得实效。</p>
<h2>二、主要任务</h2>
<p>（一）摸清底数。各乡镇于4月30日前完成排查，建立台账，逐项登记，做到情况清、数字准。</p>
<p>（二）公开结果。排查和办理结果在村（社区）公示栏公示七日，并在本平台公开，接受群众监督。</p>
<table><thead><tr><th scope="col">乡镇</th><th scope="col">任务数（处）</th><th scope="col">完成时限</th></tr></thead>
<tbody><tr><td>云岭乡</td><td>12</td><td>2024年5月31日</td></tr><tr><td>石桥镇</td><td>8</td><td>2024年6月30日</td></tr></tbody></table>
<p>（三）加强督查。县政府督查室将适时组织抽查，对工作不力的予以通报。</p>
<p class="signature">青溪县人民政府办公室</p>
<p class="signature">2024年4月10日</p>"""


@dataclass
class County:
    """What was made. `full` is an item with everything an item can have, `withdrawn` one that was taken down; `pages` are
    addresses of what rooms above publishing show."""

    cast: Cast
    columns: dict[str, Column] = field(default_factory=dict)
    organs: list[Organ] = field(default_factory=list)
    full: Item = field(default_factory=Item)
    withdrawn: Item = field(default_factory=Item)
    pages: dict[str, str] = field(default_factory=dict)


def fill(cast: Cast, *, items: int = 120) -> County:
    """Columns, topics, a standard catalogue, and so many items with dates over three years."""
    county = County(cast)
    county.columns = {"notices": cast.column} | {
        column.code: column for column in Column.objects.bulk_create(_columns(cast))
    }
    county.organs = [cast.county, cast.education, cast.water, *_more_organs(cast)]
    DisclosureOffice.objects.create(
        organ=cast.county, name="青溪县政务公开办公室", address="青溪县人民路 1 号政府大楼 305 室", postcode="245100",
        office_hours="工作日 8:30—12:00，14:30—17:30", phone="0599-0000001", fax="0599-0000002",
    )  # fmt: skip
    DisclosureOffice.objects.create(
        organ=cast.education, name="青溪县教育局办公室", address="青溪县书院路 8 号",
        office_hours="工作日 8:30—12:00，14:30—17:30", phone="0599-0000010",
    )  # fmt: skip
    heads = [
        {"name": "章云帆", "title": "县长", "portfolio": "领导县政府全面工作。", "profile": "1971年出生，大学学历。"},
        {"name": "韩云帆", "title": "副县长", "portfolio": "分管教育、水利。"},
    ]
    set_rows(cast.county, Leader, heads, by="test", at=NOW)
    set_portrait(cast.county, "章云帆", photograph(), alternative="", by="test", at=NOW)
    _catalogue(county)
    Item.objects.bulk_create(_items(county, items))
    county.full = _full(county)
    county.withdrawn = _withdrawn(county)
    announce(list(public_items().values_list("pk", flat=True)))
    _explained(county)
    return county


def _explained(county: County) -> None:
    """An entry of each public ledger: an interpretation of the full item, a response, a consultation, an answered message."""
    cast = county.cast
    county.pages["interpretation"] = f"/interpretations/{entries.interpretation(cast, policy_item=county.full).pk}/"
    county.pages["response"] = f"/responses/{entries.response(cast).pk}/"
    county.pages["press conference"] = f"/press-conferences/{entries.press_conference(cast).pk}/"
    asked = entries.consultation(cast)
    entries.opinion(cast, asked)
    county.pages["consultation"] = f"/consultations/{asked.pk}/"
    county.pages["service item"] = f"/services/{services.item(cast).pk}/"
    services.point(cast)
    services.cases(cast, date(2024, 3, 1), 1234)
    account = channels.account(cast)
    channels.post(cast, account)
    county.pages["account"] = f"/new-media/{account.pk}/"
    message = messages.answer(entries.message(cast), "请到学校办理。", on=TODAY, by=cast.editor, at=NOW)
    shown = {"public_subject": "转学怎样办理", "public_content": "孩子怎样转学？", "public_answer": "请到学校办理。"}
    county.pages["message"] = f"/messages/{messages.show(message, **shown, by=cast.officer, at=NOW).pk}/"


def _columns(cast: Cast) -> list[Column]:
    kinds = Column.Kind
    plain = [
        ("policies", "政策文件", "县政府及其办公室印发的文件"), ("news", "政务动态", ""), ("plans", "规划计划", ""),
        ("statistics", "统计信息", ""), ("personnel", "人事信息", ""),
    ]  # fmt: skip
    made = [
        Column(code=code, name=name, description=note, kind=kinds.COLUMN, path=f"{number:04d}.")
        for number, (code, name, note) in enumerate(plain, start=2)
    ]
    topics = ["三大攻坚战", "疫情防控", "市场监管规则和标准", "惠民惠农补贴资金"]
    made += [
        Column(code=f"topic-{number}", name=name, kind=kinds.TOPIC, path=f"{20 + number:04d}.")
        for number, name in enumerate(topics, start=1)
    ]
    statutory = [
        ("guide", "政府信息公开指南"), ("systems", "政府信息公开制度"), ("annual-reports", "政府信息公开年报"),
        ("coercion", "行政强制"), ("fees-list", "行政事业性收费目录清单"),
    ]  # fmt: skip
    made += [
        Column(code=code, name=name, kind=kinds.STATUTORY, path=f"{40 + number:04d}.")
        for number, (code, name) in enumerate(statutory, start=1)
    ]
    made[-2].nothing_expected_reason = "本单位无此类事项。"
    return made


def _more_organs(cast: Cast) -> list[Organ]:
    names = [
        "发展和改革局", "财政局", "民政局", "人力资源和社会保障局", "自然资源和规划局", "住房和城乡建设局", "农业农村局",
        "卫生健康局", "应急管理局", "市场监督管理局",
    ]  # fmt: skip
    made = [
        Organ(
            code=f"qingxi-{n}",
            name=f"青溪县{name}",
            kind=Organ.Kind.DEPARTMENT,
            parent=cast.county,
            path=f"0001.1{n:03d}.",
        )
        for n, name in enumerate(names)
    ]
    townships = ["云岭乡", "石桥镇", "青溪镇", "竹坪乡"]
    made += [
        Organ(
            code=f"town-{n}",
            name=f"{name}人民政府",
            kind=Organ.Kind.TOWNSHIP,
            parent=cast.county,
            path=f"0001.2{n:03d}.",
        )
        for n, name in enumerate(townships)
    ]
    return Organ.objects.bulk_create(made)


def _catalogue(county: County) -> None:
    rows = [
        ("救助对象认定", "申请条件和程序", ["申请条件", "办理程序", "所需材料"], "notices"),
        ("救助资金发放", "发放名单公示", ["补助对象", "补助标准", "补助金额"], "topic-4"),
        ("监督检查", "举报投诉渠道", ["举报电话", "处理结果"], None),
    ]
    CatalogueRow.objects.bulk_create(
        CatalogueRow(
            field="social_assistance", number=number, item_level1=first, item_level2=second, content_elements=elements,
            legal_basis=["【行政法规】《社会救助暂行办法》", "【规范性文件】国办发〔2019〕54号"],
            time_limit_days=20, responsible_organ=county.organs[5], channels=["government_website", "notice_board"],
            level_township_village=number == 2, column=county.columns[column] if column else None,
        )
        for number, (first, second, elements, column) in enumerate(rows, start=1)
    )  # fmt: skip


def _items(county: County, count: int) -> list[Item]:
    choice = random.Random(2020)
    usual = [column for column in county.columns.values() if column.code not in ("coercion", "guide", "annual-reports")]
    category_keys, field_keys = list(categories()), list(fields())
    made = []
    for number in range(1, count + 1):
        matter, (form, genre) = choice.choice(MATTERS), choice.choice(FORMS)
        published = NOW - timedelta(days=choice.randrange(0, 1000), minutes=choice.randrange(0, 480))
        title, organ = form.format(matter), choice.choice(county.organs)
        made.append(
            Item(
                organ=organ, column=choice.choice(usual), title=title, body=BODY.format(matter),
                summary=f"就{matter}提出任务、时限和公开要求。", index_number=f"11990001MB0A00001N/202404-{number:05d}",
                art20_category=choice.choice(category_keys), grassroots_field=choice.choice(["", *field_keys]),
                issuing_agency=organ.name, genre_category=genre, keywords=matter[:4].split(),
                document_number=f"青政办〔2024〕{number}号" if genre == "通知" else "",
                written_date=published.date(), content_hash=hashlib.sha256(title.encode()).hexdigest(),
                created_at=published, published_at=published,
            )
        )  # fmt: skip
    for code, titles in {
        "guide": ["青溪县人民政府政府信息公开指南"],
        "annual-reports": ["青溪县2023年政府信息公开工作年度报告", "青溪县2022年政府信息公开工作年度报告"],
    }.items():
        for title in titles:
            made.append(
                Item(
                    organ=county.cast.county, column=county.columns[code], title=title, body=BODY.format("政府信息公开"),
                    index_number=f"11990001MB0A00001N/202401-{len(made):05d}", content_hash="a" * 64,
                    art20_category="other_required", created_at=NOW, published_at=NOW,
                )
            )  # fmt: skip
    return made


def _full(county: County) -> Item:
    item = Item.objects.create(
        organ=county.cast.county, column=county.columns["policies"],
        title="青溪县人民政府办公室关于印发《青溪县农村集中式饮用水水源保护管理办法》的通知", body=BODY.format("农村饮水安全"),
        summary="明确农村集中式饮用水水源的划定、保护、监测和责任。", index_number="11990001MB0A00001N/202404-90001",
        art20_category="regulations_documents", grassroots_field="environment", issuing_agency="青溪县人民政府办公室",
        topic_category="城乡建设、环境保护", genre_category="通知", audience_category="公民、企业",
        keywords=["饮用水", "水源保护", "农村"], document_number="青政办〔2024〕18号", written_date=date(2024, 4, 10),
        effective_date=date(2024, 5, 1), expiry_date=date(2029, 4, 30), is_normative_document=True, content_hash="b" * 64,
        created_at=NOW, published_at=NOW, changed_at=NOW + timedelta(hours=5), is_reprint=True, source="青溪县水利局",
        source_url="https://water.example.org/notice/18",
    )  # fmt: skip
    item.topics.add(county.columns["topic-1"])
    for position, name in enumerate(["水源保护管理办法（正文）.pdf", "水源地名录.xlsx"], start=1):
        content = f"{name} 的内容".encode() * (4000 * position)
        digest = hashlib.sha256(content).hexdigest()
        path_of(digest).parent.mkdir(parents=True, exist_ok=True)
        path_of(digest).write_bytes(content)
        StoredFile.objects.create(sha256=digest, size=len(content), media_type="application/pdf", stored_at=NOW)
        ItemAttachment.objects.create(item=item, file_id=digest, name=name, position=position)
    notes = ["", "附件二中石桥镇水源地名称有误，已更正为“上游水库”。"]
    for number, note in enumerate(notes, start=1):
        Version.objects.create(
            item=item, number=number, content={}, content_hash="b" * 64, note=note,
            published_at=NOW + timedelta(hours=5 * (number - 1)),
        )  # fmt: skip
    return item


def _withdrawn(county: County) -> Item:
    return Item.objects.create(
        organ=county.cast.education, column=county.columns["notices"], title="关于2024年中小学教师公开招聘的公告",
        body="<p>已经撤回的正文不应当出现。</p>", index_number="11990001MB0A00002L/202404-90002", content_hash="c" * 64,
        created_at=NOW, published_at=NOW, withdrawn_at=datetime(2024, 4, 15, 2, 0, tzinfo=UTC),
        withdrawn_reason="岗位条件表述有误，重新核定后另行公告。",
    )  # fmt: skip
