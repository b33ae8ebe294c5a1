"""What goes along to a cluster: the folder of a run and own data, packed into one file with an order."""

import json
import zipfile
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from platform import python_version_tuple
from typing import Any

from attngan.errors import AttnGanError
from attngan.run.backends import LOG
from attngan.run.ferry import CARRIED, CONFIG, ORDER
from attngan.run.folder import RunFolder

MOST_BYTES = 400 * 1024**2  # Ray takes packages of up to 512 MiB
STAY = ("ticket.json", "job.json")  # files that are for this computer alone
OWN = ".own"  # the folder of data that lie elsewhere


def pack(file: Path, folder: Path, beside: Sequence[Path], words: Sequence[str], key: str, cpus: int) -> None:
    """Write the package that has `words` run in a copy of the folder, with those beside it, on so many CPUs.

    Raises AttnGanError for what cannot go along, OSError.
    """
    folders = [folder, *beside]
    own = [data for one in folders for data in _data_elsewhere(one)]
    paths = [[str(one.absolute()), one.name] for one in folders]
    paths += [[str(data), f"{OWN}/{number}/{data.name}"] for number, data in enumerate(own)]
    order = {
        "python": ".".join(python_version_tuple()[:2]),
        "torch": metadata.version("torch").split("+")[0],
        "words": [*words],
        "home": folder.name,
        "folders": [one.name for one in folders],
        "key": key,
        "cpus": cpus,
        "log": LOG,
        "paths": paths,
    }
    size = 0
    try:
        with zipfile.ZipFile(
            file, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
        ) as out:
            for path, name in _files(folders, own):
                size += path.stat().st_size
                if size > MOST_BYTES:
                    raise AttnGanError(
                        f"{folder} and its data have more than {MOST_BYTES // 1024**2} MB, which is too much "
                        "to send: put the data where every node finds them under a name, or train here."
                    )
                out.write(path, f"{CARRIED}/{name}")
            out.writestr(f"{CARRIED}/{ORDER}", json.dumps(order))
    except (ValueError, zipfile.BadZipFile) as error:  # ValueError: a name that is no text
        raise AttnGanError(f"{folder} cannot be sent: a file has a name that is no text.") from error


def _files(folders: Sequence[Path], own: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every file that goes along, and what it is called in the package."""
    for folder in folders:
        for path in _below(folder):
            name = path.relative_to(folder)
            if not _stays(folder, name.parts):
                yield path, f"{folder.name}/{name.as_posix()}"
    for number, data in enumerate(own):
        for path in _below(data):
            yield path, f"{OWN}/{number}/{path.relative_to(data.parent).as_posix()}"


def _below(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())


def _stays(folder: Path, parts: tuple[str, ...]) -> bool:
    """Whether a file is for this computer alone; marked states are where resume.pt says where to go on."""
    if any(part.startswith(".") for part in parts) or parts[-1] in STAY:
        return True
    if "states" in parts[:-1]:
        run = RunFolder(folder.joinpath(*parts[: parts.index("states")]))
        return run.resume_file.exists()
    return False


def _data_elsewhere(folder: Path) -> Iterator[Path]:
    """The data, by path, that runs of a folder learn from and that do not lie in it."""
    for config in (folder / CONFIG, *folder.glob(f"*/{CONFIG}")):
        try:
            settings: Any = json.loads(config.read_bytes())
        except (OSError, ValueError):
            continue
        data = settings.get("data") if isinstance(settings, dict) else None
        if not isinstance(data, str) or not Path(data).is_absolute() or not Path(data).exists():
            continue
        if not Path(data).is_relative_to(folder.absolute()):
            yield Path(data)
