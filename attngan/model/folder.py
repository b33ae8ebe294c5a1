"""A model's folder: the names in it, and where one lies inside a run. Knows no torch.

config.json         what the networks are and where they are from
model.safetensors   generator and discriminator
README.md           the model's card

A run has its finished model in model/, and models on the way in snapshots/<step>/.
"""

from pathlib import Path

from attngan.errors import AttnGanError

CONFIG, WEIGHTS, CARD = "config.json", "model.safetensors", "README.md"
FINISHED, SNAPSHOTS = "model", "snapshots"  # inside a run
HUB = "hf:"  # begins the name of a model that lies on the hub (model.hub)
LARGEST_CONFIG = 10 * 2**20  # bytes


def holds_model(folder: Path) -> bool:
    """Whether a model's config and weights lie in this folder."""
    return (folder / CONFIG).is_file() and (folder / WEIGHTS).is_file()


def newest_in(run: Path) -> Path | None:
    """The folder of a run's finished model, else of its newest snapshot, else None."""
    snapshots = sorted((run / SNAPSHOTS).glob("[0-9]*"), reverse=True)
    return next(filter(holds_model, (run / FINISHED, *snapshots)), None)


def find(path: str | Path) -> Path:
    """The model's folder at a path that names one, or a run: its finished model, else its newest snapshot.

    A name that begins with HUB is of a model on the hub, which is brought here first (model.hub). Raises
    AttnGanError where there is none.
    """
    name = path.as_posix() if isinstance(path, Path) else path  # Windows has other strokes in its paths
    if name.startswith(HUB):
        from attngan.model import hub

        return hub.fetched(hub.address(name))
    path = Path(path)
    found = path if holds_model(path) else newest_in(path)
    if found is not None:
        return found
    if path.is_file() and path.suffix.lower() == ".zip":
        raise AttnGanError(f"{path} is packed: unpack it, and give the folder that lies in it.")
    if not path.is_dir():
        raise AttnGanError(f"There is no folder {path}: give a checkpoint or a run folder.")
    missing = WEIGHTS if (path / CONFIG).is_file() else CONFIG
    raise AttnGanError(f"{path} is no model, {missing} is missing; nor is it a run that has saved one.")
