"""The Debian package on a Debian that has nothing else: installed, started under Xvfb, removed."""

import faulthandler
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SUITE = "bookworm"
SCRIPT = """
export DEBIAN_FRONTEND=noninteractive HOME=/tmp/home LC_ALL=C.UTF-8
mkdir -p $HOME
say() { echo "== $*"; }
alias get="apt-get install -q -y --no-install-recommends"
get /tmp/package.deb >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 9; }
say python: $(command -v python3 python || echo none)
get xvfb xdotool dbus gnome-keyring >>/tmp/apt.log 2>&1 || exit 9
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>/tmp/number 2>/dev/null &
SERVER=$!
until grep -q '[0-9]' /tmp/number; do sleep 0.1; done
export DISPLAY=:$(cat /tmp/number)
dbus-run-session -- sh -c 'printf "p\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    cti-desktop --self-test'
say self-test: $?
cti-desktop 2>/tmp/muttered &
PROGRAM=$!
for _ in $(seq 100); do
    xdotool search --onlyvisible --pid $PROGRAM >/tmp/windows 2>/tmp/xdotool && break
    sleep 0.3
done
say window: $(wc -l < /tmp/windows)
cat $HOME/.local/state/cti-desktop/default/*.log /tmp/xdotool
kill -TERM $PROGRAM
wait $PROGRAM
say ended: $?
say muttered: $(cat /tmp/muttered)
kill $SERVER
echo "# mine" >> /etc/xdg/autostart/cti-desktop.desktop
dpkg-deb -R /tmp/package.deb /tmp/newer && sed -i 's/^Version: .*/Version: 99.0/' /tmp/newer/DEBIAN/control
dpkg-deb -b /tmp/newer /tmp/newer.deb >>/tmp/apt.log && get /tmp/newer.deb >>/tmp/apt.log 2>&1
say upgraded: $(dpkg-query -f '${Version}' -W cti-desktop) $(tail -n 1 /etc/xdg/autostart/cti-desktop.desktop)
say kept: $(ls $HOME/.local/share/cti-desktop/default)
apt-get purge -q -y cti-desktop >>/tmp/apt.log 2>&1
say left: $(ls -d /opt/cti-desktop /usr/bin/cti-desktop /etc/xdg/autostart/cti-desktop.desktop 2>/dev/null)
say still kept: $(ls $HOME/.local/share/cti-desktop/default)
"""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        not (sys.platform.startswith("linux") and shutil.which("debootstrap") and os.geteuid() == 0),
        reason="needs root, debootstrap and a Debian mirror",
    ),
]


@pytest.fixture
def clean_debian(tmp_path: Path) -> Iterator[Path]:
    """A bare one, in a folder."""
    faulthandler.cancel_dump_traceback_later()  # takes minutes; each step has a time limit of its own
    root = tmp_path / "debian"
    mirror = os.environ.get("CTI_DEBIAN_MIRROR", "http://deb.debian.org/debian")
    subprocess.run(
        ["debootstrap", "--variant=minbase", SUITE, root, mirror],
        check=True,
        timeout=900,
        capture_output=True,
    )
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    yield root
    subprocess.run(["umount", root / "proc"], check=True)


@pytest.fixture
def package(request: pytest.FixtureRequest) -> Path:
    """What `dev.py build` just packed, or a build of our own."""
    if given := os.environ.get("CTI_PACKAGE"):
        return Path(given)
    out: Path = request.getfixturevalue("built")
    return next((out / "installers/linux").glob("*.deb"))


def test_it_installs_starts_and_goes(clean_debian: Path, package: Path) -> None:
    """With what it declares and no more; what the agent saved outlives even a purge."""
    shutil.copyfile(package, clean_debian / "tmp/package.deb")
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
    command = ["chroot", str(clean_debian), "sh", "-c", SCRIPT]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=900, check=False)
    said = done.stdout + done.stderr
    facts = dict(line[3:].split(":", 1) for line in done.stdout.splitlines() if line.startswith("== "))
    found = {name: value.strip() for name, value in facts.items()}

    assert "none" == found["python"], said
    assert "0" == found["self-test"], said
    assert int(found["window"]) >= 1, said
    assert ("0", "") == (found["ended"], found["muttered"]), said
    assert "99.0 # mine" == found["upgraded"], said
    assert "" == found["left"]
    assert "desktop.sqlite3" in found["kept"]
    assert found["kept"] == found["still kept"]


@pytest.mark.skipif(not shutil.which("lintian"), reason="needs lintian")
def test_debians_own_checker_finds_nothing(package: Path) -> None:
    """But what is listed, with reasons, in resources/packaging/linux/lintian-overrides."""
    faulthandler.cancel_dump_traceback_later()  # it unpacks everything
    command = ["lintian", "--allow-root", "--fail-on", "error,warning", str(package)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (0, "") == (done.returncode, done.stdout)
