"""Puts this repository on a hosted Space by the hub's own client: a plain push is refused for its binaries.

python scripts/publish_space.py OWNER/NAME           prints what would go up
python scripts/publish_space.py OWNER/NAME --push    puts it there; log in before with `hf auth login`

`--models OWNER/NAME@COMMIT ...` are models of the hub that the page lists too. `--zero-gpu` leaves out that a
Space without an accelerator gets PyTorch's smaller build.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml
from huggingface_hub import HfApi

from attngan.errors import AttnGanError
from attngan.model.hub import address, told
from demo.fromhub import SETTING

HOME = Path(__file__).parents[1]
# What the page needs, of what git knows.
SENT = (
    "attngan",
    "demo",
    "checkpoints",
    "docs",
    "app.py",
    "requirements.txt",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
)
THUMBNAIL = "docs/images/page.png"
LONGEST_DESCRIPTION = 60  # characters of a Space's short_description
MB = 1e6


def files() -> list[Path]:
    """What goes up, relative to HOME: what git knows under SENT, as it lies here."""
    known = subprocess.run(
        ["git", "ls-files", "-z", *SENT], cwd=HOME, capture_output=True, text=True, check=True
    )
    return sorted(
        path for name in known.stdout.split("\0") if name and (HOME / (path := Path(name))).is_file()
    )


def readme(space: str, models: list[str]) -> str:
    """README.md, whose first lines are the Space's settings, with what depends on whose Space it is."""
    _, settings, text = (HOME / "README.md").read_text("utf-8").split("---\n", 2)
    said = yaml.safe_load(settings)
    if len(said["short_description"]) > LONGEST_DESCRIPTION:
        raise AttnGanError(f"README.md: short_description has more than {LONGEST_DESCRIPTION} characters.")
    said["thumbnail"] = f"https://huggingface.co/spaces/{space}/resolve/main/{THUMBNAIL}"
    if models:
        said["models"] = [address(model).repo for model in models]
    return f"---\n{yaml.safe_dump(said, sort_keys=False, allow_unicode=True)}---\n{text}"


def requirements(zero_gpu: bool) -> str:
    """requirements.txt; with ZeroGPU without the lines that choose a build for processors."""
    lines = (HOME / "requirements.txt").read_text("utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not (zero_gpu and line.startswith("--")))


def gathered(folder: Path, space: str, models: list[str], zero_gpu: bool) -> Counter[str]:
    """All that goes up, in an empty folder; bytes by top-level name."""
    sizes = Counter[str]()
    for path in files():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HOME / path, folder / path)
        sizes[path.parts[0]] += (HOME / path).stat().st_size
    (folder / "README.md").write_text(readme(space, models), "utf-8")
    (folder / "requirements.txt").write_text(requirements(zero_gpu), "utf-8")
    return sizes


def send(folder: Path, space: str, models: list[str]) -> str:
    """Put the folder on the Space, made where there is none, in the place of what was there; its address."""
    api, place = HfApi(), address(space)
    with told(place, writing=True):
        url = api.create_repo(space, repo_type="space", space_sdk="gradio", exist_ok=True)
        api.add_space_variable(space, SETTING, " ".join(models))
        api.upload_folder(
            repo_id=space,
            repo_type="space",
            folder_path=folder,
            delete_patterns=["*"],
            commit_message="The page of attngan",
        )
    return str(url)


def main() -> None:
    """Gather, tell, and with --push send."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("space", metavar="OWNER/NAME")
    parser.add_argument("--push", action="store_true")
    parser.add_argument("--models", nargs="*", default=[])
    parser.add_argument("--zero-gpu", action="store_true")
    chosen = parser.parse_args()
    try:
        unpinned = [model for model in chosen.models if not address(model).pinned]
        if address(chosen.space).revision or unpinned:
            raise AttnGanError(
                "A Space is OWNER/NAME, and each of --models OWNER/NAME@ and 40 digits of a commit."
            )
        with tempfile.TemporaryDirectory() as made:
            sizes = gathered(Path(made), chosen.space, chosen.models, chosen.zero_gpu)
            for name, size in sizes.most_common():
                print(f"{size / MB:8.2f} MB  {name}")
            print(f"{sizes.total() / MB:8.2f} MB in all, for the Space {chosen.space}")
            if not chosen.push:
                print("Nothing was sent: --push does.")
                return
            print(send(Path(made), chosen.space, chosen.models))
    except AttnGanError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
