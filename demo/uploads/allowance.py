"""How much reading of files one visitor may have the server do."""

import threading

from cachetools import TTLCache

from demo.web import BusyError

VISITORS = 10_000  # that are remembered


class Allowance:
    """So many seconds of reading for each visitor, forgotten so many seconds after the last of them."""

    def __init__(self, most: float, within: float) -> None:
        self._most, self._within = most, within
        self._keeping = threading.Lock()
        self._spent: TTLCache[str, float] = TTLCache(VISITORS, within)

    def check(self, visitor: str) -> None:
        """Raises BusyError where a visitor has used theirs up; "" is nobody, who has no bound."""
        with self._keeping:
            if visitor and self._spent.get(visitor, 0.0) > self._most:
                raise BusyError(
                    f"You have had files read for more than {self._most:.0f} seconds. "
                    f"Others need the machine too: try again in {self._within / 60:.0f} minutes.",
                    round(self._within),
                )

    def spend(self, visitor: str, seconds: float) -> None:
        """Notes the seconds."""
        with self._keeping:
            self._spent[visitor] = self._spent.get(visitor, 0.0) + seconds
