"""The house stands as its documents say: quiet imports, short files, a true file tree.

Which room may import which, import-linter holds (`make test`); what is installed for it, deptry.
"""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HOME = Path(__file__).parent.parent

# Files over 300 lines, each with the reason why it still has one purpose.
LONG: dict[str, str] = {
    "demo/canvas/bundle.js": "generated: scripts/build.js joins the modules of js/ to it",
    "demo/train/bundle.js": "generated: scripts/build.js joins the modules of js/ to it",
    "tests/data/test_data_own.py": "one story: all that people's own pictures can be, a short test each",
    "tests/demo/test_jobs.py": "one story: a training of the page from asking to clearing away",
}

LIBRARY = sorted((HOME / "attngan").rglob("*.py"))
PAGE = [*sorted((HOME / "demo").rglob("*.py")), HOME / "app.py"]
TOOLS = [path for room in ("bench", "scripts") for path in sorted((HOME / room).rglob("*.py"))]


def name_of(path: Path) -> str:
    """The dotted name of a module, that of the package for an __init__.py."""
    return ".".join(path.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(path): path for path in [*LIBRARY, *PAGE]}


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of everything imported anywhere in a module: modules, where they are modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield (inner if inner in MODULES else node.module or ""), node.lineno


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_the_package_itself_loads_none_of_its_modules() -> None:
    top = parse(HOME / "attngan" / "__init__.py")
    eager = [node for node in top.body if isinstance(node, ast.Import | ast.ImportFrom)]
    targets = [target for node in eager for target, _ in imports(node)]
    assert not [target for target in targets if target.startswith("attngan.")], targets


def quiet(node: ast.stmt) -> bool:
    """Whether a statement at the top of a module only defines or imports."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return True
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Name | ast.Tuple) for target in node.targets)
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Name)
    if isinstance(node, ast.If):
        return ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'")
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


@pytest.mark.parametrize("path", [*LIBRARY, *PAGE, *TOOLS], ids=lambda path: str(path.relative_to(HOME)))
def test_importing_a_module_does_nothing_but_define(path: Path) -> None:
    entry = path in TOOLS or path == HOME / "app.py"  # started as commands: may set up their process
    set_up = ("os.environ.setdefault(", "tune_process()")
    loud = [
        f"line {node.lineno}: {ast.unparse(node)[:80]}"
        for node in parse(path).body
        if not quiet(node) and not (entry and ast.unparse(node).startswith(set_up))
    ]
    assert not loud, loud


def test_importing_the_library_is_light_and_silent() -> None:
    probe = "import sys, attngan; sys.exit(str({'torch', 'gradio'} & sys.modules.keys() or '') or 0)"
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, cwd=HOME, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_files_have_one_purpose_and_at_most_300_lines() -> None:
    rooms = ("attngan", "demo", "bench", "scripts", "tests")
    files = [path for room in rooms for path in (HOME / room).rglob("*")] + [HOME / "app.py"]
    sources = [path for path in files if path.suffix in (".py", ".js", ".css", ".html")]
    lengths = {
        path.relative_to(HOME).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources
    }
    assert lengths
    long = {name: length for name, length in lengths.items() if length > 300}
    assert not long.keys() - LONG.keys(), long
    assert not LONG.keys() - long.keys(), "these are short again: take them off the list"


def project() -> dict[str, Any]:
    return tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_space_installs_what_pyproject_names() -> None:
    text = (HOME / "requirements.txt").read_text(encoding="utf-8")
    listed = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert listed == project()["dependencies"]


def front_matter() -> dict[str, str]:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    block = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert block, "the README must begin with the Space's front matter"
    return {key: value.strip("\"' ") for key, value in re.findall(r"^(\w+):(.*)$", block[1], re.MULTILINE)}


def test_the_front_matter_fits_the_project() -> None:
    said = front_matter()
    assert f"gradio=={said['sdk_version']}" in project()["dependencies"]
    assert said["sdk"] == "gradio"
    assert (HOME / said["app_file"]).is_file()
    assert said["license"] == str(project()["license"]).lower()
    assert len(said["short_description"]) <= 60  # longer ones are refused by the host


def test_the_file_tree_in_the_documents_is_true() -> None:
    place = importlib.util.spec_from_file_location("file_tree", HOME / "scripts" / "file_tree.py")
    assert place
    assert place.loader
    file_tree = importlib.util.module_from_spec(place)
    place.loader.exec_module(file_tree)
    found = file_tree.FENCE.search(file_tree.DOCUMENT.read_text(encoding="utf-8"))
    assert found, "docs/house.md has no tree between its two marks"
    assert found[0] == file_tree.tree(), "run: python scripts/file_tree.py"


def test_every_file_in_the_tree_has_a_phrase() -> None:
    mute = [str(path) for path in [*LIBRARY, *PAGE, *TOOLS] if not ast.get_docstring(parse(path))]
    assert not mute, mute


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    places = re.compile(r"(?<![\w.])/(?:work|home/\w+|root|Users)/")
    texts = (".py", ".md", ".toml", ".txt", ".js", ".css", ".html", ".json", "")
    folders = ("attngan", "demo", "bench", "scripts", "tests", "docs", ".ci", "checkpoints")
    files = [path for room in folders for path in (HOME / room).rglob("*")]
    files += [path for path in HOME.iterdir() if path.suffix in (".py", ".md", ".toml", ".txt")]
    read = [path for path in files if path.is_file() and path.suffix in texts]
    assert len(read) > 10
    assert not [str(path) for path in read if places.search(path.read_text(encoding="utf-8"))]
