"""What is in force while it is being redone: the copy that its approval froze."""

from __future__ import annotations

from lianfang.foundation.lint.material import Material
from lianfang.registers.controls.rows import ApprovedControlRow, ControlRow
from lianfang.registers.controls.states import ControlState


def controls_in_force(material: Material) -> list[ControlRow]:
    """Measures in force, each as it was approved: the entry itself only where nothing was written to it since."""
    copies = material.by_number(ApprovedControlRow)
    standing = (control for control in material.of(ControlRow) if control.state is ControlState.IN_FORCE)
    return [*(control for control in standing if control.number not in copies), *copies.values()]
