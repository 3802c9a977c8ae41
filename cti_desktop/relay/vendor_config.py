"""How MyOperator's own API is reached: `[vendor]` of relay.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

API: Final = "https://developers.myoperator.co"
DIAL_API: Final = "https://obd-api.myoperator.co/obd-api-v1"


@dataclass(frozen=True, slots=True)
class VendorConfig:
    """`[vendor]` of relay.toml. Secrets are named: `env:NAME` or `keyring:NAME`."""

    token: str = ""
    company_id: str = ""
    public_ivr_id: str = ""
    api_key: str = ""
    secret_token: str = ""
    url: str = API
    dial_url: str = DIAL_API
    reconcile_hours: int = 24
