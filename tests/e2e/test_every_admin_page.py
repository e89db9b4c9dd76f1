"""Every page of administrators."""

import pytest

from tests.e2e.admin_sights import ADMIN_SIGHTS
from tests.e2e.browser import Look
from tests.e2e.soundness import faults


@pytest.mark.parametrize(("lang", "size", "dark"), [("kk", "phone", True), ("ru", "desktop", False)])
def test_every_page_of_administrators_is_sound(
    look: Look, places: dict[str, str], lang: str, size: str, dark: bool
) -> None:
    assert faults(look, ADMIN_SIGHTS, places, lang, size, dark=dark) == {}
