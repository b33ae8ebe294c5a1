"""A scripted stranger uses the page at random for minutes: what broke, and how much tab and server grew.

    python bench/soak.py [--minutes 20] [--seed 0] [--training]

Needs the extra `test` and a Chromium. One tab lives for the whole time; another is opened and closed beside
it, on the view's own link, in either language and theme. Ends with code 1 where something broke. With
--training there is a training of the page the whole time, which is steered, stopped, renamed, deleted, ...
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

from browsing import LIVE, chromium, served
from steerer import Steerer
from stranger import Stranger


def main() -> None:
    """Use the page, print a line a minute, and say in the end what broke."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--training", action="store_true", help="train the whole time, and steer it")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as opened,
        served(Path(folder)) as (address, pid),
    ):
        page = opened(permissions=["clipboard-read", "clipboard-write"])
        stranger = (Steerer if asked.training else Stranger)(page, opened, random.Random(asked.seed))
        try:
            page.goto(address)
            page.wait_for_selector(LIVE)
            stranger.use(30)  # caches and what gradio loads late are no growth
            first = stranger.weigh(pid)
            for minute in range(1, 1 + max(1, round(asked.minutes))):
                stranger.use(60 * asked.minutes / max(1, round(asked.minutes)))
                now = stranger.weigh(pid)
                grown = " ".join(f"{name} {now[name] - first[name]:+.1f} MB" for name in now)
                print(f"after {minute} min: {grown}, {sum(stranger.did.values())} acts", flush=True)
            page.context.close()  # before its server is gone
        finally:  # what is known by then, also where the script itself ends early
            print("acts:", ", ".join(f"{name} {times}" for name, times in sorted(stranger.did.items())))
            print("controls:", ", ".join(f"{name} {times}" for name, times in sorted(stranger.used.items())))
            print(f"{len(stranger.problems)} problems", *stranger.problems, sep="\n")
    sys.exit(bool(stranger.problems))


if __name__ == "__main__":
    main()
