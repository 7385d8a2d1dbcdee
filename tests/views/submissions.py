"""What tests of a unit's report share: its addresses, its form as a browser sends it, a returned one."""

import re

from tests.reporting import (
    make_sent,
)
from tests.world import NOON, World
from tracker.db import db
from tracker.models.submission import Entry, Submission
from tracker.services import submission as services


def path(submission: Submission, rest: str = "") -> str:
    return f"/submissions/{submission.public_id}{rest}"


def boxes(browser, submission: Submission) -> dict[str, str]:
    """Every box of the unit's form as a browser would send it."""
    html = browser.get(path(submission, "/edit")).get_data(as_text=True)
    form = html[html.index('id="bao-cao"') : html.index("</form>", html.index('id="bao-cao"'))]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        if name:
            value = re.search(r'value="([^"]*)"', tag)
            found[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\r?\n?([^<]*)</textarea>', form):
        found[name] = text
    return found


def entry_of(submission: Submission, place: int) -> Entry:
    db.session.expire_all()
    return submission.entries[place]


def returned(world: World, report: Submission) -> Submission:
    """Sent, checked, and the first line returned."""
    make_sent(report, world.accounts["oU"])
    services.return_back(
        report, reason="", places=[(report.entries[0], "Ghi số văn bản, không ghi tỷ lệ")], by=world.accounts["oL"],
        at=NOON,
    )  # fmt: skip
    db.session.commit()
    return report
