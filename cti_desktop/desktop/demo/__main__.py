"""`python -m cti_desktop.desktop.demo`."""

import sys

from cti_desktop.desktop.demo import main

sys.exit(main())
