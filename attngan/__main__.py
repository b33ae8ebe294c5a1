"""`python -m attngan` is the command `attngan`."""

from attngan.cli import main

if __name__ == "__main__":
    main()
