"""What a run learns from: where that is, how it is known again at another place, and a preview of it."""

import hashlib
import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

import torch
from torch import Tensor

from attngan import data
from attngan.kinds.kind import Kind
from attngan.nn.batch import DataSet
from attngan.nn.places import Words
from attngan.text import writable

CHUNK = 64  # items that are read at once
COLUMNS = 8  # of a preview
FILE = "file://"  # before a path that is no text, percent-encoded (RFC 8089)


def lasting(name_or_path: str) -> str:
    """A data set's name as it is, or its path from the root, as a text that every file can hold.

    `path_of` gives the name or path back.
    """
    if name_or_path in (source.name for source in data.catalogue()):
        return name_or_path
    path = Path(name_or_path).expanduser().absolute()
    return str(path) if writable(str(path)) == str(path) else path.as_uri()


def path_of(lasting: str) -> str:
    """The name or path, as data.load takes it, of what `lasting` gave."""
    if not lasting.startswith(FILE):
        return lasting
    return os.fsdecode(unquote_to_bytes(lasting.removeprefix(FILE)))


def are_there(lasting: str) -> bool:
    """Whether a data set has this name, or something lies at this path."""
    path = path_of(lasting)
    return path in (source.name for source in data.catalogue()) or Path(path).exists()


def fingerprint(kind: Kind, items: DataSet) -> str:
    """32 hexadecimal digits that tell these items, in this order and with their labels, from all others.

    Two places hold the same pictures if they are read as the same pixels, whatever files these lie in.
    """
    found = hashlib.blake2b(digest_size=16)
    for indices in torch.arange(len(items)).split(CHUNK):
        batch = items.batch(indices)
        found.update(_bytes(kind.decode(batch.items)))
        if isinstance(batch.condition, Words):
            found.update(repr(batch.condition.texts).encode())
        elif batch.condition is not None:
            found.update(_bytes(batch.condition))
    return found.hexdigest()


def _bytes(numbers: Tensor) -> memoryview:
    return numbers.contiguous().numpy().data


def preview(kind: Kind, found: DataSet) -> bytes:
    """A PNG of some of them, evenly chosen."""
    chosen = torch.linspace(0, len(found) - 1, min(kind.together, len(found))).long()
    return kind.preview(kind.decode(found.batch(chosen).items), COLUMNS)
