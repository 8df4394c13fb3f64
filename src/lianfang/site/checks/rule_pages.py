"""Finished values for the pages of rules: families, a rule's two examples, and the notices of reading a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.foundation.documents.notices import Notice
from lianfang.foundation.journal.wording import heading_of, words
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Row, differences, field_names
from lianfang.site.rules import RULES

RULE_BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
_UNSHOWN = {"number", "version", "state"}


@dataclass(frozen=True)
class ExampleEntry:
    """One entry of an example: what it is, and ``(heading, words)`` of the fields that matter."""

    label: str
    number: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Example:
    """One side of the line: its entries, those that both sides share, and what the rule really says about it."""

    title: str
    entries: tuple[ExampleEntry, ...]
    shared: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class ReadingNotice:
    """A code that reading a file can give, for which no rule exists."""

    code: str
    severity: Severity
    title: str
    remedy: str


_READING = {
    Notice.NO_HEAD.code: ("找不到表头", "核对第一行是不是各列的名称；可以下载空白表，把内容粘贴进去。"),
    Notice.UNKNOWN_COLUMN.code: ("有一列没有对应的字段", "这一列不会读入。需要保留的，改用系统认得的列名。"),
    Notice.GUESSED_COLUMN.code: ("列名是按常见叫法推断的", "核对是不是这一列；不是的，把列名改成系统的叫法。"),
    Notice.MISSING_COLUMN.code: ("缺少必填的列", "补上这一列，或使用空白表。"),
    Notice.ROW_LEFT_OUT.code: ("有一行没有作为条目读入", "标题行、合计行、填表说明会自动跳过，核对即可。"),
    Notice.HEAD_JOINED.code: ("表头有两行或三行", "已把上下两层合成一行读入；核对各列的名称。"),
    Notice.CELLS_MERGED.code: ("有合并单元格", "内容已填到所合并的每一格；核对每一条是不是都该有这个内容。"),
    Notice.FULL_WIDTH.code: ("编号里有全角字符", "已按半角理解；请统一写成半角。"),
    Notice.HIDDEN_SHEET.code: ("有工作表没有读入", "隐藏的工作表先取消隐藏；认不出的，补上表头。"),
    Notice.MERGES_UNKNOWN.code: ("看不到合并单元格", "这种格式不保存合并信息，请核对合并过的列，或另存为 xlsx。"),
    Notice.HIDDEN_ROWS.code: ("有隐藏的行", "隐藏的行照常读入；不需要的，请先删除。"),
    Notice.OPEN_QUOTE.code: ("引号没有配对", "核对这一处的文字，或另存为 xlsx。"),
    Notice.TABLES_LOST.code: ("有表格没有读出来", "改用 docx 或 xlsx 格式再次上传。"),
    Notice.HIDDEN_COLUMNS.code: ("有隐藏的列", "隐藏的列照常读入；不需要的，请先删除。"),
    Notice.REQUIRED_BLANK.code: ("必填的格子是空的", "补填这一格。"),
    Notice.BAD_CELL.code: ("格子里的内容不是这一列要的", "按提示改写这一格。"),
    Notice.GRADES_AMBIGUOUS.code: ("分不清哪一级最高", "把等级写成高、中、低，或在表头注明一级最高还是最低。"),
    Notice.GRADES_MERGED.code: ("等级按高中低归并", "核对归并后的等级。"),
    Notice.GRADES_COUNTED.code: ("一格里写了几个等级", "每个风险点单列一行。"),
    Notice.NUMBER_REPEATED.code: ("编号重复", "同一份文件里每个编号只能出现一次。"),
    Notice.VAGUE_LIMIT.code: ("时限说不出是哪一天", "把“尽快”“立即”改成年月日、天数或者频次。"),
    "IMP030": ("引用的对象没有登记", "写编号，或先登记这个单位、岗位、职权或人员。"),
    "IMP031": ("缺少必填内容", "补填后再次上传；单位可以在上传时统一选择。"),
    "IMP032": ("文件里的序号不作编号", "系统按名称对应或另行编号，不需要处理。"),
    "IMP033": ("同一条内容写了两行", "只保留一行，再次上传。"),
    "IMP034": ("格子里的内容超出了这一列能放的", "按提示缩短文字，或核对数字，再次上传。"),
    "IMP035": ("岗位风险等级表只核对，不导入", "岗位等级由在控风险点得出；与表上不同的，按 RSK007 的提示核对。"),
    "IMP036": ("有些规则入库后另查", "要看整份清单的规则，在导入以后到“检查结果”里检查本局。"),
    "IMP037": ("一格防控措施合并了几个风险点", "每个风险点下各记一份；不该都用的，拆开单元格写明。"),
    "IMP038": ("分条写的措施拆成一条一条", "核对拆得对不对；要合成一条的，去掉序号。"),
    "IMP039": ("责任人或者监督人对不上人", "原文记在新措施的“执行岗位”里；补上责任人、监督人，或先登记人员和任职。"),
    "IMP040": ("一张清单里的防控措施太多", "拆成几个文件，再次上传。"),
    "IMP041": ("同一条措施写了两个责任人", "一条措施只登记一个责任人、一个监督人；核对登记的是哪一个。"),
    "IMP042": ("这一条在您不能导入的单位", "核对编号和单位；是新的一条，把编号留空；否则请交给有权限的人导入。"),
    "IMP043": ("这一条已进入审核或已经审定", "先在系统里退回或启动复核，再导入；或者从文件里去掉这一行。"),
    "IMP044": ("写了一个没有登记过的编号", "要修改已有的，核对编号；要新建，把编号留空，由系统编号。"),
    "IMP045": ("文件里没有一张清单能够读入", "补上缺少的列，或使用空白表，再次上传。"),
    "IMP046": ("人员名册读作岗位、人员和任职", "核对岗位层级；没有写任职日期的，导入以后登记任职。"),
    "IMP047": ("人员名册里有同名的人", "核对是一个人还是几个人；登记着几个同名的，用“人员”清单写明编号导入。"),
    "IMP048": ("法规编号是另一件法规的", "换一个没有用过的编号；确是同一件改了名称的，先在“法规依据”里改。"),
    "IMP049": ("同一个人在同一岗位任职重叠", "核对任职和离任日期；已经离任的，先登记离任。"),
    "IMP050": ("任职起止只写到月，或与登记的不同", "核对推算的日期；要准确的，写到某年某月某日。"),
    "IMP051": ("排查记录不合要求", "按提示补全；签字由本人办理，纸面上签过字的由廉政办按“承接”导入。"),
    "IMP052": ("承接的清单没有“状态”列", "各条按审定依据读作已经审定；不都是审定过的，加上“状态”列写明。"),
    "IMP053": (
        "承接的清单里有没有审定的条目",
        "补上等级、施行日期或者状态，再承接一次；确实没有审定的，在系统里办理。",
    ),
    "IMP054": ("措施的频次认不出", "改写成每件、每日、每周、每月、每季度、每半年、每年之一，再次上传。"),
    "IMP055": ("一个职权编码给了两项职权", "核对编码；一个编码只给一项职权，别的清单才能按它找到。"),
    "IMP056": (
        "承接的清单里有改写过或者已经了结的条目",
        "照系统里现在的留着，不需要处理；确实要改的，在系统里办理。",
    ),
    Notice.MORE_FAULTS.code: ("问题太多，没有全部列出", "先改正已列出的，再次上传。"),
}
_SEVERITY = {notice.code: notice.severity for notice in Notice}
_SEVERITY |= dict.fromkeys(("IMP032", "IMP035", "IMP036", "IMP038", "IMP052"), Severity.HINT)
_SEVERITY |= dict.fromkeys(
    ("IMP037", "IMP039", "IMP041", "IMP044", "IMP046", "IMP050", "IMP053", "IMP054", "IMP055", "IMP056"),
    Severity.WARNING,
)
READING_NOTICES = {
    code: ReadingNotice(code, _SEVERITY.get(code, Severity.ERROR), *texts) for code, texts in sorted(_READING.items())
}


def example_tables(rule: Rule) -> tuple[Example, Example]:
    """The failing and the passing example of a rule, with what it says about each."""
    return _example("不合格的例子", rule, rule.fails, rule.passes), _example(
        "合格的例子", rule, rule.passes, rule.fails
    )


def _example(title: str, rule: Rule, rows: tuple[Row, ...], others: tuple[Row, ...]) -> Example:
    against = {(row.kind, row.number): row for row in others}
    entries, shared = [], []
    for row in rows:
        other = against.get((row.kind, row.number))
        if other == row:
            shared.append(f"{row.label} {row.number}")
        else:
            entries.append(ExampleEntry(row.label, row.number, tuple(_fields(row, other))))
    report = run((rule,), rule.example(rows))
    return Example(title, tuple(entries), tuple(shared), report.findings)


def _fields(row: Row, other: Row | None) -> Iterable[tuple[str, str]]:
    """Fields that differ from the other side, or all that are filled in where the entry stands on this side only."""
    changed = {change.field for change in differences(other, row)} if other is not None else set()
    for name in field_names(type(row)):
        value = getattr(row, name)
        if name in changed:
            yield heading_of(row, name), words(value) or "（空）"
        elif other is None and name not in _UNSHOWN and value not in ("", (), None, False):
            yield heading_of(row, name), words(value)
