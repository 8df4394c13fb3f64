"""All pages of the reference, and how the committed files are held against them."""

from __future__ import annotations

from pathlib import Path

from typer.core import TyperGroup

from lianfang.site.api import api
from lianfang.site.api_words import ROWS
from lianfang.site.checks.rule_pages import READING_NOTICES
from lianfang.site.reference.deployment import settings_page
from lianfang.site.reference.interface import command_page, interface_page
from lianfang.site.reference.lifecycles import lifecycle_page, permission_page
from lianfang.site.reference.lint import rule_pages
from lianfang.site.reference.markdown import GENERATED, page_of, table_of
from lianfang.site.reference.notices import notice_page
from lianfang.site.reference.parameters import parameter_page
from lianfang.site.reference.registers import register_page, vocabulary_page
from lianfang.site.registers import REGISTERS
from lianfang.site.rules import RULES

FOLDER = "docs/reference"
CONTENTS = (
    ("registers.md", "登记表的列", "每种清单有哪些列、怎么填、认得哪些叫法"),
    ("vocabularies.md", "固定用词", "每个固定用词、它的代码和别的写法"),
    ("rules/README.md", "检查规则", "每条规则查什么、为什么、怎么改、例子"),
    ("import.md", "读取文件时的提示", "导入时可能出现的每一种提示"),
    ("lifecycles.md", "状态和步骤", "每种条目的状态图、步骤和需要的权限"),
    ("permissions.md", "角色和权限", "哪个角色可以做什么"),
    ("parameters.md", "参数", "方案没有写明的数量：默认值、可填范围、谁提出、谁批准、用在哪里"),
    ("settings.md", "环境变量", "部署时可以设置什么"),
    ("api.md", "接口", "JSON 接口的每个地址"),
    ("cli.md", "命令行", "每条命令和它的参数"),
)


def reference_pages(commands: TyperGroup) -> dict[str, str]:
    """``path from the root of the repository → Markdown text`` of the whole reference."""
    pages = {
        "README.md": _contents(),
        "registers.md": register_page(REGISTERS),
        "vocabularies.md": vocabulary_page(ROWS),
        "import.md": notice_page(READING_NOTICES.values()),
        "lifecycles.md": lifecycle_page(),
        "permissions.md": permission_page(),
        "parameters.md": parameter_page(),
        "settings.md": settings_page(),
        "api.md": interface_page(api.get_openapi_schema()),
        "cli.md": command_page(commands),
    }
    return {f"{FOLDER}/{name}": text for name, text in pages.items()} | rule_pages(RULES)


def outdated(root: Path, pages: dict[str, str]) -> list[str]:
    """Paths whose committed file is missing, differs from its page, or has no page any more."""
    wrong = [path for path, text in pages.items() if _text(root / path) != text]
    return sorted([*wrong, *orphans(root, pages)])


def orphans(root: Path, pages: dict[str, str]) -> list[str]:
    """Generated files that no page stands for any more."""
    written = (file for file in (root / FOLDER).rglob("*.md") if GENERATED in _text(file))
    return sorted(path for file in written if (path := file.relative_to(root).as_posix()) not in pages)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _contents() -> str:
    lines = [(f"[{title}]({name})", about) for name, title, about in CONTENTS]
    about = "这里的每一页都从程序里的定义生成，与正在运行的版本一致。"
    return page_of("参考", about, table_of(("页", "内容"), lines))
