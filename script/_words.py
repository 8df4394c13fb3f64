"""What the commands of this folder say around their answers: argparse in Chinese, on whatever terminal."""

from __future__ import annotations

import argparse
import io
import sys

_PHRASES = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这份说明",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "unrecognized arguments: %s": "没有这样的选项或参数：%s",
    "the following arguments are required: %s": "没有写：%s",
    "expected one argument": "后面要写一个值",
    "ignored explicit argument %r": "后面不写值，却写了 %r",
    "invalid %(type)s value: %(value)r": "应当是整数，不能是 %(value)r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可能是 %(matches)s，请写全",
}


def parser(prog: str, description: str) -> argparse.ArgumentParser:
    """A parser of command lines whose help and complaints are Chinese.

    argparse asks gettext for each of its phrases under the name ``_``; a catalogue that gettext finds would have to be
    compiled into a binary file first.
    """
    vars(argparse).update(_=lambda phrase: _PHRASES.get(phrase, phrase))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without Chinese shows question marks, not a failure
    return argparse.ArgumentParser(prog=prog, description=description, allow_abbrev=False)
