"""Models of the Hugging Face hub: what names one, and how it is brought here. Knows no torch.

A name is hf:OWNER/NAME, or hf:OWNER/NAME@REVISION: a branch, a tag, or the 40 digits of a commit, which never
changes. Config and weights alone are brought, since nothing else is read: no code, no pickle, no card.
They lie in the hub's own cache (HF_HOME), where they are found again without a network.

Who may read or write is decided by the token that `hf auth login` keeps, or that HF_TOKEN names.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from attngan.errors import AttnGanError
from attngan.model.folder import CONFIG, HUB, LARGEST_CONFIG, WEIGHTS

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

LARGEST = {CONFIG: LARGEST_CONFIG, WEIGHTS: 2 * 2**30}  # bytes that are brought of each
PATIENCE_SECONDS = 10.0  # for the hub's first word
NAME = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+)(@(?P<revision>[\w./-]+))?", re.ASCII)


class Address(NamedTuple):
    """Where a model lies on the hub."""

    repo: str  # OWNER/NAME
    revision: str | None = None  # None: whatever is newest there

    def __str__(self) -> str:
        """As it is given to commands."""
        return f"{HUB}{self.repo}" + (f"@{self.revision}" if self.revision else "")

    @property
    def pinned(self) -> bool:
        """Whether it names a commit, which nobody can change any more."""
        return re.fullmatch("[0-9a-f]{40}", self.revision or "") is not None


def address(name: str) -> Address:
    """What a name says, with HUB or without; raises AttnGanError where it is none."""
    found = NAME.fullmatch(name.removeprefix(HUB))
    if found is None:
        raise AttnGanError(
            f"{name!r:.120} names no model of the hub: give hf:OWNER/NAME or hf:OWNER/NAME@REVISION."
        )
    return Address(found["repo"], found["revision"])


def fetched(model: Address) -> Path:
    """The folder with the model's config and weights, brought here where they are not yet.

    Raises AttnGanError where there is no such model, it may not be read, or nobody can be reached.
    """
    from huggingface_hub import snapshot_download

    with told(model):
        try:
            _check(model, _described(model))
            reached = True
        except UnreachedError:
            reached = False
        place = snapshot_download(
            model.repo, revision=model.revision, allow_patterns=[*LARGEST], local_files_only=not reached
        )
        return Path(place)


def here(model: Address) -> Path | None:
    """The folder of a model that was brought here before, None of another; asks nobody.

    Raises AttnGanError for a name that the hub allows nobody.
    """
    from huggingface_hub import try_to_load_from_cache

    with told(model):
        found = [try_to_load_from_cache(model.repo, name, revision=model.revision) for name in LARGEST]
    return Path(found[0]).parent if all(isinstance(one, str) for one in found) else None  # type: ignore[arg-type]


class UnreachedError(Exception):
    """Nobody answers, or not now."""


def _described(model: Address) -> "ModelInfo":
    """What the hub says of the model; raises UnreachedError where it says nothing, else the hub's errors."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import (  # type: ignore[attr-defined]
        HfHubHTTPError,
        HTTPError,
        OfflineModeIsEnabled,
    )

    try:
        return HfApi().model_info(
            model.repo, revision=model.revision, files_metadata=True, timeout=PATIENCE_SECONDS
        )
    except HfHubHTTPError as error:
        if error.response.status_code < 500:
            raise
        raise UnreachedError from error
    except (HTTPError, OfflineModeIsEnabled, ConnectionError) as error:
        raise UnreachedError from error


def _check(model: Address, info: "ModelInfo") -> None:
    """Raise AttnGanError unless it is a model of ours, as far as the list of its files tells."""
    sizes = {file.rfilename: file.size or 0 for file in info.siblings or ()}
    missing = [name for name in LARGEST if name not in sizes]
    if missing:
        pickles = any(name.endswith((".bin", ".pt", ".pth", ".pkl", ".ckpt")) for name in sizes)
        why = " Its pickles are not read: opening one runs what is in it." if pickles else ""
        raise AttnGanError(f"{model} is no model of attngan: {missing[0]} is missing there.{why}")
    for name, most in LARGEST.items():
        if sizes[name] > most:
            raise AttnGanError(
                f"{name} of {model} has {sizes[name]:,} bytes: more than {most:,} are not brought."
            )


@contextmanager
def told(model: Address, writing: bool = False) -> Iterator[None]:
    """Inside, the hub's errors become a sentence, which holds neither token nor address of a request."""
    from huggingface_hub import constants
    from huggingface_hub.errors import (  # type: ignore[attr-defined]
        GatedRepoError,
        HfHubHTTPError,
        HFValidationError,
        HTTPError,
        LocalEntryNotFoundError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils.tqdm import (
        are_progress_bars_disabled,
        disable_progress_bars,
        enable_progress_bars,
    )

    bars = not are_progress_bars_disabled()
    disable_progress_bars()  # a person's sentence stands alone
    unreached = (
        f"{constants.ENDPOINT} cannot be reached: check the network"
        f"{'' if writing else f'; {model} was not brought here before'}."
    )
    try:
        yield
    except HFValidationError as error:
        raise AttnGanError(f"{model} is no name that the hub allows: give OWNER/NAME.") from error
    except GatedRepoError as error:
        raise AttnGanError(f"The owner of {model} decides who may read it: ask on its page.") from error
    except RevisionNotFoundError as error:
        raise AttnGanError(f"{model.repo} has no revision {model.revision}.") from error
    except (LocalEntryNotFoundError, OfflineModeIsEnabled) as error:
        raise AttnGanError(unreached) from error
    except RepositoryNotFoundError as error:
        raise AttnGanError(
            f"There is no {model.repo} at {constants.ENDPOINT}, or you may not read it: check the name,"
            " and log in with `hf auth login` where it is private."
        ) from error
    except HfHubHTTPError as error:
        raise AttnGanError(_said(model, error.response.status_code, writing)) from error
    except (HTTPError, ConnectionError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not isinstance(error.__cause__, HTTPError | ConnectionError):
            raise
        what = "sent there" if writing else "brought here"
        raise AttnGanError(
            f"The line to {constants.ENDPOINT} broke before all of {model} was {what}: try again."
        ) from error
    except OSError as error:
        raise AttnGanError(
            f"{error.filename or constants.HF_HUB_CACHE!s:.300}: {error.strerror or type(error).__name__}; "
            "HF_HOME names another place for what is brought from the hub."
        ) from error
    except ValueError as error:  # what the hub says of a card
        raise AttnGanError(
            f"The hub does not take {model}: {str(error).strip().splitlines()[0]:.200}"
        ) from error
    finally:
        if bars:
            enable_progress_bars()


def _said(model: Address, status: int, writing: bool) -> str:
    """What a refusal's status means."""
    if status == 401:
        return (
            "The hub does not know your token: log in with `hf auth login`, or set HF_TOKEN to a valid one."
        )
    if status == 403:
        right = "write" if writing else "read"
        return f"Your token may not {right} {model.repo}: take one with that right, or another owner's name."
    if status == 409:
        return f"{model.repo} is there already: give another name, or --update to add a version to it."
    if status == 429:
        return "The hub was asked too often: wait some minutes."
    return f"The hub refused {model.repo} with status {status}: try again later."
