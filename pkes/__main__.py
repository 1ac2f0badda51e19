"""`python -m pkes`."""

import sys

if __name__ == "__main__":
    try:
        from pkes.cli.app import run
    except KeyboardInterrupt:  # before there is anyone to report it
        sys.exit(130)
    run()
