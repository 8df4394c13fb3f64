"""The reader on real plans with hand-made answers; the texts stay outside the repository."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lianfang.kernel.findings import Finding, Severity
from lianfang.programme.plans.reader import as_json, read_plan
from lianfang.programme.plans.rows import PlanRow
from lianfang.programme.plans.rules import findings_of

PLANS = Path(__file__).resolve().parents[6] / "shared" / "corpus" / "plans"
Entry = dict[str, Any]

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def founding() -> PlanRow:
    return read_plan((PLANS / "00.txt").read_text("utf-8"), number="F-2017")


@pytest.fixture(scope="module")
def findings(founding: PlanRow) -> tuple[Finding, ...]:
    return findings_of(founding)


@pytest.mark.covers("S1", "S2", "S3")
def test_the_founding_document_gives_its_frame(founding: PlanRow) -> None:
    assert founding.title.endswith("深化廉洁从政风险防控实施方案")
    assert founding.issuer.endswith("上街区环境保护局")
    assert founding.issued is not None
    assert founding.issued.isoformat() == "2017-06-21"
    assert founding.document_number == ""
    assert [cited.number for cited in founding.upstream] == ["上纪〔2017〕31号"]
    assert [unit.text for unit in founding.addressees] == ["局属各科室", "监察大队", "监测站"]


@pytest.mark.covers("S11", "S12", "S18", "S32", "S51")
def test_the_founding_document_has_four_stages(founding: PlanRow) -> None:
    windows = [(s.start.code, s.end.code) for s in founding.stages if s.start and s.end]

    assert windows == [
        ("2017-06-mid", "2017-06-mid"),
        ("2017-06-25", "2017-08-20"),
        ("2017-08-20", "2017-10-15"),
        ("2017-10-18", "2017-11-15"),
    ]
    assert [len([task for task in founding.tasks if task.stage == n]) for n in (1, 2, 3, 4)] == [2, 3, 4, 3]


@pytest.mark.covers("S17", "S31", "S50", "S70")
def test_the_founding_document_has_four_deadlines(founding: PlanRow) -> None:
    read = [(row.date.code, len(row.deliverables), row.receivers) for row in founding.deadlines if row.date]

    assert read == [
        ("2017-06-21", 2, ("区纪委",)),
        ("2017-08-10", 3, ()),
        ("2017-10-05", 3, ()),
        ("2017-11-10", 2, ()),
    ]


@pytest.mark.covers("S18", "S30", "S50", "S51", "S87")
def test_the_contradictions_of_the_founding_document_are_found(findings: tuple[Finding, ...]) -> None:
    told = "\n".join(f"{finding.code} {finding.severity} {finding.message}" for finding in findings)

    assert re.search(r"PRG003 W 期限2017年6月21日.*晚于结束时间", told)
    assert "PRG004 W 期限2017年10月5日是国庆节假期" in told
    assert "空出2天（10月16日至10月17日）" in told
    assert re.search(r"DOC002 W .*3种名称", told)
    assert "DOC001 W 发文字号“[2017]31号”应写作“〔2017〕31号”。" in told
    assert "重叠" not in told
    assert sum(f.code == "PRG004" and f.severity is Severity.HINT for f in findings) == 4
    assert {f.suggestion for f in findings if f.code == "DOC004"} == {"与", "形成", "局属", "授权审批控制"}


def test_all_real_plans_are_read_as_well_as_promised() -> None:
    totals = {kind: [0, 0, 0] for kind in SAME}
    for path in sorted(PLANS.glob("*.txt")):
        gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text("utf-8"))
        read = as_json(read_plan(path.read_text("utf-8")))
        for kind, total in totals.items():
            wanted, given = gold[kind], read[kind] if gold[kind] or kind != "tasks" else []
            total[0] += matches(wanted, given, SAME[kind])
            total[1] += len(wanted)
            total[2] += len(given)

    scores = {kind: 2 * hits / (wanted + given) for kind, (hits, wanted, given) in totals.items()}

    assert scores["stages"] >= 0.95
    assert scores["deadlines"] >= 0.90
    assert scores["tasks"] >= 0.90


def matches(wanted: list[Entry], given: list[Entry], same: Callable[[Entry, Entry], bool]) -> int:
    left = list(given)
    hits = 0
    for want in wanted:
        found = next((got for got in left if same(want, got)), None)
        if found is not None:
            left.remove(found)
            hits += 1
    return hits


def alike(first: str, second: str, least: float) -> bool:
    a, b = (_pairs(re.sub(r"[\W_]|阶段$", "", text)) for text in (first, second))
    return len(a & b) >= least * len(a | b)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def same_stage(want: Entry, got: Entry) -> bool:
    return (want["start"], want["end"]) == (got["start"], got["end"]) and alike(want["name"], got["name"], 1)


def same_deadline(want: Entry, got: Entry) -> bool:
    found = [paper for paper in want["deliverables"] if any(alike(paper, other, 0.5) for other in got["deliverables"])]
    return want["date"] == got["date"] and bool(found) and len(found) * 2 >= len(want["deliverables"])


SAME: dict[str, Callable[[Entry, Entry], bool]] = {
    "stages": same_stage,
    "deadlines": same_deadline,
    "tasks": lambda want, got: alike(want["name"], got["name"], 0.8),
}


@pytest.mark.covers("S87")
@pytest.mark.parametrize("width", [24, 32, 40])
def test_a_page_width_that_breaks_every_line_changes_nothing(founding: PlanRow, width: int) -> None:
    lines = [line[i : i + width] for line in founding.text.split("\n") for i in range(0, max(1, len(line)), width)]

    broken = read_plan("\n".join(lines), number="F-2017")

    assert [(s.name, s.start, s.end) for s in broken.stages] == [(s.name, s.start, s.end) for s in founding.stages]
    assert [(d.date, d.deliverables) for d in broken.deadlines] == [
        (d.date, d.deliverables) for d in founding.deadlines
    ]
    assert [task.name for task in broken.tasks] == [task.name for task in founding.tasks]


def test_lost_line_breaks_change_nothing(founding: PlanRow) -> None:
    flat = read_plan(founding.text.replace("\n", ""), number="F-2017")

    assert [(s.name, s.start, s.end) for s in flat.stages] == [(s.name, s.start, s.end) for s in founding.stages]
    assert [(d.date, d.deliverables) for d in flat.deadlines] == [(d.date, d.deliverables) for d in founding.deadlines]
