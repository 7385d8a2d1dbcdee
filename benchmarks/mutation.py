"""How many small faults put into the engine of points the tests find: python -m benchmarks.mutation [file …]

Each mutant differs from the program in one place: an operator, a comparison, a constant, a condition, a return. It is
killed when a test of TESTS fails, or runs out of time. Every mutant runs in a fork of its own, on a copy in memory;
no file is changed. Left alone: docstrings, annotations, decorators, asserts (they only tell mypy what holds).
"""

import argparse
import ast
import importlib
import importlib.abc
import importlib.machinery
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "tracker/domain"
#: In the order in which they import each other.
FILES = ("scoring/exact.py", "scoring/results.py", "scoring/leaf.py", "scoring/bloc.py", "scoring/table.py",
         "ranking.py", "ranking_shown.py")  # fmt: skip
#: By hand first: what they kill need not go through the properties.
TESTS = (
    ("tests/domain/scoring/test_leaves.py", "tests/domain/scoring/test_edges.py",
     "tests/domain/scoring/test_table.py", "tests/domain/test_ranking.py", "tests/domain/test_ranking_shown.py"),
    ("tests/domain/test_ranking_properties.py", "tests/domain/scoring/test_properties.py"),
)  # fmt: skip
OPTIONS = ("-x", "-q", "--no-header", "--tb=no", "--noconftest", "--assert=plain", "-m", "not long",
           "-p", "no:cacheprovider", "--hypothesis-seed=1")  # fmt: skip
MOST_SECONDS = 90

OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub,), ast.Sub: (ast.Add,), ast.Mult: (ast.Div,), ast.Div: (ast.Mult,), ast.Mod: (ast.Mult,),
    ast.Pow: (ast.Mult,), ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,), ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip
NAMES = {"max": "min", "min": "max", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """`tree`: the module with one place changed; `was` and `now`: that place before and after."""

    file: str
    line: int
    was: str
    now: str
    tree: ast.Module

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.was}  →  {self.now}"


def mutants(file: str) -> Iterator[Mutant]:
    """Every mutant of a file, in the order of its lines."""
    source = ast.parse((ROOT / DOMAIN / file).read_text(encoding="utf-8"))
    for index, node in enumerate(_places(source)):
        for change in range(len(_changes(node))):
            tree = deepcopy(source)
            place = list(_places(tree))[index]
            was = ast.unparse(place)
            for name, value in _changes(place)[change].items():
                setattr(place, name, value)
            ast.fix_missing_locations(tree)
            yield Mutant(file, getattr(place, "lineno", 0), was, ast.unparse(place), tree)


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


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree, every other as always."""

    def __init__(self, mutant: Mutant) -> None:
        self.name = module_name(mutant.file)
        self.code = compile(mutant.tree, mutant.file, "exec")

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> (
        importlib.machinery.ModuleSpec | None
    ):  # fmt: skip
        return importlib.machinery.ModuleSpec(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)


def module_name(file: str) -> str:
    return f"{DOMAIN}/{file}".removesuffix(".py").replace("/", ".")


def is_killed(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether a test fails of this mutant, in a fork of this process. `None` is the program as it is."""
    child = os.fork()
    if child == 0:
        os._exit(_try(mutant, tests))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def _try(mutant: Mutant | None, tests: Sequence[str]) -> int:
    """In the fork: 0 when every test passes."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    signal.alarm(MOST_SECONDS)
    for file in FILES:
        sys.modules.pop(module_name(file), None)
    if mutant is not None:
        sys.meta_path.insert(0, Changed(mutant))
    try:
        return int(pytest.main([*OPTIONS, *tests]))
    except BaseException:
        return 1


def run(files: Sequence[str], jobs: int, by_hand: bool) -> None:
    """Prints a line for each file and each survivor, then the sum."""
    killed = made = 0
    rounds = TESTS[:1] if by_hand else TESTS
    with ThreadPoolExecutor(jobs) as pool:
        for file in files:
            start = time.monotonic()
            left = all_of = list(mutants(file))
            for tests in rounds:
                dead = pool.map(partial(is_killed, tests=tests), left)
                left = [each for each, is_dead in zip(left, dead, strict=True) if not is_dead]
            killed, made = killed + len(all_of) - len(left), made + len(all_of)
            taken = time.monotonic() - start
            print(f"{file}: {len(all_of) - len(left)} of {len(all_of)} killed in {taken:.0f} s", flush=True)
            for each in left:
                print(f"  survived  {each}", flush=True)
    print(f"killed {killed} of {made}: {100 * killed / made:.1f}%")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=FILES, help=f"of {', '.join(FILES)}")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--by-hand", action="store_true", help="only the tests with hand-made answers")
    given = parser.parse_args()
    os.chdir(ROOT)
    # Once for all forks: what the tests lean on, and the program, of which each fork imports the changed part anew.
    for name in ("tracker", "hypothesis.strategies", "hypothesis.internal.conjecture.engine"):
        importlib.import_module(name)
    if any(is_killed(None, tests) for tests in (TESTS[:1] if given.by_hand else TESTS)):
        sys.exit("The tests fail without any mutant: mend them first.")
    run(given.files, given.jobs, given.by_hand)


if __name__ == "__main__":
    main()
