"""What is asked of a measure when it is handed up, beside the rules: who does what, and what is left of it to see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.foundation.lint.entries import TOLD, Fault, Field, entry_faults
from lianfang.foundation.lint.wording import plain
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.rules.checkable import is_slogan, only_urges

_ANY = re.compile("")
_ALL = re.compile(".*", re.DOTALL)
_ACT = re.compile(
    r"\s*(?:集体|双人|两人|多人|交叉|逐级|全程|定期|联合|当场|统一|公开|会议|局务会|党组会)*"
    r"(?:公示|公开|审[批核查议计定]|复核|会签|研究|讨论|决定|登记|记录|备案|验收|招标|检查|考核|盘点|采购)[。\s]*"
)
"""One act and nothing else: too little for CTL003, but more than an exhortation."""
_POST = re.compile("(?:岗|长|科|室|股|组|队|站|办|局|所|院|委|会|支部|中心|书记|主任|会计|出纳|干事|代表|[员师工])$")
"""How the names of posts and bodies end, so that 风险监督岗 is one."""
_SOMEBODY = re.compile(
    "(?:有关|相关|各|责任|具体)+(?:责任|经办|工作)?(?:人员|人|科室|部门|单位|岗位|同志|领导)|具体负责人员?"
)
_SOME_PAPER = re.compile(
    "(?=.*(?:相关|有关|各[种类项]))(?:相关|有关|各[种类项]|书面|证明|文字|工作|材料|资料|记录|文件|凭证|留痕|的|和|及)+"
)
_SOME_RULE = re.compile("(?:国家|上级|有关|相关|现行|文件|精神|规定|要求|法律|法规|政策|按照?|根据|的|和|及)+")
_NAMED_PAPER = re.compile("[书表册]$")

_LONG, _OF_AN_EXHORTATION = 10, 0.25
"""From so many characters on an exhortation has had room to say what is done, and more of it must be its own."""


def hollow_control_fields(control: ControlRow, *, waived: bool = False) -> Iterator[Fault]:
    """A fault for every field that says nothing, or the same as another (S55, S77, S84).

    An action is hollow only if CTL003, too, finds nothing in it to check; with ``waived`` somebody answers for that.
    """
    acts = waived or not is_slogan(control.action) or _ACT.fullmatch(control.action)
    urged = not waived and only_urges(control.action)
    share = TOLD if len(plain(control.action)) < _LONG else _OF_AN_EXHORTATION
    yield from entry_faults(
        (
            Field(
                "具体措施", control.action, "写清对什么、做什么、多久一次", "每月抽五份检查笔录，与在线数据逐项比对",
                own_share=share, enough=_ANY if acts else None, nothing=_ALL if urged else None,
            ),
            Field("执行岗位", control.actor, "写明哪个岗位", "案件审核岗", enough=_POST, nothing=_SOMEBODY),
            Field(
                "留痕凭证", control.evidence, "写明做完以后留下哪一份东西", "笔录与在线数据比对表", nothing=_SOME_PAPER,
            ),
            Field(
                "依据", control.basis, "写明哪一条法规、哪一份文件、哪项岗位职责", "《行政处罚法》第四十七条",
                enough=_NAMED_PAPER, nothing=_SOME_RULE,
            ),
        )
    )  # fmt: skip
