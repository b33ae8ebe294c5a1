"""Writes the file tree of docs/house.md from what the files say of themselves.

    python scripts/file_tree.py

A Python file's phrase is the first line of its docstring, a folder's that of its __init__.py or the one
below, a document's its title. What git ignores is left out. tests/test_house.py fails when docs/house.md
says otherwise.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOME = Path(__file__).parent.parent
DOCUMENT = HOME / "docs" / "house.md"
FENCE = re.compile(r"(?<=<!-- tree -->\n```\n).*?(?=```\n<!-- /tree -->)", re.DOTALL)
WIDTH = 26  # columns before the phrases
PHRASES = {
    "attngan/kinds/pictures/assets/": "the feature network of the metrics, with its card",
    "bench/": "",
    "checkpoints/": "bundled models: config.json, model.safetensors and a card each",
    "scripts/": "",
    "tests/": "mirrors attngan/ and demo/; tests/browser drives the real page in Chromium",
    "docs/": "",
    "docs/images/": "pictures of the documents",
    "docs/decisions/": "one numbered record a decision of architecture; README.md lists them",
    ".ci/run": "all checks on a fresh clone",
    "Makefile": "make demo, make test, make tidy",
    "package.json": "the page's JavaScript: its checks, its tests, its bundling",
    "pyproject.toml": "dependencies, rooms, and the settings of ruff, mypy and pytest",
    "requirements.txt": "the same dependencies for a hosted Space",
}
ROOMS = ("attngan", "demo", "checkpoints", "bench", "scripts", "docs", "tests")
CLOSED = {  # named, not listed, and so is every js/
    "attngan/kinds/pictures/assets/",
    "checkpoints/",
    "docs/decisions/",
    "docs/images/",
    "tests/",
}
ALONE = (".ci/run", "Makefile", "package.json", "pyproject.toml", "requirements.txt")


@cache
def kept() -> set[Path]:
    """Every file that git does not ignore, and the folders above it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    said = subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True).stdout
    files = [HOME / name for name in said.splitlines()]
    return {*files, *(folder for file in files for folder in file.parents)}


def phrase(path: Path) -> str:
    """What a file says of itself: the first sentence of its first line, without the stop."""
    if path.suffix == ".py":
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    elif path.suffix == ".md":
        text = path.read_text(encoding="utf-8").lstrip("# ")
    else:
        return ""
    return text.partition("\n")[0].partition(". ")[0].rstrip(".")


def lines(folder: Path, depth: int = 0) -> Iterator[str]:
    """The folder's line and those of all it holds, two spaces deeper."""
    key = f"{folder.relative_to(HOME).as_posix()}/"
    about = phrase(folder / "__init__.py") if (folder / "__init__.py").exists() else PHRASES.get(key, "")
    if folder.name == "js":
        about = "its part in the browser: plain ES modules, which scripts/build.js joins to bundle.js"
    yield row(folder.name + "/", about, depth)
    if key in CLOSED or folder.name == "js":
        return
    for path in sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name)):
        hidden = path.name.startswith((".", "__")) and path.name != "__main__.py"
        if hidden or path not in kept():
            continue
        if path.is_dir():
            yield from lines(path, depth + 1)
        elif path.suffix in (".py", ".md"):
            yield row(path.name, phrase(path), depth + 1)


def row(name: str, about: str, depth: int) -> str:
    """One line of the tree."""
    return f"{'  ' * depth + name:<{WIDTH}} {about}".rstrip()


def tree() -> str:
    """The whole tree as text."""
    rows = [row("app.py", phrase(HOME / "app.py"), 0)]
    for room in ROOMS:
        if (HOME / room).is_dir():
            rows += lines(HOME / room)
    rows += [row(name, PHRASES[name], 0) for name in ALONE if (HOME / name).is_file()]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Put the tree into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(FENCE.sub(lambda _: tree(), text), encoding="utf-8")


if __name__ == "__main__":
    main()
