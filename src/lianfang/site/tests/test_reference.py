"""The reference says what the house does: every register, lifecycle, permission, variable, command and address."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

import lianfang
from lianfang.foundation.accounts.roles import MATRIX, Permission, Role
from lianfang.foundation.documents.notices import Notice
from lianfang.kernel.lifecycle import Lifecycle
from lianfang.site.cli.commands import app
from lianfang.site.reference.deployment import VARIABLES
from lianfang.site.reference.lifecycles import LIVES, RESOURCES
from lianfang.site.reference.markdown import GENERATED, table_of
from lianfang.site.reference.pages import CONTENTS, FOLDER, outdated, reference_pages
from lianfang.site.registers import REGISTERS

PACKAGE = Path(lianfang.__file__).parent
ROOT = PACKAGE.parents[1]


@pytest.fixture(scope="module")
def commands() -> TyperGroup:
    found = typer.main.get_command(app)
    assert isinstance(found, TyperGroup)
    return found


@pytest.fixture(scope="module")
def pages(commands: TyperGroup) -> dict[str, str]:
    return {path.removeprefix(f"{FOLDER}/"): text for path, text in reference_pages(commands).items()}


@pytest.mark.whole_run
def test_the_committed_reference_is_what_the_house_says(commands: TyperGroup) -> None:
    assert outdated(ROOT, reference_pages(commands)) == [], "run `lianfang reference` and commit docs/reference/"


def test_every_page_is_listed_marked_and_ends_with_one_line_end(pages: dict[str, str]) -> None:
    listed = {name for name, _, _ in CONTENTS}

    assert {name for name in pages if "/" not in name} == {"README.md", *listed - {"rules/README.md"}}
    assert all(GENERATED in text and text.endswith("\n") and not text.endswith("\n\n") for text in pages.values())


def test_every_column_of_every_register_stands_there_with_its_heading(pages: dict[str, str]) -> None:
    page = pages["registers.md"]

    for register in REGISTERS:
        section = page.partition(f"## {register.sheet.title}\n")[2].partition("\n## ")[0]
        shown = [line.split(" | ")[0].removeprefix("| ") for line in section.splitlines() if line.startswith("| ")]
        assert shown[2:] == [column.heading for column in register.sheet.columns]


def test_every_word_of_a_vocabulary_stands_there_and_every_link_to_one_leads_to_it(pages: dict[str, str]) -> None:
    page = pages["vocabularies.md"]
    linked = set(re.findall(r"vocabularies\.md#(\w+)", pages["registers.md"]))

    assert linked <= {title.lower() for title in re.findall(r"^## (\w+)$", page, re.MULTILINE)}
    for register in REGISTERS:
        for column in register.sheet.columns:
            for word in column.vocabulary or ():
                assert f"| {word.label} | `{word.value}` |" in page


def lifecycles() -> Iterator[Lifecycle[Any]]:
    """Every lifecycle of the package."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "lianfang."):
        if module.name.endswith(".states"):
            yield from (
                one for one in vars(importlib.import_module(module.name)).values() if isinstance(one, Lifecycle)
            )


def test_every_lifecycle_is_drawn_with_all_its_moves(pages: dict[str, str]) -> None:
    assert {id(life.lifecycle) for life in LIVES} == {id(one) for one in lifecycles()}
    for life in LIVES:
        assert life.lifecycle.diagram() in pages["lifecycles.md"]
        assert set(life.needed) <= {move.name for move in life.lifecycle.moves}
        for move in life.lifecycle.moves:
            assert move.name in life.needed or life.remark, f"nobody is said to take {life.title} {move.label}"


def test_a_diagram_has_no_hyphen_in_a_name(pages: dict[str, str]) -> None:
    drawn = re.findall(r"```mermaid\n(.*?)```", pages["lifecycles.md"], re.DOTALL)

    assert len(drawn) == len(LIVES)
    names = [name for diagram in drawn for name in re.findall(r"(?:as|-->) ([^\s:]+)", diagram)]
    assert names
    assert all(re.fullmatch(r"\w+|\[\*\]", name) for name in names)


def test_the_matrix_marks_exactly_what_each_role_may_do(pages: dict[str, str]) -> None:
    page = pages["permissions.md"]

    for permission in Permission:
        found = re.search(rf"^\| {permission.label} \|(.*)\| `{permission.value}` \|$", page, re.MULTILINE)
        if found is None:
            assert permission is Permission.OWN_PASSWORD
            continue
        marks = [cell.strip() for cell in found[1].split("|")]
        assert marks == ["✓" if permission in MATRIX[role] else "" for role in Role]
    assert {permission.value.partition(":")[0] for permission in Permission} - {"password"} == set(RESOURCES)


def test_every_environment_variable_that_is_read_is_explained() -> None:
    sources = [file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py") if "tests" not in file.parts]
    read = {name for text in sources for name in re.findall(r"environ[^\n]{0,8}[\[(]\"(LIANFANG_\w+)\"", text)}

    assert {variable.name for variable in VARIABLES} == read


def test_every_notice_of_reading_a_file_is_explained(pages: dict[str, str]) -> None:
    for notice in Notice:
        assert f"| {notice.code} | {notice.severity.label} |" in pages["import.md"]


def test_every_command_says_what_it_and_its_options_do(pages: dict[str, str]) -> None:
    page = pages["cli.md"]

    assert {"lianfang import", "lianfang plan read", "lianfang ledger export"} <= set(
        re.findall(r"^## (.+)$", page, re.MULTILINE)
    )
    silent = re.findall(r"^\| `[^`]+` \| \|.*$", page, re.MULTILINE)
    assert silent == []


def test_every_address_of_the_interface_stands_there(pages: dict[str, str]) -> None:
    addresses = set(re.findall(r"`(/api/1/[^`]+/)`", pages["api.md"]))

    assert {"/api/1/risks/{number}/", "/api/1/gradings/{risk}/{round}/score/", "/api/1/checks/findings/"} <= addresses
    assert len(addresses) > 60


def test_bars_and_line_ends_do_not_break_a_table() -> None:
    assert table_of(["a", "b"], [["x|y", "1\n2"]]).splitlines() == ["| a | b |", "| --- | --- |", "| x\\|y | 1<br>2 |"]


def test_the_command_writes_compares_and_removes_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "rules").mkdir(parents=True)
    gone, kept = tmp_path / FOLDER / "rules" / "OLD001.md", tmp_path / FOLDER / "by-hand.md"
    gone.write_text(f"# OLD001\n\n{GENERATED}\n", encoding="utf-8")
    kept.write_text("# 手写\n", encoding="utf-8")
    runner, root = CliRunner(), ["--root", str(tmp_path)]

    before = runner.invoke(app, ["reference", "--check", *root])
    written = runner.invoke(app, ["reference", *root])
    after = runner.invoke(app, ["reference", "--check", *root])
    (tmp_path / FOLDER / "cli.md").write_text("另一种说法", encoding="utf-8")
    changed = runner.invoke(app, ["reference", "--check", *root])

    assert [one.exit_code for one in (before, written, after, changed)] == [1, 0, 0, 1]
    assert "docs/reference/cli.md" in changed.stderr
    assert (gone.exists(), kept.exists()) == (False, True)


def test_the_command_asks_for_the_sources(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["reference", "--root", str(tmp_path)])

    assert answer.exit_code == 1
    assert "--root" in answer.stderr
