"""Other directories as `lookups.toml` describes them: what to ask, how to read the answer.

Opens only that file. Secrets are named, never written: `env:NAME` or `keyring:NAME`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from cti_desktop.core.errors import ConfigError, ConfigFileError
from cti_desktop.core.links import BadTemplate, LinkTemplate

Seconds = Annotated[float, msgspec.Meta(ge=0.1, le=30)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 60)]
Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}$")]


class Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where in the answer a contact's parts are: paths (`data.0.Full_Name`), or texts with `{paths}`.

    `number`: where the found entry's own number is; if given, it must be the one that was asked for.
    """

    name: str
    company: str = ""
    owner: str = ""
    vip: str = ""
    tags: str = ""
    notes: str = ""
    link: str = ""
    number: str = ""
    fields: dict[str, str] = {}


class _Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    name: Name
    read: Reading
    events: tuple[Literal["incoming", "outgoing"], ...] = ("incoming", "outgoing")
    timeout_seconds: Seconds = 3.0
    keep_minutes: Minutes = 60
    keep_unknown_minutes: Minutes = 10
    secret: str = ""


class HttpLookup(_Source, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="http"):
    """One request. Blanks: `{number}` (+E.164), `{digits}`, `{national}`; in headers also `{secret}`."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: dict[str, str] = {}
    body: str = ""
    # Hosts that may be inside of our own network, and then without https.
    allow: tuple[str, ...] = ()

    def template(self) -> LinkTemplate:
        """The address to fill in. Raises `BadTemplate`."""
        found = LinkTemplate.parsed(self.url, schemes=("https", "http"))
        if self.url.startswith("http:") and found.host.partition(":")[0] not in self.allow:
            raise BadTemplate("it must begin with https://, unless `allow` names its host")
        unknown = set(found.blanks) - {"number", "digits", "national"}
        if unknown:
            raise BadTemplate(
                f"there is no blank {{{min(unknown)}}}: use {{number}}, {{digits}}, {{national}}"
            )
        return found


class SqlLookup(_Source, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="sql"):
    """One SELECT with the parameter `:number` (also `:digits`, `:national`); columns are read by name.

    The URL itself may be a secret: `url = "env:CRM_DATABASE"`.
    """

    url: str
    query: str


Lookup = HttpLookup | SqlLookup


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: tuple[Lookup, ...] = ()


def load(path: Path) -> tuple[Lookup, ...]:
    """The sources in `path`, in the order in which to ask. Raises `ConfigError` naming what is wrong."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigFileError(path, error, "lookups.file") from None
    try:
        sources = msgspec.convert(document, _File).source
    except msgspec.ValidationError as error:
        raise ConfigError(
            where=str(path), key="lookups", found=str(error), allowed="as the examples are"
        ) from None
    names = [source.name for source in sources]
    if len(set(names)) < len(names):
        raise ConfigError(
            where=str(path), key="name", found=", ".join(names), allowed="different for each source"
        )
    for source in sources:
        _check(source, path)
    return sources


def _check(source: Lookup, path: Path) -> None:
    where: dict[str, Any] = {"where": f"{path}, source {source.name}"}
    match source:
        case HttpLookup():
            try:
                source.template()
            except BadTemplate as error:
                raise ConfigError(**where, key="url", found=source.url, allowed=str(error)) from None
        case SqlLookup(query=query):
            begins = query.lstrip().lower().startswith(("select", "with"))
            if (
                not begins
                or ";" in query.strip().rstrip(";")
                or not any(f":{name}" in query for name in ("number", "digits", "national"))
            ):
                allowed = "one SELECT that asks for :number, :digits or :national"
                raise ConfigError(**where, key="query", found=query, allowed=allowed)
    if source.read.link and not source.read.link.startswith("https://") and "{" in source.read.link:
        raise ConfigError(**where, key="read.link", found=source.read.link, allowed="https://… or a path")
