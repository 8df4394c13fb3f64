"""How much a sentence says that only this place could say.

A sentence is parted into clauses, and from each clause everything is taken out that could stand on any post of any
bureau: verdicts on attitude (认识不到位), the set phrases of misconduct (以权谋私, 收受礼品礼金), words of fear
(可能, 存在, 风险), names of fields of work (审批, 执法, 采购) and mere topics (在……工作中). What is left over counts.
Nobody can list all ways to abuse an office, so no word is asked for; what is empty is a small and stable language, and
that is what is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lianfang.foundation.lint.generic_words import GENERIC_WORDS
from lianfang.foundation.lint.wording import behind

CLAUSE = re.compile(r"[，。；,;！!？?：:\n]")
"""Where one clause ends and the next begins; 、 parts the members of one clause."""
_COUNTED = re.compile(r"[\u4e00-\u9fff\d]")
_TOPIC_NOUN = re.compile("工作|过程|环节|方面|领域|活动|实践")
_TOPIC = re.compile(
    rf"(?:在|对|从事|行使|面对)?[^，。；]{{0,14}}?(?:{_TOPIC_NOUN.pattern})"
    r"(?:之?[中上里内]|(?=存在|容易|可能|风险|权力|产生|易))"
)
_LACK = (
    "(?:不够?|不太|不甚|不很|欠|未|未能|没有|没|缺乏|缺少|放松|忽视|轻视|丧失|失去|有待|亟待|需要?)"
    "(?:很好|真正|完全|认真|严格|及时|有效|充分|正确|进一步|切实|自觉|树立|做到|形成)*"
    "(?:强|够|高|严格?|严密|细致?|实|力|足|到位|规范|科学|合理|合法|合规|民主|公开|公正|公平|透明|健全|完善|完备|深入?|系统"
    "|扎实|认真|重视|牢固?|坚定|端正|清晰?|清楚|明确|熟悉?|透彻?|准确?|全面|及时|畅通?|明显|突出|充分|好|优|硬|文明|廉洁|坚持|尽责"
    "|主动|担当|正确|正当|正|齐|平衡|良|协调|落实|执行|有力|有效|履行|履职|遵守|理解|掌握|难以|胜任|处理|学习|提高|加强|完整|灵活"
    "|妥善|妥当|稳|称职|自觉|注意|讲|当|相称|对等|匹配|衔接|顺畅?|一致|统一|平等|积极|负责任?|上心|用心|作为|敢|愿|善)"
)
_IDIOM = (
    "以[\u4e00-\u9fff]谋私|权钱交易|权色交易|优亲厚友|任人唯亲|吃拿卡要报?|徇私舞弊|徇私枉法|徇私情?|枉法裁判|贪赃枉法"
    "|滥用(?:[\u4e00-\u9fff]{0,6}权力?|职权)|玩忽职守|失职渎职|失职|渎职|不作为|慢作为|乱作为|暗箱操作|违规操作|违规行为"
    "|违纪违法|违法乱纪|违法违纪|违法违规|违规违纪|贪污受贿|贪污|受贿|行贿|索贿|权力寻租|寻租|说情|打招呼|走过场|流于形式|走马观花"
    "|蜻蜓点水|有章不循|得过且过|睁一只眼闭一只眼|推诿扯皮|推诿|扯皮|门难进|脸难看|事难办|冷硬横推|宽松软|宽软|老好人|得罪人"
    "|重[\u4e00-\u9fff]{2,4}[、，]?轻[\u4e00-\u9fff]{2,4}|讲关系|看面子|碰硬|以罚代[\u4e00-\u9fff]{1,2}|以收代[\u4e00-\u9fff]{1,2}"
    "|人情案|关系案|金钱案|人情[税户]|关系[税户]|人情关系|个人说了算|一言堂|独断专行|个人专断|八小时(?:以|之)?[内外]|从严治[党警]"
    "|八项规定|中央|麻痹思想|侥幸心理|畏难情绪|先锋模范作用|政绩观|世界观|人生观|价值观|权力观|地位观|利益观|公与私|假公济私"
    "|公私不分|损公肥私|化公为私|中饱私囊|失守|抬头|迷失方向|经不起|守不住|考验|拉拢|腐蚀|诱惑|侵蚀|物质|贪念|诱发|滋生|产生|引发"
)
_GIFT = "礼品|礼金|礼物|红包|回扣|财物|钱物|钱财|贿赂|购物卡|消费卡|有价证券|支付凭证|宴请|吃请|旅游|健身|娱乐"
_GIFTS = (
    "(?:收受|索取|索要|接受|收取|非法收受|吃请)(?:或者?|和|、|及|非法|可能|影响|公正|执行|公务|的)*"
    "(?:(?:服务对象|管理服务对象|管理对象|相对人|行政相对人|当事人|供应商|患者|病人|家属|家长|学生|他人|企业|业主|对方|有关单位"
    f"|相关单位|群众)(?:的)?)?(?:{_GIFT}|好处费?|活动|安排|等|、|和|及|或者?)+|(?:{_GIFT})"
)
_OFFICE = (
    "(?:利用|借助|凭借|借|把|将)?(?:手中|所掌握|本人|个人)?的?(?:职务|职权|工作|岗位|权力|审批权|执法权|职务影响)"
    "(?:上的|上|之|的)?(?:便利(?:条件)?|便|机|权力|影响)?|(?:利用|借助|凭借|借)(?:手中)?的?"
)
_GAIN = (
    "(?:为|给|替|向|帮助?)?(?:自己|本人|个人|他人|亲属|亲友|亲戚|朋友|家人|子女|身边人|特定关系人|特定人|关系人|特定单位|关系户|熟人"
    "|小团体|单位|部门|服务对象)?(?:或者?|和|及|、)?(?:他人|亲友|亲属|特定关系人|特定关系|部门|小团体)?"
    "(?:谋取?|牟取?|捞取|获取|换取|得到|取得|输送|提供)(?:个人|不正当|不当|非法|不法|私人|经济|各种|自身|部门|的)*"
    "(?:利益|私利|好处|方便|便利|关照|照顾|益处)|谋私利?|牟利|谋利|利益驱动下?|利益"
)
_HARM = (
    "(?:严重|有损|损害|破坏|影响|损坏|败坏|降低){1,3}(?:了|到)?(?:[\u4e00-\u9fff]{0,8}?)"
    "(?:形象|声誉|公信力|权威|公正|执法|履职|公平|公正性|队伍|廉洁性|威信|信誉|积极性)"
    "|(?:造成|导致|带来|产生|引起|引发|致使|诱发)(?:了)?"
    "(?:一定|不良|恶劣|较大|严重|重大|不利|负面|社会|单位|国家|集体|公共|的|和)*"
    "(?:影响|后果|损失|浪费|流失|失误|事故|偏差|风险|腐败|案件|不公平竞争|竞争)|不公平竞争|不良影响|失误|后果|损失|浪费"
)
_BREACH = (
    "(?:违反|违背|不遵守|触犯|不执行|未执行|未严格执行|不严格执行|不按照?|未按照?|没有按照?|不严格按照?|未严格按照?)"
    "(?:有关|相关|国家|法律|法规|各项|规章|政策|财经|组织|廉洁|政治|工作|群众|生活|保密|职业|道德|政府|的|和|、|及)*"
    "(?:规定|规章|制度|纪律|原则|程序|要求|规程|规范|精神|办法|标准|道德|法律法规|法规|办事|操作)+"
)
_IDIOM_BEGINS = (
    "一不世个中乱事产人从以价任优侥侵假先八公关冷利化受吃地失守宽寻引徇得慢打扯抬拉损推政暗有权枉流渎滋滥物独玩畏看睁碰索经老考脸腐"
    "蜻行讲诱说贪走违迷重金门麻"
)
PHRASES = (
    ("不丧亟失忽放有未欠没缺轻需", _LACK),
    (_IDIOM_BEGINS, _IDIOM),
    ("健吃回娱宴接支收旅有消礼索红财购贿钱非", _GIFTS),
    ("、个为亲他关利单及取向和子家小帮得或捞换提替朋服本熟牟特给自获谋身输部", _GAIN),
    ("不严产后失导带引影损有浪破致诱败造降", _HARM),
    ("不未没触违", _BREACH),
    ("个借凭利审将岗工所手执把本权的职", _OFFICE),
)
"""Every pattern behind the characters with which it can begin; a test derives them, so that none is forgotten."""
_BUCKETS = 24


def _bucketed(words: Iterable[str]) -> Iterator[str]:
    """The words in a few groups, each behind one look at the first character."""
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[0], []).append(word)
    for place in range(_BUCKETS):
        firsts = sorted(by_first)[place::_BUCKETS]
        if firsts:
            yield behind("".join(firsts), "|".join(word for first in firsts for word in by_first[first]))


_BEGINNINGS = "".join(sorted({first for begins, _ in PHRASES for first in begins}))
_SET_PHRASES = behind(_BEGINNINGS, "|".join(behind(begins, pattern) for begins, pattern in PHRASES))
_GENERIC = re.compile(
    behind(
        "".join(sorted({*_BEGINNINGS, *(word[0] for word in GENERIC_WORDS)})),
        "|".join((_SET_PHRASES, *_bucketed(GENERIC_WORDS))),
    )
)


def specific_length(clause: str) -> int:
    """How many Han characters and digits of a clause could not stand on any post."""
    # Few clauses have a topic, and finding that out by its noun is much cheaper than trying the whole expression.
    about = _TOPIC.sub(" ", clause) if _TOPIC_NOUN.search(clause) else clause
    return len(_COUNTED.findall(_GENERIC.sub(" ", about)))
