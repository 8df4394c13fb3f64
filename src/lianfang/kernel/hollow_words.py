"""What could stand under any decision about anything: consent, the act itself, procedure, verdicts without an object.

These words are taken out before anybody asks whether a stated reason says something (:mod:`substance`). A word that is
missing here lets an empty reason pass; a word too many could refuse an honest one, which is worse. So nouns of our
fields (依据, 期限, 岗位, 凭证) and words for what happened (撤并, 停征, 重复, 漏) are none of them; the measured lists
in the tests say when either has gone too far.
"""

from __future__ import annotations

_CONSENT = (
    "不同意|同意|不予采纳|予以采纳|采纳|批准|准予|通过|可以接受|接受|认可|赞成|赞同|支持|意见|异议|照办|已阅|知悉|收到|"
    "好的|可以|不可以"
)
_THE_ACT = (
    "退给|退回|返回|请核对|修改好|好后|下次改|听取|重新|重来|重写|重做|重报|返工|打回去|打回|打磨|填写|填报|上报|报来|再报|后报|修改|改正|更正|改改|再改|完善|补充|补正|"
    "考虑|斟酌|再想想|核实|核对一下|停用|使用|豁免|降级|降低|下降|降为|降至|可以降|定级|定为|评为|评定|评估|评议|综合|整改|暂时|采取|会商|"
    "讨论|研究|商议|协商|沟通|审议|酝酿|表决|判断|取得|分值|评分|记录"
)
_WHO_IS_ALWAYS_MEANT = (
    "与会同志|参会人员|与会人员|请科室|各评分人|评分人|领导班子|局领导|领导|上级|局里|基层|专家|大家|全体|三人|各方|各位|会议|集体|"
    "本单位|单位|本局|我局"
)
_PROCEDURE = (
    "民主集中制|少数服从多数|按照|根据|依照|经过|充分|认真|严格|进一步|切实|及时|尽快|有关|相关|规定|要求|精神|原则|办理|处理|"
    "执行|决定|确定|一致|统一|达成|达到|形成|发表|交换|看法|畅所欲言|共识|最终|最后|反复|趋于|不断|对照|逐条|自查|汇报|实事求是|"
    "开展|下一步|以后再说|再说|慎重|凭经验|经验|这么|认为|觉得|感觉|随便|详见|同上|同前|略|测试|某"
)
_CIRCUMSTANCES = (
    "情况属实|符合|实际|情况|特殊|原因|理由|历史|大局|客观公正|客观条件|客观|条件|所限|困难|理解|较多|工作|需要|必要|变化|问题|存在|结果|检查|内容|"
    "属于|具体|各方面|因素|什么|意义|没用|预期|保留|范围|显而易见|发展|一直|多年来|如此|自然"
)
_VERDICT = (
    "不合格|合格|规范|合理|完整|准确|清楚|比较|较为|较|一般|重要|风险|危害|影响|概率|可能|好转|有效|加强|强化|管理|措施|落实|到位|等级|"
    "权力|责任|表述|欠妥|妥当|不妥|有待|商榷|质量|缺乏|针对性|不够|深入|简单|材料|不齐|看不懂|过时|形势|总体|平稳|向好|队伍|素质|提高|"
    "制度不断|健全|成效|显著|明显|可控|各项|防控|有力|多措并举|持续|表现|良好|优秀|中等|水平|热烈|融洽|气氛|开得|很|太|非常|十分"
)
_FUNCTION = (
    "已经|因为|由于|所以|予以|给予|进行|作出|以及|并且|但是|这样|不行|还需|还|吧|的|了|地|得|着|请|应|须|要|已|将|会|就|再|也|都|均|"
    "是|为|因|而|但|和|与|及|在|被|把|给|到|并|且|这|那|该|此|等|不|无|没|有|予"
)
_GROUPS = (_CONSENT, _THE_ACT, _WHO_IS_ALWAYS_MEANT, _PROCEDURE, _CIRCUMSTANCES, _VERDICT, _FUNCTION)
HOLLOW_WORDS: tuple[str, ...] = tuple(
    sorted({word for group in _GROUPS for word in group.split("|")}, key=lambda word: (-len(word), word))
)
"""All of them, long ones first, so that 不同意 is not read as 同意."""
