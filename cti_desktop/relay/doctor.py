"""What is wrong with this relay, from its configuration to its public address: asks everybody, in order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from cti_desktop.core.errors import ConfigError, CtiError, StorageError
from cti_desktop.relay import admin, catalogue, policy, probes
from cti_desktop.relay.config import ConfigUnreadable, RelayConfig, load
from cti_desktop.relay.facts import Facts
from cti_desktop.relay.health import Check, Level, judge
from cti_desktop.relay.service_checks import judge_service

_STORE_MENDS: Final = {
    "in_use": "Wait until the relay has started. If it hangs, restart it.",
    "newer": "Install the newer version of the relay again.",
}


def examine(path: Path | None) -> list[Check]:
    """Everything that can be looked at, in the order in which to mend it."""
    try:
        config = admin.as_served(load(path))
    except (ConfigError, ConfigUnreadable) as error:
        return [Check("config", Level.FAIL, str(error), "Mend that, and run `cti-relay doctor` again.")]
    where = str(config.path or "the environment")
    checks = [Check("config", Level.OK, f"{where} can be used"), _catalogue(config)]
    checks += _store(config)
    folder = config.store.file.parent if config.store.file else None
    if folder is not None and folder.is_dir():
        checks.append(probes.disk(folder))
    checks.append(probes.server(config, admin.control_file(config)))
    checks += probes.public(config)
    return checks


def _catalogue(config: RelayConfig) -> Check:
    try:
        found = catalogue.load(config.catalogue)
        policy.checked(config.policy, found, config.path)
    except ConfigError as error:
        return Check(
            "dispositions", Level.FAIL, str(error), "Mend the file: without it the relay can't start."
        )
    return Check("dispositions", Level.OK, f"{len(found.codes)} dispositions, version {found.version}")


def _store(config: RelayConfig) -> list[Check]:
    file = config.store.file
    if file is not None and not file.exists():
        return [Check("store", Level.FAIL, f"there is no store at {file}", "Restore it, or: cti-relay init")]
    try:
        admin.run(config, "doctor.touch", {})
        facts = msgspec.convert(admin.run(config, "doctor.facts", {}), Facts)
    except StorageError as error:
        return [_refused(error)]
    except CtiError as error:
        return [Check("store", Level.FAIL, str(error), "Restart the relay.")]
    written = Check("store", Level.OK, f"the store can be written ({file or 'a database server'})")
    now = datetime.now(UTC)
    return [written, *judge(facts, tuple(config.sources), now), *judge_service(config, facts, now)]


def _refused(error: StorageError) -> Check:
    mend = _STORE_MENDS.get(error.code, "Check the disk and who may write there; else restore the backup.")
    return Check("store", Level.FAIL, str(error), mend)
