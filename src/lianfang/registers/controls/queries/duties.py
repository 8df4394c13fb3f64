"""Name and duty of a post as they stood when a risk point of it was approved: columns of the ledger as others (S42)."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from lianfang.foundation.journal.marks import marks_of
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.organisation.rows import PostRow
from lianfang.registers.controls.ledger import PostThen
from lianfang.registers.risks.rows import RiskRow

CHUNK = 500


def posts_approved(risks: Sequence[RiskRow]) -> dict[str, PostThen]:
    """``number → post`` of the risk points of posts, as the journal has it of the moment when each was approved.

    A post is nobody's decision: one person edits it. What the ledger prints is what whoever approved the risk point had
    before them. A post of which the journal knew nothing then is left out.
    """
    of_posts = [risk for risk in risks if risk.post]
    marks = marks_of(RiskRow.kind, [risk.number for risk in of_posts])
    written = _written_of(sorted({risk.post for risk in of_posts}))
    found: dict[str, PostThen] = {}
    for risk in of_posts:
        mark, (entries, posts) = marks.get(risk.number), written.get(risk.post, ([], []))
        known = bisect_right(entries, mark.approval) if mark and mark.approval else 0
        if known:
            found[risk.number] = posts[known - 1]
    return found


def _written_of(posts: Sequence[str]) -> dict[str, tuple[list[int], list[PostThen]]]:
    """Post → the numbers of its journal entries in order, and the post as each states it."""
    found: defaultdict[str, tuple[list[int], list[PostThen]]] = defaultdict(lambda: ([], []))
    for start in range(0, len(posts), CHUNK):
        about = Entry.objects.filter(kind=PostRow.kind, number__in=posts[start : start + CHUNK]).order_by("id")
        for number, entry, after in about.values_list("number", "id", "after"):
            entries, stated = found[number]
            row = json.loads(after)
            entries.append(entry)
            stated.append(PostThen(row["name"], row.get("duty", "")))
    return found
