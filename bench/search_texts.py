"""Made-up items to search in: about 900 characters each, of words as unevenly frequent as in real text.

Forty thousand words of one to four characters with frequencies that fall as in any language (Zipf), among them the words
of the trade; numbers, dates, document numbers and sums as they stand in notices. Every item follows from its number.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

_TRADE = """
的 和 关于 工作 有关 进行 通知 公告 政府 信息 公开 管理 项目 建设 单位 人民 部门 服务 办法 意见 实施 方案 印发 安全 检查 资金
补助 预算 决算 招标 采购 教育 学校 招生 卫生 医院 疫情 防控 防汛 抗旱 应急 预案 规划 土地 征收 补偿 安置 住房 保障 就业 社保
养老 低保 救助 扶贫 农业 农村 生态 环境 水库 河道 道路 交通 运输 食品 药品 监督 执法 处罚 许可 审批 办理 流程 材料 时限 收费
标准 统计 公报 人事 任免 招聘 公务员 事业 考试 体检 公示 结果 名单 申请 受理 答复 复议 诉讼 依法 行政 规范性文件 合法性审核
"""
_COMMON = "一二三四五六七八九十上下左右东西南北中大小高低新旧长短天地人山水火木金土日月年时分本末前后内外"
_WORDS = 40_000
_LENGTH = 900
_FIRST_DAY = datetime(2014, 1, 1, tzinfo=UTC)
_MINUTES = 5_300_000
"""Ten years."""
ISSUERS = ("青政", "青政办", "青教", "青水", "青卫", "青财")
CATEGORIES = ("", "fees", "budget_final_accounts", "administrative_licensing", "major_projects", "public_health")


@dataclass(frozen=True, slots=True)
class Text:
    """An item's texts and what it is filed under; `organ` and `column` are places in lists."""

    title: str
    number: str
    body: str
    organ: int
    column: int
    category: str
    keywords: tuple[str, ...]
    published_at: datetime


class Corpus:
    """As many items as one likes, always the same for one size: number 0 is the oldest."""

    def __init__(self, size: int) -> None:
        self.size = size
        chance = random.Random(20200731)
        letters = [*_COMMON, *(chr(code) for code in range(0x4E00, 0x9FA6))]
        weights = list(accumulate(1 / (place + 8) for place in range(len(letters))))
        made = {
            "".join(chance.choices(letters, cum_weights=weights, k=chance.choice((1, 2, 2, 2, 2, 3, 3, 4))))
            for _ in range(_WORDS)
        }
        # Sorted first: a set has another order in each process, and two runs would not ask the same of the same texts.
        self._words = [*_TRADE.split(), *sorted(sorted(made), key=lambda word: chance.random())]
        self._weights = list(accumulate(1 / (place + 3) for place in range(len(self._words))))

    def __getitem__(self, place: int) -> Text:
        chance = random.Random(place)
        count = max(60, int(chance.gauss(_LENGTH, 200) / 2.45))
        drawn = chance.choices(self._words, cum_weights=self._weights, k=count + 9)
        published = _FIRST_DAY + timedelta(minutes=_MINUTES * place // self.size, seconds=chance.randrange(60))
        number = f"{chance.choice(ISSUERS)}〔{published.year}〕{chance.randint(1, 400)}号"
        sentences = []
        at = 0
        while at < count:
            step = chance.randint(4, 16)
            clause = drawn[at : at + step]
            at += step
            if chance.random() < 0.25:
                clause.insert(len(clause) // 2, _figure(chance, published))
            sentences.append("".join(clause))
        paragraphs = ["，".join(sentences[start : start + 5]) + "。" for start in range(0, len(sentences), 5)]
        return Text(
            title=f"关于{''.join(drawn[count : count + 4])}的{chance.choice(('通知', '公告', '意见', '方案', '公示', '批复'))}",
            number=number if chance.random() < 0.4 else "",
            body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            organ=min(chance.randrange(60), chance.randrange(60)),
            column=chance.randrange(30),
            category=chance.choice(CATEGORIES),
            keywords=tuple(drawn[count + 4 : count + 7]),
            published_at=published,
        )


def _figure(chance: random.Random, published: datetime) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return f"{published.year}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"
    if kind == 1:
        return f"{chance.randint(1, 9999)}.{chance.randint(0, 99):02d}万元"
    if kind == 2:
        return f"（{chance.choice(ISSUERS)}〔{published.year}〕{chance.randint(1, 400)}号）"
    return f"第{chance.randint(1, 60)}条"
