"""A PostgreSQL of a test's own: a new cluster on loopback, with what the system has installed."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOM = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: the newest of Debian's, or that on PATH."""
    newest = sorted(ROOM.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if newest:
        return newest[-1].parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def cluster(programs: Path, folder: Path) -> Iterator[str]:
    """The URL of a database in a server that lives as long as the block."""
    user = "postgres" if os.name == "posix" and os.geteuid() == 0 else None  # PostgreSQL refuses root
    data = folder / "pg"
    data.mkdir()
    if user:
        shutil.chown(data, user)
        for parent in (folder, *folder.parents[:2]):
            parent.chmod(parent.stat().st_mode | 0o011)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *words: str) -> None:
        subprocess.run(
            [programs / program, *words], cwd=data, user=user, check=True, capture_output=True, timeout=60
        )

    run("initdb", "-D", str(data), "-U", "cti", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-h 127.0.0.1 -p {port} -k {data}"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(data / "log"), "-o", options, "start")
    try:
        yield f"postgresql://cti@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
