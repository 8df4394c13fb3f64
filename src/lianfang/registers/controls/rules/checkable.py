"""Whether a measure says anything that somebody could check.

The text is parted into clauses. In each clause the phrases of pure attitude are taken out: an exhorting verb with an
abstract object (加强…学习, 提高…认识, 严格执行…制度), unless the phrase itself holds a number or a frequency.
What is left is *checkable* if it has

- a verb that leaves a trace or takes a second pair of eyes (复核, 公示, 抽取, 回访 …) together with its object, or
- a quantity, frequency or deadline (每月, 逐件, 两名, 3日内 …) together with what is to be done.

A clause that says enough of its own (:mod:`lianfang.foundation.lint.concreteness`) is checkable whatever its verb, and
a known verb among words that every measure uses (公平公正公开, 严格审核把关) is not.

A measure is a slogan when no clause is checkable; so the structure decides, and an unknown exhortation fails as the
known ones do.
"""

from __future__ import annotations

import re

from lianfang.foundation.lint.concreteness import specific_length
from lianfang.kernel.bigrams import folded

_CLAUSE = re.compile(r"[，。；,;\n！!]|(?<=\D)\d{1,2}[.、．)）]")
_MODIFIER = re.compile(
    r"进一步|不断|切实|持续|认真|严格|自觉|积极|努力|及时|全面|深入|大力|坚决|必须|应当|做到|确保|始终|经常|定期|不定期|适时"
)
_MEASURE = re.compile(
    r"每(?:个?工作日|日|天|周|旬|月|季度?|半年|年|件|案|次|笔|批|宗|个|份|项|张|家)|逐[件案笔项份次级批日月]|双人|全程|一律|当场|当日"
    r"|[一两二三四五六七八九十百\d]+(?:个?工作日|人|名|个|次|日|天|小时|份|件|家|成|倍|%|分钟|万?元|年|月)|不少于|不低于|不超过|以上|日内|[月季周年][底末初]"
)
_ABSTRACT = (
    "学习|教育|认识|意识|修养|自律|责任心|责任感|责任|职责|觉悟|管理|监督|监管|建设|思想|作风|能力|水平|素质|防线|观念|信念|力度|制度|规定|纪律"
    "|检查|审核|把关|工作|精神|要求|程序|流程|机制|质量|约束|审查|培训|宣传|风气|诱惑|腐蚀|本色|底线|廉洁|自觉性|标准|腐败|问题|现象"
)
_EXHORTATION = re.compile(
    r"(?:加强|强化|提高|增强|提升|牢固树立|树立|深化|筑牢|坚持|注重|重视|做好|抓好|落实|贯彻|健全|完善|规范|狠抓|加大|杜绝|遵守|执行|开展"
    r"|组织|认清|端正|保持|抵制|拒绝|防止|履行)[^，。；、]{0,20}?"
    rf"(?:{_ABSTRACT})(?:[的和与及]?(?:{_ABSTRACT}))*"
)
_TRACE = re.compile(
    r"审核|复核|核对|核验|核查|核实|会签|双签|联签|抽查|抽检|评查|登记|公示|公开|公布|张贴|回避|轮岗|轮换|备案|签字|签名|盖章|录音|录像|拍照|留痕"
    r"|交叉|随机|抽取|盘点|清点|对账|回访|审议|讨论|表决|票决|报批|审批|批准|移交|归档|存档|立卷|通报|比对|对照|暗访|测评|告知|锁定|加密|封存"
    r"|监控|审计|招标|询价|比选|验收|分离|分设|分开|授权|上报|报送|报告|填写|填报|记录|扫描|上传|录入|出具|开具|约谈|考试|测试|签订|承诺书|安装"
    r"|编号|盲样|平行样|复测|倒查|追责|问责|扣减|检查|督查|巡查|拆封|销毁|旁站|评审|评议|述职|谈话|送达|提交|申请|预警|限制|设置|更换|调取|交由|收取"
)
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")
_SPEAKS_FOR_ITSELF = 7
"""Characters that only this place could say, from which on a clause describes an action whatever its verb."""
_OF_ITS_OWN = 2
"""What a clause with a known verb needs beside what every measure says (公平公正公开, 严格审核把关)."""
_IMAGE = re.compile(
    "风清气正|政治生态|(?:把|将)?权力关进|制度的?笼子|笼子|从严治党|全面从严|(?:向|往)?纵深(?:发展|推进)|拒腐防变|思想防线|廉洁防线|长效机制|源头治理|压紧压实"
    "|责任链条|问题导向|抓早抓小|防微杜渐|(?:时刻)?绷紧|这根弦|心有所畏|言有所戒|行有所止|警钟长鸣|久久为功|多措并举|齐抓共管|务求实效|(?:正确的?)?(?:权力|地位|利益|政绩|价值|人生|世界)观"
    "|不敢腐|不能腐|不想腐|一体推进|标本兼治|惩防并举|落地(?:生根|见效)|走深走实|入脑入心|以身作则|率先垂范|清正廉洁|廉洁从政|挺在前面|忠诚干净|干净担当|初心使命|清廉本色|敢于担当|洁身自好"
)
"""Images that say how one should be, and never what is done."""
_URGES = re.compile(
    rf"\s*(?:{_MODIFIER.pattern})*(?:加强|强化|提高|增强|提升|树立|牢固树立|深化|筑牢|坚持|注重|重视|做好|抓好|落实|压实|健全|完善|规范|狠抓|加大|杜绝|营造"
    "|推动|推进|构建|打造|转变|端正|弘扬|守住|扎紧|夯实|把牢)"
)
_ROOM = 9
"""From so many characters on, who urges has had room to say what is done; 建立台账 and 严格请销假 have not."""
_LITTLE = 4
"""So much of its own an urging clause has without saying what is done."""


def only_urges(action: str) -> bool:
    """Whether every clause of a slogan is an image or an exhortation by its very words.

    CTL003 warns of what it cannot recognise as an action, and so of many honest short ones (换锁, 分房结果贴在楼道).
    Where something is refused, the words themselves must say that it is a slogan (docs/decisions/0022).
    """
    text = folded(action).strip()
    bare = _IMAGE.sub("", text)
    clauses = [clause for clause in _CLAUSE.split(text) if _NOT_HAN.sub("", clause)]
    has_room = len(_NOT_HAN.sub("", text)) >= _ROOM
    return (
        bool(clauses)
        and not any(_is_checkable(clause) for clause in _CLAUSE.split(bare))
        and all(_urges(clause, has_room) for clause in clauses)
    )


def _urges(clause: str, has_room: bool) -> bool:
    bare = _IMAGE.sub("", clause)
    urged = _URGES.match(bare) if has_room or bare != clause else None
    left = specific_length(bare[urged.end() :] if urged else bare)
    return (bare != clause or urged is not None) and left < _LITTLE


def is_slogan(action: str) -> bool:
    """Whether no clause of ``action`` is checkable; an empty text is no slogan but nothing at all."""
    text = folded(action).strip()
    return bool(text) and not any(_is_checkable(clause) for clause in _CLAUSE.split(text))


def _is_checkable(clause: str) -> bool:
    own = specific_length(clause)
    if own >= _SPEAKS_FOR_ITSELF:
        return True
    kept = _EXHORTATION.sub(lambda found: found[0] if _MEASURE.search(found[0]) else "", clause)
    kept = _NOT_HAN.sub("", _MODIFIER.sub("", kept)) if not _MEASURE.search(kept) else kept
    measured = _MEASURE.search(kept)
    if measured:
        return len(_NOT_HAN.sub("", kept.replace(measured[0], ""))) >= 2
    traced = _TRACE.search(kept)
    return traced is not None and len(kept) - len(traced[0]) >= 2 and own >= _OF_ITS_OWN
