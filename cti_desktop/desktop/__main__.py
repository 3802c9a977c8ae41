"""`python -m cti_desktop.desktop` is `cti-desktop`."""

import gc
import sys

if __name__ == "__main__":
    gc.disable()  # see `cli.main`: from the first import on

from cti_desktop.desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
