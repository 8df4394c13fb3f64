"""Whether a stated reason says anything: which fact, which basis; or only that somebody had to type something.

Whoever returns, waives, retires or settles a thing writes down why, and others must be able to check it later. From
the text everything is taken out that could stand under any decision: consent (同意), the act itself (予以退回), whoever
is always meant (领导, 大家), verdicts without an object (不规范, 风险较高), words of procedure (按有关规定, 经研究).
What is left over counts, and a number of an entry or a document counts more. Nobody is asked for length: “缺签字” says
what is wrong, and a page of 经会议认真研究一致同意 does not (S84).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.kernel.bigrams import folded, plain
from lianfang.kernel.errors import Invalid
from lianfang.kernel.hollow_words import HOLLOW_WORDS
from lianfang.kernel.numbering import MADE

_HAN = re.compile(r"[\u4e00-\u9fff]")
_COUNTED = re.compile(r"[\u4e00-\u9fff\d]")
_REFERENCE = re.compile(
    rf"{MADE}|(?<![a-z])[a-z]{{1,6}}(?:-[a-z0-9]{{1,8}}){{0,5}}-[a-z]{{0,2}}\d{{2,8}}(?!\d)"
    r"|[〔\[(（]\d{4}[〕\])）]第?\d+号|《[^》]{2,60}》",
    re.IGNORECASE,
)
"""What can be looked up: a number made here (CH-WRF-R001), one brought along (JY-001), 〔2026〕9号, 《行政处罚法》."""
_LOOKED_UP = 3
"""A reference counts as so many characters: alone it is a reason where something is to be proved."""

_YEAR = r"(?<!\d)(?:19|20)\d{2}"
_WHICH = r"[\d一二三四五六七八九十百零]{1,6}"
_DAY = r"[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}[日号]"
_A_MEETING = "(?:会|纪要)"
_DECISION = re.compile(
    rf"[〔\[({{【<]{_YEAR}年?[〕\])}}】>]\s?第?\s?{_WHICH}"
    rf"|{_YEAR}年?\s?第?\s?{_WHICH}\s?[次期号届]|{_YEAR}\s?[-—–/.]\s?\d{{1,4}}(?!\d)"
    rf"|第\s?{_WHICH}\s?[次期号届][^，。；]{{0,10}}{_A_MEETING}|{_A_MEETING}[^，。；]{{0,10}}?{_WHICH}\s?[次期号届]|{_WHICH}号纪要"
    rf"|(?:{_YEAR}年\d{{1,2}}月|{_DAY})[^。；]{{0,20}}{_A_MEETING}|{_A_MEETING}[^。；]{{0,20}}(?:{_YEAR}年\d{{1,2}}月|{_DAY})"
)
"""What tells one decision from another: a 文号, a numbered session, a meeting with its day."""
_ISSUED = re.compile(rf"{_DECISION.pattern}|\d\s?号|无文号[^\w]*\w{{2,}}")
"""The number of a document, also an old one without a year, or how what has none was published."""
_PAPER = re.compile(rf"(?:局|经|按|根据|见)*(?:党组|党委|班子|局务)*会?议?(?:纪要|决议)|{_DECISION.pattern}")
_SCORE = re.compile(r"[一二两三四五六七八九\d]分")
_SET_PHRASE = (
    "(?:上级|有关|相关)+的?文件|经办人要求|(?:规定|决定|同意|予以)(?:撤销|取消)|党组会(?!议?纪要)|经(?![办手费营济])|按(?=[规要有相上程实领])"
    "|[取打定为](?=[一二两三四五六七八九\\d]分|$)|由[高中低]|(?:风险|影响|概率|危害|等级|责任|质量)?(?:很|较|比较|太|不|偏)?[高中低大小](?![一-龥])|[高中低]风险"
)
_HOLLOW = re.compile("|".join((_SET_PHRASE, *HOLLOW_WORDS)))


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that asks for a reason: what it says when none is given, what a good one has, and an example.

    ``least`` is how many characters of its own a text needs, that is, after what fits every occasion is taken out.
    """

    label: str
    missing: str
    wants: str
    example: str
    least: int = 2
    names: re.Pattern[str] | None = None
    """What it must name, and then needs to say no more."""
    aside: re.Pattern[str] | None = None
    """What is asked for elsewhere, and so counts for nothing here."""
    lacks: str = "没有写出可以核对的事实或者依据"


RETURNING = Occasion(
    "退回理由", "退回时必须写明理由。", "写清哪一项、哪里不符", "依据应引第五十七条，现写的是第五十一条"
)
REJECTING = Occasion("理由", "必须写明理由。", "写清根据哪一件事实", "与 CH-WRF-R012 说的是同一环节的同一问题")
ENDING = Occasion("依据", "必须写明依据。", "写清发生了什么变化、凭什么文件", "岗位2026年3月已撤并，职责并入综合科")
WAIVING = Occasion(
    "豁免理由",
    "豁免必须写明理由。",
    "写清为什么这条检查结果在本单位可以接受、用什么办法补救",
    "监测站只有4人，无法再分岗，由局办公室每月抽查一次",
)
LOWERING = Occasion(
    "降级证据", "必须写明降级证据。", "写清哪一次检验、哪一份记录", "措施检验 CH-WRF-C006/1、CH-WRF-C006/2 均为有效"
)
MINUTES = Occasion(
    "会商记录",
    "请写会商记录。",
    "写明参加人、分歧在哪里、各自的理由、为什么取这个分值",
    "三人会商，李组长举出近两年两起投诉，另两人查阅后同意，概率取4分",
    least=4,
)
GROUNDS = Occasion(
    "定级依据", "请写定级依据。", "概括三项评分的事实和适用的底线规则", "可直接办结许可，近两年有一起投诉"
)
EVIDENCE = Occasion("评分依据", "请写明评分的依据。", "写一条能够核对的事实", "近两年有一起投诉")

EXEMPTING = Occasion(
    "重点领域豁免理由",
    "请写明豁免的理由。",
    "写清这项职权为什么不必按重点公开领域对待（会议纪要编号在审定时填写）",
    "本职权只登记备案，没有裁量余地",
    least=4,
    aside=_PAPER,
)
REOPENING = Occasion(
    "原因", "必须写明原因。", "写清发现了什么、发生了什么变化", "所依据的《排污费征收使用管理条例》已经废止"
)
ORGANISING = Occasion("依据", "必须写明依据。", "写明哪一份文件、哪一次会议或者什么事实", "区委编委〔2026〕3号")
COMPARING = Occasion(
    "对照来源", "核验须写明对照的来源。", "写明查了哪里、哪一天查的", "国家法律法规数据库，2026年8月20日查阅"
)
ADJUSTING = Occasion(
    "调整理由", "请写明调整理由。", "写清本单位的哪一个事实使这个数值合适", "本局只有四个科室，跨科室评审人不足"
)
ISSUING = Occasion(
    "文号",
    "施行须写明文号。",
    "写明文号；确实没有文号的，写明“无文号”和发布方式",
    "临环〔2026〕12号",
    names=_ISSUED,
    lacks="看不出是哪一份文件",
)
KEEPING = Occasion(
    "保留依据",
    "保留制度须写明依据。",
    "写明会议纪要编号，或者制度原来的文号",
    "局党组会纪要〔2026〕9号",
    names=_ISSUED,
    lacks="看不出是哪一次会议、哪一份文件",
)
DECISION = Occasion(
    "会议纪要编号",
    "请填写会议纪要编号。",
    "写明文号、第几次会议或者哪一天的会议",
    "局党组会纪要〔2026〕9号",
    names=_DECISION,
    lacks="看不出是哪一次会议、哪一份纪要",
)


def own_length(text: str, *, repeats: Iterable[str] = ()) -> int:
    """How many different characters of ``text`` could not stand under any decision; what ``repeats`` says is none."""
    lower = folded(text)
    found = len(set(_REFERENCE.findall(lower))) * _LOOKED_UP
    bare = plain(_REFERENCE.sub(" ", lower))
    for said in sorted(map(plain, repeats), key=len, reverse=True):
        bare = bare.replace(said, "") if said else bare
    if not _HAN.search(bare):
        return found
    left = _HOLLOW.sub("", _SCORE.sub("", bare))
    return found + len(set(_COUNTED.findall(left)))


def is_empty_reason(text: str, occasion: Occasion, *, repeats: Iterable[str] = ()) -> bool:
    """Whether ``text`` says nothing that could be checked; ``repeats`` are texts that everybody has before them."""
    if occasion.names:
        return not occasion.names.search(folded(text))
    said = occasion.aside.sub(" ", folded(text)) if occasion.aside else text
    return own_length(said, repeats=(occasion.label, *repeats)) < occasion.least


def demand_reason(
    text: str, occasion: Occasion, *, missing: str = "", remedy: str = "", repeats: Iterable[str] = ()
) -> str:
    """The reason, stripped.

    Raises:
        Invalid: no reason (said as ``missing``, or as the occasion says it), or one that says nothing.
    """
    given = text.strip()
    if not given:
        raise Invalid(missing or occasion.missing, remedy or f"请{occasion.wants}，例如：“{occasion.example}”。")
    if is_empty_reason(given, occasion, repeats=repeats):
        shown = given if len(given) <= 30 else f"{given[:30]}…"
        raise Invalid(
            f"{occasion.label}“{shown}”{occasion.lacks}。",
            f"请{occasion.wants}，例如：“{occasion.example}”。",
        )
    return given


def reason_if_given(text: str, occasion: Occasion) -> str:
    """The reason, stripped, where one may be left out; what is written all the same has to say something.

    Raises:
        Invalid: one that says nothing.
    """
    return demand_reason(text, occasion) if text.strip() else ""
