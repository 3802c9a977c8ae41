"""`python -m cti_desktop.desktop` is `cti-desktop`."""

import sys

from cti_desktop.desktop.garbage import put_off

if __name__ == "__main__":
    with put_off():  # from the first import on
        from cti_desktop.desktop.cli import main

        sys.exit(main())
