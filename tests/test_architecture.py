"""The plan of the house holds: who imports whom, who commits, how long things are (design.md, section 1)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "tracker"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
CHECKED = [*MODULES, ROOT / "config.py", ROOT / "run.py", *sorted((ROOT / "tests").rglob("*.py"))]

#: Layer → the layers it may import besides itself. design.md section 1 with the amendments of settled.md.
MAY_IMPORT = {
    "errors": set(),
    "clock": {"errors"},
    "text": {"errors"},
    "db": {"errors", "text"},
    "domain": {"errors", "text"},
    "models": {"db", "domain"},
    "policy": {"domain", "models"},
    "queries": {"db", "domain", "models", "policy", "text"},
    "guard": {"clock", "db", "models", "policy"},
    "services": {"db", "domain", "errors", "models", "policy", "queries", "text", "adapters"},
    "adapters": {"errors", "domain", "text"},
    "imports": {"domain", "errors", "text"},
    "exports": {"domain", "queries"},
    "forms": {"domain", "text"},
    "documents": {"domain", "text"},
}
ABOVE = {"views", "cli", "jobs"}
#: Layer → packages it never imports.
NEVER = {
    "domain": {"flask", "sqlalchemy", "flask_sqlalchemy"},
    "models": {"flask"},
    "policy": {"flask", "flask_login"},
    "queries": {"flask", "flask_login"},
    "services": {"flask", "flask_login", "flask_babel", "wtforms"},
    "adapters": {"flask", "sqlalchemy", "flask_sqlalchemy"},
    "imports": {"flask", "sqlalchemy", "flask_sqlalchemy"},
    "exports": {"flask", "sqlalchemy", "flask_sqlalchemy"},
    "forms": {"flask", "sqlalchemy", "flask_sqlalchemy"},
}
#: (file, layer) → why it may import that layer after all.
IMPORTS_EXCEPTED = {
    ("guard.py", "errors"): "a refused act is raised as NotAllowed, whose sentence the page shows",
    ("exports", "text"): "text is below domain: cleaning a line for a sheet needs no second copy of it",
}
COMMITTERS = {"views", "cli", "jobs"}
MOST_LINES, MOST_FUNCTION_LINES = 300, 60
#: Path → why it is longer than 300 lines.
LONG_FILES: dict[str, str] = {}
#: "path::function" → why it is longer than 60 lines.
LONG_FUNCTIONS: dict[str, str] = {
    "tests/exports/records_2022.py::_assessments": "a list of rows of text, no steps",
    "tests/exports/records_full.py::full_review": "one record with every part filled in, no steps",
}


def layer_of(path: Path) -> str:
    """The layer a module of ours belongs to: its folder under tracker/, or its own name."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of everything a module imports; `from tracker import clock` gives tracker.clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden_imports(path: Path, tree: ast.AST) -> list[str]:
    """What the table forbids this module to import."""
    layer = layer_of(path)
    if layer in ("__init__", "__main__"):
        return []
    wrong = []
    for name in imported(tree):
        parts = name.split(".")
        if parts[0] != "tracker":
            if parts[0] in NEVER.get(layer, set()):
                wrong.append(name)
            continue
        target = parts[1] if len(parts) > 1 else ""
        if layer in ABOVE:
            allowed = target == layer or target not in ABOVE
        else:
            excepted = {(layer, target), (path.name, target)} & set(IMPORTS_EXCEPTED)
            allowed = target == layer or target in MAY_IMPORT[layer] or bool(excepted)
        if not allowed:
            wrong.append(name)
    return wrong


def test_every_module_imports_only_what_its_layer_may():
    wrong = {}
    for path in MODULES:
        found = forbidden_imports(path, ast.parse(path.read_text(encoding="utf-8")))
        if found:
            wrong[str(path.relative_to(ROOT))] = found
    print(f"modules {len(MODULES) - len(wrong)} of {len(MODULES)}")
    assert wrong == {}


def test_every_folder_of_the_program_has_a_line_in_the_table():
    folders = {layer_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert folders - set(MAY_IMPORT) - ABOVE == set()


@pytest.mark.parametrize(
    ("place", "source", "expected"),
    [
        ("domain/x.py", "import sqlalchemy", ["sqlalchemy"]),
        ("domain/x.py", "from tracker.models import bloc", ["tracker.models.bloc"]),
        ("services/x.py", "from flask import g", ["flask.g"]),
        ("views/x.py", "from tracker.cli import setup", ["tracker.cli.setup"]),
        ("queries/x.py", "from tracker.services import bloc", ["tracker.services.bloc"]),
        ("views/x.py", "from tracker import clock", []),
    ],
)
def test_the_check_of_imports_goes_red_for_a_wrong_one(place: str, source: str, expected: list[str]):
    assert forbidden_imports(PACKAGE / place, ast.parse(source)) == expected


def test_only_views_and_commands_and_jobs_commit():
    committing = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr == "commit" and layer_of(path) not in COMMITTERS:
                committing.append(f"{path.relative_to(ROOT)}:{called.lineno}")
    assert committing == []


def test_nothing_is_imported_inside_a_function():
    found = []
    for path in CHECKED:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                inside = [node for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
                found += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in inside]
    assert found == []


def test_no_file_is_longer_than_three_hundred_lines():
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in CHECKED}
    too_long = {path for path, length in lengths.items() if length > MOST_LINES}
    print(f"files {len(lengths) - len(too_long)} of {len(lengths)}")
    assert {path: lengths[path] for path in too_long if path not in LONG_FILES} == {}
    assert set(LONG_FILES) - too_long == set()


def test_no_function_is_longer_than_sixty_lines():
    too_long: dict[str, int] = {}
    for path in CHECKED:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    too_long[f"{path.relative_to(ROOT)}::{node.name}"] = length
    assert {name: length for name, length in too_long.items() if name not in LONG_FUNCTIONS} == {}
    assert set(LONG_FUNCTIONS) - set(too_long) == set()
