"""How many small faults put into the engine of points the tests find: python -m benchmarks.mutation [file …]

Each mutant differs from the program in one place: an operator, a comparison, a constant, a condition, a return. It is
killed when a test of TESTS fails, or runs out of time. Every mutant runs in a fork of its own, in memory; no
file is changed. Left alone: docstrings, annotations, decorators, asserts (they only tell mypy what holds).
"""

import argparse
import ast
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, MappingProxyType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOMAIN = "tracker/domain"
#: In the order in which they import each other.
FILES = ("scoring/exact.py", "scoring/results.py", "scoring/leaf.py", "scoring/bloc.py", "scoring/table.py",
         "ranking.py", "ranking_shown.py")  # fmt: skip
#: Tried first, being quick.
HAND = ("tests/domain/scoring/test_leaves.py", "tests/domain/scoring/test_edges.py",
        "tests/domain/scoring/test_table.py", "tests/domain/test_ranking.py",
        "tests/domain/test_ranking_shown.py")  # fmt: skip
PROPERTIES = ("tests/domain/test_ranking_properties.py", "tests/domain/scoring/test_properties.py")
OPTIONS = ("-q", "--no-header", "--no-summary", "--tb=no", "--noconftest", "--assert=plain", "-m", "not long", "-s",
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


def unchanged(file: str) -> Mutant:
    """A file put in as it is: every test must pass of it."""
    return Mutant(file, 0, "", "", ast.parse((ROOT / DOMAIN / file).read_text(encoding="utf-8")))


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


def module_name(file: str) -> str:
    return f"{DOMAIN}/{file}".removesuffix(".py").replace("/", ".")


def put_in(mutant: Mutant) -> None:
    """Into the running program: functions keep their place and get the changed code, plain values are replaced."""
    name = module_name(mutant.file)
    old, new = vars(sys.modules[name]), {"__name__": name}
    exec(compile(mutant.tree, mutant.file, "exec"), new)
    for key, value in new.items():
        if key.startswith("__") or key not in old:
            continue
        if isinstance(value, FunctionType | type):
            if value.__module__ == name:
                _give(old[key], value)
        elif not isinstance(value, ModuleType | MappingProxyType) and old[key] != value and not callable(value):
            for module in list(sys.modules.values()):
                if vars(module).get(key) is old[key] and module.__name__.startswith(("tracker.domain", "tests.")):
                    setattr(module, key, value)


def _give(old: Any, new: Any) -> None:
    """The code of a function, or of every method and property of a class."""
    if isinstance(old, FunctionType):
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
        return
    for key, value in vars(new).items():
        own = vars(old).get(key)
        if isinstance(own, property):
            _give(own.fget, value.fget)
        elif isinstance(own, FunctionType) and isinstance(value, FunctionType):
            _give(own, value)


class Runs:
    """A plugin of pytest: collects once, then runs the tests of every mutant in a fork, until the first one fails."""

    def __init__(self, files: Sequence[str], jobs: int) -> None:
        self.files, self.jobs, self.failed = files, jobs, False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if self._killed(session, [unchanged(file) for file in FILES]):
            sys.exit("The tests fail without any fault put in: mend them first.")
        killed = made = 0
        for file in self.files:
            start, all_of = time.monotonic(), list(mutants(file))
            dead = self._killed(session, all_of)
            killed, made = killed + len(dead), made + len(all_of)
            say(f"{file}: {len(dead)} of {len(all_of)} killed in {time.monotonic() - start:.0f} s")
            for place, each in enumerate(all_of):
                if place not in dead:
                    say(f"  survived  {each}")
        say(f"killed {killed} of {made}: {100 * killed / made:.1f}%")
        return True

    def _killed(self, session: pytest.Session, tried: Sequence[Mutant]) -> set[int]:
        """Places of those that a test killed."""
        running: dict[int, int] = {}
        dead = set()
        for place in range(len(tried) + self.jobs):
            if place < len(tried):
                child = os.fork()
                if child == 0:
                    os._exit(self._try(session, tried[place]))
                running[child] = place
            if running and (len(running) >= self.jobs or place >= len(tried)):
                child, status = os.wait()
                if status != 0:
                    dead.add(running[child])
                del running[child]
        return dead

    def _try(self, session: pytest.Session, mutant: Mutant) -> int:
        """In the fork: 0 when every test passes. What goes round for ever is ended after MOST_SECONDS of work."""
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        try:
            put_in(mutant)
            for item in session.items:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                if self.failed:
                    return 1
        except BaseException:
            return 1
        return 0


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
    tests = [*HAND, *(() if given.by_hand else PROPERTIES)]
    pytest.main([*OPTIONS, *tests], plugins=[Runs(given.files, given.jobs)])


if __name__ == "__main__":
    main()
