"""Bundled tables, of packages that carry them."""

import importlib.resources
from collections.abc import Callable
from typing import TYPE_CHECKING

from attngan.data import sources

if TYPE_CHECKING:
    import pandas as pd


def iris() -> "pd.DataFrame":
    """Four lengths of 150 irises of three species."""
    from sklearn.datasets import load_iris

    found = load_iris(as_frame=True)
    return found.data.assign(species=found.target_names[found.target])


def wine() -> "pd.DataFrame":
    """13 measurements of 178 wines of three growers."""
    from sklearn.datasets import load_wine

    found = load_wine(as_frame=True)
    table: pd.DataFrame = found.data.rename(columns=lambda name: name.replace("_", " "))
    return table.assign(grower=found.target.map("grower {}".format))


def penguins() -> "pd.DataFrame":
    """Sizes, sex and island of 344 penguins of three species."""
    import pandas as pd

    file = importlib.resources.files("palmerpenguins") / "data" / "penguins.csv"
    with file.open(encoding="utf-8") as opened:
        table = pd.read_csv(opened)
    return table.drop(columns="year").rename(
        columns=lambda name: name.replace("_mm", " (mm)").replace("_g", " (g)").replace("_", " ")
    )


TABLES: dict[str, Callable[[], "pd.DataFrame"]] = {
    sources.IRIS.name: iris,
    sources.WINE.name: wine,
    sources.PENGUINS.name: penguins,
}
