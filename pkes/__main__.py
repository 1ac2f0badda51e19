"""The entry point of the program, installed as `pkes` and run as `python -m pkes`."""

import gc
import signal


def run() -> None:
    """Run `pkes` as a process. Until the code that reports it is imported, Ctrl-C ends it silently."""
    # Garbage collection is not worth it in such a short-lived process: at the imports alone it takes 6 ms of 100.
    gc.disable()
    report = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pkes.cli.app import run

    signal.signal(signal.SIGINT, report)
    run()


if __name__ == "__main__":
    run()
