"""`python -m cti_desktop.desktop` is `cti-desktop`."""

import sys

from cti_desktop.desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
