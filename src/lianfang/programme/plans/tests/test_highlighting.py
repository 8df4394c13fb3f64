"""Marks over a text: whatever overlaps, no character is lost, doubled or moved, and anchors stand in place."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from lianfang.programme.plans.drafting import Origin, draft_findings, draft_of
from lianfang.programme.plans.highlighting import Anchor, Highlight, Mark, highlights_of, segments
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import Span
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN

HIGHLIGHTS = st.builds(
    Highlight,
    st.sampled_from(list(Mark)),
    st.builds(Span, st.integers(0, 40), st.integers(0, 40)),
    st.none() | st.builds(Anchor, st.sampled_from(["a", "b", "c"])),
)


@given(st.text("一二三四五\n", max_size=30), st.lists(HIGHLIGHTS, max_size=8))
def test_the_segments_joined_are_the_text_and_carry_exactly_the_marks_over_them(
    text: str, highlights: list[Highlight]
) -> None:
    found = segments(text, highlights)

    assert "".join(segment.text for segment in found) == text
    place = 0
    for segment in found:
        for offset in range(len(segment.text)):
            here = place + offset
            over = {one.mark for one in highlights if one.span.start <= here < one.span.end}
            assert set(segment.marks) == over
        place += len(segment.text)


def test_every_item_read_from_the_text_has_its_words_marked_and_an_anchor() -> None:
    read = read_plan(PLAN, number="LH-F001")
    draft = draft_of(read, Origin("LH", (), ""))

    found = segments(PLAN, highlights_of(draft, read))

    marked = {mark: "|".join(segment.text for segment in found if mark in segment.marks) for mark in Mark}
    assert "2026年3月16日至5月29日" in marked[Mark.STAGE]
    assert "组织学习" in marked[Mark.TASK]
    assert "4月24日" in marked[Mark.DATE]
    assert "职权目录" in marked[Mark.DELIVERABLE]
    assert "各科室、综合执法大队" in marked[Mark.SUBMITTER]
    assert "局党组" in marked[Mark.RECEIVER]
    assert "每季度" in marked[Mark.DUTY]
    assert "临纪〔2026〕3号" in marked[Mark.UPSTREAM]
    anchors = [anchor.id for segment in found for anchor in segment.anchors]
    assert {"text-stage-0", "text-task-3", "text-deadline-1", "text-duty-0"} <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_a_finding_marks_its_place_and_gets_an_anchor_to_jump_to() -> None:
    read = read_plan(PLAN, number="LH-F001")
    origin = Origin("LH", (), "")
    draft = draft_of(read, origin)
    findings = [found for found in draft_findings(draft, read, origin) if found.code == "PRG002"]

    found = segments(PLAN, highlights_of(draft, read, findings))

    wrong = [segment.text for segment in found if Mark.FINDING in segment.marks]
    assert any(text.startswith("第二阶段") for text in wrong)
    place = findings[0].place
    assert place is not None
    assert f"at-{place.start}" in {anchor.id for segment in found for anchor in segment.anchors}


def test_an_item_added_by_hand_has_no_place_and_no_anchor() -> None:
    read = read_plan(PLAN, number="LH-F001")
    draft = draft_of(read, Origin("LH", (), ""))
    stages = (*draft.stages, dataclasses.replace(draft.stages[0], ordinal=4, span=None))

    found = segments(PLAN, highlights_of(dataclasses.replace(draft, stages=stages), read))

    assert "text-stage-3" not in {anchor.id for segment in found for anchor in segment.anchors}
