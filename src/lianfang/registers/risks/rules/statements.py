"""Rules about how a risk is written: who does what for whose benefit, how it shows, and why it can happen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lianfang.foundation.lint.concreteness import CLAUSE, specific_length
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import behind, is_placeholder, plain
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.rows import RiskRow, Tier
from lianfang.registers.risks.rules.deeds import deeds_told, speaks_for_itself
from lianfang.registers.risks.rules.examples import RISK
from lianfang.registers.risks.states import RiskState

ENDED = frozenset({RiskState.MERGED, RiskState.REJECTED, RiskState.CLOSED})
"""States in which nobody works on a risk any more."""

_ACTOR = re.compile(
    r"人员|[\u4e00-\u9fff](?:人|员|岗|长|科|室|股|站|队|组|局|办|处|所|官|会|部|师|警|院|馆|校|司|企)|负责人|经办|承办|领导|班子|党组|书记"
    r"|主任|干部|会计|出纳|窗口|专家|医生|护士|中心|部门|机构|单位|司机|本人|有人"
)
BENEFITS = (
    r"谋取|牟取|谋私|牟利|获利|得利|受益|利益|好处|财物|钱物|礼金|礼品|礼卡|购物卡|消费卡|宴请|吃请|旅游|回扣|贿|红包|报酬|干股|私利|方便|便利"
    r"|关照|照顾|人情|亲友|亲属|亲戚|子女|朋友|熟人|同学|特定|指定|利害|关系人|关系户|中标|逃避|免于|免予|免罚|少缴|减轻|不公|侵害|损害|损失|流失|浪费|致使|导致"
    r"|造成|使得|换取|据为己有|侵吞|私用|私分|漏管|事故|失控|失真|失实|错案|帮助|袒护|偏袒|吃拿卡要|优亲厚友|挪用|截留|侵占|冒领|套取|骗取|虚领"
    r"|[收领拿分卖换吞占赚捞抽](?:取|受|走|给|钱|费|成|了|到|回|下|现金)|[\d一二两三四五六七八九十百千万几]元|提成|返利|返点|返还|分成|报销|归己"
    r"|为[^，。；]{1,20}(?:提供|谋|创造|开脱|打开|争取|过关|牵线|说情)|[让使给][^，。；]{1,16}(?:得|获|通过|过关|逃|免|受|无法|造成|带来|提供)"
    r"|[卖分送][^，。；]{1,12}给|归[^，。；]{0,6}(?:个人|自己)|供[^，。；]{1,10}使用|送礼|请客|请托|相熟|熟识|掩盖|掩饰|无人发现|不公平|公正|公信力|危害|影响|给了"
)
BENEFITS_BEGIN = (
    r"\d一七万三不两中为九事二五亲人优使供侵便偏免八公六关冒减几分利十千卖占危受吃同吞四回失套好子宴导少帮干归影得截报抽拿指挪捞损换"
    "据掩提收方旅无朋流浪消漏照熟牟特百相礼私红给致获虚袒让请谋财购贿赚返送逃造钱错领骗"
)
"""The characters with which they can begin; a test derives them, so that none is forgotten."""
_BENEFIT = re.compile(behind(BENEFITS_BEGIN, BENEFITS))
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OWN_WORDS_OF_A_CLAUSE = 5
"""Characters that only this place could say, from which on a clause tells what is done."""
_OWN_WORDS_IN_ALL = 6
"""The same for short clauses taken together."""
_OWN_WORDS_OF_AN_OUTCOME = 3
"""What a second clause needs to be told as the outcome of the first."""


def statement_without_actor_act_benefit(risks: Iterable[RiskRow]) -> Iterator[Finding]:
    """RSK001.

    检查什么：风险点是否说得出谁、做了什么、谁因此得利或造成什么后果。先把放在哪个单位哪个岗位都能说的话剔除：
    “认识不到位”“把关不严”一类评价，“以权谋私”“收受礼品礼金”“利用职务便利”一类套语，“可能”“存在风险”，以及“在……工作中”
    和审批、执法、采购等业务名称；剩下的字数够一个分句，才算写出了行为。后果可以是另一个有内容的分句，也可以是得利、受损的字眼
    （回扣、归己、逃避、损失等）；用公款炒股、向投标人透露标底、把举报人告诉被举报人这类行为本身就说明了后果，不再要求。岗位级风险点登记了岗位的，行为人就是该岗位，不要求在句中再写一遍。
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
    clauses, outcome = CLAUSE.split(risk.statement), _BENEFIT.search(risk.statement) is not None
    longest = total = told = 0
    beginning = len(clauses)
    for place, clause in enumerate(clauses):
        length = specific_length(clause)
        longest, total = max(longest, length), total + length
        if length >= _OWN_WORDS_OF_AN_OUTCOME:
            beginning, told = min(beginning, place), told + 1
        # What a clause says of its own is dear to find out; once all is told, the others need not be asked.
        if longest >= _OWN_WORDS_OF_A_CLAUSE and (outcome or told > 1):
            break
    act = longest >= _OWN_WORDS_OF_A_CLAUSE or total >= _OWN_WORDS_IN_ALL
    if not act and (deeds := deeds_told(clauses)):
        act, told, beginning = True, max(told, deeds), min(beginning, len(clauses) - 1)
    plain_enough = not (act and (outcome or told > 1)) and speaks_for_itself(clauses)
    found = {
        # Whoever acts is named before or in the first clause that tells something.
        "行为人": (risk.tier is Tier.POST and risk.post) or _ACTOR.search("，".join(clauses[: beginning + 1])),
        "具体行为": act or plain_enough,
        "得利者或后果": outcome or plain_enough or (act and told > 1),
    }
    return [part for part, seen in found.items() if not seen]


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
        elif _is_copied(risk.manifestation, risk.statement):
            yield Finding(risk.number, "manifestation", "表现形式与风险点是同一句话，应写监督者能看到的迹象。")


def _is_copied(text: str, original: str) -> bool:
    """Whether both are the same but for spaces and signs; a different Han character at the start settles it at once."""
    if text[:1] != original[:1] and _HAN.match(text) and _HAN.match(original):
        return False
    return len(text) < 2 * len(original) and plain(text) == plain(original)


def cause_chain_too_short(material: Material) -> Iterator[Finding]:
    """RSK004.

    检查什么：高、中风险的成因是否追问到参数规定的层数（默认两层），重复的和套话不算。低风险和未定级的不检查。
    为什么：方案要问风险找得“深不深”。只写一层成因，措施多半停在“加强教育”；追问到制度和流程，措施才有落点。
    怎么改：对每个成因再问一次“为什么会这样”，写到可以由本单位改变的环节为止。
    来源：S54、参数 causes_least。
    """
    wanted = material.parameters.causes_least
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
