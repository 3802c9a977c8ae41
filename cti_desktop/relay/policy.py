"""What the team lead decided for all desktops: `[policy]` of the configuration, checked by the catalogue."""

from __future__ import annotations

from pathlib import Path

from cti_desktop.core.disposition import Catalogue
from cti_desktop.core.errors import ConfigError
from cti_desktop.wire.policy import Policy


def checked(policy: Policy, catalogue: Catalogue, path: Path | None) -> Policy:
    """`policy`, if its code can be saved by itself. Raises `ConfigError`."""
    if policy.auto_code is None:
        return policy
    code = catalogue.find(policy.auto_code)
    if code is None or code.retired or code.requires:
        fitting = [c.code for c in catalogue.codes if not c.retired and not c.requires]
        raise ConfigError(
            where=str(path or "configuration"),
            key="policy.auto_code",
            found=policy.auto_code,
            allowed=f"a code of the catalogue that asks for nothing else: {', '.join(fitting)}",
        )
    return policy
