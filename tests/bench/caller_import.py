"""Contacts from a CSV file: rows a second through the whole command, and memory that doesn't grow."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, tell

FEW, MANY = 20_000, 200_000


def write(file: Path, rows: int) -> None:
    """A list as a CRM saves it."""
    with file.open("w", encoding="utf-8") as out:
        out.write("Record Id,Contact Name,Mobile,Work Phone,Account Name,Owner,City\n")
        for row in range(rows):
            out.write(f"{row},Customer {row},0{9_000_000_000 + row},,Company {row % 999},Asha,Pune\n")


def imported(folder: Path, rows: int) -> tuple[float, float]:
    """Rows a second, and the command's greatest memory in MiB."""
    program = [sys.executable, "-c", MEASURED, str(folder)]
    folder.mkdir()
    write(folder / "list.csv", rows)
    subprocess.run([sys.executable, "-m", "cti_desktop.relay.cli", "init", "--dir", str(folder / "relay")],
                   check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    began = time.perf_counter()
    done = subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True)
    return rows / (time.perf_counter() - began), float(done.stdout.splitlines()[-1])


MEASURED = """
import resource, sys
from cti_desktop.relay.cli import app
folder = sys.argv[1]
try:
    app(["--config", folder + "/relay/relay.toml", "contact", "import", folder + "/list.csv"])
except SystemExit as end:
    assert not end.code, end
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Few, then ten times as many."""
    with tempfile.TemporaryDirectory() as name:
        _, small = imported(Path(name) / "few", FEW)
        rate, large = imported(Path(name) / "many", MANY)
    tell(
        [
            Figure("contacts imported from CSV", rate, "rows/s"),
            Figure("memory of the import, ten times the rows", large, "MiB", small, "≤ 1.2×"),
        ]
    )


if __name__ == "__main__":
    main()
