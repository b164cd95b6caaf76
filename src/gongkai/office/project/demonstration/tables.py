"""Small tables that stand in the texts of the demonstration."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from html import escape


def table(name: str, chance: random.Random) -> str:
    """A table by its name, as HTML."""
    caption, header, rows = _TABLES[name](chance)
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


Table = tuple[str, Sequence[str], Sequence[Sequence[object]]]
_VILLAGES = ("新丰村", "上坪村", "石桥村", "柳湾村", "官塘村", "枫树村", "岩前村", "高岭村")


def _poverty(chance: random.Random) -> Table:
    rows = [
        (village, f"{chance.randint(30, 400)}", f"{chance.randint(50, 900) / 10:.1f}", f"{chance.randint(8, 60)}")
        for village in chance.sample(_VILLAGES, 4)
    ]
    return "项目安排", ("实施村", "规模（亩）", "资金（万元）", "受益户数"), rows


def _air(chance: random.Random) -> Table:
    rows = [
        (name, chance.randint(low, high), unit)
        for name, low, high, unit in (
            ("可吸入颗粒物", 30, 58, "微克/立方米"),
            ("细颗粒物", 15, 34, "微克/立方米"),
            ("二氧化硫", 4, 12, "微克/立方米"),
            ("二氧化氮", 9, 26, "微克/立方米"),
        )
    ]
    return "监测结果", ("项目", "月均浓度", "单位"), rows


def _indicators(chance: random.Random) -> Table:
    rows = [
        (name, f"{chance.randint(800, 90000) / 10:.1f}", f"{chance.randint(-20, 110) / 10:.1f}")
        for name in ("规模以上工业总产值", "固定资产投资", "社会消费品零售总额", "财政收入", "农村居民人均可支配收入")
    ]
    return "主要指标", ("指标", "累计（万元）", "同比增长（%）"), rows


def _licences(chance: random.Random) -> Table:
    rows = [
        (number, f"青许{chance.randint(1000, 9999)}号", "准予", f"{chance.randint(1, 5)}年")
        for number in range(1, chance.randint(4, 9))
    ]
    return "办理结果", ("序号", "编号", "结果", "有效期"), rows


def _budget(chance: random.Random) -> Table:
    rows = [
        (name, f"{chance.randint(200, 30000) / 10:.1f}", f"{chance.randint(200, 30000) / 10:.1f}")
        for name in ("基本支出", "项目支出", "公务接待费", "公务用车购置和运行费", "因公出国（境）费")
    ]
    return "支出情况（万元）", ("项目", "上年数", "本年数"), rows


def _benefit(chance: random.Random) -> Table:
    rows = [
        (village, chance.randint(4, 60), chance.randint(6, 140), f"{chance.randint(10, 300) / 10:.1f}")
        for village in chance.sample(_VILLAGES, 5)
    ]
    return "发放情况", ("村（社区）", "户数", "人数", "金额（万元）"), rows


def _inspection(chance: random.Random) -> Table:
    rows = [
        (
            number,
            chance.choice(("流通环节", "生产环节", "餐饮环节", "施工现场")),
            chance.choice(("合格", "合格", "责令改正")),
        )
        for number in range(1, chance.randint(4, 10))
    ]
    return "检查结果", ("序号", "检查环节", "结果"), rows


_TABLES: dict[str, Callable[[random.Random], Table]] = {
    "poverty": _poverty,
    "air": _air,
    "indicators": _indicators,
    "licences": _licences,
    "budget": _budget,
    "benefit": _benefit,
    "inspection": _inspection,
}
