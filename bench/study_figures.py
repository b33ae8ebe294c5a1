"""The study's figures as data for the page: read from the tables of its document, which the report wrote.

python bench/study_figures.py    writes demo/explorer/study.json anew; `study.py --write` does too
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import study_report
from study_subjects import SUBJECTS

from attngan import vocabulary

FILE = Path(__file__).parent.parent / "demo" / "explorer" / "study.json"
SECTION = re.compile(r"<!-- study ([\w-]+) -->\n(.*?)<!-- /study \1 -->", re.DOTALL)
TABLE = re.compile(r"\*\*(\w+)\*\*\n\n((?:\|.*\n)+)")
FAILED = "-"  # in the cells of an arm of which no run ended well
CLEAR = ("better", "worse")  # what attention is against another arm; else unclear


def figures(document: str) -> list[dict[str, Any]]:
    """For every data set and late noise of the document: the measure that counts, as mean and half interval.

    That is the exact rate where the data has one, else FD. `against` has attention minus each other arm.
    Sections that wait for their tables have none.
    """
    return [one for _, text in SECTION.findall(document) if text for one in _of_section(text)]


def _of_section(text: str) -> Iterator[dict[str, Any]]:
    seconds = float(re.findall(r"--seconds ([\d.]+)", text)[0])
    differences = _rows(text.partition("seed by seed**\n\n")[2].partition("\n\n")[0])
    for data, table in TABLE.findall(text):
        arms = [row for row in _rows(table) if row["late noise"]]
        key = SUBJECTS[data].main
        name = vocabulary.title(key)
        for noise in dict.fromkeys(row["late noise"] for row in arms):
            rows = [row for row in arms if row["late noise"] == noise]
            yield {
                "data": data,
                "noise": noise,
                "seconds": seconds,
                "runs": min(int(row["runs"].split()[0]) for row in rows),
                "measure": key,
                "arms": {row["arm"]: _interval(row[name]) for row in rows if row[name] != FAILED},
                "against": {
                    row["attention against"]: {
                        "difference": _interval(row["difference"]),
                        "attention_is": row["attention is"] if row["attention is"] in CLEAR else "unclear",
                    }
                    for row in differences
                    if (row["data"], row["late noise"], row["figure"]) == (data, noise, name)
                },
            }


def _rows(table: str) -> list[dict[str, str]]:
    lines = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line[:1] == "|"
    ]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]]


def _interval(cell: str) -> list[float]:
    """Mean and half the width of the interval of a cell "0.375 ± 0.118"; the mean alone of one seed."""
    return [float(part) for part in cell.split(" ± ")]


def write() -> None:
    """Write the file anew from the document as it is."""
    found = figures(study_report.DOCUMENT.read_text("utf-8"))
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
