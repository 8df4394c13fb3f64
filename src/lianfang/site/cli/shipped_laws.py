"""The law table that comes with the house, taken into an empty register of laws, once, as any file is."""

from __future__ import annotations

from django.db import IntegrityError

from lianfang.foundation.accounts.console import console_actor
from lianfang.foundation.catalogue.upkeep import index_pending
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.documents.limits import COMMAND_LINE
from lianfang.kernel.errors import Conflict
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.queries import SHIPPED
from lianfang.site.importing import preview, store_preview
from lianfang.site.intake import Taking

SOURCE = "随系统提供的法规，由本单位自行核验"


def bring_laws() -> None:
    """Take in the shipped laws where none are registered; what a bureau entered or changed is never touched.

    Nobody here has compared them with the official text: they come in unverified, whatever the table says.

    Raises:
        Invalid: the shipped table does not read as laws.
    """
    if Law.objects.exists():
        return
    previewed = preview(read_file(SHIPPED, COMMAND_LINE), Taking(limits=COMMAND_LINE))
    try:
        store_preview(console_actor(), previewed, SOURCE)
    except (Conflict, IntegrityError):
        # Two commands of a new installation may begin at once: then the other one brought them.
        if not Law.objects.exists():
            raise
    for _ in index_pending():
        pass
