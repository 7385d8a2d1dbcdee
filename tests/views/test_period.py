"""Pages of the reporting periods."""

import time_machine

from tests.world import NOON, World


def test_a_year_without_periods_says_who_begins(world: World):
    with time_machine.travel(NOON):
        page = world.browser("oU").get(f"/blocs/{world.blocs['B'].public_id}/periods")
    assert page.status_code == 200
    assert "Năm 2026 chưa có kỳ báo cáo nào" in page.text
