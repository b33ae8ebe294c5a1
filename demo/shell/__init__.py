"""What stands around the stage: the header with its doors, and the stops of the Learn door."""

from demo.shell.header import header
from demo.shell.learn import learn

__all__ = ["header", "learn"]
