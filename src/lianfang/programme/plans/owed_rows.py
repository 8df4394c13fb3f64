"""What a confirmed programme owes: stages, tasks, deliverables, submissions, receipts and duties, as frozen values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from lianfang.programme.plans.due_days import DueDay, due_day
from lianfang.programme.plans.programme_rows import CalendarPolicy, Settled, chinese_of, date_of, outside_of
from lianfang.programme.plans.rows import Cycle, Due
from lianfang.programme.plans.states import ReceiptState, SubmissionState


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStageRow:
    """One stage of a programme; dates are codes of fuzzy dates (S12)."""

    kind: ClassVar[str] = "stages"
    label: ClassVar[str] = "阶段"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "programme": "方案编号", "ordinal": "序号", "name": "阶段名称",
        "start": "开始", "end": "结束",
    }  # fmt: skip

    number: str
    programme: str
    ordinal: int
    name: str
    start: str = ""
    end: str = ""

    @property
    def title(self) -> str:
        """Shown name."""
        return self.name

    @property
    def window(self) -> str:
        """When the stage runs, as a document writes it."""
        start, end = chinese_of(self.start), chinese_of(self.end)
        return start if start == end else f"{start or '未定'}至{end or '未定'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeTaskRow:
    """One task (S16); ``stage`` is the number of its stage, "" for tasks of the whole programme."""

    kind: ClassVar[str] = "tasks"
    label: ClassVar[str] = "任务"

    number: str
    programme: str
    name: str
    stage: str = ""
    section: str = ""

    @property
    def title(self) -> str:
        """Shown name."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverableRow:
    """One paper to hand in, or one piece of work to finish (S17, S31, S50, S70).

    ``submitters`` are the units that owe it, ``spared`` those that the plan's wording covers and a person left out
    when the plan was confirmed; ``receiver`` is the wording, ``receiver_unit`` its unit where the organisation has it.
    """

    kind: ClassVar[str] = "deliverables"
    label: ClassVar[str] = "报送材料"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "programme": "方案编号", "stage": "阶段编号", "name": "材料", "requirement": "要求",
        "due": "期限", "due_inclusive": "含当日", "calendar_policy": "遇休息日", "submitter": "报送单位（原文）",
        "submitters": "报送单位",
        "spared": "不报单位", "settled": "人工认定", "receiver": "接收单位（原文）", "receiver_unit": "接收单位",
    }  # fmt: skip

    number: str
    programme: str
    name: str
    stage: str = ""
    requirement: Due = Due.SUBMIT
    due: str = ""
    due_inclusive: bool = True
    calendar_policy: CalendarPolicy = CalendarPolicy.FIXED
    submitter: str = ""
    submitters: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    receiver: str = ""
    receiver_unit: str = ""

    @property
    def title(self) -> str:
        """Shown name."""
        return self.name

    @property
    def outside(self) -> tuple[str, ...]:
        """Names that owe it too and are no units of the bureau."""
        return outside_of(self.settled)

    @property
    def expires(self) -> DueDay:
        """The last day on which it is in time."""
        return due_day(date_of(self.due), self.calendar_policy, inclusive=self.due_inclusive)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRow:
    """One cell of the matrix: this unit owes this deliverable (S31); ``submitted_on`` is the day it came."""

    kind: ClassVar[str] = "submissions"
    label: ClassVar[str] = "报送"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "programme": "方案编号", "deliverable": "材料编号", "unit": "单位编号",
        "submitted_on": "报送日期", "state": "状态", "version": "版本",
    }  # fmt: skip

    number: str
    programme: str
    deliverable: str
    unit: str
    submitted_on: dt.date | None = None
    state: SubmissionState = SubmissionState.DUE
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """One unit that the plan is addressed to (S1); ``received_by`` and ``received_on`` say who signed for it, when."""

    kind: ClassVar[str] = "receipts"
    label: ClassVar[str] = "方案签收"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "programme": "方案编号", "unit": "单位编号", "received_by": "签收人",
        "received_on": "签收日期", "state": "状态", "version": "版本",
    }  # fmt: skip

    number: str
    programme: str
    unit: str
    received_by: str = ""
    received_on: dt.date | None = None
    state: ReceiptState = ReceiptState.AWAITED
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What is noted of one unit: the day on which its paper came, ``None`` for not yet, seen at ``version``."""

    unit: str
    day: dt.date | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDutyRow:
    """One periodic duty of a programme; ``every`` is the plan's wording with its day, such as 每月25日前."""

    kind: ClassVar[str] = "duties"
    label: ClassVar[str] = "定期工作"

    number: str
    programme: str
    cycle: Cycle
    what: str
    every: str = ""
    submitter: str = ""
    submitters: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    receiver: str = ""

    @property
    def title(self) -> str:
        """Shown name."""
        return f"{self.every or self.cycle.label}：{self.what}"

    @property
    def outside(self) -> tuple[str, ...]:
        """Names that do it too and are no units of the bureau."""
        return outside_of(self.settled)
