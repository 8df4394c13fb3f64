"""Example values for the reference of the components: invented, in the words of a real bureau's work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone

from lianfang.foundation.journal.queries import HistoryLine
from lianfang.kernel.findings import Dimension, Finding, Place, Severity
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import Change
from lianfang.kernel.vocabulary import Word


class SpecimenState(Word):
    """A life with every mood of a state."""

    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "待清权"
    CHECKED = "checked", "待确权"
    CONFIRMED = "confirmed", "已确权"
    UNDER_REVIEW = "under-review", "复核中"
    RETIRED = "retired", "已取消"


class SpecimenKind(Word):
    """Two classes of power."""

    PERMIT = "permit", "行政许可"
    PENALTY = "penalty", "行政处罚"
    INSPECTION = "inspection", "行政检查"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecimenRow:
    """A record with one field of each sort."""

    kind: ClassVar[str] = "specimens"
    label: ClassVar[str] = "职权"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "name": "职权名称", "category": "职权类别", "holder": "行使主体", "basis": "法律依据",
        "conditions": "行使条件", "steps": "行使程序", "time_limit": "办理期限", "supervision": "监督方式",
        "grade": "风险等级", "due": "报送期限", "risks": "风险点", "three_major": "三重一大", "state": "状态",
    }  # fmt: skip

    number: str
    name: str
    category: SpecimenKind = SpecimenKind.PERMIT
    holder: str = "行政审批科"
    basis: tuple[str, ...] = ()
    conditions: str = ""
    steps: tuple[str, ...] = ()
    time_limit: str = "20个工作日（自受理之日起）"
    supervision: str = ""
    grade: Grade | None = None
    due: datetime.date | None = None
    risks: int = 0
    three_major: bool = False
    state: SpecimenState = SpecimenState.DRAFT


_NAMES = (
    "建设项目环境影响评价文件审批（编制环境影响报告书的项目，跨科室联合踏勘）",
    "排污许可证核发、变更、延续与注销",
    "对未取得排污许可证排放污染物，或者通过逃避监管的方式排放污染物行为的处罚",
    "入河排污口设置审核",
    "对排污单位的日常监督检查和“双随机、一公开”抽查",
)
_HOLDERS = ("行政审批科", "生态环境保护综合行政执法大队", "环境监测站", "规划财务与科技科", "办公室")
_GRADES = (Grade.HIGH, Grade.MEDIUM, Grade.LOW, None)


def rows(count: int = 25) -> list[SpecimenRow]:
    """So many records, with names as long as real ones and every state and grade among them."""
    today = timezone.localdate()
    kinds, states = list(SpecimenKind), list(SpecimenState)
    return [
        SpecimenRow(
            number=f"QL-2017-{serial:04d}",
            name=_NAMES[serial % len(_NAMES)],
            category=kinds[serial % len(kinds)],
            holder=_HOLDERS[serial % len(_HOLDERS)],
            grade=_GRADES[serial % len(_GRADES)],
            due=today + datetime.timedelta(days=serial * 3 - 12),
            risks=serial * 7 % 23,
            three_major=serial % 6 == 0,
            state=states[serial % len(states)],
        )
        for serial in range(1, count + 1)
    ]


def record() -> SpecimenRow:
    """One record with every field filled but one."""
    return SpecimenRow(
        number="QL-2017-0003",
        name="对未取得排污许可证排放污染物行为的处罚",
        category=SpecimenKind.PENALTY,
        holder="生态环境保护综合行政执法大队",
        basis=("《排污许可管理条例》第三十三条", "《行政处罚法》第三十六条、第五十七条"),
        conditions="有证据证明排污单位应当取得而未取得排污许可证；违法行为在二年内发现的。",
        steps=(
            "立案（执法一中队）",
            "调查取证（两名以上执法人员）",
            "案件审核（法制审核员）",
            "集体讨论",
            "送达与执行",
        ),
        time_limit="90日（自立案之日起）",
        grade=Grade.HIGH,
        due=timezone.localdate() + datetime.timedelta(days=3),
        risks=4,
        three_major=True,
        state=SpecimenState.SUBMITTED,
    )


def history() -> list[HistoryLine]:
    """Three steps of the record's life, newest first."""
    now = timezone.now()
    changed = (
        Change("basis", ["《排污许可管理条例》第三十三条"], list(record().basis)),
        Change("time_limit", "60日（自立案之日起）", "90日（自立案之日起）"),
        Change("category", "inspection", "penalty"),
        Change("supervision", None, "案卷评查，每季度抽查不少于二件。"),
    )
    hours = (1, 26, 75)
    actors = ("张科长", "经办人小李", "经办人小李")
    verbs = ("提交", "修改", "新建")
    notes = ("依据已逐条核对，请清权。", "按法制审核意见补充第五十七条。", "")
    return [
        HistoryLine(
            sequence=1284 - index * 37,
            at=now - datetime.timedelta(hours=hours[index]),
            actor=actors[index],
            verb=verbs[index],
            basis="局党组会议纪要〔2017〕9号" if index == 0 else "",
            note=notes[index],
            changes=changed if index == 1 else (),
            commitment="",
        )
        for index in range(3)
    ]


def findings() -> list[Finding]:
    """One finding of each severity, one of them in a workbook."""
    number = record().number
    return [
        Finding(
            number,
            "supervision",
            "没有写监督方式，公开后群众不知道向谁反映。",
            "PWR014",
            Severity.ERROR,
            Dimension.COMPLETENESS,
        ),
        Finding(
            number,
            "steps",
            "“调查取证”没有注明薄弱环节，也没有说明为什么没有。",
            "PWR021",
            Severity.WARNING,
            Dimension.DEPTH,
            suggestion="在该步骤后写明【薄弱环节：……】，或填写“无薄弱环节理由”。",
        ),
        Finding(
            number,
            "time_limit",
            "期限没有写从哪一天起算。",
            "PWR017",
            Severity.HINT,
            Dimension.ACCURACY,
            place=Place(sheet="权力清单", row=18, column="办理期限", cell="H18"),
        ),
    ]
