"""Invented registers of any size, varied enough that nothing can cheat by repetition, the same at every run."""

from __future__ import annotations

import random
from pathlib import Path

import xlsxwriter

from lianfang.registers.risks.rows import RiskDimension, RiskRow, Tier
from lianfang.registers.risks.states import RiskState

UNITS = 30
POSTS_A_UNIT = 8
HEADINGS = (
    "编号", "层级", "单位编号", "岗位编号", "环节", "查找方面", "风险点", "表现形式", "成因", "重要程度", "发生概率",
    "危害程度",
)  # fmt: skip
ACTORS = ("执法员", "审查员", "采样员", "经办人", "会计", "采购员", "监管员", "受理员", "复核员", "科长")
ACTS = (
    "压件不办", "提前透露检查行程", "选择性记录问题", "放宽验收标准", "拆分采购项目", "更改监测数据", "重复支付费用",
    "指定中介机构", "漏报专项资金", "降低处罚档次", "代签现场笔录", "拖延退还保证金",
)  # fmt: skip
GAINS = ("收受购物卡", "换取亲属就业", "谋取回扣", "接受宴请", "为特定关系人谋利", "骗取绩效奖励", "低价租用房屋")
OBJECTS = ("排污单位", "建设单位", "检测机构", "供应商", "养殖场", "汽修企业", "医疗机构", "加油站", "砖厂", "化工园区")
DIMENSIONS = ("岗位职责", "权力行使", "制度执行", "思想道德")


def unit_numbers(count: int = UNITS) -> list[str]:
    """Numbers of the sections, ``B00-S00`` and on: ten sections a bureau."""
    return [f"B{index // 10:02d}-S{index % 10:02d}" for index in range(count)]


def risk_line(index: int, chance: random.Random) -> list[object]:
    """One risk point as the cells of ``HEADINGS``."""
    units = unit_numbers()
    unit = units[index % UNITS]
    post = f"{unit}-{index // UNITS % POSTS_A_UNIT + 1:02d}"
    actor, act, gain, target = (chance.choice(words) for words in (ACTORS, ACTS, GAINS, OBJECTS))
    statement = f"{actor}在办理第{index}号{target}事项时{act}，{gain}"
    signs = (
        f"{target}的{chance.choice(ACTS)}线索{chance.randint(2, 90)}天未登记；{chance.choice(OBJECTS)}反映{actor}{gain}"
    )
    causes = f"1.{chance.choice(ACTS)}没有复核\n2.{chance.choice(OBJECTS)}名单由{actor}一人掌握"
    scores = [chance.randint(1, 5) for _ in range(3)]
    return [f"{unit}-R{index:06d}", "岗位", unit, post, f"第{index % 7 + 1}步", DIMENSIONS[index % 4], statement, signs,
            causes, *scores]  # fmt: skip


def risk_row(index: int, chance: random.Random) -> RiskRow:
    """The same risk point as a Row of the register, in force."""
    number, _, unit, post, step, dimension, statement, signs, causes, *scores = map(str, risk_line(index, chance))
    importance, probability, harm = map(int, scores)
    return RiskRow(
        number=number,
        tier=Tier.POST,
        unit=unit,
        post=post,
        step=step,
        statement=statement,
        dimension=RiskDimension.read(dimension),
        manifestation=signs,
        causes=tuple(causes.split("\n")),
        importance=importance,
        probability=probability,
        harm=harm,
        state=RiskState.LIVE,
    )


def risk_workbook(path: Path, rows: int, first: int = 0) -> None:
    """Write a workbook of ``rows`` risk points and twelve columns, numbered from ``first``."""
    chance = random.Random(20260815)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("风险点")
    sheet.write_row(0, 0, HEADINGS)
    for index in range(rows):
        sheet.write_row(index + 1, 0, risk_line(first + index, chance))
    book.close()
