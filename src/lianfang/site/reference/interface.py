"""Writes the reference of the JSON interface and of the command line, from what both say about themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from lianfang.site.reference.markdown import code, page_of, table_of

METHODS = ("get", "post", "put", "patch", "delete")


def interface_page(schema: Mapping[str, Any]) -> str:
    """Every operation of an OpenAPI description: method, address, what it does, what can be asked."""
    about = (
        f"{schema['info']['description']}\n\n完整说明（字段、用词、回答）在运行中的系统的 `/api/1/openapi.json`。"
        "字段名称见[登记表的列](registers.md)，代码见[固定用词](vocabularies.md)，步骤名称见[状态和步骤](lifecycles.md)。\n\n"
        "没有版本号的条目（单位、岗位、人员、法规）读取时带 `ETag`；修改时把它放进 `If-Match`；"
        "其他条目修改时在正文里写上读到的 `version`。没有写的回答 428，别人改过的回答 409。"
    )
    problem = schema["components"]["schemas"]["Problem"]
    faults = [(code(name), field["description"]) for name, field in problem["properties"].items()]
    parts = [f"## {tag}\n\n{table_of(('方法', '地址', '作用', '可以筛选'), lines)}" for tag, lines in _by_tag(schema)]
    return page_of("接口", about, *parts, "## 出错时的回答", table_of(("字段", "含义"), faults), _answers(schema))


def _by_tag(schema: Mapping[str, Any]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    found = [
        (operation["tags"][0], (method.upper(), code(address), operation["summary"], _asked(operation)))
        for address, operations in schema["paths"].items()
        for method, operation in sorted(operations.items(), key=lambda pair: METHODS.index(pair[0]))
    ]
    for tag, group in groupby(found, key=lambda pair: pair[0]):
        yield tag, [line for _, line in group]


def _asked(operation: Mapping[str, Any]) -> str:
    return "、".join(code(one["name"]) for one in operation["parameters"] if one["in"] == "query")


def _answers(schema: Mapping[str, Any]) -> str:
    operations = (operation for one in schema["paths"].values() for operation in one.values())
    answers = (answer for operation in operations for answer in operation["responses"].items())
    refusals = {str(status): answer for status, answer in answers if int(status) >= 400}
    return table_of(("状态码", "什么时候"), ((status, refusals[status]["description"]) for status in sorted(refusals)))


def command_page(root: TyperGroup) -> str:
    """Every command with its arguments and options, as ``--help`` gives them."""
    about = (
        "`lianfang` 在安装目录里运行；`lianfang 命令 --help` 显示同样的说明。"
        "出错时打印一句说明和办法，返回 1；用法不对返回 2。加 `--format json` 的输出供程序使用。"
    )
    parts = [part for words, command in _commands(root, ()) for part in _command(words, command)]
    return page_of("命令行", about, *parts)


def _commands(group: TyperGroup, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, TyperGroup):
            yield from _commands(command, (*words, name))
        elif isinstance(command, TyperCommand) and not command.hidden:
            yield (*words, name), command


def _command(words: tuple[str, ...], command: TyperCommand) -> Iterator[str]:
    known = [one for one in command.params if isinstance(one, TyperArgument | TyperOption)]
    arguments = [_argument(one) for one in known if isinstance(one, TyperArgument)]
    yield f"## lianfang {' '.join(words)}"
    yield (command.help or "").strip()
    yield f"```console\n$ {' '.join(('lianfang', *words, *arguments))}\n```"
    lines = [(code(_names(one)), one.help or "", _default(one)) for one in known]
    if lines:
        yield table_of(("参数", "含义", "默认"), lines)


def _argument(argument: TyperArgument) -> str:
    name = f"{(argument.name or '').upper()}{'...' if argument.nargs != 1 else ''}"
    return name if argument.required else f"[{name}]"


def _names(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperArgument):
        return _argument(parameter)
    return ", ".join((*parameter.opts, *parameter.secondary_opts))


def _default(parameter: TyperArgument | TyperOption) -> str:
    if parameter.required:
        return "必填"
    value = parameter.default
    if value is None or callable(value) or value is False or value == "":
        return ""
    return code(str(getattr(value, "value", value)))
