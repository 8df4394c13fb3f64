"""Loading the demo bureau: its papers are written out and taken in through the importers that every user has."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.accounts.models import CONSOLE, User
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.foundation.organisation.models import Unit
from lianfang.kernel.errors import Invalid
from lianfang.registers.controls.models import ControlTest
from lianfang.site.demo.bureau import TODAY, clean, defects, with_defects
from lianfang.site.demo.days import moved
from lianfang.site.demo.files import LISTS, write_files
from lianfang.site.importing import preview, store_preview
from lianfang.site.intake import Taking

LAST = LISTS[-1][1]
"""The register whose papers are taken in last."""
DECISION = "局党组会纪要〔2026〕15号（使用本系统前已审定）"


def is_loaded() -> bool:
    """Whether the demo bureau is there to its last line: a load that was broken off is taken up again."""
    files = clean().files
    last = files[max(name for name in files if name.startswith(f"{LAST}/"))][-1]
    return ControlTest.objects.filter(number=last["编号"]).exists()


def is_begun() -> bool:
    """Whether an earlier load was broken off: units are there, and :func:`is_loaded` says that not all is."""
    return Unit.objects.exists()


def demand_room() -> None:
    """Make sure that nothing lies here which is not the demo's own: whatever it is, it is somebody's real one.

    Raises:
        Invalid: there are other units, or accounts opened before any unit.
    """
    own = {(record["单位编号"], record["单位名称"]) for record in clean().files["units.csv"]}
    kept = Unit.objects.order_by("number").values_list("number", "name")
    theirs = [name for number, name in kept if (number, name) not in own]
    if not kept:
        theirs = list(User.objects.exclude(login=CONSOLE).order_by("login").values_list("title", flat=True))
    if theirs:
        raise Invalid(
            f"这里已有{'、'.join(theirs[:3])}等正式{'单位' if kept else '账户'}，不装入演示单位。",
            "把 LIANFANG_HOME 指向另一个空目录，或直接运行 script/run。",
        )


def first_day(home: Path, today: datetime.date) -> datetime.date:
    """The day to load for: today, or that of a load that was broken off, whose papers must be the same to go on."""
    noted = home / "demo-day"
    if is_begun() and noted.exists():
        return datetime.date.fromisoformat(noted.read_text(encoding="utf-8").strip())
    noted.write_text(today.isoformat(), encoding="utf-8")
    return today


def papers(folder: Path, *, planted: bool = True, today: datetime.date = TODAY) -> list[Path]:
    """Write the papers as they lie on somebody's disk ``today``; with the faults that real ledgers have, or without."""
    written = with_defects(clean(), defects()) if planted else clean()
    return write_files(folder, moved(written, today), today)


def load(files: Iterable[Path]) -> None:
    """Take the papers in, one by one; a paper that cannot be stored stops the load and says why.

    Raises:
        Invalid: a paper has errors of form; ``details`` lists them.
    """
    actor = console_actor()
    for path in files:
        previewed = preview(read_file(path, COMMAND_LINE), Taking(limits=COMMAND_LINE, adopting=True))
        if not previewed.is_storable:
            found = [
                str(item) for intake in previewed.intakes for item in intake.findings if item.code.startswith("IMP")
            ]
            raise Invalid(
                f"演示文件“{path.name}”没有通过检查。", details=found or [f.message for f in previewed.findings]
            )
        store_preview(actor, previewed, f"导入文件 {path.name}", DECISION)
