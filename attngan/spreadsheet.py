"""Tables as .csv files that are safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What spreadsheets take for a formula begins so, at the start of a cell, or where one may begin if the signs
# between cells are others than here.
DANGEROUS = re.compile(r"""(^|[;,|\t\r\n"])(\s*[=+\-@＝＋－＠]|[\t\r])""")


def csv_of(names: Sequence[str], rows: Iterable[Sequence[str]], own: bool = False) -> bytes:
    """The table as UTF-8 with commas, its names first (RFC 4180).

    Whatever in a text a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
    under "CSV Injection"; numbers stay as they are. Not so where the table is our `own`, for programs alone.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    safe = str if own else _harmless
    writer.writerow(map(safe, names))
    writer.writerows(map(safe, row) for row in rows)
    return text.getvalue().encode()


def is_number(cell: str) -> bool:
    """Whether a cell is a number, with a decimal point or comma."""
    try:
        float(cell.strip().replace(",", ".", 1))
    except ValueError:
        return False
    return True


def _harmless(cell: str) -> str:
    return cell if is_number(cell) else DANGEROUS.sub(r"\1'\2", cell)
