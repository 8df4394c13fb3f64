"""Words that say nothing: placeholders, slogans, and the plain form under which texts are compared."""

from __future__ import annotations

import re

from lianfang.kernel.bigrams import plain

__all__ = ["behind", "is_placeholder", "listed", "plain"]

_NOTHING_SAID = (
    r"(?:按照?|根据|依据|依照|依|遵照)?(?:国家|上级|有关|相关|现行|法律法规|法律|法规|政策|文件|本局|单位|规定的|法定的?|的|、|和|及|等)*"
    r"(?:规定|要求|程序|流程|制度|条件|期限|时限|法律法规|法律|法规|政策|文件|部署|安排)(?:执行|办理|办|进行|开展|处理|追究|追责)?"
    r"|以(?:国家|上级|有关|相关|法律法规|法律|法规|政策|的)*(?:规定|要求|文件|通知)为准|参照(?:执行|办理)?|按需(?:要|办理|开展|进行)?"
    r"|(?:视|根据|按照?)(?:实际|具体|工作)?(?:情况|情形|需要|情)(?:而定|确定|办理|处理|执行|开展)?|同[左右下]|如[上左]|另行(?:通知|规定)"
    r"|未(?:填写?|定|明确)|领导(?:安排|决定|指示)"
    r"|依法(?:依规|办理|执行|进行)*|按规定(?:办理|执行)?|(?:待|暂)(?:定|补充?|填写?|完善|核实|确认|明确)|暂?无|没有|同上|同前|略"
    r"|空|不详|不适用|(?:详|参|另)?见(?:附件|附表|附图|流程图|办事(?:指南|流程)|服务指南|指南|官网|网站|文件|制度|规定|后|下)?[0-9]*"
    r"|等等?|none|n a|na|null|tbd|todo|x+|某+|测试|test|[0-9]"
)
_PLACEHOLDER = re.compile(_NOTHING_SAID)
_SOMETHING_SAID = re.compile(rf"(?=[\u4e00-\u9fff])[^{''.join(sorted(set(re.findall('[一-鿿]', _NOTHING_SAID))))}]")
"""A Han character that no placeholder has; most texts have one among their first few."""


def is_placeholder(text: str) -> bool:
    """Whether ``text`` is empty or only points elsewhere (“按相关规定执行”), so that a reader learns nothing.

    “按《行政处罚法》第五十七条的规定执行” names its source and is no placeholder; “无偿提供” is not “无”.
    """
    # What is written here survives every normalisation, so one such character settles the question.
    if not text or _SOMETHING_SAID.search(text):
        return not text
    bare = plain(text)
    return not bare or _PLACEHOLDER.fullmatch(bare) is not None


def listed(items: list[str], at_most: int = 3) -> str:
    """Items for a message: ``甲、乙、丙等 5 项``."""
    shown = "、".join(items[:at_most])
    return shown if len(items) <= at_most else f"{shown}等 {len(items)} 项"


def behind(firsts: str, pattern: str) -> str:
    """``pattern``, tried only where one of ``firsts`` stands: seeing that nothing begins is most of the work."""
    return f"(?=[{firsts}])(?:{pattern})"
