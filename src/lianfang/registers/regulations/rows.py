"""A regulation (制度) as one frozen value: evaluation, three tests, coverage, mechanism (S34–S36, S80)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.vocabulary import Word
from lianfang.registers.regulations.states import RegulationState


class ChangeKind(Word):
    """What the evaluation concludes (S35)."""

    NEW = "new", "新建", "制定"
    REVISE = "revise", "修订", "修改"
    REPEAL = "repeal", "废止"
    KEEP = "keep", "保留", "继续执行"


class CauseCode(Word):
    """Why supervision of a power failed (S34)."""

    NOT_EXECUTED = "not-executed", "制度执行不到位", "执行不到位"
    NO_ACCOUNTABILITY = "no-accountability", "责任追究机制不健全", "追责机制不健全"
    MISSING = "missing", "制度缺失", "缺失"


class Mechanism(Word):
    """The six mechanisms that must each exist as a regulation (S80)."""

    EDUCATION = "education", "风险教育"
    NOTICE = "notice", "风险提示"
    WARNING = "warning", "风险预警"
    DISPOSAL = "disposal", "风险处置"
    INFORMATION = "information", "风险信息收集"
    DYNAMIC = "dynamic", "风险动态管理", "动态管理"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One of the three tests of S35 (廉洁性、合理性、有效性): passed or not, and what was looked at."""

    passed: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegulationRow:
    """A regulation of the bureau, its evaluation and the powers it covers."""

    kind: ClassVar[str] = "regulations"
    label: ClassVar[str] = "制度"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "unit": "单位编号", "title": "制度名称", "document_number": "文号", "change": "评估结论",
        "powers": "覆盖职权", "mechanism": "机制类别", "cause": "失效原因", "evaluation": "评估说明",
        "integrity_test": "廉洁性", "reason_test": "合理性", "effect_test": "有效性", "basis": "制定依据",
        "effective_on": "施行日期", "accountability": "责任追究条款", "replaces": "替代制度", "state": "状态",
        "version": "版本",
    }  # fmt: skip
    guarded: ClassVar[tuple[str, ...]] = (
        "title", "document_number", "powers", "mechanism", "basis", "effective_on", "accountability",
    )  # fmt: skip

    number: str
    unit: str
    title: str
    document_number: str = ""
    change: ChangeKind | None = None
    powers: tuple[str, ...] = ()
    mechanism: Mechanism | None = None
    cause: CauseCode | None = None
    evaluation: str = ""
    integrity_test: TestResult = TestResult()
    reason_test: TestResult = TestResult()
    effect_test: TestResult = TestResult()
    basis: tuple[str, ...] = ()
    effective_on: datetime.date | None = None
    accountability: str = ""
    replaces: str = ""
    state: RegulationState = RegulationState.EVALUATED
    version: int = 1

    @property
    def search_text(self) -> str:
        """Found by number, title and document number."""
        return f"{self.number} {self.title} {self.document_number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingRow(RegulationRow):
    """The text that binds of a regulation whose entry says something else by now: a draft, or what is not in force yet.

    Rules about what binds read it in place of the entry (S36, S80).
    """

    kind: ClassVar[str] = "binding_regulations"
    label: ClassVar[str] = "施行中的制度文本"
    witness: ClassVar[bool] = True
