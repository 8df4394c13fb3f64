"""What an implementation plan says, as frozen values; every item knows where in the source text it was read."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.dates import FuzzyDate
from lianfang.kernel.vocabulary import Word


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (first) to ``end`` (one past the last) of the source text."""

    start: int
    end: int


class Cycle(Word):
    """How often a periodic duty returns."""

    DAILY = "daily", "每日"
    WEEKLY = "weekly", "每周"
    TEN_DAYS = "ten-days", "每旬"
    FORTNIGHTLY = "fortnightly", "每半月"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    HALF_YEARLY = "half-yearly", "每半年"
    YEARLY = "yearly", "每年"
    TERMLY = "termly", "每学期"


class Due(enum.StrEnum):
    """What a deadline asks for: papers handed in, or work done."""

    SUBMIT = "submit"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Another document named in the text: its number as written and its title, either may be empty."""

    number: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedText:
    """A name that stands in the text: an addressee, a list, a slip."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One stage (S11); ``start`` and ``end`` are ``None`` where the text gives none (S12)."""

    ordinal: int
    name: str
    start: FuzzyDate | None
    end: FuzzyDate | None
    span: Span
    """The heading with its dates."""
    body: Span
    """Everything that belongs to the stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One numbered task; ``stage`` is the ordinal of its stage, ``None`` for tasks outside the stages."""

    stage: int | None
    name: str
    section: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """What is due, by when, from whom and to whom (S17, S31, S50, S70); empty text where the plan is silent.

    ``submitter_stated`` is false where the submitter was taken from an earlier sentence.
    """

    date: FuzzyDate | None
    date_text: str
    stage: int | None
    kind: Due
    submitter: str
    submitter_stated: bool
    deliverables: tuple[str, ...]
    receivers: tuple[str, ...]
    span: Span
    """The whole clause."""
    date_span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicDutyRow:
    """Something that returns every week, month, quarter or year."""

    cycle: Cycle
    every: str
    what: str
    submitter: str
    deliverables: tuple[str, ...]
    receivers: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneRow:
    """A date that the plan promises without asking anybody for a paper; or a term counted from an event."""

    date: FuzzyDate | None
    date_text: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan as read; ``number`` is what the register gives it, ``document_number`` the issuer's own 发文字号."""

    kind: ClassVar[str] = "plans"
    label: ClassVar[str] = "实施方案"

    number: str
    title: str
    issuer: str
    issued: dt.date | None
    document_number: str
    upstream: tuple[Citation, ...]
    addressees: tuple[NamedText, ...]
    stages: tuple[StageRow, ...]
    tasks: tuple[TaskRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    periodic: tuple[PeriodicDutyRow, ...]
    milestones: tuple[MilestoneRow, ...]
    terms: tuple[MilestoneRow, ...]
    """Terms counted from an event, such as 20个工作日内; they have no date."""
    lists: tuple[NamedText, ...]
    """Every mention of a named list or ledger."""
    bad_dates: tuple[NamedText, ...]
    """Dates no calendar has; ``text`` is the full sentence of the fault."""
    text: str
    """The source exactly as it came in (S87: raw text is kept)."""

    def stage(self, ordinal: int | None) -> StageRow | None:
        """The stage with this ordinal, if the plan has it."""
        return next((stage for stage in self.stages if stage.ordinal == ordinal), None)
