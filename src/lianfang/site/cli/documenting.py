"""The command that writes the reference of this house from its own tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from lianfang.kernel.errors import Invalid
from lianfang.site.cli.answers import screen
from lianfang.site.reference.pages import FOLDER, orphans, outdated, reference_pages


def reference(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="只比较，不写入；有出入时返回 1")] = False,
    root: Annotated[Path, typer.Option("--root", help="源代码目录")] = Path(),
) -> None:
    """生成参考文档（docs/reference/）：登记表、规则、状态、权限、接口、命令行。"""
    commands = context.find_root().command
    assert isinstance(commands, TyperGroup)  # noqa: S101 - the root is the application itself
    pages = reference_pages(commands)
    if not (root / FOLDER).is_dir():
        raise Invalid(f"“{root}”里没有 {FOLDER}。", "在源代码目录里运行，或用 --root 指明。")
    wrong = outdated(root, pages)
    if check and wrong:
        raise Invalid(
            f"参考文档有 {len(wrong)} 页与程序不一致。", "运行 lianfang reference 后一并提交。", details=wrong
        )
    if not check:
        _write(root, pages)
    screen.print(f"参考文档共 {len(pages)} 页，{'全部一致' if check else f'更新 {len(wrong)} 页'}。")


def _write(root: Path, pages: dict[str, str]) -> None:
    for path, text in pages.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for path in orphans(root, pages):
        (root / path).unlink()
