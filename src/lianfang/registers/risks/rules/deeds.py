"""Whether a sentence tells a deed in common words: somebody takes something, or turns what the office decides.

The measure of own words (:mod:`lianfang.foundation.lint.concreteness`) takes 检查人员收受礼金 apart into words that
every bureau uses, and nothing is left, although it says who does what. So where too little is left, the grammar is
asked: an acting person, a verb by which one takes or turns something, and what it is done to. 收受礼金 without anybody
who does it stays a set phrase, unless a second clause tells what was given for it (收受礼金，减轻处罚). Fears
(存在……风险) and attitudes are no deeds, whatever verbs stand in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SOMEBODY = (
    "(?:(?<!工作)(?<!有关)(?<!相关)(?<!个别)(?<!少数)人员|负责人|[经承]办人|办案人|科长|局长|主任|书记|站长|队长|所长|院长|组长|处长"
    "|会计|出纳|窗口|专家|司机|[\u4e00-\u9fff](?<!人)员(?!工|会)|[\u4e00-\u9fff]岗(?!位)|分管领导|局领导|主要领导|医生|护士|民警|教师|法官)"
)
_FAVOUR = (
    "礼品|礼金|礼物|红包|回扣|财物|钱物|钱款|现金|贿赂|购物卡|消费卡|加油卡|有价证券|宴请|吃请|旅游|娱乐"
    "|好处|报酬|干股|烟酒|补贴|感谢费|介绍费"
)
_THING = "[\u4e00-\u9fff\\d]{2}"
_TAKES = (
    f"(?:收受|收取|索取|索要|接受)[^，。；]{{0,10}}?(?:{_FAVOUR})|(?:私分|侵吞|侵占|挪用|截留|套取|骗取|冒领|虚报|虚列|克扣|变卖|倒卖"
    f"|偷卖|私用|私吞|盗用|贪污){_THING}|吃拿卡要|受贿"
)
_TURNS = (
    f"(?:插手|干预|干扰|指使|泄露|透露|隐瞒|伪造|变造|篡改|编造|销毁|调换|减免|免除|免予|少收|少征|放行|放过|包庇|袒护|偏袒|瞒报|压下"
    f"|违规发放|违规核发|违规批准|擅自|私自|拆分|规避|刁难|串通|勾结|说通){_THING}"
    "|(?:降低|减轻|抬高|压低)[^，。；]{0,6}(?:处罚|罚款|标准|费|分|等级|门槛|基数|价)"
    "|指定[^，。；]{0,6}(?:单位|公司|企业|机构|供应商|队|品牌|厂家|亲)|出具[^，。；]{0,4}(?:虚假|假|不实|合格)"
    "|安排[^，。；]{0,6}(?:亲|友|子女|配偶|熟人|关系)|通风报信|打招呼|说情|压案|不予(?:查处|处罚|立案)"
)
_NO_DEED = re.compile(
    "存在|出现|容易|易[受发产滋被]|风险|隐患|问题|现象|风气|倾向|意识|观念|不正之风"
    "|不到位|不力|不强|不严|不高|廉洁|自律"
)
_TAKING, _TURNING = re.compile(_TAKES), re.compile(_TURNS)
_NAMED = re.compile(rf"{_SOMEBODY}[^，。；]{{0,8}}?(?:{_TAKES}|{_TURNS})")

_SELF_SERVING = re.compile(
    "(?:公款|公家的?钱|专项资金|备用金|库存现金|单位资金|代管资金)[^，。；]{0,6}(?:炒股|理财|放贷|出借|借给|购房|买房|消费|旅游|吃喝|请客|送礼|赌博|打赏|周转)"
    "|(?:向|给|对|同|与)[^，。；]{1,12}(?:透露|泄露|泄漏|告知|通报)[^，。；]{0,8}(?:标底|底价|报价|试题|考题|面试题|评委|评审专家|检查(?:时间|安排|计划|行程)"
    "|举报人|举报内容|线索|案情)"
    "|(?:透露|泄露|泄漏)[^，。；]{0,8}(?:标底|底价|试题|考题|举报人|检查(?:时间|安排|行程))[^，。；]{0,8}给"
    "|(?:标底|底价|试题|考题|举报(?:人|信|材料|内容)|线索|案情|检查(?:时间|安排|计划|行程))[^，。；]{0,8}(?:告诉|告知|透露给?|泄露给?|泄漏给?|转给|交给|发给)[^，。；]{2}"
    "|公车[^，。；]{0,10}(?:私驾|私用|办私事|接送(?:子女|家人|亲属))"
)
"""Deeds whose gain or harm nobody need be told: public money at the exchange, the floor price told to a bidder."""


def speaks_for_itself(clauses: Iterable[str]) -> bool:
    """Whether a clause tells a deed that says by itself who gains or is harmed; fears and attitudes tell none."""
    return any(_SELF_SERVING.search(clause) and not _NO_DEED.search(clause) for clause in clauses)


def deeds_told(clauses: Iterable[str]) -> int:
    """How many clauses tell a deed; 0 where nobody is named who does it and nothing is given for what is taken."""
    told = [clause for clause in clauses if not _NO_DEED.search(clause)]
    takes, turns = (sum(verb.search(clause) is not None for clause in told) for verb in (_TAKING, _TURNING))
    is_named = any(_NAMED.search(clause) for clause in told)
    return max(1, takes + turns) if is_named else (takes + turns if takes and turns else 0)
