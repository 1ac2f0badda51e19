"""The entry of the program, installed as `pkes` and run as `python -m pkes`."""

import signal


def run() -> None:
    """Run `pkes` as a process. Ctrl-C ends it in silence until there is anyone to report it."""
    report = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pkes.cli.app import run

    signal.signal(signal.SIGINT, report)
    run()


if __name__ == "__main__":
    run()
