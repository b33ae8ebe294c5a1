"""The page stays light: what it sends of its own has a bound."""

import os
import re
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[2]
MOST_KILOBYTES = 250


def test_what_the_page_sends_of_its_own_stays_within_its_bound() -> None:
    command = [sys.executable, "bench/weight.py"]
    environment = os.environ | {"PYTHONPATH": str(HOME)}
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True, check=True)
    found = re.search(r"packed: (\d+) kB", done.stdout)
    assert found
    assert 100 < int(found[1]) <= MOST_KILOBYTES, "what is much less than a component weighs is counted wrong"
