"""Stages that stand in a table: a row for each, its name in one cell and its window in another (S11, S12)."""

from __future__ import annotations

import re

from lianfang.programme.plans.reader.dates import Mention, window_of
from lianfang.programme.plans.reader.grids import Grid, Place, Role
from lianfang.programme.plans.reader.headings import name_before
from lianfang.programme.plans.reader.source import Source
from lianfang.programme.plans.reader.stage import Dated, Stage, open_ends

_NUMBERED = re.compile(
    r"\A ?(?:第?[一二三四五六七八九十\d]{1,2}(?:个?阶段|步骤?|期)?(?:[:、.,]| |(?=[\u4e00-\u9fff(]))"
    r"|\([一二三四五六七八九十\d]{1,2}\)|[①-⑳])[:、 ]?(?=.{2})"
)
_MOST_STAGES = 40


def table_stages(source: Source, dated: Dated) -> list[Stage]:
    """The stages of the first table that has a column of stages and names at least two."""
    for grid in source.grids:
        if Role.STAGE in grid.roles:
            stages = _stages(source, grid, dated)
            if 1 < len(stages) <= _MOST_STAGES:
                return stages
    return []


def _stages(source: Source, grid: Grid, dated: Dated) -> list[Stage]:
    """A blank cell, or the same name again, belongs to the stage above: merged cells are read so."""
    stages: list[Stage] = []
    written = ""
    for row in grid.rows:
        cell = grid.cell(row, Role.STAGE)
        said = source.text[cell.start : cell.end] if cell else ""
        if cell and said and said != written:
            written = said
            stages.append(_stage(source, grid, row, cell, dated, len(stages) + 1))
        if stages:
            stages[-1].end = row[-1].end
    return stages


def _stage(source: Source, grid: Grid, row: tuple[Place, ...], cell: Place, dated: Dated, ordinal: int) -> Stage:
    window = _window(grid, row, cell, dated)
    name_end = window.start if window and window.start < cell.end else cell.end
    name = _NUMBERED.sub("", source.text[cell.start : name_end].replace("\n", ""))
    head_end = max(cell.end, window.end) if window else cell.end
    stage = Stage(ordinal, name_before(name), window, False, False, row[0].start, head_end, row[-1].end)
    if window:
        open_ends(source, stage, window)
    return stage


def _only(cell: Place | None, dated: Dated) -> Mention | None:
    return next(iter(dated.between(cell.start, cell.end)), None) if cell else None


def _window(grid: Grid, row: tuple[Place, ...], cell: Place, dated: Dated) -> Mention | None:
    """The first date of the stage's own cell, of the cell for its time, or of the one for its last day.

    Where the table has a column for the first day and one for the last, both together are the window.
    """
    edges = [_only(grid.cell(row, role), dated) for role in (Role.START, Role.DUE)]
    if edges[0] and edges[1]:
        return window_of(edges[0], edges[1])
    places = (cell, grid.cell(row, Role.TIME), grid.cell(row, Role.START), grid.cell(row, Role.DUE))
    found = (mention for place in places if place for mention in dated.between(place.start, place.end))
    return next((mention for mention in found if mention.near != "每年"), None)
