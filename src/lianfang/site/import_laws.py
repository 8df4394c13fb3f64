"""Lines of a law table whose number is that of another law: to store them would give its articles to a stranger."""

from __future__ import annotations

from collections.abc import Callable

from lianfang.kernel.findings import Finding, Place, Severity
from lianfang.registers.laws.rows import LawRow
from lianfang.registers.laws.rules import title_key
from lianfang.site.intake import Intake

OTHER_LAW = "IMP048"


def report_other_laws(intake: Intake, place_of: Callable[[int], Place | None]) -> None:
    """Bar lines that name a registered law by its number and call it something else.

    Every installation begins with the shipped laws, whose numbers (L001) a bureau's own table bears as easily.
    """
    if intake.register.row is not LawRow:
        return
    for line, row in enumerate(intake.rows):
        before = intake.before.get(row.number)
        if before is None or title_key(row.title) in map(title_key, (before.title, *before.short_titles)):
            continue
        message = (
            f"编号 {row.number} 登记的是《{before.title}》，不是《{row.title}》。"
            "请给这一件换一个没有用过的编号；确是同一件改了名称的，请先在“法规依据”里改。"
        )
        intake.findings.append(
            Finding("", "number", message, code=OTHER_LAW, severity=Severity.ERROR, place=place_of(line))
        )
