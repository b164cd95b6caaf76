"""The words of an invented report, agreeing with its tables."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.corpus.layout import Line
from tests.corpus.truth import Truth

SECTION_TITLES = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "remedies": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other_matters": "六、其他需要报告的事项",
}


def title(report: Truth) -> Line:
    return Line(f"{report.agency}{report.year}年政府信息公开工作年度报告", "title")


def preamble(report: Truth) -> Line:
    return Line(
        f"本报告由{report.agency}根据《中华人民共和国政府信息公开条例》（以下简称《条例》）和"
        f"《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（{report.art20.document}）要求编制。"
        f"本报告所列数据的统计期限自{report.year}年1月1日起至{report.year}年12月31日止。"
        "如对本报告有疑问，请与本机关联系（地址：青溪县文昌路8号，邮编：000000，电话：0000-1234567）。"
    )


def overview(report: Truth, rng: Random) -> Iterator[Line]:
    """Section one with its five topics."""
    yield Line(
        f"{report.year}年，{report.agency}认真落实《条例》要求，坚持以公开为常态、不公开为例外，"
        "不断完善制度机制，政府信息公开工作有序推进。"
    )
    yield Line("（一）主动公开情况", "topic")
    items = rng.randint(60, 6000)
    yield Line(f"全年通过政府网站主动公开政府信息{items}条，政务微信公众号推送信息{rng.randint(10, 900)}条。")
    yield Line("（二）依申请公开情况", "topic")
    yield Line(_applications_in_words(report))
    yield Line("（三）政府信息管理情况", "topic")
    yield Line("严格执行信息发布审核制度，坚持先审后发、一事一审，定期清理栏目内容，做好规范性文件的动态更新。")
    yield Line("（四）政府信息公开平台建设情况", "topic")
    yield Line("加强政府网站和政务新媒体日常管理，及时更新栏目，畅通公众查阅渠道，方便群众获取信息。")
    yield Line("（五）监督保障情况", "topic")
    yield Line("明确专人负责，把政务公开纳入年度工作考核，组织业务培训，主动接受社会监督，没有发生责任追究情形。")


def _applications_in_words(report: Truth) -> str:
    received = report.count("applications.new_received.total")
    carried = report.count("applications.carried_over.total")
    finished = report.count("applications.results_total.total")
    pending = report.count("applications.carried_forward.total")
    if not received and not carried:
        words = f"{report.year}年未收到政府信息公开申请。"
    else:
        words = f"{report.year}年新收政府信息公开申请{received}件，上年结转{carried}件，办结{finished}件，结转下年度{pending}件。"
    reconsidered = report.count("remedies.cases.reconsideration_total")
    sued = sum(
        report.count(f"remedies.cases.{key}_total") for key in ("litigation_direct", "litigation_after_reconsideration")
    )
    if reconsidered or sued:
        return words + f"因政府信息公开被申请行政复议{reconsidered}件，被提起行政诉讼{sued}件。"
    return words + "无行政复议、行政诉讼情况。"


def problems() -> Iterator[Line]:
    yield Line("一是公开内容的针对性有待提高，政策解读形式较为单一；二是业务人员变动较多，能力有待加强。")
    yield Line("下一步，将丰富解读形式，围绕群众关切主动公开，加强业务培训，提升工作水平。")


def other_matters(report: Truth) -> Line:
    if report.year > 2020:
        return Line("本年度未收取政府信息公开信息处理费。没有其他需要报告的事项。")
    return Line("无其他需要报告的事项。")
