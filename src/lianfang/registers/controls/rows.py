"""Control measures, their tests, and ledger lines as frozen values (S33, S41, S42, S55, S77–S79)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.levels import Grade
from lianfang.kernel.responsibilities import Responsibility
from lianfang.kernel.vocabulary import Word
from lianfang.registers.controls.states import ControlState


class ControlFamily(Word):
    """Six families of the founding document (S78, S79), three more of the internal-control norm (N2)."""

    SEPARATION = "separation", "不相容职务分离控制", "不相容职务分离", "不相容岗位相互分离", "职务分离"
    AUTHORISATION = "authorisation", "授权审批控制", "授权审批执法控制", "授权审批", "内部授权审批"
    ACCOUNTING = "accounting", "会计系统控制", "会计控制"
    PROPERTY = "property", "财产保护控制", "财产保护"
    BUDGET = "budget", "预算控制", "预算"
    PERFORMANCE = "performance", "绩效考评控制", "绩效考评"
    CENTRAL = "central", "归口管理"
    VOUCHER = "voucher", "单据控制", "单据"
    DISCLOSURE = "disclosure", "信息公开控制", "信息内部公开", "公开"


class ControlKind(Word):
    """Before, while, or after the risk happens."""

    PREVENT = "prevent", "预防", "事前"
    DETECT = "detect", "发现", "检查", "事中"
    CORRECT = "correct", "纠正", "事后"


class BasisType(Word):
    """What the measure rests on (S77)."""

    LAW = "law", "法律法规"
    POLICY = "policy", "政策规定"
    DUTY = "duty", "工作职责"
    STANDARD = "standard", "工作标准"


class Frequency(Word):
    """How often the measure is carried out."""

    EVERY_CASE = (
        "every-case",
        "每件",
        "逐件",
        "每次",
        "每案",
        "每笔",
        "逐笔",
        "每项",
        "逐项",
        "每批",
        "每单",
        "逐案",
        "每宗",
    )
    DAILY = "daily", "每日", "每天", "每日一次", "每天一次", "按日", "逐日"
    WEEKLY = "weekly", "每周", "每周一次", "每周1次", "按周"
    MONTHLY = "monthly", "每月", "每月一次", "每月1次", "按月", "月度"
    QUARTERLY = (
        "quarterly", "每季度", "每季", "每季度一次", "每季度1次", "每季一次", "每季1次", "按季", "按季度", "季度",
    )  # fmt: skip
    HALF_YEARLY = "half-yearly", "每半年", "每半年一次", "每半年1次", "半年一次", "半年"
    YEARLY = "yearly", "每年", "每年一次", "每年1次", "年度", "按年"


class Verdict(Word):
    """What a test of a measure finds: it works, or one of three defects (S55)."""

    EFFECTIVE = "effective", "有效"
    GAP = "gap", "存在漏洞", "漏洞"
    UNREALISTIC = "unrealistic", "脱离实际"
    HARD_TO_OPERATE = "hard-to-operate", "不易操作"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow:
    """One measure against one risk point at the grade it was designed for (S33).

    ``responsibility`` says which of the two responsibilities (S22) carrying it out discharges.
    """

    kind: ClassVar[str] = "controls"
    label: ClassVar[str] = "防控措施"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "risk": "风险点编号", "unit": "单位编号", "family": "控制类别", "control_kind": "作用",
        "actor": "执行岗位", "action": "具体措施", "frequency": "频次", "evidence": "留痕凭证", "owner": "责任人",
        "supervisor": "监督人", "responsibility": "责任类型", "grade_at_design": "设计时风险等级",
        "basis_type": "依据类型", "basis": "依据", "state": "状态", "version": "版本",
    }  # fmt: skip
    guarded: ClassVar[tuple[str, ...]] = (
        "risk", "family", "control_kind", "actor", "action", "frequency", "evidence", "owner", "supervisor",
        "responsibility", "basis_type", "basis",
    )  # fmt: skip

    number: str
    risk: str
    unit: str
    action: str = ""
    family: ControlFamily | None = None
    control_kind: ControlKind | None = None
    actor: str = ""
    frequency: Frequency | None = None
    evidence: str = ""
    owner: str = ""
    supervisor: str = ""
    responsibility: Responsibility | None = None
    grade_at_design: Grade | None = None
    basis_type: BasisType | None = None
    basis: str = ""
    state: ControlState = ControlState.DRAFT
    version: int = 1

    @property
    def title(self) -> str:
        """Shown as the action."""
        return self.action

    def falls_short_of(self, grade: Grade | None) -> bool:
        """Whether it was designed for a lower grade than ``grade``; what it was designed for may be unknown."""
        return bool(grade and self.grade_at_design and self.grade_at_design.rank < grade.rank)

    @property
    def search_text(self) -> str:
        """Found by number, action, actor and evidence."""
        return f"{self.number} {self.action} {self.actor} {self.evidence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedControlRow(ControlRow):
    """A measure as it was approved, where the entry itself says, or may say, something else by now (S72)."""

    kind: ClassVar[str] = "approved_controls"
    label: ClassVar[str] = "防控措施的审定文本"
    witness: ClassVar[bool] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTestRow:
    """One test of a measure: by whom, what was found, design and operation 0–2 (S55, domain.md §3)."""

    kind: ClassVar[str] = "control_tests"
    label: ClassVar[str] = "措施检验"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "control": "措施编号", "tested_on": "检验日期", "tester": "检验人", "verdict": "结论",
        "design": "设计有效性", "operation": "执行有效性", "note": "检验情况", "evidence": "检验凭证",
    }  # fmt: skip

    number: str
    control: str
    tested_on: datetime.date
    tester: str
    verdict: Verdict
    design: int = 0
    operation: int = 0
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One generated line of a unit's ledger: the five columns of S42 and the numbers they come from.

    Post and duty, risk point, grade and measures are as approved; unit and owners bear their names of the day on which
    the line was generated. ``remark`` says what of it is not in order: measures that were approved for a lower grade
    than the risk has now, a post that was renamed or given another duty since.
    """

    kind: ClassVar[str] = "ledger"
    label: ClassVar[str] = "台账"
    headings: ClassVar[dict[str, str]] = {
        "number": "序号", "unit": "单位", "post": "岗位", "duty": "岗位职责", "risk": "风险点编号",
        "statement": "风险点", "manifestation": "表现形式", "grade": "风险等级", "controls": "具体防控措施",
        "owners": "责任人", "remark": "备注",
    }  # fmt: skip

    number: str
    unit: str
    post: str
    duty: str
    risk: str
    statement: str
    manifestation: str
    grade: Grade | None
    controls: tuple[str, ...]
    owners: tuple[str, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    """A generated ledger as the journal knows it: of which unit, how long, and the SHA-256 of its canonical lines."""

    kind: ClassVar[str] = "ledgers"
    label: ClassVar[str] = "台账快照"
    headings: ClassVar[dict[str, str]] = {
        "number": "台账编号",
        "unit": "单位编号",
        "line_count": "行数",
        "fingerprint": "内容指纹",
    }

    number: str
    unit: str
    line_count: int
    fingerprint: str

    @property
    def title(self) -> str:
        """Shown as its number."""
        return f"防控措施台账 {self.number}"
