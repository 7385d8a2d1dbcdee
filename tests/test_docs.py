"""What the pages in English say is so: settings, accounts, pictures, decisions, tables."""

import re
from pathlib import Path

import pytest

from tracker.models import closing

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md")), *sorted((DOCS / "decisions").glob("*.md"))]
LARGEST_PICTURE = 200_000
#: A table that does not move once something was closed → how the plan calls it.
TOLD_AS = {
    "conference": "conference", "entry": "entries", "section": "sections", "achievement": "achievements",
    "submission": "when a report was sent", "submission_comment": "comments", "attachment": "their files",
    "criteria_set": "criteria set", "criterion": "criteria", "band": "bands", "tie_row": "ties",
    "class_band": "classes", "class_floor": "floors", "quota_hint": "quota hints", "ranking": "ranking",
    "ranking_line": "lines", "score": "points", "explanation": "explanations", "set_apart": "who stands apart",
    "period": "a period", "audit_entry": "audit entries",
}  # fmt: skip
MODULE = re.compile(r"`((?:domain|models|policy|queries|services|exports|imports|forms|views)/[a-z_/]+)(?:\.|`)")


def test_every_setting_has_a_line_in_operations():
    code = (ROOT / "config.py").read_text(encoding="utf-8")
    settings = set(re.findall(r'"(TRACKER_[A-Z_]+|SECRET_KEY|DATABASE_URL|TRUSTED_HOSTS)"', code))
    lines = [line for line in (DOCS / "operations.md").read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert len(settings) > 15
    assert sorted(name for name in settings if not any(f"`{name}`" in line.split("|")[1] for line in lines)) == []


def test_every_command_has_a_line_in_operations(app):
    page = (DOCS / "operations.md").read_text(encoding="utf-8")
    own = set(app.cli.commands) - {"run", "shell", "routes"}
    assert len(own) > 7
    table = page[page.index("## Commands") : page.index("## Files on the disk")]
    assert sorted(name for name in own if not re.search(rf"`{name}[ `]", table)) == []


def test_the_accounts_of_the_demonstration_are_those_of_the_readme():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker/demo").glob("*.json"))
    code += "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tracker/services").glob("demonstration*.py"))
    told = re.findall(r"^\| (\S+@\S+\.example) \|", README, re.MULTILINE)
    assert len(told) == len(set(told)) > 20
    assert set(told) == set(re.findall(r"[a-z.]+@[a-z]+\.example", code))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path):
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_named_module_is_there():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES[:4])
    named = set(MODULE.findall(text))
    assert len(named) > 10
    missing = [name for name in named if not any((ROOT / "tracker" / f"{name}{end}").exists() for end in ("", ".py"))]
    assert sorted(missing) == []


def test_pictures_stay_small():
    pictures = list((DOCS / "pictures").iterdir())
    assert len(pictures) > 20
    assert [path.name for path in pictures if path.stat().st_size > LARGEST_PICTURE] == []


def test_no_two_decisions_share_a_number_and_each_named_one_is_there():
    numbers = [path.name[:4] for path in (DOCS / "decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
    named = {number for page in PAGES for number in re.findall(r"decisions/(\d{4})", page.read_text(encoding="utf-8"))}
    assert named - set(numbers) == set()


def test_the_plan_tells_of_every_table_that_is_closed():
    plan = (DOCS / "architecture.md").read_text(encoding="utf-8")
    told = plan[plan.index("## What is closed") : plan.index("## Sessions")]
    closed = {trigger.table for trigger in closing.triggers()}
    assert closed - {child.__tablename__ for child in closing.CHILDREN} == set(TOLD_AS)
    assert [word for word in TOLD_AS.values() if word not in told] == []
