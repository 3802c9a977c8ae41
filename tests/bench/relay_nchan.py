"""From a durable POST to the agent's WebSocket, against nchan (C, in nginx) with Redis, where installed."""

import sys
import tempfile
from pathlib import Path

import uvloop

from tests.bench import servers
from tests.bench.figures import skip, tell
from tests.bench.relay_post import AGENTS, ROUNDS, Contender, compete, figures


def main() -> None:
    """Measure both in one run."""
    if lacking := servers.nchan_lacks():
        skip(f"nchan and Redis are not installed here: {lacking}")
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with (
            servers.ours(folder / "ours", AGENTS) as first,
            servers.nchan(folder / "nchan", AGENTS) as second,
        ):
            contenders = [Contender(first), Contender(second)]
            uvloop.run(compete(contenders, rounds))
    tell(figures(contenders, against=" against nchan and Redis", rate="≥ 1.5×", delay="≤ 1×"))


if __name__ == "__main__":
    main()
