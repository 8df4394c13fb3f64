"""What a person does in the browser: open, read, fill in, take a step; and a camera for the guide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.camera import with_few_colours

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "guide" / "pictures"
LARGEST_PICTURE = 150 * 1024


@dataclass
class Desk:
    """One person's browser window."""

    page: Page
    writes_pictures: bool = False

    def open(self, path: str) -> None:
        """Go to a page of the site; it must be there."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def is_shut_out(self, path: str) -> bool:
        """Whether the site says that there is nothing here (for this person)."""
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status in {403, 404}

    def fill(self, values: Mapping[str, str]) -> None:
        """Fill in a form by the names of its fields; lists take the visible words of their choice."""
        for name, value in values.items():
            field = self.page.locator(f"form.edit-form [name={name}]").first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def send(self, button: str) -> None:
        """Send the form that is open."""
        self.page.locator("form.edit-form").get_by_role("button", name=button).click()
        self.page.wait_for_load_state()

    def take(self, step: str, note: str = "") -> None:
        """Take a step of the record that is open: press its button, answer what it asks."""
        section = self.page.locator(".next-steps")
        asking = section.locator("summary", has_text=re.compile(rf"^\s*{step}…"))
        if asking.count():
            asking.click()
            dialog = self.page.get_by_role("dialog")
            if note:
                dialog.locator("textarea").fill(note)
            dialog.get_by_role("button", name=step, exact=True).click()
        else:
            section.get_by_role("button", name=step, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, step: str) -> None:
        """Open the page on which a step is prepared."""
        self.page.locator(".next-steps").get_by_role("link", name=step, exact=True).click()
        self.page.wait_for_load_state()

    def sees(self, text: str) -> None:
        """The words are on the page."""
        expect(self.main).to_contain_text(text)

    def misses(self, text: str) -> None:
        """The words are nowhere on the page."""
        expect(self.main).not_to_contain_text(text)

    def number(self) -> str:
        """Public number of the record that is open, from its address."""
        return self.page.url.rstrip("/").rpartition("/")[2]

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.locator("main")

    def picture(self, name: str) -> None:
        """Keep what is seen for the guide, where the run was asked to (``--write-pictures``)."""
        if not self.writes_pictures:
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
        shot = with_few_colours(self.page.screenshot(animations="disabled"))
        assert len(shot) <= LARGEST_PICTURE, f"{name}: {len(shot)} bytes"
        (PICTURES / f"{name}.png").write_bytes(shot)
