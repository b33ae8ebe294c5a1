"""`python -m attngan` is the command `attngan`."""

import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # as an exception amid imports, Ctrl-C ends in a traceback
    from attngan.command.cli import main

    main()
