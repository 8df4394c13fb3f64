"""Work in hand for every part of the demo: what its people did after their lists were taken in, step by step.

``content/pending/steps.csv`` tells who did what, in order; the entries they drafted stand beside it, a register a file.
Every step is the action that the same person would take in the browser, so all of it is allowed, recorded and checked.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.lint.actions import Tolerated, grant_waiver
from lianfang.foundation.lint.rows import text_digest
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.programme.plans import actions as plans
from lianfang.programme.plans.models import Programme
from lianfang.registers.controls import actions as controls
from lianfang.registers.controls.models import Control
from lianfang.registers.powers import actions as powers
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations import actions as regulations
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.risks.actions import gradings, negatives, risks, scores
from lianfang.registers.risks.models import Grading, Negative, Risk
from lianfang.registers.risks.rows import RaterCapacity
from lianfang.site.checks.running import check_bureau
from lianfang.site.demo.bureau import CONTENT, TABLES, Record, to_row
from lianfang.site.demo.days import dated, higher_plan_text, plan_text

PENDING = CONTENT / "pending"
WAIVED_FOR = datetime.timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody did: ``note`` holds the reason, the minutes, or whatever else the step asks for."""

    login: str
    kind: str
    number: str
    act: str
    note: str


Act = Callable[[User, Step], object]


@transaction.atomic
def lay_out() -> None:
    """Take every step, unless they were taken before."""
    steps = [_step(record) for record in _read("steps")]
    drafted = [step.number for step in steps if step.kind == "职权"]
    if Power.objects.filter(number__in=drafted).exists():
        return
    actors = {user.login: user for user in User.objects.filter(login__in={step.login for step in steps})}
    for step in steps:
        ACTS[step.kind, step.act](actors[step.login], step)


def _step(record: Record) -> Step:
    """One line; its minutes are numbered in the year of the plan."""
    login, kind, number, act, note = record.values()
    return Step(login, kind, number, act, dated(note, timezone.localdate()))


def _read(name: str) -> list[Record]:
    with (PENDING / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _draft(folder: str, create: Callable[..., object]) -> Act:
    """The act of drafting the entry that ``content/pending/<folder>.csv`` holds under the step's number."""
    table = next(table for table in TABLES if table.folder == folder)

    def act(actor: User, step: Step) -> object:
        record = next(record for record in _read(folder) if record["编号"] == step.number)
        return create(actor=actor, row=to_row(table, record))

    return act


def _move(model: Any, action: Callable[..., object], asks: str = "note") -> Act:
    """The act of moving an entry on; ``asks`` names what the action calls its reason or its minutes."""

    def act(actor: User, step: Step) -> object:
        version = model.objects.values_list("version", flat=True).get(number=step.number)
        return action(actor=actor, number=step.number, expected_version=version, **{asks: step.note})

    return act


def _open_grading(actor: User, step: Step) -> object:
    """The note names the raters: ``CH-M26 岗位人员、CH-M24 科室负责人、…``."""
    seats = (seat.split() for seat in step.note.split("、"))
    capacities = {capacity.label: capacity for capacity in RaterCapacity}
    raters = {person: capacities[label] for person, label in seats}
    version = Risk.objects.get(number=step.number).version
    return gradings.open_grading(actor=actor, number=step.number, expected_version=version, raters=raters)


def _score(actor: User, step: Step) -> object:
    risk = step.number.partition("/")[0]
    sheet = next(line for line in _read("scores") if (line["风险点编号"], line["评分人"]) == (risk, actor.person))
    given = scores.Given(
        importance=int(sheet["重要程度"]),
        probability=int(sheet["发生概率"]),
        harm=int(sheet["危害程度"]),
        importance_note=sheet["重要程度依据"],
        probability_note=sheet["发生概率依据"],
        harm_note=sheet["危害程度依据"],
    )
    return scores.score_risk(actor=actor, number=step.number, given=given)


def _propose(actor: User, step: Step) -> object:
    version = Grading.objects.get(number=step.number).version
    proposal = gradings.Proposal(reason=step.note)
    return gradings.propose_grade(actor=actor, number=step.number, expected_version=version, proposal=proposal)


def _read_plan(actor: User, step: Step) -> object:
    text = plan_text(timezone.localdate())
    return plans.start_plan(actor=actor, unit=step.number, text=text, source_name=f"{step.note}.docx")


def _read_higher_plan(actor: User, step: Step) -> object:
    text = higher_plan_text(timezone.localdate())
    return plans.start_plan(actor=actor, unit=step.number, text=text, source_name=f"{step.note}.docx")


def _cite_higher_plan(actor: User, step: Step) -> object:
    """Say for each item of the plan what of the commission's plan it takes up, as ``citations.csv`` has it."""
    row = Programme.objects.get(number=step.number).to_row()
    cited = {(line["清单"], line["名称"]): tuple(line["落实"].split()) for line in _read("citations")}
    corrected = replace(
        row,
        stages=tuple(replace(one, cites=cited.get(("阶段", one.name), ())) for one in row.stages),
        tasks=tuple(replace(one, cites=cited.get(("任务", one.name), ())) for one in row.tasks),
        deadlines=tuple(replace(one, cites=cited.get(("期限", one.deliverables[0]), ())) for one in row.deadlines),
    )
    return plans.correct_plan(actor=actor, row=corrected, expected_version=row.version)


def _confirm_plan(actor: User, step: Step) -> object:
    version = Programme.objects.get(number=step.number).version
    return plans.confirm_plan(actor=actor, number=step.number, expected_version=version, basis=step.note)


def _waive(actor: User, step: Step) -> object:
    """The step's number is ``rule register entry``; the entry of this one is a unit."""
    rule, kind, entry = step.number.split()
    text = text_digest(Unit.objects.get(number=entry).to_row())
    finding = Tolerated(rule, kind, entry, unit_paths([entry])[entry], text)
    return grant_waiver(actor=actor, finding=finding, reason=step.note, expires=timezone.localdate() + WAIVED_FOR)


ACTS: Mapping[tuple[str, str], Act] = {
    ("方案", "读入"): _read_plan,
    ("方案", "读入上级方案"): _read_higher_plan,
    ("方案", "对照上级方案"): _cite_higher_plan,
    ("方案", "确认"): _confirm_plan,
    ("职权", "填报"): _draft("powers", powers.create_power),
    ("职权", "提交"): _move(Power, powers.submit_power),
    ("职权", "退回"): _move(Power, powers.return_power),
    ("职权", "清权"): _move(Power, powers.clear_power),
    ("职权", "审核通过"): _move(Power, powers.check_power),
    ("风险点", "填报"): _draft("risks", risks.create_risk),
    ("风险点", "提交"): _move(Risk, risks.submit_risk),
    ("风险点", "退回"): _move(Risk, risks.return_risk),
    ("风险点", "受理"): _move(Risk, risks.accept_risk),
    ("风险点", "启动评级"): _open_grading,
    ("评级", "评分"): _score,
    ("评级", "提出等级"): _propose,
    ("负面清单", "填报"): _draft("negatives", negatives.create_negative),
    ("负面清单", "提交"): _move(Negative, negatives.submit_negative),
    ("台账", "生成"): lambda actor, step: controls.generate_ledger(actor=actor, unit=step.number),
    ("防控措施", "填报"): _draft("controls", controls.create_control),
    ("防控措施", "提交"): _move(Control, controls.submit_control),
    ("防控措施", "退回"): _move(Control, controls.return_control),
    ("防控措施", "审定"): _move(Control, controls.approve_control, "basis"),
    ("制度", "填报"): _draft("regulations", regulations.create_regulation),
    ("制度", "提交草案"): _move(Regulation, regulations.draft_regulation),
    ("制度", "退回"): _move(Regulation, regulations.return_regulation),
    ("制度", "审核通过"): _move(Regulation, regulations.check_regulation),
    ("制度", "审议通过"): _move(Regulation, regulations.adopt_regulation, "basis"),
    ("制度", "废止"): _move(Regulation, regulations.repeal_regulation, "basis"),
    ("检查结果", "豁免"): _waive,
    ("检查结果", "检查"): lambda actor, step: check_bureau(actor, step.number),
}
"""Register and step, in the words of steps.csv → what is done."""
