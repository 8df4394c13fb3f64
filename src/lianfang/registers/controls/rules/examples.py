"""One risk with a full set of measures, of which the examples of the rules about measures are made."""

from __future__ import annotations

import datetime
from dataclasses import replace

from lianfang.foundation.organisation.rows import PersonRow, PostRank, PostRow, TenureRow
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.rows import (
    BasisType,
    ControlFamily,
    ControlKind,
    ControlRow,
    ControlTestRow,
    Frequency,
    LedgerRow,
    Verdict,
)
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.rules.examples import BUREAU, LEADER, ORGANISATION, POST, RISK, SECTION, SINCE

__all__ = ["BUREAU", "LEADER", "ORGANISATION", "POST", "RISK", "SECTION"]

HIGH_RISK = replace(RISK, grade=Grade.HIGH, probability=4)
LOW_RISK = replace(RISK, number="FX-009", grade=Grade.LOW, importance=2, probability=1, harm=2)
HEAD = PostRow(
    number="P003",
    unit="U02",
    name="大队长",
    rank=PostRank.HEAD,
    duty="负责全队执法工作。",
    integrity_duty="每月抽查一次案卷。",
)
HEAD_PERSON = PersonRow(number="M003", name="王大队长", unit="U02")
PEOPLE = (
    *ORGANISATION,
    HEAD,
    HEAD_PERSON,
    TenureRow(number="T003", person="M003", post="P003", start=SINCE),
)
PREVENTION = ControlRow(
    number="CS-001",
    risk="FX-001",
    unit="U02",
    action="每次检查由系统随机抽取两名执法人员，检查全程录像并当日上传执法平台。",
    family=ControlFamily.SEPARATION,
    control_kind=ControlKind.PREVENT,
    actor="现场执法岗",
    frequency=Frequency.EVERY_CASE,
    evidence="执法平台录像记录",
    owner="王大队长",
    supervisor="李局长",
    grade_at_design=Grade.HIGH,
    basis_type=BasisType.LAW,
    basis="《行政处罚法》第四十七条",
    state=ControlState.IN_FORCE,
)
DETECTION = replace(
    PREVENTION,
    number="CS-002",
    action="法规科每月随机抽取一成检查笔录，与在线监测数据逐项比对，填写比对表。",
    family=ControlFamily.AUTHORISATION,
    control_kind=ControlKind.DETECT,
    actor="法规科案件审查岗",
    frequency=Frequency.MONTHLY,
    evidence="笔录与在线数据比对表",
)
CONTROLS = (PREVENTION, DETECTION)
TEST = ControlTestRow(
    number="JY-001",
    control="CS-001",
    tested_on=datetime.date(2026, 9, 1),
    tester="李局长",
    verdict=Verdict.EFFECTIVE,
    design=2,
    operation=2,
    note="抽看录像十段，均完整上传。",
    evidence="抽查记录 CC-2026-09",
)
TESTS = (TEST, replace(TEST, number="JY-002", control="CS-002"))
LEDGER = LedgerRow(
    number="1",
    unit="U02",
    post="现场执法岗",
    duty=POST.duty,
    risk="FX-001",
    statement=HIGH_RISK.statement,
    manifestation=HIGH_RISK.manifestation,
    grade=Grade.HIGH,
    controls=tuple(control.action for control in CONTROLS),
    owners=("王大队长",),
)
