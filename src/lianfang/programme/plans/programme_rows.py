"""The programme as it is kept: what was read from its plan and corrected by hand, as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.dates import BadDate, FuzzyDate, parse_date
from lianfang.kernel.vocabulary import Word
from lianfang.programme.plans.rows import Cycle, Due, Span
from lianfang.programme.plans.states import ProgrammeState


class CalendarPolicy(Word):
    """What happens to a due date that falls on a rest day (S50); a plan never says, so a person decides."""

    FIXED = "fixed", "按原日期"
    PREVIOUS = "previous-workday", "提前到前一个工作日"
    NEXT = "next-workday", "顺延到后一个工作日"


def date_of(code: str) -> FuzzyDate | None:
    """The date that a stored code means; ``None`` for an empty code or one that no calendar has."""
    try:
        return parse_date(code) if code else None
    except BadDate:
        return None


def chinese_of(code: str) -> str:
    """A stored date code as a document writes it; "" for none."""
    date = date_of(code)
    return date.chinese if date else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageItem:
    """A stage (S11) with its window as date codes (S12); ``span`` is empty where a person added it.

    ``cites`` are, here and in every item, the numbers of the parts of a higher plan that it takes up (S3).
    """

    ordinal: int
    name: str
    start: str = ""
    end: str = ""
    cites: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def window(self) -> str:
        """When the stage runs, as a document writes it."""
        start, end = chinese_of(self.start), chinese_of(self.end)
        if start == end:
            return start or "未定时间"
        return f"{start or '未定'}至{end or '未定'}"

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.name}（{self.window}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskItem:
    """A task (S16) of the stage with this ordinal, or of none."""

    name: str
    stage: int | None = None
    section: str = ""
    cites: tuple[str, ...] = ()
    span: Span | None = None

    def __str__(self) -> str:
        return f"{self.name}（第{self.stage}阶段）" if self.stage else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A name in the plan's wording that no unit bears, and the unit that a person says it means; "" for one outside."""

    name: str
    unit: str = ""


def outside_of(settled: Iterable[Settled]) -> tuple[str, ...]:
    """The names that a person has judged to be no units of the bureau; the matrix has no line for them."""
    return tuple(one.name for one in settled if not one.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineItem:
    """What is due by when, from whom, to whom (S17, S31, S50, S70).

    ``submitter`` is the wording of the plan, ``units`` the numbers of the units that it stands for, ``spared`` those
    that the wording covers and a person left out, ``settled`` what a person decided about names that no unit bears.
    ``inclusive``: the day itself still counts.
    """

    due: str = ""
    deliverables: tuple[str, ...] = ()
    kind: Due = Due.SUBMIT
    submitter: str = ""
    units: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    stage: int | None = None
    policy: CalendarPolicy = CalendarPolicy.FIXED
    inclusive: bool = True
    settled: tuple[Settled, ...] = ()
    cites: tuple[str, ...] = ()
    span: Span | None = None

    def __str__(self) -> str:
        what = "、".join(self.deliverables) or "材料"
        whom = f"，报{'、'.join(self.receivers)}" if self.receivers else ""
        outside = "".join(f"，外单位{name}" for name in outside_of(self.settled))
        who = f"{self.submitter or '本局'}（{len(self.units)}家{outside}）"
        return f"{chinese_of(self.due) or '未定期限'}：{who}{what}{whom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyItem:
    """What returns every week, month, quarter or year; ``every`` is the wording with its day: 每月25日前."""

    cycle: Cycle
    what: str
    every: str = ""
    submitter: str = ""
    units: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    cites: tuple[str, ...] = ()
    span: Span | None = None

    def __str__(self) -> str:
        who = f"，{self.submitter}" if self.submitter else ""
        whom = f"，报{'、'.join(self.receivers)}" if self.receivers else ""
        return f"{self.every or self.cycle.label}：{self.what}{who}{whom}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """A programme: the frame of its plan (S2 to S4) and the items of it; the text itself is kept beside it.

    ``recipients`` are the numbers of the units that ``addressees`` stand for: the distribution list (S1).
    ``text_digest`` is the SHA-256 of the text as it came in, so that the journal commits to the text as well.
    """

    kind: ClassVar[str] = "programmes"
    label: ClassVar[str] = "方案"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "unit": "单位编号", "title": "方案名称", "issuer": "发文机关", "document_number": "发文字号",
        "issued_on": "印发日期", "cycle_year": "年度", "upstream": "上级文件", "addressees": "主送单位",
        "recipients": "签收单位", "purpose": "目的", "source_name": "来源", "text_digest": "原文摘要值",
        "stages": "阶段", "tasks": "任务", "deadlines": "期限", "duties": "定期工作", "state": "状态",
        "version": "版本",
    }  # fmt: skip

    number: str
    unit: str
    title: str
    issuer: str = ""
    document_number: str = ""
    issued_on: dt.date | None = None
    cycle_year: int | None = None
    upstream: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    purpose: str = ""
    source_name: str = ""
    text_digest: str = ""
    stages: tuple[StageItem, ...] = ()
    tasks: tuple[TaskItem, ...] = ()
    deadlines: tuple[DeadlineItem, ...] = ()
    duties: tuple[DutyItem, ...] = ()
    state: ProgrammeState = ProgrammeState.DRAFT
    version: int = 1

    @property
    def asked(self) -> tuple[DeadlineItem | DutyItem, ...]:
        """Everything that somebody has to do: deadlines, then periodic duties."""
        return (*self.deadlines, *self.duties)

    @property
    def search_text(self) -> str:
        """Found by number, title, issuer and document numbers."""
        return " ".join((self.number, self.title, self.issuer, self.document_number, *self.upstream))
