"""The frames of the command line in Chinese: help, usage and misuse, for which the framework has English only."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from rich.table import Table
from rich.text import Text
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.exceptions import TyperException

from lianfang.site.cli.answers import complain, screen
from lianfang.site.cli.faults import INTERRUPTED, MISUSED, Explained

PROGRAM = "lianfang"
_KINDS = {"<int>": "整数", "<int range>": "整数", "<str>": "文字", "<path>": "路径", "<bool>": ""}
"""What the framework calls the kinds of values, and what people call them."""


class Command(TyperCommand):
    """A command whose help is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page that ``--help`` shows."""
        formatter.write(_page(self, ctx))


class Group(TyperGroup):
    """A group of commands, or the whole application, that speaks Chinese also where it is misused or fails."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page that ``--help`` shows."""
        formatter.write(_page(self, ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that ``args`` begin with; an unknown one is said in Chinese, with the nearest there is."""
        word = args[0]
        if self.get_command(ctx, word) is None and not word.startswith("-"):
            near = difflib.get_close_matches(word, self.commands)
            ctx.fail(f"没有命令“{word}”。" + (f"您要的是不是 {' 或 '.join(near)}？" if near else ""))
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run as a program: what can be foreseen to fail ends in a Chinese sentence and an exit status."""
        extra |= {"prog_name": PROGRAM, "standalone_mode": False}
        with Explained():
            try:
                status = super().main(*args, **extra)
            except TyperException as error:
                complain(*misuse(error))
                sys.exit(MISUSED)
            if status == INTERRUPTED:
                raise KeyboardInterrupt
            sys.stdout.flush()
        sys.exit(status or 0)


def misuse(error: TyperException) -> tuple[str, str]:
    """What was written wrongly, and what to do; the framework's own classes are known by their names only."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message.rstrip(), ""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else PROGRAM
    return _misused(error, context), f"运行 {path} --help 看用法。"


def _misused(error: Any, context: Any) -> str:
    kind, message = type(error).__name__, error.message
    if kind == "MissingParameter":
        return f"没有写{_named(error.param).rstrip()}。"
    if kind == "BadParameter":
        return f"{_named(error.param)}应当是 {_wanted(error.param, context)}。"
    if kind == "NoSuchOption":
        near = " 或 ".join(error.possibilities or ())
        return f"没有选项 {error.option_name}。" + (f"您要的是不是 {near}？" if near else "")
    if kind == "BadOptionUsage":
        return f"选项 {error.option_name} {'后面要写一个值' if 'requires' in message else '后面不写值'}。"
    if message.startswith("Got unexpected extra"):
        return f"多写了：{message.partition('(s) (')[2].removesuffix(')')}。"
    return str(message)


def _named(parameter: TyperArgument | TyperOption) -> str:
    return f"选项 {parameter.opts[0]} " if isinstance(parameter, TyperOption) else f"“{_word(parameter)}”"


def _word(argument: TyperArgument) -> str:
    return argument.metavar or argument.name


def _kind(parameter: TyperArgument | TyperOption, context: Any) -> str:
    shown = parameter.display_type(context)
    return _KINDS.get(shown, shown.strip("<>"))


def _wanted(parameter: TyperArgument | TyperOption, context: Any) -> str:
    bounds = f"{parameter.min} 到 {parameter.max} 的" if parameter.max is not None else ""
    return f"{bounds}{_kind(parameter, context).replace('|', ' 或 ')}"


def _page(command: TyperCommand | TyperGroup, context: Any) -> str:
    parameters = [one for one in command.get_params(context) if isinstance(one, TyperArgument | TyperOption)]
    arguments = [one for one in parameters if isinstance(one, TyperArgument)]
    options = [one for one in parameters if isinstance(one, TyperOption) and not one.hidden]
    pieces = ["[选项]", *(_usage(one) for one in arguments)]
    if isinstance(command, TyperGroup):
        pieces.append("命令 …")
    with screen.capture() as captured:
        screen.print(Text(f"用法：{context.command_path} {' '.join(pieces)}\n"))
        screen.print(Text(f"{command.help or ''}"))
        _section("参数：", ((_usage(one), _help(one)) for one in arguments))
        if isinstance(command, TyperGroup):
            named = ((name, one.help or "") for name, one in command.commands.items() if not one.hidden)
            _section("命令：", named)
        _section("选项：", ((_option(one, context), _help(one)) for one in options))
    return captured.get()


def _section(title: str, lines: Iterable[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2))
    for name, meaning in lines:
        table.add_row("", Text(name, no_wrap=True), Text(meaning, overflow="fold"))
    if table.row_count:
        screen.print(Text(f"\n{title}", style="bold"))
        screen.print(table)


def _usage(argument: TyperArgument) -> str:
    name = f"{_word(argument)}{'…' if argument.nargs != 1 else ''}"
    return name if argument.required else f"[{name}]"


def _option(option: TyperOption, context: Any) -> str:
    kind = "" if option.is_flag else _kind(option, context)
    return f"{', '.join(option.opts)} {kind}".rstrip()


def _help(parameter: TyperArgument | TyperOption) -> str:
    if parameter.opts == ["--help"]:
        return "显示这份说明"
    return f"{parameter.help or ''}{''.join(_remarks(parameter))}"


def _remarks(parameter: TyperArgument | TyperOption) -> Iterator[str]:
    default = getattr(parameter.default, "value", parameter.default)
    if parameter.required and isinstance(parameter, TyperOption):
        yield "（必填）"
    elif default and not callable(default) and default is not True and str(default) != ".":
        yield f"（不写则为 {default}）"
