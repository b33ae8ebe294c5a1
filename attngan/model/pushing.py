"""A model put on the Hugging Face hub: its files, a card that the hub's search reads, and samples."""

import tempfile
from pathlib import Path

from attngan import vocabulary
from attngan.errors import AttnGanError
from attngan.model import checkpoints, sampling
from attngan.model.cards import card
from attngan.model.checkpoints import Model
from attngan.model.folder import CARD, CONFIG, WEIGHTS
from attngan.model.hub import Address, address, told

SAMPLES = "samples.png"
LIBRARY = "attngan"
# What data that are on the hub too are called there, and how it calls licences.
DATASETS = {
    "mnist": "ylecun/mnist",
    "fashion": "zalando-datasets/fashion_mnist",
    "cifar10": "uoft-cs/cifar10",
}
LICENCES = {
    "CC BY-SA 4.0": "cc-by-sa-4.0",
    "CC BY-SA 3.0": "cc-by-sa-3.0",
    "CC BY 4.0": "cc-by-4.0",
    "CC0 1.0": "cc0-1.0",
    "MIT": "mit",
}


def push(model: Model, repo: str, *, private: bool = False, update: bool = False) -> str:
    """Put the model on the hub as OWNER/NAME, or with `update` as a new version of the one there.

    Gives the address of the commit. All files go up as one commit; a repository that was made for it is gone
    again where that failed. Raises AttnGanError, in a sentence without the token.
    """
    place = address(repo)
    if private and update:
        raise AttnGanError(f"Whether {place.repo} is private is decided on its page: leave --private out.")
    if place.revision:
        raise AttnGanError(f"A model is put on the hub as OWNER/NAME, without @{place.revision}.")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "model"
        checkpoints.save(folder, model)
        (folder / SAMPLES).write_bytes(samples_of(model))
        (folder / CARD).write_text(hub_card(model, place), encoding="utf-8")
        return _sent(folder, place, private, update)


def _sent(folder: Path, place: Address, private: bool, update: bool) -> str:
    """The address of the commit that has the folder's files."""
    from huggingface_hub import HfApi

    api = HfApi()
    with told(place, writing=True):
        if not update:
            api.create_repo(place.repo, private=private)
        try:
            done = api.upload_folder(
                repo_id=place.repo, folder_path=folder, commit_message=f"A model of {LIBRARY}"
            )
        except BaseException:  # Ctrl-C too
            if not update:
                api.delete_repo(place.repo, missing_ok=True)
            raise
    return str(done.commit_url)


def samples_of(model: Model) -> bytes:
    """A .png of its first items, seeds 0 and on."""
    return model.kind.preview(sampling.sample(model, range(model.config.shown)).items)


def hub_card(model: Model, place: Address) -> str:
    """The card as the hub reads it: what its search needs, and how the model is loaded from there."""
    from huggingface_hub import EvalResult, ModelCardData

    about, kind = model.about, model.kind
    task = kind.task(model.config)
    results = [
        EvalResult(
            task_type=task or "other",
            dataset_type=DATASETS.get(about.data, about.data or "unknown"),
            dataset_name=about.data or "unknown",
            metric_type=key,
            metric_name=vocabulary.title(key),
            metric_value=round(value, 4),
        )
        for key, value in about.metrics.items()
    ]
    licence = LICENCES.get(about.licence)
    data = ModelCardData(
        license=licence or "other",
        license_name=None if licence else (about.licence or "unknown"),
        library_name=LIBRARY,
        pipeline_tag=task,
        tags=["gan", "attention", "explainability", kind.name],
        datasets=[DATASETS[about.data]] if about.data in DATASETS else None,
        model_name=about.name or place.repo.split("/")[1],
        eval_results=results or None,
    )
    means = "".join(f"- {vocabulary.title(key)}: {vocabulary.meaning(key)}\n" for key in about.metrics)
    return f"""---
{data.to_yaml()}
---

{card(model.config, about)}
![Its first {model.config.shown}, seeds 0 and on]({SAMPLES})

```python
from attngan import Model, sampling

model = Model.from_pretrained("{place.repo}")
items = sampling.sample(model, range(16)).items
```

`python -m attngan sample {place} --out samples.png` does the same. {CONFIG} and {WEIGHTS} are all that is
read: no code comes with them.
{f"{chr(10)}What was measured says:{chr(10)}{chr(10)}{means}" if means else ""}"""
