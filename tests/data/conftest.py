"""A cache folder of their own for the tests of data, so that they neither need nor change the person's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from attngan.data import cache, torchvision_sets


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cache, "user_cache_path", lambda *_, **__: folder)
        patch.delenv(torchvision_sets.FOLDER_VARIABLE, raising=False)
        yield folder
