"""Writes the reference of lifecycles and permissions: diagrams, moves and what they ask, roles and what they may."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lianfang.foundation.accounts.roles import ADMINISTRATORS, EVERYBODY, MATRIX, Permission, Role
from lianfang.foundation.parameters.definitions import BUREAU, COMMISSION, LEGALITY
from lianfang.foundation.parameters.states import ADJUSTMENT
from lianfang.kernel.lifecycle import Lifecycle, Move
from lianfang.programme.plans.queries.programmes import NEEDED as PROGRAMME_NEEDED
from lianfang.programme.plans.queries.programmes import SUBMISSION_NEEDED
from lianfang.programme.plans.queries.receipts import RECEIPT_NEEDED
from lianfang.programme.plans.states import PROGRAMME, RECEIPT, SUBMISSION
from lianfang.registers.controls.queries.controls import APPROVAL as CONTROL_APPROVAL
from lianfang.registers.controls.states import CONTROL
from lianfang.registers.powers.queries import NEEDED as POWER_NEEDED
from lianfang.registers.powers.states import POWER
from lianfang.registers.regulations.queries import NEEDED as REGULATION_NEEDED
from lianfang.registers.regulations.states import REGULATION
from lianfang.registers.risks.queries.negatives import NEEDED as NEGATIVE_NEEDED
from lianfang.registers.risks.queries.risks import APPROVAL as GRADING_APPROVAL
from lianfang.registers.risks.queries.risks import NEEDED as RISK_NEEDED
from lianfang.registers.risks.states import GRADING, NEGATIVE, RISK
from lianfang.site.reference.markdown import code, page_of, table_of

RESOURCES = {
    "organisation": "单位、岗位和人员",
    "laws": "法规库",
    "powers": "职权",
    "risks": "风险点和负面清单",
    "grading": "评级",
    "regulations": "制度",
    "controls": "防控措施",
    "ledger": "台账",
    "parameters": "参数",
    "plans": "方案",
    "findings": "检查",
    "overview": "总览",
    "registers": "导入",
    "users": "账户",
    "roles": "授权",
    "logs": "账户日志",
    "journal": "操作日志",
}
Needed = Mapping[str, tuple[Permission, ...]]


def _single(needed: Mapping[str, Permission]) -> Needed:
    return {name: (permission,) for name, permission in needed.items()}


_BY_GRADE = tuple(GRADING_APPROVAL.values())
_CONTROL_BY_GRADE = tuple(CONTROL_APPROVAL.values())
_DECIDERS = (BUREAU, LEGALITY, COMMISSION)
_PROPOSING = tuple(dict.fromkeys(one.propose for one in _DECIDERS))
_DECIDING = tuple(dict.fromkeys(one.approve for one in _DECIDERS))


@dataclass(frozen=True)
class Life:
    """A lifecycle as the reference shows it: what it is the life of, and which move asks for which permission."""

    title: str
    lifecycle: Lifecycle[Any]
    needed: Needed
    remark: str = ""


LIVES = (
    Life("职权", POWER, _single(POWER_NEEDED)),
    Life("负面清单条目", NEGATIVE, _single(NEGATIVE_NEEDED)),
    Life(
        "风险点",
        RISK,
        {**_single(RISK_NEEDED), "reopen": _BY_GRADE},
        "“审定等级”随评级的审定一起发生，不单独办理。由谁启动复核看审定的等级；改写在控的风险点就是启动复核。",
    ),
    Life(
        "评级",
        GRADING,
        {"complete": (Permission.GRADING_SCORE,), "reconcile": (Permission.GRADING_PROPOSE,),
         "propose": (Permission.GRADING_PROPOSE,), "return": _BY_GRADE, "approve": _BY_GRADE},
        "最后一名评分人评完，评分即告完成。由谁审定看拟定的等级；任何降级和重点领域的豁免都按高风险审定。新一轮审定后，旧的一轮自动被替代。",
    ),
    Life("制度", REGULATION, _single(REGULATION_NEEDED)),
    Life(
        "防控措施",
        CONTROL,
        {"submit": (Permission.CONTROLS_DRAFT,), "reopen": (Permission.CONTROLS_DRAFT,), "return": _CONTROL_BY_GRADE,
         "approve": _CONTROL_BY_GRADE, "retire": _CONTROL_BY_GRADE},
        "由谁审定看所针对风险点的等级。",
    ),
    Life("方案", PROGRAMME, _single(PROGRAMME_NEEDED)),
    Life("报送", SUBMISSION, _single(SUBMISSION_NEEDED), "由方案确认时生成。"),
    Life("方案签收", RECEIPT, _single(RECEIPT_NEEDED), "由方案确认时按签收单位生成。"),
    Life(
        "参数调整",
        ADJUSTMENT,
        {"revise": _PROPOSING, "withdraw": _PROPOSING, "approve": _DECIDING, "return": _DECIDING},
        "由谁提出、谁批准，每个参数各有规定，见[参数](parameters.md)；提出的人不能批准。",
    ),
)  # fmt: skip


def lifecycle_page() -> str:
    """Every lifecycle as a diagram and as a table of moves."""
    about = "没有列出的步骤都不允许。谁有哪一项权限，见[权限](permissions.md)；权限还须覆盖条目所在的单位。"
    return page_of("状态和步骤", about, *(part for life in LIVES for part in _life(life)))


def _life(life: Life) -> Iterator[str]:
    yield f"## {life.title}"
    yield f"```mermaid\n{life.lifecycle.diagram()}\n```"
    if life.remark:
        yield life.remark
    lines = (
        (move.label, move.source.label, move.target.label, _asked(life, move), code(move.name))
        for move in life.lifecycle.moves
    )
    yield table_of(("步骤", "从", "到", "需要的权限", "接口里的名称"), lines)


def _asked(life: Life, move: Move[Any]) -> str:
    return "或".join(permission.label for permission in life.needed.get(move.name, ())) or "随其他步骤发生"


def permission_page() -> str:
    """Roles across, permissions down, a mark where a role holds a permission."""
    administrators = "、".join(role.label for role in Role if role in ADMINISTRATORS)
    everybody = "、".join(permission.label for permission in Permission if permission in EVERYBODY)
    about = (
        "授权总是“谁、什么角色、哪个单位及其下级、从哪天到哪天”。表里没有打勾的都不允许。"
        f"{administrators}三者互斥，也不得兼任其他角色（三员分立）。每个账户都可以{everybody}。"
    )
    named = [permission for permission in Permission if permission not in EVERYBODY]
    parts = []
    for resource, group in groupby(named, key=lambda permission: permission.value.partition(":")[0]):
        lines = [(one.label, *("✓" if one in MATRIX[role] else "" for role in Role), code(one.value)) for one in group]
        headings = ("权限", *(role.label for role in Role), "代码")
        parts += [f"## {RESOURCES.get(resource, resource)}", table_of(headings, lines)]
    return page_of("角色和权限", about, *parts)
