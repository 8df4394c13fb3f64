"""Writes the reference of parameters: what the plan or a norm leaves open, who decides it, what asks for it (S88)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.parameters.definitions import COMMISSION, Definition
from lianfang.foundation.parameters.inventory import PARAMETERS
from lianfang.foundation.parameters.words import Subject
from lianfang.site.reference.markdown import code, page_of, table_of

_ABOUT = (
    "方案和规范没有写明数量的地方（“连续”“定期”“及时”等），由人决定，不写死在程序里。没有人决定以前用默认值。"
    "一个人提出数值和理由，另一个人凭会议纪要或文号批准，不能是同一个人；批准以后从生效日期起使用，不早于批准当天，"
    "所以以前的检查结果不变。本局没有决定的，用纪委监委统一规定的；都没有的，用默认值。在“参数”页面办理，"
    "`lianfang parameters` 列出某一天的数值。"
)
_CONSTANT = (
    ("方案和法规写明的数量", "如重点领域七个、处罚九十日；写在用到它的检查规则里，随法规修改。"),
    (
        "评级规则表和底线（版本 D-2026）",
        "作为一个整体经过单调性检验，版本号记在每次评级上；要改就出新版本。",
    ),
    ("读取文件和方案文字的门槛", "如表头认得几成、分句多长；按真实文件量出来的，不表达任何人的决定。"),
    ("一页多少行、最多查多少条", "只影响显示和快慢，不影响结果。"),
    ("登录、密码、备份", "属于部署，见[环境变量](settings.md)。"),
)
_HEADINGS = ("参数", "默认", "可填", "决定什么", "方案用语", "出处", "用于", "谁提出", "谁批准", "代码")


def parameter_page() -> str:
    """All parameters, and what is none and why."""
    parts = [part for subject in Subject for part in _section(subject)]
    return page_of("参数", _ABOUT, *parts, "## 不是参数的数量", table_of(("数量", "为什么不是参数"), _CONSTANT))


def _section(subject: Subject) -> Iterator[str]:
    lines = [_line(definition) for definition in PARAMETERS if definition.subject is subject]
    yield f"## {subject.label}"
    if any(not definition.used_by for definition in PARAMETERS if definition.subject is subject):
        yield "“人工掌握”的，系统还没有用它来判断，由办理的人照批准的数值掌握。"
    yield table_of(_HEADINGS, lines)


def _line(definition: Definition) -> tuple[str, ...]:
    return (
        definition.name,
        definition.shown(definition.default),
        definition.allowed,
        definition.meaning,
        f"“{definition.term}”" if definition.term else "",
        "、".join(definition.sources),
        "、".join(definition.used_by) or "人工掌握",
        _names(definition.deciders.owners, definition),
        _names(definition.deciders.approvers, definition),
        code(definition.code),
    )


def _names(roles: Iterable[Role], definition: Definition) -> str:
    named = "、".join(role.label for role in roles)
    return f"{named}（对所有局）" if definition.deciders == COMMISSION else named
