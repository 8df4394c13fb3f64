"""The import contracts bite: each is shown a house with one wrong import and must name it."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.faults import ROOT

ROOMS = {
    "kernel": [],
    "foundation": ["catalogue", "journal", "accounts", "organisation", "documents", "lint", "web"],
    "registers": ["laws", "powers", "risks", "regulations", "controls"],
    "programme": ["plans"],
    "site": [],
}
MODULES = ["rows", "states", "models", "rules", "queries", "actions", "views", "urls"]
LINT = Path(sys.executable).parent / "lint-imports"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """An empty house: every floor and room with every module, and no import."""
    for floor, rooms in ROOMS.items():
        for room in rooms or [""]:
            folder = tmp_path / "lianfang" / floor / room
            folder.mkdir(parents=True)
            for name in ["__init__", *(MODULES if room else [])]:
                (folder / f"{name}.py").touch()
    for folder in [tmp_path / "lianfang", *(tmp_path / "lianfang" / floor for floor in ROOMS)]:
        (folder / "__init__.py").touch()
    (tmp_path / "lianfang/foundation/lint/engine.py").touch()
    for module in named_pure():
        (tmp_path / f"{module.replace('.', '/')}.py").touch()
    return tmp_path


def named_pure() -> list[str]:
    """Modules that the contract of pure ones names one by one: an absent one would be an error of its own."""
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    named = contracts["importlinter:contract:pure"]["source_modules"].split()
    return [module for module in named if "*" not in module and module != "lianfang.kernel"]


def verdict(house: Path) -> tuple[bool, str]:
    """Whether the contracts of this repository hold for another house, and what was said."""
    command = [str(LINT), "--config", str(ROOT / ".importlinter"), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(house), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout


def test_an_empty_house_keeps_all_contracts(house: Path) -> None:
    kept, said = verdict(house)

    assert kept, said
    assert "6 kept, 0 broken" in said


@pytest.mark.parametrize(
    ("module", "wrong_import", "contract"),
    [
        ("foundation/web/views.py", "import lianfang.registers.powers.rows", "Floors"),
        ("registers/risks/queries.py", "import lianfang.programme.plans.queries", "Floors"),
        ("foundation/journal/models.py", "import lianfang.foundation.accounts.models", "Rooms of the foundation"),
        ("registers/powers/queries.py", "import lianfang.registers.risks.queries", "Rooms of the registers"),
        ("registers/powers/models.py", "import lianfang.registers.powers.queries", "Modules of a room"),
        ("foundation/lint/queries.py", "import lianfang.foundation.lint.actions", "Modules of a room"),
        ("registers/powers/rules.py", "import django", "Pure"),
        ("registers/risks/rows.py", "import sqlite3", "Pure"),
        ("kernel/dates.py", "import urllib.request", "Pure"),
        ("programme/plans/reader.py", "import lianfang.programme.plans.models", "Pure"),
        ("foundation/lint/engine.py", "import subprocess", "Pure"),
    ],
)
def test_one_wrong_import_breaks_its_contract(house: Path, module: str, wrong_import: str, contract: str) -> None:
    (house / "lianfang" / module).write_text(wrong_import + "\n", encoding="utf-8")
    (house / "lianfang/programme/plans/models.py").write_text("import django\n", encoding="utf-8")

    kept, said = verdict(house)

    assert not kept
    assert any(line.startswith(contract) and line.endswith("BROKEN") for line in said.splitlines()), said


@pytest.mark.parametrize("room", ["registers/extras", "foundation/extras", "extras"])
def test_a_room_or_floor_that_no_contract_lists_fails(house: Path, room: str) -> None:
    folder = house / "lianfang" / room
    folder.mkdir()
    (folder / "__init__.py").touch()

    kept, _ = verdict(house)

    assert not kept
