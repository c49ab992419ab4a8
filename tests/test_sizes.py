"""A function does one thing and a file has one subject; what is longer says why, beside it.

The reason is a comment that begins `# Long because`: above the function (or its decorators), or for a file
somewhere before its first definition.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LINES_OF_A_FUNCTION = 40
LINES_OF_A_FILE = 300
REASON = "# Long because "


def long_functions(path: str, text: str) -> Iterator[str]:
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        length = (node.end_lineno or 0) - node.lineno + 1
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        if length > LINES_OF_A_FUNCTION and not reason_above(lines, first):
            yield f"{path}:{node.lineno} {node.name}: {length} lines"


def reason_above(lines: list[str], first: int) -> bool:
    """Whether the comment right above a line gives the reason."""
    above = []
    for line in reversed(lines[: first - 1]):
        if not line.lstrip().startswith("#"):
            break
        above.append(line.lstrip())
    return bool(above) and above[-1].startswith(REASON)


def long_file(path: str, text: str) -> Iterator[str]:
    lines = text.splitlines()
    if len(lines) > LINES_OF_A_FILE:
        body = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        head = lines[: body[0].lineno - 1] if body else lines
        if not any(line.startswith(REASON) for line in head):
            yield f"{path}: {len(lines)} lines"


def ours() -> list[str]:
    """Every Python file that serves: not the tests, and no migrations, which are never written again."""
    packages = [init.parent for init in ROOT.glob("*/__init__.py") if init.parent.name != "tests"]
    files = [*ROOT.glob("*.py"), *(path for package in packages for path in package.rglob("*.py"))]
    return sorted(str(path.relative_to(ROOT)) for path in files if path.parent.name != "migrations")


def test_no_function_is_long_without_its_reason() -> None:
    assert [hit for path in ours() for hit in long_functions(path, (ROOT / path).read_text())] == []


def test_no_file_is_long_without_its_reason() -> None:
    assert [hit for path in ours() for hit in long_file(path, (ROOT / path).read_text())] == []


def test_the_scripts_are_short() -> None:
    lengths = {
        name: len((ROOT / name).read_text().splitlines()) for name in ("portal", "ops/install-packages")
    }
    assert {name: length for name, length in lengths.items() if length > LINES_OF_A_FILE} == {}


def a_function(lines: int, above: str = "") -> str:
    return f"{above}def much():\n" + "    pass\n" * (lines - 1)


def test_the_measure_counts_and_takes_a_reason() -> None:
    assert list(long_functions("a.py", a_function(40))) == []
    assert list(long_functions("a.py", a_function(41))) == ["a.py:1 much: 41 lines"]
    assert list(long_functions("a.py", a_function(41, "# Long because it is.\n"))) == []
    assert list(long_functions("a.py", a_function(41, "# Long because it\n# is.\n@cached\n"))) == []
    assert list(long_functions("a.py", a_function(41, "# Long because it is.\n\n"))) == [
        "a.py:3 much: 41 lines"
    ]
    assert list(long_functions("a.py", a_function(41, "# Long.\n"))) == ["a.py:2 much: 41 lines"]
    assert list(long_file("a.py", a_function(300))) == []
    assert list(long_file("a.py", a_function(301))) == ["a.py: 301 lines"]
    assert list(long_file("a.py", a_function(300, "# Long because it is.\n"))) == []
