"""The linters are part of the tests: ruff, mypy --strict over tracker/, djlint over the templates."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINTERS = {
    "ruff": ["-m", "ruff", "check", "--no-cache", "."],
    "mypy": ["-m", "mypy", "--strict", "tracker"],
    "djlint": ["-m", "djlint", "--lint", "--quiet", "templates"],
}


@pytest.mark.parametrize("name", sorted(LINTERS))
def test_linter_finds_nothing(name: str):
    run = subprocess.run([sys.executable, *LINTERS[name]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout[-4000:] if run.returncode else "") == (0, "")
