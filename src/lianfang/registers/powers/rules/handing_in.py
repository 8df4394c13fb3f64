"""What is asked of a power when it is handed up, beside the rules: fields that say something, a basis that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lianfang.foundation.lint.entries import Fault, Field, entry_faults, is_hollow
from lianfang.foundation.lint.wording import plain
from lianfang.registers.powers.rows import PowerRow

_STEP_OF_ANYTHING = re.compile(
    "(?:启动|开始|准备|提出|承办|经办|办理|处理|处置|开展|进行|实施|执行|落实|研究|反馈|总结|结束|完成|办结"
    "|有关|相关|事项|工作|的|和|与|并|及)+"
)
"""Names of steps that any procedure has; 受理, 审查, 决定 and 送达 are acts that a law names, and pass."""
_AS_ALWAYS = re.compile("(?:按照?|依照?|根据)?(?:法定|规定|要求|有关|相关|程序|流程|的)+(?:办理|执行|处理)?")
_LIMITED = re.compile(
    r"\d|[一二两三四五六七八九十半](?:个|日|天|周|月|年|季|小时|工作日)|当[场日天]|[即立]时|[即随]办|每|[末底前后]|长期|随[到时]"
    "|(?:未|没有?|无)(?:法律|法定|明确)?(?:规定|期限|时限|限制)"
)
_NO_LIMIT = re.compile("(?:按照?|在|规定|法定|要求|的|时间|时限|期限|程序|及时|尽快|之?内|完成|办[理结])+")
_KIND = re.compile("检查")
"""A kind of power that the measure of reasons takes for nothing."""
_SUPERVISOR = re.compile("人大|政协|工会|会计|党委|支部")
"""Who supervises, in words that the measure of reasons takes for nothing."""
_TREATED = re.compile("[吃宴]请|[归返偿]还")
"""What a duty forbids or demands in words that the measure of reasons takes for nothing."""
_ORDERED = re.compile("交办")
"""What somebody higher asks for is a condition, though no content."""


def hollow_power_fields(power: PowerRow) -> Iterator[Fault]:
    """A fault for every one of the eight fields, and for the duty, that says nothing of this power (S20, S84)."""
    limit = "" if power.time_limit.is_typed else power.time_limit.text
    yield from entry_faults(
        (
            Field("职权名称", power.name, "写明对谁、办什么事", "对拒绝现场检查的处罚", enough=_KIND),
            Field(
                "职权内容", power.content, "写明对谁、做什么、到什么范围", "对直接从河湖取水的单位核发取水许可证",
                enough=_KIND,
            ),
            Field(
                "行使条件", power.conditions, "写明出现什么事实才可以行使", "有群众举报，或者在线数据连续两小时超标",
                enough=_ORDERED,
            ),
            Field(
                "办理期限", limit, "写明几日、从哪一天起算；法律没有规定的，写本单位控制在几日",
                "法律未规定期限，本局控制在15个工作日内", enough=_LIMITED, nothing=_NO_LIMIT,
            ),
            Field(
                "监督方式", power.supervision, "写明谁监督、怎么找到他", "派驻纪检监察组抽查案卷，举报电话在窗口公示",
                enough=_SUPERVISOR,
            ),
            Field(
                "责任事项", power.duties, "写明办这件事必须做到哪一步", "不予许可须引用具体条款并书面告知",
                enough=_TREATED,
            ),
        )
    )  # fmt: skip
    if power.steps and _says_nothing_of_its_way(power):
        shown = "、".join(step.name for step in power.steps)
        told = (
            f"行使程序“{shown}”放在哪项职权上都成立，看不出每一步做什么。请写明各环节的动作，最好写上岗位和薄弱环节，"
            "例如：“受理（窗口岗）【薄弱环节：补正通知不留存】”。"
        )
        yield Fault(PowerRow.headings["steps"], told)


def _says_nothing_of_its_way(power: PowerRow) -> bool:
    if any(step.post or step.weak_link for step in power.steps):
        return False
    return all(
        _STEP_OF_ANYTHING.fullmatch(plain(step.name))
        or is_hollow(Field("环节", step.name, "", "", enough=_KIND, nothing=_AS_ALWAYS))
        for step in power.steps
    )
