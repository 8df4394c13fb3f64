"""A bureau's own list of post grades (岗位风险等级表): held against the grades that follow from the risk points.

A post's grade is derived and never typed (S29), so such a list has no place in the registers. What it is good for is
to be told line by line where it says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.documents.register_reading import Reading, read_register
from lianfang.foundation.documents.tables import Table
from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.organisation.models import Post
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.queries.risks import IN_FORCE
from lianfang.registers.risks.rows import PostGradeRow, RiskRow
from lianfang.registers.risks.sheets import STATED_GRADES
from lianfang.registers.risks.states import RiskState
from lianfang.site.directory import Directory
from lianfang.site.import_sight import in_sight
from lianfang.site.intake import Intake, Taking
from lianfang.site.registers import BY_KIND, stored_rows
from lianfang.site.rules import RULES


def held_against(
    tables: Iterable[Table],
    directory: Directory,
    intakes: Sequence[Intake],
    terms: Taking,
) -> Iterator[Finding]:
    """What is to be said of lists of post grades: unknown posts, and grades unlike those of their risk points.

    The risk points are those of the files looked at together, where they bring any, else the stored ones in force. A
    post whose risk points the actor may not see is as unknown to them as one that is not registered.
    """
    today = terms.today or timezone.localdate()
    brought = [row for intake in intakes if intake.register.kind == RiskRow.kind for row in intake.rows]
    for table in tables:
        reading = read_register(table, STATED_GRADES, terms.limits)
        yield from (found for found in reading.findings if found.severity is not Severity.HINT)
        lines: dict[str, int] = {}
        rows: list[PostGradeRow] = []
        named = [_post_of(values, directory, terms.unit) for values in reading.rows]
        seen = _in_sight(named, terms.actor)
        for entry, (post, values) in enumerate(zip(named, reading.rows, strict=True)):
            if post is None or post not in seen:
                yield _unknown(reading, entry, str(values.get("post") or values.get("number") or ""))
            elif isinstance(values.get("grade"), Grade):
                lines[post] = entry
                rows.append(PostGradeRow(number=post, unit="", grade=cast(Grade, values["grade"])))
        risks = [_as_in_force(risk) for risk in brought] or _stored_risks(lines, terms.actor)
        yield _summary(table, len(rows), len(rows) - len({risk.post for risk in risks if risk.is_live} & lines.keys()))
        material = Material([*rows, *risks], today=today, registers=(PostGradeRow, RiskRow))
        for found in run(RULES, material, only=["RSK007"]).findings:
            yield replace(found, place=reading.place(lines[found.number], found.field))


def _post_of(values: dict[str, object], directory: Directory, unit: str) -> str | None:
    """The number of the post that a line means, if it means one."""
    place = str(values.get("unit") or unit)
    directory.expect("units", [place])
    within = directory.resolve("units", place) or ""
    text = str(values.get("number") or values.get("post") or "")
    directory.expect("posts", [text])
    return directory.resolve("posts", text, within) or None


def _in_sight(posts: Iterable[str | None], actor: User | None) -> set[str]:
    """Those of ``posts`` whose risk points the actor may read, and those that no one has registered yet."""
    wanted = set(filter(None, posts))
    stored = Post.objects.filter(number__in=wanted).values_list("number", "unit_path")
    return wanted - {number for number, path in stored if actor and not actor.may(Permission.RISKS_READ, path)}


def _unknown(reading: Reading, entry: int, text: str) -> Finding:
    message = f"岗位“{text}”没有登记，或者有重名，没有核对它的等级。"
    return Finding("", "post", message, code="IMP030", severity=Severity.WARNING, place=reading.place(entry, "post"))


def _summary(table: Table, count: int, bare: int) -> Finding:
    without = f"，其中 {bare} 个没有在控的风险点，无从核对" if bare else ""
    message = f"工作表“{table.name}”是岗位风险等级表，核对了 {count} 个岗位{without}；岗位等级由风险点得出，不导入。"
    return Finding("", "", message, code="IMP035", severity=Severity.HINT)


def _as_in_force(risk: RiskRow) -> RiskRow:
    """A graded line of a list that is checked together with the grades counts, though nobody approved it here yet."""
    return replace(risk, state=RiskState.LIVE) if risk.grade and risk.state is RiskState.DRAFT else risk


def _stored_risks(posts: Iterable[str], actor: User | None) -> list[RiskRow]:
    risks = BY_KIND[RiskRow.kind]
    return list(stored_rows(risks, among=in_sight(risks, actor).filter(IN_FORCE), post__in=list(posts)))
