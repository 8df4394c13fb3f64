"""The allow-list gives a reason a line, holds nothing superfluous, and only shrinks."""

from __future__ import annotations

import itertools
import subprocess

import pytest

from tests.house import faults
from tests.house.faults import ALLOWED, ROOT, allowed, ceiling


def grown(ceilings: list[int]) -> list[tuple[int, int]]:
    """Steps (earlier, later) at which a series of ceilings, oldest first, grew."""
    return [(a, b) for a, b in itertools.pairwise(ceilings) if b > a]


def committed_ceilings() -> list[int]:
    """The ceilings of all committed versions, oldest first, and that of the file as it is."""
    log = ["git", "log", "--reverse", "--format=%H", "--", str(ALLOWED)]
    versions = subprocess.run(log, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split()
    texts = [
        subprocess.run(["git", "show", f"{v}:{ALLOWED}"], cwd=ROOT, capture_output=True, check=False, text=True).stdout
        for v in versions
    ]
    now = (ROOT / ALLOWED).read_text(encoding="utf-8")
    return [ceiling(text) for text in [*texts, now] if text]


def test_the_ceiling_is_the_length_of_the_list() -> None:
    entries, most = allowed(), ceiling((ROOT / ALLOWED).read_text(encoding="utf-8"))

    print(f"{len(entries)} exceptions from the house rules; at most {most} are allowed.")

    assert len(entries) == most


def test_the_ceiling_never_rose() -> None:
    assert grown(committed_ceilings()) == []


def test_every_place_on_the_list_still_exists() -> None:
    paths = {source.path for source in faults.tracked()}

    assert [place for _, place in allowed() if place.partition("::")[0] not in paths] == []


def test_a_rising_ceiling_is_seen() -> None:
    assert grown([6, 5, 5, 7, 0]) == [(5, 7)]


def test_a_line_without_a_reason_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(faults, "ROOT", tmp_path)
    path = faults.ROOT / ALLOWED
    path.parent.mkdir(parents=True)
    path.write_text("# at most 1\nbudget src/a.py::long — no\n", encoding="utf-8")

    with pytest.raises(AssertionError, match="with a reason"):
        allowed()


def test_an_excused_fault_passes_and_another_at_the_same_place_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(faults, "ROOT", tmp_path)
    path = faults.ROOT / ALLOWED
    path.parent.mkdir(parents=True)
    path.write_text("# at most 1\nbudget src/a.py::long — a table that reads best in one piece\n", encoding="utf-8")

    faults.demand_none([faults.Fault("budget", "src/a.py::long", "too long")])
    with pytest.raises(AssertionError, match=r"src/a.py::long: forbidden word \[name\]"):
        faults.demand_none([faults.Fault("name", "src/a.py::long", "forbidden word")])
