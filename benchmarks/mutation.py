"""How many small faults put into the engine of points the tests find: python -m benchmarks.mutation [file …]

Each mutant differs from the program in one place: an operator, a comparison, a constant, a condition, a return. It is
killed when a test of TESTS fails, or runs out of time or memory. Every mutant runs in a fork of its own, which imports
the changed module as the program would, so that labels of enums and defaults of dataclasses change as well; no file is
changed. Left alone: docstrings, annotations, decorators, asserts (they only tell mypy what holds). Mutants that no test
could tell from the program stand in mutation_equivalents.py with the reason, and count on neither side.
"""

import argparse
import ast
import importlib.util
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis  # noqa: F401  (once, before the forks)
import pytest

from benchmarks.mutation_equivalents import EQUIVALENT

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = ROOT / "tracker" / "domain"
HAND_TESTS = ROOT / "tests" / "domain"
FILES = sorted(
    str(path.relative_to(DOMAIN))
    for pattern in ("scoring/*.py", "ranking*.py", "unit_sums.py") for path in DOMAIN.glob(pattern)
)  # fmt: skip
TESTS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("scoring/test_*.py", "test_ranking*.py", "test_unit_sums.py") for path in HAND_TESTS.glob(pattern)
)  # fmt: skip
OPTIONS = ("-x", "-q", "--no-header", "--no-summary", "--tb=no", "--noconftest", "--assert=plain", "-m", "not long",
           "-o", "addopts=", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin",
           "--hypothesis-seed=1")  # fmt: skip
#: What a fork answers when pytest could not run at all, which says nothing of the mutant.
NOT_RUN = 3
MOST_SECONDS = 90
MOST_BYTES = 2 * 1024**3

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,), ast.Mod: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,), ast.Pow: (ast.Mult,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip
NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """`tree`: the module with one place changed; `was` and `now`: that place before and after; `text`: its line."""

    file: str
    line: int
    text: str
    was: str
    now: str
    tree: ast.Module

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What finds it again when lines have moved."""
        return self.file, self.text, self.was, self.now

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.was}  →  {self.now}"


def mutants(file: str) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    text = (DOMAIN / file).read_text(encoding="utf-8")
    source = ast.parse(text)
    for index, node in enumerate(_places(source)):
        line = getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 0)
        for change in range(len(_changes(node))):
            tree = deepcopy(source)
            place = list(_places(tree))[index]
            was = ast.unparse(place)
            for name, value in _changes(place)[change].items():
                setattr(place, name, value)
            ast.fix_missing_locations(tree)
            yield Mutant(file, line, text.splitlines()[line - 1].strip(), was, ast.unparse(place), tree)


def unchanged(file: str) -> Mutant:
    """A file put in as it is: every test must pass of it."""
    return Mutant(file, 0, "", "", "", ast.parse((DOMAIN / file).read_text(encoding="utf-8")))


def _places(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that may change, without what says nothing at run time."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.Assert) or _is_words(child):
                continue
            yield child
            yield from _places(child)


def _is_words(node: ast.AST) -> bool:
    """A docstring or a text that stands by itself."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _changes(node: ast.AST) -> list[dict[str, object]]:
    """The ways to change this node, each as attributes to set."""
    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op) | ast.BoolOp(op=op):
            return [{"op": other()} for other in OPERATORS.get(type(op), ())]
        case ast.Compare(ops=[op]):
            return [{"ops": [other()]} for other in OPERATORS.get(type(op), ())]
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            return [{"op": ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not(), "operand": (
                operand if isinstance(node.op, ast.USub) else ast.UnaryOp(ast.Not(), operand)
            )}]  # fmt: skip
        case ast.If(test=test) | ast.IfExp(test=test):
            return [{"test": ast.UnaryOp(ast.Not(), test)}]
        case ast.comprehension(ifs=[*_, last]) if node.ifs:
            return [{"ifs": [*node.ifs[:-1], ast.UnaryOp(ast.Not(), last)]}]
        case ast.Return(value=value) if value is not None and not _is_none(value):
            return [{"value": ast.Constant(None)}]
        case ast.Name(id=name) if name in NAMES:
            return [{"id": NAMES[name]}]
        case ast.Constant(value=bool() as value):
            return [{"value": not value}]
        case ast.Constant(value=int() as value):
            return [{"value": value + 1}]
        case ast.Constant(value=str() as value):
            return [{"value": f"~{value}"}]
    return []


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class PutIn(SourceFileLoader):
    """Imports a mutant in place of its file. As a finder of modules it knows this one only."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant, self.used = mutant, False
        name = f"tracker/domain/{mutant.file}".removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        super().__init__(name, str(DOMAIN / mutant.file))

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        return importlib.util.spec_from_file_location(name, self.path, loader=self) if name == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        self.used = True
        return compile(self.mutant.tree, self.path, "exec")


def passes(mutant: Mutant, tests: Sequence[str]) -> bool:
    """In the fork: whether every test passes. What goes round for ever is ended after MOST_SECONDS of work."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    # The domain needs nothing of what tracker/__init__.py puts together: an empty package in its place is quicker.
    sys.modules["tracker"] = bare = ModuleType("tracker")
    bare.__path__ = [str(ROOT / "tracker")]
    loader = PutIn(mutant)
    sys.meta_path.insert(0, loader)
    code = pytest.main([*OPTIONS, *tests])
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED):
        os._exit(NOT_RUN)
    return code == 0 or not loader.used


def killed(tried: Sequence[Mutant], tests: Sequence[str], jobs: int) -> set[int]:
    """Places of those that a test killed."""
    running: dict[int, int] = {}
    dead = set()
    for place in range(len(tried) + jobs):
        if place < len(tried):
            child = os.fork()
            if child == 0:
                try:
                    os._exit(0 if passes(tried[place], tests) else 1)
                finally:
                    os._exit(1)
            running[child] = place
        if running and (len(running) >= jobs or place >= len(tried)):
            child, status = os.wait()
            place_of = running.pop(child)
            if os.waitstatus_to_exitcode(status) == NOT_RUN:
                sys.exit("pytest could not run: its words stand above.")
            if status != 0:
                dead.add(place_of)
    return dead


def run(files: Sequence[str], tests: Sequence[str], jobs: int) -> bool:
    """Says what was killed of each file and what was not; False when the table of equivalents does not fit any more."""
    if killed([unchanged(file) for file in files], tests, jobs):
        sys.exit("The tests fail without any fault put in: mend them first.")
    rows, sound = [], True
    for file in files:
        start, all_of = time.monotonic(), list(mutants(file))
        counted = [each for each in all_of if each.key not in EQUIVALENT]
        # Its own test first: most die of it, and at once.
        dead = killed(counted, sorted(tests, key=lambda test: Path(file).stem not in test), jobs)
        rows.append((file, len(counted), len(dead), time.monotonic() - start))
        for place, each in enumerate(counted):
            if place not in dead:
                say(f"survived: {each}")
        sound = _say_equivalent(file, all_of) and sound
    say("| File | Mutants | Killed | % | Seconds |\n|---|---|---|---|---|")
    sums = [sum(row[column] for row in rows) for column in (1, 2, 3)]
    for name, made, died, seconds in (*rows, ("all", *sums)):
        say(f"| {name} | {made} | {died} | {100 * died / (made or 1):.1f} | {seconds:.0f} |")
    return sound


def _say_equivalent(file: str, all_of: Sequence[Mutant]) -> bool:
    """Those of a file with their reasons; False when one stands for no mutant, or for more than one."""
    found = True
    for key, reason in EQUIVALENT.items():
        if key[0] == file:
            meant = [each for each in all_of if each.key == key]
            say(f"equivalent: {meant[0]}: {reason}" if len(meant) == 1 else f"stands for {len(meant)} mutants: {key}")
            found = found and len(meant) == 1
    return found


def say(text: str) -> None:
    """To the terminal, past what pytest prints of every mutant, which goes nowhere."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES, help=f"of {', '.join(FILES)}")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--by-hand", action="store_true", help="only the tests with hand-made answers")
    given = parser.parse_args()
    os.chdir(ROOT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tests = [test for test in TESTS if not given.by_hand or not test.endswith("properties.py")]
    sys.exit(0 if run(given.files, tests, given.jobs) else 1)


if __name__ == "__main__":
    main()
