"""What the journal itself has to say of an entry, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

LOST = "审定时的操作日志找不到了"
ANOTHER = "审定所指的操作日志说的是别的条目"
FORGED = "审定时的内容与操作日志的指纹不符"
MISCOUNTED = "登记的版本号与审定时的日志不符"
OUTDATED = "审定所指的不是最近一次审定的操作日志"
UNDECIDED = "审定所指的操作日志不是审定"
DROPPED = "操作日志里审定过，登记里没有了审定"
GONE = "操作日志里审定过，登记里没有这一条了"
UNRECORDED = "现在存的内容与操作日志最后记下的不同"
REWRITTEN = "现在存的内容与审定时的不同，系统里没有对应的修改记录"

MISPLACED = "单位路径与所属单位的不符，会列在别的单位名下"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviationRow:
    """An entry whose stored copy is not what was approved, and no step of this system accounts for it."""

    kind: ClassVar[str] = "deviations"
    label: ClassVar[str] = "存储内容核对"
    witness: ClassVar[bool] = True

    number: str
    unit: str
    of_kind: str
    reason: str
