"""What can be done, as ``object:past-participle`` tags with the sentence that the history shows."""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class Verb(Word):
    """Journal tags; never reused for another meaning."""

    IMPORTED = "record:imported", "导入"
    CREATED = "record:created", "新建"
    EDITED = "record:edited", "修改"
    SUBMITTED = "record:submitted", "提交"
    RETURNED = "record:returned", "退回"
    WITHDRAWN = "record:withdrawn", "撤回"

    USER_CREATED = "user:created", "开设账户"
    USER_DISABLED = "user:disabled", "停用账户"
    PASSWORD_SET = "user:password-set", "重设密码"
    ROLE_GRANTED = "role:granted", "授予角色"
    ROLE_REVOKED = "role:revoked", "收回角色"

    UNIT_CREATED = "unit:created", "设立单位"
    UNIT_EDITED = "unit:edited", "修改单位"
    UNIT_RENAMED = "unit:renamed", "单位更名"
    UNIT_SUCCEEDED = "unit:succeeded", "单位承接"
    UNIT_MOVED = "unit:moved", "单位调整隶属"
    UNIT_CLOSED = "unit:closed", "撤销单位"
    POST_CREATED = "post:created", "设置岗位"
    POST_EDITED = "post:edited", "修改岗位"
    PERSON_CREATED = "person:created", "登记人员"
    PERSON_EDITED = "person:edited", "修改人员"
    TENURE_STARTED = "tenure:started", "任职"
    TENURE_ENDED = "tenure:ended", "离任"

    LAW_CREATED = "law:created", "登记法规"
    LAW_EDITED = "law:edited", "修改法规"
    LAW_REPEALED = "law:repealed", "标记废止"
    LAW_VERIFIED = "law:verified", "核验法规"

    POWER_CLEARED = "power:cleared", "清权"
    POWER_CHECKED = "power:legality-checked", "合法性审核通过"
    POWER_CONFIRMED = "power:confirmed", "确权"
    POWER_REOPENED = "power:reopened", "启动复核"
    POWER_RETIRED = "power:retired", "取消职权"

    NEGATIVE_APPROVED = "negative:approved", "审定负面清单条目"
    NEGATIVE_REOPENED = "negative:reopened", "启动修订"
    NEGATIVE_RETIRED = "negative:retired", "撤销负面清单条目"
    SEARCH_RECORDED = "search:recorded", "登记排查"
    RISK_ACCEPTED = "risk:accepted", "受理风险点"
    RISK_REJECTED = "risk:rejected", "不予采纳"
    RISK_MERGED = "risk:merged", "合并"
    RISK_REVIEWED = "risk:reopened", "启动复核"
    RISK_CLOSED = "risk:closed", "销号"
    GRADING_OPENED = "grading:opened", "启动评级"
    RATER_REPLACED = "grading:rater-replaced", "更换评分人"
    SCORE_GIVEN = "grading:scored", "评分"
    SCORES_REVEALED = "grading:revealed", "评分齐备，公开评分"
    GRADING_RECONCILED = "grading:reconciled", "会商"
    GRADING_PROPOSED = "grading:proposed", "提出等级"
    GRADING_APPROVED = "grading:approved", "审定等级"
    GRADING_SUPERSEDED = "grading:superseded", "被新一轮替代"

    REGULATION_EVALUATED = "regulation:evaluated", "评估制度"
    REGULATION_DRAFTED = "regulation:drafted", "起草制度"
    REGULATION_CHECKED = "regulation:legality-checked", "合法性审核通过"
    REGULATION_ADOPTED = "regulation:adopted", "审议通过"
    REGULATION_EFFECTIVE = "regulation:in-force", "施行"
    REGULATION_REPEALED = "regulation:repealed", "废止"

    CONTROL_APPROVED = "control:approved", "审定措施"
    CONTROL_EFFECTIVE = "control:in-force", "施行措施"
    CONTROL_TESTED = "control:tested", "检验措施"
    CONTROL_REOPENED = "control:reopened", "重新梳理"
    CONTROL_RETIRED = "control:retired", "停用措施"
    LEDGER_GENERATED = "ledger:generated", "生成台账"

    WAIVER_GRANTED = "waiver:granted", "准予豁免"
    WAIVER_REVOKED = "waiver:revoked", "撤销豁免"

    PLAN_CONFIRMED = "plan:confirmed", "确认方案"
    PROGRAMME_EDITED = "programme:edited", "修改方案任务"
    SETTING_CHANGED = "setting:changed", "调整参数"
