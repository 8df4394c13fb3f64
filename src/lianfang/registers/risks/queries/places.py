"""Where an entry belongs: its unit, and whether post and power really lie there."""

from __future__ import annotations

from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.queries import bureau_of, unit_paths
from lianfang.kernel.errors import Invalid
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.rows import Tier


def path_of(unit: str) -> str:
    """The path of a unit.

    Raises:
        Invalid: no such unit.
    """
    path = unit_paths([unit]).get(unit)
    if path is None:
        raise Invalid(f"没有编号为“{unit}”的单位。", "请从单位列表中选择，或先登记该单位。")
    return path


def fitting_place(tier: Tier, unit: str, post: str, power: str) -> str:
    """The path of ``unit``, when ``post`` is one of its posts and ``power`` a power of its bureau.

    Raises:
        Invalid: post or power lie elsewhere, or the post level names no post (S7: the post is the base).
    """
    path = path_of(unit)
    if tier is Tier.POST and not post:
        raise Invalid("岗位级的内容必须落到一个岗位。", "请选择岗位；不属于某个岗位的，请登记为部门级或单位级。")
    if post and not Post.objects.filter(number=post, unit_path=path).exists():
        raise Invalid(f"岗位“{post}”不在该单位。", "请从该单位的岗位中选择。")
    bureau = bureau_of(path)
    top = bureau.path if bureau else path
    if power and not Power.objects.filter(number=power, unit_path__gte=top, unit_path__lt=top + "~").exists():
        raise Invalid(f"职权“{power}”不在本局的权力清单里。", "请从权力清单中选择，或先登记该职权。")
    return path
