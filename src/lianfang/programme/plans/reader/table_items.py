"""Tasks and deadlines that stand in a table: what, by when, who, to whom, each in its own cell (S16, S17, S31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lianfang.programme.plans.reader.cell_papers import dated_papers
from lianfang.programme.plans.reader.dates import DUE, Mention
from lianfang.programme.plans.reader.grids import Grid, Place, Role
from lianfang.programme.plans.reader.page import Page
from lianfang.programme.plans.reader.phrases import bodies_in, papers_in
from lianfang.programme.plans.reader.years import settle_in_stage
from lianfang.programme.plans.rows import DeadlineRow, Due, TaskRow

_ENDS = re.compile(r"[。;\n]+|(?<=[^\d.])(?=\d{1,2}[.、](?!\d))|(?=\(\d{1,2}\))|(?=[①-⑳])")
_NUMBER = re.compile(r"\A(?:\d{1,2}[.、]|\(\d{1,2}\)|[①-⑳]|[-•·] ?) ?")
_ACTION = re.compile(
    r".{0,3}?(?:印发|召开|成立|制定|制订|组织|开展|建立|完善|形成|整改|公示|公开|填报|填写|报送|汇总|审核|排查|查找|梳理"
    r"|编制|签订|总结|评估|考核|验收|学习|动员|部署|宣传|修订|健全|落实|推进|检查|督查|通报|上报|提交|撰写|绘制|确定|评定"
    r"|明确|收集|征求|设立|发放|观看|举办|清理|整理|研究|提出|发布|推广|表彰|巩固)"
)
_COMMA = re.compile(",")
_SHORTEST = 2


def table_tasks(page: Page) -> list[TaskRow]:
    """The tasks that tables list, each in the stage whose row it stands in."""
    return [task for grid in page.source.grids for row in grid.rows for task in _tasks(page, grid, row)]


def _tasks(page: Page, grid: Grid, row: tuple[Place, ...]) -> Iterator[TaskRow]:
    cell = grid.cell(row, Role.TASK)
    if cell is None or not _is_work_table(page, grid):
        return
    stage = page.stage_at(cell.start)
    for start, end in _items(page.source.text, cell):
        yield TaskRow(
            stage=stage.ordinal if stage else None,
            name=page.source.text[start:end],
            section="",
            span=page.source.span(start, end),
        )


def _is_work_table(page: Page, grid: Grid) -> bool:
    """A column of tasks counts beside one of stages, of times or of units; a table of stages only where it is read."""
    if Role.STAGE in grid.roles:
        return page.stage_at(grid.rows[0][0].start) is not None
    return bool({Role.TIME, Role.DUE, Role.SENDER} & set(grid.roles))


def _items(text: str, cell: Place) -> Iterator[tuple[int, int]]:
    """The tasks of one cell: by stops and numbers, and by commas where every part begins with a verb of its own."""
    for place, end in _cut(text, cell.start, cell.end, _ENDS):
        lead = _NUMBER.match(text[place:end])
        start = place + (lead.end() if lead else 0)
        parts = list(_cut(text, start, end, _COMMA))
        whole = len(parts) > 1 and not all(_ACTION.match(text, a, b) for a, b in parts)
        yield from [(start, end)] if whole else parts


def _cut(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    edges = [(match.start(), match.end()) for match in pattern.finditer(text, start, end)]
    begins, ends = [start, *(b for _, b in edges)], [*(a for a, _ in edges), end]
    for a, b in zip(begins, ends, strict=True):
        if len(text[a:b].strip(" 、,:")) >= _SHORTEST:
            yield a, b


def table_dues(page: Page) -> list[tuple[Mention, DeadlineRow]]:
    """The deadlines of tables that say by when something is due, each with the day that it was read from."""
    return [due for grid in page.source.grids for row in grid.rows for due in _dues(page, grid, row)]


def due_column(grid: Grid) -> Role | None:
    """The column whose dates are last days: 完成时限, or 时间 where no stages have it for their windows."""
    if Role.STAGE not in grid.roles:
        return next((role for role in (Role.DUE, Role.TIME) if role in grid.roles), None)
    return Role.DUE if {Role.DUE, Role.PAPER} <= set(grid.roles) and Role.START not in grid.roles else None


def _dues(page: Page, grid: Grid, row: tuple[Place, ...]) -> Iterator[tuple[Mention, DeadlineRow]]:
    paper = grid.cell(row, Role.PAPER)
    own = list(dated_papers(page, paper)) if paper else []
    for one in own:
        due = _due(page, grid, row, one.mention)
        span = page.source.span(one.start, one.end)
        yield one.mention, replace(due, deliverables=one.papers, receivers=one.receivers or due.receivers, span=span)
    column = None if own else due_column(grid)
    cell = grid.cell(row, column) if column else None
    thing = paper or grid.cell(row, Role.TASK)
    if cell is None or thing is None or thing.start == thing.end:
        return
    what = page.source.text[thing.start : thing.end].replace("\n", "")
    for mention in page.dated.between(cell.start, cell.end):
        if mention.near != "每年":
            named = tuple(papers_in(what)) if paper else (what.rstrip("。;"),)
            yield mention, replace(_due(page, grid, row, mention), deliverables=named)


def _due(page: Page, grid: Grid, row: tuple[Place, ...], mention: Mention) -> DeadlineRow:
    """What a row owes by the day of ``mention``, but for the names of the papers or the work."""
    source = page.source
    stage = page.stage_at(mention.start)
    due = DUE.match(source.text, mention.end)
    submits = grid.cell(row, Role.PAPER) is not None
    submitter = page.names_in(grid.cell(row, Role.SENDER))
    return DeadlineRow(
        date=settle_in_stage(mention.last, mention.near, stage, page.calendar),
        date_text=source.written(mention.start, due.end() if due else mention.end),
        stage=stage.ordinal if stage else None,
        kind=Due.SUBMIT if submits else Due.COMPLETE,
        submitter=submitter,
        submitter_stated=bool(submitter),
        deliverables=(),
        receivers=bodies_in(page.names_in(grid.cell(row, Role.RECEIVER))),
        span=source.span(row[0].start, row[-1].end),
        date_span=source.span(mention.start, mention.end),
    )
