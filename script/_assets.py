"""Copies the listed browser files out of ``node_modules`` and draws the used icons together into one sprite.

Called by ``script/setup``: ``_assets.py NODE_MODULES TARGET ICON_LIST``.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
}
SVG = "http://www.w3.org/2000/svg"
_SOURCE_MAP = re.compile(rb"\n?(?://#|/\*#)\s*sourceMappingURL=[^\n]*")
_KEPT = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")


def copy_files(node_modules: Path, target: Path) -> None:
    """Copy what ``FILES`` lists, without the pointers to source maps (a strict page would report them as missing)."""
    target.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        content = (node_modules / source).read_bytes()
        (target / name).write_bytes(_SOURCE_MAP.sub(b"", content))


def icon_names(text: str) -> list[str]:
    """Names in an icon list: one a line, ``#`` starts a comment; sorted, each once."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return sorted({line for line in lines if line})


def sprite(folder: Path, names: Iterable[str]) -> str:
    """One SVG with a ``<symbol>`` for each icon, to be shown with ``<use href="…/icons.svg#pencil">``.

    Raises:
        FileNotFoundError: a name is not an icon of this version.
    """
    ET.register_namespace("", SVG)
    root = ET.Element(f"{{{SVG}}}svg")
    for name in names:
        filled = name.startswith("filled/")
        bare = name.removeprefix("filled/")
        drawing = ET.parse(folder / ("filled" if filled else "outline") / f"{bare}.svg").getroot()  # noqa: S314 - pinned
        symbol = ET.SubElement(root, f"{{{SVG}}}symbol", {"id": name.replace("/", "-")})
        symbol.attrib.update({key: drawing.attrib[key] for key in _KEPT if key in drawing.attrib})
        for shape in drawing:
            if not _is_frame(shape):
                shape.tail = None
                symbol.append(shape)
    return ET.tostring(root, encoding="unicode") + "\n"


def _is_frame(shape: ET.Element) -> bool:
    """The invisible square that every icon of the set starts with."""
    return shape.get("stroke") == "none" and shape.get("fill") == "none"


def main(node_modules: Path, target: Path, icon_list: Path) -> int:
    """Fill ``target``; return 0, or 1 after saying which icon does not exist."""
    copy_files(node_modules, target)
    if not icon_list.exists():
        print(f"  没有 {icon_list.name}，不制作图标。", file=sys.stderr)
        return 0
    names = icon_names(icon_list.read_text(encoding="utf-8"))
    try:
        drawn = sprite(node_modules / "@tabler/icons/icons", names)
    except FileNotFoundError as error:
        print(f"{icon_list.name}：没有这个图标：{error.filename}", file=sys.stderr)
        return 1
    (target / "icons.svg").write_text(drawn, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:4])))
