"""The commands of the guide for moving to another database take everything along, what nobody may see yet included."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.serializers import deserialize

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.models import CardRecord
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.journal.models import Entry
from lianfang.registers.risks.actions.risks import reopen_risk
from lianfang.registers.risks.actions.scores import score_risk
from lianfang.registers.risks.models import Risk, Score
from lianfang.registers.risks.tests.conftest import Round, given

GUIDE = Path(__file__).parents[4] / "docs" / "how-to" / "use-postgresql.md"
LEFT_OUT = {"contenttypes", "sessions"}


def dumped(folder: Path) -> list[dict[str, object]]:
    """What the guide's own ``dumpdata`` writes."""
    (command,) = re.findall(r"^\.venv/bin/python -m django (dumpdata .+)$", GUIDE.read_text(), re.MULTILINE)
    *words, output = shlex.split(command)
    assert output == "--output=everything.jsonl"
    target = folder / "everything.jsonl"
    call_command(*words, output=str(target), verbosity=0)
    return [json.loads(line) for line in target.read_text().splitlines()]


def test_the_guide_writes_out_every_table_and_reads_back_what_it_wrote(
    round_of: Round, cast: Cast, tmp_path: Path
) -> None:
    risk = round_of.live()
    again = reopen_risk(actor=cast.secretary, number=risk.number, expected_version=risk.version, note="复核")
    grading = round_of.opened(again)
    score_risk(actor=cast.clerk, number=grading.number, given=given())

    written = dumped(tmp_path)

    counted = Counter(str(thing["model"]) for thing in written)
    stored = {
        model._meta.label_lower: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in LEFT_OUT and model._meta.label_lower != "auth.permission"
    }
    assert dict(counted) == {label: count for label, count in stored.items() if count}
    assert counted["risks.score"] == 6 > Score.objects.count()
    read: dict[Any, Any] = {
        (type(one.object), one.object.pk): one.object
        for one in deserialize("jsonl", (tmp_path / "everything.jsonl").read_text())
    }
    assert read[Risk, Risk.objects.get().pk].to_row() == Risk.objects.get().to_row()
    kept = Entry.objects.order_by("-id")[0]
    moved = read[Entry, kept.pk]
    assert (moved.after, bytes(moved.salt), moved.commitment) == (kept.after, bytes(kept.salt), kept.commitment)


def test_the_index_that_the_guide_builds_anew_holds_every_card(round_of: Round) -> None:
    round_of.accepted()

    marked = CardRecord.objects.update(pending=True)

    assert marked == sum(index_pending()) == CardRecord.objects.count()
