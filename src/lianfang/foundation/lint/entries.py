"""What an entry must say before it is handed up: no field that is hollow as a whole, none that repeats another.

A rule of severity W leaves a draft to its author; handing it up asks somebody else to believe it. So whoever submits is
held to the least that can be asked: of each field one thing that is said of this matter. The judgement is that of
stated reasons (:mod:`lianfang.kernel.substance`) and of :mod:`concreteness`, after what every duty and every office
says of itself is taken out. A field is refused only when nothing of it is left, so that “有举报” and “签字” pass
(S84, docs/decisions/0022).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lianfang.foundation.lint.concreteness import specific_length
from lianfang.foundation.lint.wording import is_placeholder, plain
from lianfang.kernel.bigrams import folded
from lianfang.kernel.errors import Invalid
from lianfang.kernel.substance import own_length

_EXHORTED = re.compile(
    "依法|依规|法定|法律法规|法律|法规|行政|行使|实施|贯彻|履行|履职|尽职|尽责|职责|职权|职能|赋予|本职|负责任|负责|交办|任务(?![书单])|事务|做好|完成|服务"
    "|教育|学习|思想|认识|监督|接受|自觉|社会|群众|内部|外部|遵守|应当|以权谋私|有时|偶尔|常有|符合|满足|具备|条件|达到|要求"
    "|规定|期限|时限|限期|按时|按期|按法|适时|及时|尽快|办结|办理|办事|严格|认真|管理|材料|资料|留痕|需要|相?结合"
    "|高度重视|重视|狠抓|增强|提升|搞好|廉洁|自律|全面"
    "|视(?:具体|实际|工作|现场)*情况(?:而定|确定|决定|办理|处理)?|看情况|酌情|工作需要时?"
    "|(?:公开|公平|公正){2,3}|(?:热情|文明|优质|周到|高效){1,2}服务|多管齐下|齐抓共管|围绕中心|服务大局|(?:扎实|稳步|有序|深入)(?:推进|开展)"
)
"""What every duty, every office and every exhortation says of itself."""
_SAID_AGAIN = re.compile(r"([^\W\d_])(?:[\W_]*\1){2,}|([^\W\d_]{2,6}?)(?:[\W_]*\2)+|^[\W_]*(\w)(?:[\W_]*\3)+[\W_]*$")
"""What is written again at once (测试测试, 啊啊啊, 1111) says no more than once; 工作作风 and 天天 are left alone."""
_DEEDS = (
    "登记|公示|公开|审[批核查]|复核|记录|备案|招标|验收|合同|预算|档案|票据|会计|盘点|交接|采购|培训|考核|检查|监督"
    "|核查"
)
_ORDER = "权限|制度|流程|规程|标准|时限|期限|规定|分工|考核"
_NOT_DONE = re.compile(
    f"(?:无人?|未|没有?人?|缺)(?:经|作|做|进行|开展|组织|参加)?(?:{_DEEDS})(?!到位|力|严)"
    "|不(?:公示|公开|招标|登记|记录|备案|验收|签字|留痕)"
    f"|(?:无|未|没有?)(?:建立|制定|出台|规定|明确|设)?(?:{_ORDER})(?!到位|化)"
    "|(?:审批|签字|采购|验收|发放|执法|录用|裁量|定价)权[^，。；力]{0,2}集中"
    "|(?:供应商|厂家|人手|专家|评委|竞争)(?:太|较|很)?少"
)
"""What was left undone, or in one hand, is a fact, also where the thing is one that every office knows."""
_LEAST = 2
TOLD = 0.1
"""Share of its own that a sentence has that tells something; measured, honest ones have a seventh at the least."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: what is written there, what a good one has, and an example.

    ``own_share`` asks for something that happened or is done: so much of the text must be no set phrase, of misconduct
    or of attitude; 0 where nothing is to be told.
    """

    label: str
    text: str
    wants: str
    example: str
    own_share: float = 0.0
    enough: re.Pattern[str] | None = None
    """What suffices wherever it is found."""
    nothing: re.Pattern[str] | None = None
    """What says nothing in this field, if it is all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps an entry from being handed up: the heading of the field that it is about, and a sentence."""

    heading: str
    sentence: str


def is_hollow(field: Field) -> bool:
    """Whether something is written in the field, and nothing of it belongs to this matter alone."""
    if not field.text.strip():
        return False
    once = _SAID_AGAIN.sub(lambda found: found[1] or found[2] or found[3], folded(field.text))
    if (
        is_placeholder(field.text)
        or is_placeholder(once)
        or (field.nothing and field.nothing.fullmatch(field.text.strip()))
    ):
        return True
    if (field.enough and field.enough.search(field.text)) or (field.own_share and _NOT_DONE.search(field.text)):
        return False
    said = once.replace(folded(field.label), " ")
    left = _EXHORTED.sub(" ", said)
    own, specific = own_length(left), min(specific_length(said), specific_length(left))
    tells_too_little = field.own_share and specific <= field.own_share * len(plain(said))
    return bool(tells_too_little) or (own < _LEAST and specific < _LEAST)


def entry_faults(fields: Iterable[Field]) -> Iterator[Fault]:
    """A fault for every field that says nothing, or says what a field before it says; what is empty is skipped."""
    before: dict[str, str] = {}
    for field in fields:
        said = plain(field.text)
        if not said:
            continue
        if said in before:
            yield Fault(field.label, f"{field.label}与{before[said]}写的是同一句话。{_wanted(field)}")
        elif is_hollow(field):
            told = f"{field.label}“{_shown(field.text)}”没有写出这件事本身的内容。{_wanted(field)}"
            yield Fault(field.label, told)
        before.setdefault(said, field.label)


def demand_substance(number: str, faults: Iterable[Fault]) -> None:
    """Let an entry be handed up only if nothing stands against it.

    Asked after the step, whose own refusals (another version, another state, open errors) come first; what is raised
    here takes the step back with its transaction.

    Raises:
        Invalid: something does; ``details`` has a sentence for each field.
    """
    found = tuple(fault.sentence for fault in faults)
    if found:
        raise Invalid(
            f"{number} 有 {len(found)} 处只有套话、互相照抄或者无从核对，不能提交。",
            "草稿已经保存。请照每一句改好，再提交。",
            details=found,
        )


def _wanted(field: Field) -> str:
    return f"请{field.wants}，例如：“{field.example}”。"


def _shown(text: str) -> str:
    line = "；".join(text.split("\n"))
    return line if len(line) <= 30 else f"{line[:30]}…"
