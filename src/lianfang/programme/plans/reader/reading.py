"""Reading a plan from beginning to end: text in, :class:`PlanRow` out; nothing is read from anywhere else."""

from __future__ import annotations

from dataclasses import replace

from lianfang.programme.plans.reader.dates import mentions
from lianfang.programme.plans.reader.deadlines import find_dues
from lianfang.programme.plans.reader.duties import find_periodic, find_terms
from lianfang.programme.plans.reader.lists import find_lists
from lianfang.programme.plans.reader.masthead import read_masthead
from lianfang.programme.plans.reader.outline import outline
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.source import Source, regular
from lianfang.programme.plans.reader.stage import Dated, Stage
from lianfang.programme.plans.reader.stages import find_stages
from lianfang.programme.plans.reader.tasks import find_tasks
from lianfang.programme.plans.reader.years import Calendar, base_year, no_leap_day, settle_stages
from lianfang.programme.plans.rows import NamedText, PlanRow, StageRow


def read_plan(text: str, number: str = "") -> PlanRow:
    """Read an implementation plan or circular from its plain text.

    Args:
        text: the document as extracted; any line ends, any width, page marks and scanning slips allowed.
        number: the number the register gives the plan.

    Returns:
        The plan with everything found; fields stay empty where the text is silent, nothing is invented.
        Reading never fails: an empty text gives an empty plan. The work is linear in the length of the text.
    """
    source = regular(text)
    nodes = outline(source)
    dated = Dated(mentions(source.text))
    head = read_masthead(source, nodes)
    stages = find_stages(source, nodes, dated)
    calendar = settle_stages(stages, base_year(head, source, dated), dated)
    page = Page(source, nodes, dated, stages, calendar)
    dues = find_dues(page)
    plan = PlanRow(
        number=number,
        title=head.title,
        issuer=head.issuer,
        issued=head.issued,
        document_number=head.number,
        upstream=head.upstream,
        addressees=head.addressees,
        stages=tuple(_stage_row(source, stage) for stage in stages),
        tasks=tuple(find_tasks(page)),
        deadlines=tuple(dues.deadlines),
        periodic=tuple(sorted((*find_periodic(page), *dues.periodic), key=lambda duty: duty.span.start)),
        milestones=tuple(dues.milestones),
        terms=tuple(find_terms(page)),
        lists=find_lists(source),
        bad_dates=_bad_dates(source, dated, calendar),
        text=text,
    )
    return _as_written(plan, source)


def _as_written(plan: PlanRow, source: Source) -> PlanRow:
    """The plan with its names in traditional characters where its text is written in them."""
    if not source.traditional:
        return plan
    return replace(
        plan,
        title=source.named(plan.title),
        issuer=source.named(plan.issuer),
        stages=tuple(replace(stage, name=source.named(stage.name)) for stage in plan.stages),
        tasks=tuple(replace(task, name=source.named(task.name)) for task in plan.tasks),
        deadlines=tuple(
            replace(
                row,
                submitter=source.named(row.submitter),
                deliverables=tuple(map(source.named, row.deliverables)),
                receivers=tuple(map(source.named, row.receivers)),
            )
            for row in plan.deadlines
        ),
    )


def _bad_dates(source: Source, dated: Dated, calendar: Calendar) -> tuple[NamedText, ...]:
    return tuple(
        NamedText(text=fault.message, span=source.span(fault.start, fault.end))
        for mention in dated.all
        for fault in (*mention.faults, *no_leap_day(mention, calendar))
    )


def _stage_row(source: Source, stage: Stage) -> StageRow:
    return StageRow(
        ordinal=stage.ordinal,
        name=stage.name,
        start=stage.first,
        end=stage.last,
        span=source.span(stage.start, stage.head_end),
        body=source.span(stage.start, stage.end),
    )
