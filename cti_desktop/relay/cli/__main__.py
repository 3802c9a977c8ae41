"""`python -m cti_desktop.relay.cli`, for where the script is not on PATH."""

from cti_desktop.relay.cli import main

main()
