"""A programme as tables: stages, deliverables, and the matrix with one column for each deliverable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.kernel.dates import parse_date
from lianfang.programme.plans.owed_rows import DeliverableRow
from lianfang.programme.plans.programme_rows import CalendarPolicy, chinese_of
from lianfang.programme.plans.rows import Cycle
from lianfang.programme.plans.states import ReceiptState


def read_code(text: str) -> str:
    """The date code of a date as people write it; "" for none.

    Raises:
        BadDate: for what is no date.
    """
    return parse_date(text).code if text.strip() else ""


def _write_code(value: object) -> str:
    return chinese_of(str(value or ""))


def _date(field: str, heading: str) -> Column:
    return Column(field, heading, kind=Kind.OWN, read=read_code, write=_write_code, width=14, example="2017年8月10日")


STAGES = Sheet(
    "stages",
    "阶段",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=16),
        Column("ordinal", "序号", kind=Kind.WHOLE, width=6),
        Column("name", "阶段名称", width=24),
        _date("start", "开始"),
        _date("end", "结束"),
    ),
)
DELIVERABLES = Sheet(
    "deliverables",
    "报送材料",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=16),
        Column("name", "材料", width=28),
        Column("stage_name", "阶段", width=18),
        _date("due", "期限"),
        Column("day", "到期日", kind=Kind.DATE, width=12),
        Column("calendar_policy", "遇休息日", kind=Kind.WORD, words=CalendarPolicy, width=16),
        Column("unit_names", "报送单位", kind=Kind.NAMES, width=40),
        Column("outside", "外单位", kind=Kind.NAMES, width=16),
        Column("receiver", "接收单位", width=16),
        Column("remark", "说明", width=20),
    ),
)


def matrix_sheet(deliverables: Sequence[DeliverableRow]) -> Sheet:
    """The matrix as a table: the unit, one column for each deliverable under its name and date, and what is owed."""
    columns = (
        Column(one.number, f"{one.name}（{chinese_of(one.due) or '未定期限'}）", width=16) for one in deliverables
    )
    return Sheet(
        "submissions",
        "报送矩阵",
        (
            Column("name", "单位", width=20),
            *columns,
            Column("owed", "待报送", kind=Kind.WHOLE, width=8),
            Column("overdue", "其中逾期", kind=Kind.WHOLE, width=8),
        ),
        key="name",
    )


DUTIES = Sheet(
    "duties",
    "定期工作",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=16),
        Column("cycle", "周期", kind=Kind.WORD, words=Cycle, width=10),
        Column("every", "每次的时间", width=16),
        Column("what", "做什么", width=32),
        Column("unit_names", "谁做", kind=Kind.NAMES, width=40),
        Column("outside", "外单位", kind=Kind.NAMES, width=16),
        Column("receiver", "报给谁", width=16),
    ),
)


RECEIPTS = Sheet(
    "receipts",
    "方案签收",
    (
        Column("unit_name", "单位", width=20),
        Column("state", "状态", kind=Kind.WORD, words=ReceiptState, width=10),
        Column("received_by", "签收人", width=16),
        Column("received_on", "签收日期", kind=Kind.DATE, width=12),
    ),
    key="unit_name",
)


COMPARISON = Sheet(
    "comparison",
    "对照上级方案",
    (
        Column("what", "类别", width=10),
        Column("asked", "上级的要求", width=36),
        Column("asked_by", "上级期限", width=14),
        Column("standing", "情况", width=12),
        Column("text", "本方案的内容", width=36),
        Column("due", "本方案期限", width=14),
    ),
    key="what",
)


def matrix_entry(
    name: str, deliverables: Iterable[DeliverableRow], words: Iterable[str], counts: tuple[int, int]
) -> dict[str, object]:
    """One line of the matrix for :func:`matrix_sheet`; ``counts``: how much is owed, how much of it is overdue."""
    cells = {one.number: word for one, word in zip(deliverables, words, strict=True)}
    return {"name": name, **cells, "owed": counts[0], "overdue": counts[1]}
