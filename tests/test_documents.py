"""The documents are true: links lead somewhere, decisions are numbered and listed, the log fits a screen."""

import re
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
DOCUMENTS = [HOME / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
DOCUMENTS += sorted((HOME / "docs").rglob("*.md"))
RECORDS = sorted((HOME / "docs" / "decisions").glob("[0-9]*.md"))
LOG = HOME / "docs" / "experiments.md"
STATUS = re.compile(r"^\d{4}-\d\d-\d\d · (accepted|superseded by \[(\d{4})\]\(\S+\))$")
WIDTH = 110


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(HOME)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    inner = [target for target in targets if "://" not in target]
    assert not [target for target in inner if not (path.parent / target).exists()]


def test_decisions_are_numbered_without_gaps_and_say_their_status() -> None:
    numbers = [path.name[:4] for path in RECORDS]
    assert numbers == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]
    for path in RECORDS:
        title, _, status, *_ = path.read_text(encoding="utf-8").splitlines()
        assert title.startswith(f"# {path.name[:4]} "), path.name
        found = STATUS.match(status)
        assert found, f"{path.name}: {status}"
        assert found[2] is None or path.name[:4] < found[2] <= numbers[-1], path.name


def test_the_index_lists_every_decision_with_what_superseded_it() -> None:
    index = (HOME / "docs" / "decisions" / "README.md").read_text(encoding="utf-8").splitlines()
    lines = []
    for path in RECORDS:
        title, _, status, *_ = path.read_text(encoding="utf-8").splitlines()
        number, _, words = title.removeprefix("# ").partition(" ")
        after = f" ({status.partition(' · ')[2]})" if "superseded" in status else ""
        lines.append(f"- [{number}]({path.name}) {words}{after}")
    assert [line for line in index if line.startswith("- ")] == lines


def test_the_log_of_experiments_is_newest_first_and_fits_a_screen() -> None:
    lines = LOG.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if len(line) > WIDTH]
    heads = [re.match(r"## E(\d+) · (\d{4}-\d\d-\d\d) · ", line) for line in lines if line.startswith("## ")]
    numbers = [int(head[1]) for head in heads if head]
    assert numbers == list(range(len(heads), 0, -1))
    dates = [head[2] for head in heads if head]
    assert dates == sorted(dates, reverse=True)
