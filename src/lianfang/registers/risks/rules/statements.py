"""Rules about how a risk is written: who does what for whose benefit, how it shows, and why it can happen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder, plain
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.registers.risks.rules.examples import RISK
from lianfang.registers.risks.states import RiskState

ENDED = frozenset({RiskState.MERGED, RiskState.REJECTED, RiskState.CLOSED})
"""States in which nobody works on a risk any more."""

_SLOGAN = re.compile(
    r"(?:可能|容易|会|存在)?(?:思想|政治|认识|意识|责任心|责任感|觉悟|作风|自律|廉洁|廉政|宗旨|纪律|法治|学习|理论|服务|大局|素质"
    r"|能力|监督|监管|管理|审核|把关|落实|执行|教育|检查)[\u4e00-\u9fff]{0,6}?"
    r"(?:不强|不够|淡薄|不到位|不高|松懈|滑坡|不重视|不足|不深入?|薄弱|欠缺|缺乏|有待[\u4e00-\u9fff]{2}|不廉洁|不严格?|不力|缺失|不细)"
    r"|可能[\u4e00-\u9fff]{0,4}不廉洁|不廉洁|(?:存在|产生|发生|出现)[\u4e00-\u9fff]{0,6}(?:廉政|廉洁|腐败)?(?:风险|问题)"
)
_ACTOR = re.compile(
    r"人员|[\u4e00-\u9fff](?:人|员|岗|长|科|室|股|站|队|组|局|办)|负责人|经办|承办|领导|班子|党组|书记|主任|干部|会计|出纳|窗口"
    r"|评委|专家|委员|司机|单位|机构"
)
_ABUSE = (
    "收受|收取|索取|索要|接受|吃拿卡要|泄露|泄密|透露|隐瞒|隐匿|伪造|篡改|编造|虚报|虚构|虚开|冒领|截留|挪用|侵占|套取|挤占|私分|私自|擅自"
    "|违规|违反|违法|越权|滥用|降低|放宽|压案|压件|拖延|拖办|推诿|不作为|徇私|舞弊|插手|干预|打招呼|说情|暗示|指定|拆分|规避|压低|抬高"
    "|减免|从轻|选择性|通风报信|跑风漏气|漏报|瞒报|少报|迟报|漏查|漏检|超标准|借机|操纵|串通|围标|量身|倾斜|优亲厚友|默许|放任|纵容|包庇"
    "|故意|随意|任意|无故|人为|以罚代|替换|更换|删除|删改|修改|调换|刁难|设置障碍|弄虚作假|倒签|补签|代签|拒不|怠于|抽走|销毁|利用"
    "|偏袒|私存|公款|公车|代为|虚假|提前告知|走漏|选取|夸大|缩小|重复报销|化整为零|绕过|绕开|了结|授意|圈定|内定|虚增|少计|漏计|骗取"
    "|诱导|强迫|摊派|捆绑|转移|突击|包办|安插|打探|变通|变相|出借|出租|外借|顶替|冒名|造假|包揽|垄断|把持|操控"
)
_OMISSION = (
    "(?:不|未|没有)(?:按|经|予|依|如实|严格|及时|认真|执行|履行|公开|公示|回避|移送|移交|上报|报告|立案|查处|处罚|核实|核查|审核|审查|检查"
    "|登记|留痕|告知|受理|审批|验收|核对|入账|开具|记录|招标|集体|进行|实施|作为|说明|录入|比对|组织|通知)"
)
_ACT = re.compile(f"{_ABUSE}|{_OMISSION}|(?:借|凭借|趁|以)[^，。；]{{1,20}}(?:之机|之便|名义|为由|手段)")
_BENEFIT = re.compile(
    r"谋取|牟取|谋私|牟利|获利|得利|受益|利益|好处|财物|钱物|礼金|礼品|礼卡|购物卡|消费卡|宴请|吃请|旅游|回扣|贿|红包|报酬|干股|私利|方便|便利"
    r"|关照|照顾|人情|亲友|亲属|朋友|熟人|特定|利害|关系人|关系户|中标|逃避|免于|免予|少缴|减轻|不公|侵害|损害|损失|流失|浪费|致使|导致"
    r"|造成|使得|换取|据为己有|侵吞|私用|漏管|事故|失控|失真|失实|错案|帮助|袒护|偏袒|吃拿卡要|优亲厚友"
    r"|为[^，。；]{1,20}(?:提供|谋|创造|开脱|打开|争取|过关|牵线|说情)|[让使给][^，。；]{1,16}(?:得|获|通过|过关|逃|免|受|无法|造成|带来|提供)"
    r"|归[^，。；]{0,6}(?:个人|自己)|供[^，。；]{1,10}使用|送礼|请客|请托|相熟|熟识|掩盖|掩饰|无人发现|不公平|公正|公信力|危害|影响"
)
_CLAUSE = re.compile(r"[，。；,;！]")
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]")
_LONG_ENOUGH = 6
"""Characters of a clause that can hold a verb and its object."""


def statement_without_actor_act_benefit(risks: Iterable[RiskRow]) -> Iterator[Finding]:
    """RSK001.

    检查什么：风险点是否说得出谁（人员、岗位、机构）、做了什么（滥用、违规、应为而不为，或“借……之机”一类的句式）、
    谁因此得利或造成什么后果（谋取、帮助……逃避、礼金、导致……）。先剔除“思想不重视”“把关不严”“可能不廉洁”一类没有行为的
    评价语，再在剩下的文字里找这三样。用词库没有的动词写的，只要行为人、得利者都有，另有一个分句说明做法，也算写了行为。岗位级风险点登记了岗位的，行为人就是该岗位，不要求在句中再写一遍。
    为什么：方案要问风险找得“准不准”。只写态度的风险点，定不了级，也想不出措施。
    怎么改：按“谁，在哪个环节，用什么办法，为谁谋了什么”的句式重写。
    来源：S54；场景卡“谁得利、怎么得、谁会看见”。
    """
    for risk in risks:
        if risk.state in ENDED:
            continue
        missing = _missing(risk)
        if missing:
            frame = "【谁】在【哪个环节】【做了什么】，【为谁谋取什么、造成什么后果】"
            yield Finding(risk.number, "statement", f"风险点的表述缺少{'、'.join(missing)}。", suggestion=frame)


def _missing(risk: RiskRow) -> list[str]:
    concrete = _SLOGAN.sub("", risk.statement)
    act = _ACT.search(concrete)
    actor = (risk.tier is Tier.POST and risk.post) or _ACTOR.search(concrete, 0, act.start() if act else len(concrete))
    benefit = _BENEFIT.search(concrete)
    done = act or (actor and benefit and _has_clause_of_its_own(concrete))
    found = {"行为人": actor, "具体行为": done, "得利者或后果": benefit}
    return [part for part, seen in found.items() if not seen]


def _has_clause_of_its_own(text: str) -> bool:
    """Whether some clause beside those about the benefit is long enough to say what is done."""
    clauses = (_ACTOR.sub("", clause, count=1) for clause in _CLAUSE.split(text) if not _BENEFIT.search(clause))
    return any(len(_NOT_HAN.sub("", clause)) >= _LONG_ENOUGH for clause in clauses)


def risk_without_manifestation(risks: Iterable[RiskRow]) -> Iterator[Finding]:
    """RSK003.

    检查什么：表现形式是否填写、不是套话，并且不是把风险点原样抄一遍（不计空格和标点）。
    为什么：台账要求单列表现形式。表现形式是监督的人能看见的东西；看不见，就无法及时发现。
    怎么改：写监督者从材料、数据、时间、行为上能看到的迹象，例如“笔录与在线数据不一致”。
    来源：S42。
    """
    for risk in risks:
        if risk.state in ENDED:
            continue
        if is_placeholder(risk.manifestation):
            yield Finding(risk.number, "manifestation", "风险点没有写明表现形式。")
        elif len(risk.manifestation) < 2 * len(risk.statement) and plain(risk.manifestation) == plain(risk.statement):
            yield Finding(risk.number, "manifestation", "表现形式与风险点是同一句话，应写监督者能看到的迹象。")


def cause_chain_too_short(material: Material) -> Iterator[Finding]:
    """RSK004.

    检查什么：高、中风险的成因是否追问到参数规定的层数（默认两层），重复的和套话不算。低风险和未定级的不检查。
    为什么：方案要问风险找得“深不深”。只写一层成因，措施多半停在“加强教育”；追问到制度和流程，措施才有落点。
    怎么改：对每个成因再问一次“为什么会这样”，写到可以由本单位改变的环节为止。
    来源：S54、参数 causes_least。
    """
    wanted = material.settings.causes_least
    for risk in material.of(RiskRow):
        if risk.state in ENDED or risk.grade not in {Grade.HIGH, Grade.MEDIUM}:
            continue
        causes = {plain(cause) for cause in risk.causes if not is_placeholder(cause)}
        if len(causes) < wanted:
            message = f"{risk.grade.label}风险的成因只有 {len(causes)} 层，至少应追问到 {wanted} 层。"
            yield Finding(risk.number, "causes", message)


RULES: tuple[Rule, ...] = (
    Rule(
        code="RSK001",
        severity=Severity.WARNING,
        dimension=Dimension.ACCURACY,
        title="风险点没有行为人、行为或得利者",
        check=statement_without_actor_act_benefit,
        subject=RiskRow,
        sources=("S54",),
        fails=(replace(RISK, statement="思想上不够重视，可能不廉洁"),),
        passes=(RISK,),
    ),
    Rule(
        code="RSK003",
        severity=Severity.ERROR,
        dimension=Dimension.DEPTH,
        title="没有表现形式或照抄风险点",
        check=risk_without_manifestation,
        subject=RiskRow,
        sources=("S42",),
        fails=(replace(RISK, manifestation=RISK.statement),),
        passes=(RISK,),
    ),
    Rule(
        code="RSK004",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="成因追问不够",
        check=cause_chain_too_short,
        subject=RiskRow,
        reads=(RiskRow,),
        sources=("S54",),
        fails=(replace(RISK, causes=RISK.causes[:1]),),
        passes=(RISK, replace(RISK, number="FX-002", grade=Grade.LOW, causes=())),
    ),
)
