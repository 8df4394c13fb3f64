"""Roles, permissions, and the one matrix that joins them (domain.md §4)."""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class Role(Word):
    """Who somebody is in the programme; the last three are the administrators, apart from everybody and each other."""

    POST = "POST", "岗位人员"
    HEAD = "HEAD", "科室负责人"
    DEPUTY = "DEP", "分管领导"
    SECRETARY = "SEC", "党组书记"
    COORDINATOR = "COORD", "廉政办"
    LEGAL = "LEG", "法制审核员"
    COMMISSION = "DIS", "纪委监委干部"
    SYSTEM = "SYS", "系统管理员"
    SECURITY = "SECADM", "安全管理员"
    AUDITOR = "AUD", "安全审计员"


ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDITOR})
"""三员分立: each of these excludes every other role (domain.md §4; GB/T 22239-2019 8.1.5)."""


class Permission(Word):
    """What may be done, ``resource:act``; the Chinese label completes the sentence 您没有…的权限."""

    ORGANISATION_READ = "organisation:read", "查看单位和岗位"
    ORGANISATION_EDIT = "organisation:edit", "维护单位、岗位和人员"
    LAWS_READ = "laws:read", "查看法规库"
    LAWS_EDIT = "laws:edit", "维护法规库"
    POWERS_READ = "powers:read", "查看职权"
    POWERS_READ_APPROVED = "powers:read-approved", "查看已确权的职权"
    POWERS_DRAFT = "powers:draft", "填报职权"
    POWERS_SUBMIT = "powers:submit", "提交职权"
    POWERS_CLEAR = "powers:clear", "清权"
    POWERS_CHECK = "powers:check", "审核职权合法性"
    POWERS_CONFIRM = "powers:confirm", "确权"
    POWERS_RETURN = "powers:return", "退回职权"
    POWERS_RETIRE = "powers:retire", "取消职权"
    RISKS_READ = "risks:read", "查看风险点"
    RISKS_READ_APPROVED = "risks:read-approved", "查看已审定的风险点"
    RISKS_DRAFT = "risks:draft", "填报风险点和负面清单"
    RISKS_ACCEPT = "risks:accept", "受理、合并、退回风险点"
    RISKS_CLOSE = "risks:close", "销号或重启风险点"
    NEGATIVE_APPROVE = "risks:approve-negative", "审定负面清单"
    GRADING_OPEN = "grading:open", "启动评级"
    GRADING_SCORE = "grading:score", "评分"
    GRADING_PROPOSE = "grading:propose", "会商并提出等级"
    GRADING_APPROVE_LOW = "grading:approve-low", "审定低风险"
    GRADING_APPROVE_MEDIUM = "grading:approve-medium", "审定中风险"
    GRADING_APPROVE_HIGH = "grading:approve-high", "审定高风险"
    REGULATIONS_READ = "regulations:read", "查看制度"
    REGULATIONS_READ_APPROVED = "regulations:read-approved", "查看已施行的制度"
    REGULATIONS_DRAFT = "regulations:draft", "评估和起草制度"
    REGULATIONS_CHECK = "regulations:check", "审核制度合法性"
    REGULATIONS_RETURN = "regulations:return", "退回制度草案"
    REGULATIONS_ADOPT = "regulations:adopt", "审议制度"
    REGULATIONS_ENFORCE = "regulations:enforce", "发布施行制度"
    CONTROLS_READ = "controls:read", "查看防控措施"
    CONTROLS_READ_APPROVED = "controls:read-approved", "查看已审定的防控措施"
    CONTROLS_DRAFT = "controls:draft", "设计防控措施"
    CONTROLS_TEST = "controls:test", "检验防控措施"
    CONTROLS_APPROVE_LOW = "controls:approve-low", "审定低风险措施"
    CONTROLS_APPROVE_MEDIUM = "controls:approve-medium", "审定中风险措施"
    CONTROLS_APPROVE_HIGH = "controls:approve-high", "审定高风险措施"
    LEDGER_READ = "ledger:read", "查看台账"
    LEDGER_GENERATE = "ledger:generate", "生成台账"
    PARAMETERS_READ = "parameters:read", "查看参数"
    PARAMETERS_READ_APPROVED = "parameters:read-approved", "查看已批准的参数"
    PARAMETERS_PROPOSE = "parameters:propose", "提出本局参数"
    PARAMETERS_PROPOSE_POWERS = "parameters:propose-powers", "提出本局职权方面的参数"
    PARAMETERS_APPROVE = "parameters:approve", "批准本局参数"
    PARAMETERS_PROPOSE_COMMON = "parameters:propose-common", "提出全区统一的参数"
    PARAMETERS_APPROVE_COMMON = "parameters:approve-common", "批准全区统一的参数"
    PLANS_READ = "plans:read", "查看方案"
    PLANS_DRAFT = "plans:draft", "读入和核对方案"
    PLANS_CONFIRM = "plans:confirm", "确认方案"
    PLANS_RECEIVE = "plans:receive", "代表单位签收方案"
    FINDINGS_READ = "findings:read", "查看检查结果"
    FINDINGS_WAIVE = "findings:waive", "豁免检查结果"
    FINDINGS_CHECK = "findings:check", "检查清单质量"
    OVERVIEW_READ = "overview:read", "查看总览"
    REGISTERS_IMPORT = "registers:import", "导入登记表"
    REGISTERS_ADOPT = "registers:adopt", "承接使用本系统之前已审定的清单"
    OWN_PASSWORD = "password:change-own", "修改自己的密码"
    USERS_MANAGE = "users:manage", "开设和停用账户"
    ROLES_GRANT = "roles:grant", "授予和收回角色"
    USER_LOGS_READ = "logs:read-users", "查看用户日志"
    ADMIN_LOGS_READ = "logs:read-administrators", "查看管理员日志"
    JOURNAL_READ = "journal:read", "查看操作日志"


P = Permission
_EVERYBODY_IN_THE_BUREAU = {
    P.ORGANISATION_READ, P.LAWS_READ, P.POWERS_READ, P.RISKS_READ, P.REGULATIONS_READ, P.CONTROLS_READ,
    P.LEDGER_READ, P.PLANS_READ, P.FINDINGS_READ, P.PARAMETERS_READ,
}  # fmt: skip
_DRAFTING = {P.POWERS_DRAFT, P.POWERS_SUBMIT, P.RISKS_DRAFT, P.CONTROLS_DRAFT, P.GRADING_SCORE, P.REGISTERS_IMPORT}

MATRIX: dict[Role, frozenset[Permission]] = {
    Role.POST: frozenset(_EVERYBODY_IN_THE_BUREAU | _DRAFTING),
    Role.HEAD: frozenset(
        _EVERYBODY_IN_THE_BUREAU | _DRAFTING
        | {P.POWERS_CLEAR, P.POWERS_RETURN, P.RISKS_ACCEPT, P.GRADING_OPEN, P.GRADING_APPROVE_LOW,
           P.CONTROLS_APPROVE_LOW, P.CONTROLS_TEST, P.REGULATIONS_DRAFT, P.FINDINGS_CHECK, P.OVERVIEW_READ,
           P.PLANS_RECEIVE, P.JOURNAL_READ}
    ),
    Role.DEPUTY: frozenset(
        _EVERYBODY_IN_THE_BUREAU
        | {P.POWERS_CLEAR, P.POWERS_RETURN, P.RISKS_DRAFT, P.RISKS_ACCEPT, P.GRADING_SCORE, P.GRADING_APPROVE_LOW,
           P.GRADING_APPROVE_MEDIUM, P.CONTROLS_APPROVE_LOW, P.CONTROLS_APPROVE_MEDIUM, P.CONTROLS_TEST,
           P.NEGATIVE_APPROVE, P.FINDINGS_WAIVE, P.OVERVIEW_READ, P.JOURNAL_READ}
    ),
    Role.SECRETARY: frozenset(
        _EVERYBODY_IN_THE_BUREAU
        | {P.POWERS_CONFIRM, P.POWERS_RETURN, P.POWERS_RETIRE, P.RISKS_DRAFT, P.RISKS_CLOSE, P.GRADING_SCORE,
           P.GRADING_APPROVE_LOW, P.GRADING_APPROVE_MEDIUM, P.GRADING_APPROVE_HIGH, P.CONTROLS_DRAFT,
           P.CONTROLS_APPROVE_LOW, P.CONTROLS_APPROVE_MEDIUM, P.CONTROLS_APPROVE_HIGH, P.REGULATIONS_ADOPT,
           P.REGULATIONS_RETURN, P.REGULATIONS_ENFORCE,
           P.NEGATIVE_APPROVE, P.PLANS_DRAFT, P.PLANS_CONFIRM, P.FINDINGS_WAIVE, P.FINDINGS_CHECK, P.OVERVIEW_READ,
           P.JOURNAL_READ, P.PARAMETERS_APPROVE}
    ),
    Role.COORDINATOR: frozenset(
        _EVERYBODY_IN_THE_BUREAU
        | {P.ORGANISATION_EDIT, P.LAWS_EDIT, P.POWERS_RETURN, P.GRADING_OPEN, P.GRADING_SCORE, P.GRADING_PROPOSE,
           P.LEDGER_GENERATE, P.PLANS_DRAFT, P.PLANS_CONFIRM, P.REGISTERS_IMPORT, P.REGISTERS_ADOPT, P.POWERS_DRAFT,
           P.RISKS_DRAFT, P.RISKS_ACCEPT, P.REGULATIONS_DRAFT, P.REGULATIONS_ENFORCE, P.CONTROLS_DRAFT,
           P.CONTROLS_TEST, P.FINDINGS_CHECK, P.OVERVIEW_READ, P.JOURNAL_READ, P.PARAMETERS_PROPOSE}
    ),
    Role.LEGAL: frozenset(
        _EVERYBODY_IN_THE_BUREAU
        | {P.LAWS_EDIT, P.POWERS_CHECK, P.POWERS_RETURN, P.REGULATIONS_CHECK, P.REGULATIONS_RETURN, P.GRADING_SCORE,
           P.PARAMETERS_PROPOSE_POWERS}
    ),
    Role.COMMISSION: frozenset(
        {P.ORGANISATION_READ, P.LAWS_READ, P.POWERS_READ_APPROVED, P.RISKS_READ_APPROVED,
         P.REGULATIONS_READ_APPROVED, P.CONTROLS_READ_APPROVED, P.LEDGER_READ, P.PLANS_READ, P.FINDINGS_READ,
         P.OVERVIEW_READ, P.PARAMETERS_READ_APPROVED, P.PARAMETERS_PROPOSE_COMMON, P.PARAMETERS_APPROVE_COMMON}
    ),
    Role.SYSTEM: frozenset({P.USERS_MANAGE, P.ORGANISATION_READ}),
    Role.SECURITY: frozenset({P.ROLES_GRANT, P.USER_LOGS_READ, P.ORGANISATION_READ}),
    Role.AUDITOR: frozenset({P.ADMIN_LOGS_READ}),
}  # fmt: skip
"""Every role with everything it may do; whatever is not here is refused."""


EVERYBODY = frozenset({P.OWN_PASSWORD})
"""What every account may do, also one that no role was granted to yet."""


def incompatible(held: set[Role], wanted: Role) -> Role | None:
    """The held role that forbids also holding ``wanted``, or ``None`` (三员分立)."""
    for role in sorted(held - {wanted}):
        if role in ADMINISTRATORS or wanted in ADMINISTRATORS:
            return role
    return None
