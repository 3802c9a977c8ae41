"""Why there is no link, and why the agent has to sign in. Codes are stable; words live in the view-models."""

from __future__ import annotations

from enum import Enum


class Trouble(Enum):
    """Why there is no link just now. All of these are retried."""

    REFUSED = "refused"  # nothing listens there: the relay is down, or the port is wrong
    NO_SUCH_HOST = "no_such_host"  # the name can't be resolved: no network, or a typing error
    UNREACHABLE = "unreachable"  # no network, no route
    TIMEOUT = "timeout"  # no answer in time
    UNTRUSTED = "untrusted"  # the certificate is not trusted, expired, or for another name
    NOT_ENCRYPTED = "not_encrypted"  # what listens on this port speaks without encryption
    TLS = "tls"  # encryption failed otherwise
    NOT_A_RELAY = "not_a_relay"  # something else answers: a captive portal, a proxy's page, another site
    FORBIDDEN = "forbidden"  # 403: the relay or something in between refuses
    RELAY_FAILED = "relay_failed"  # 5xx
    PROXY = "proxy"  # the system's proxy refuses
    NO_PROXY = "no_proxy"  # the proxy is not there; `detail` is which
    BAD_PROXY = "bad_proxy"  # what is set for a proxy can't be one; `detail` has it
    PROXY_LOG_IN = "proxy_log_in"  # the proxy wants a user name and a password
    PORTAL = "portal"  # the network answers instead of the relay: a page to log in to it
    EXPIRED = "expired"  # the certificate is over, or this computer's clock is ahead
    CLOCK = "clock"  # the certificate is not valid yet: this computer's clock is behind
    WRONG_NAME = "wrong_name"  # the certificate is another host's
    NOT_PINNED = "not_pinned"  # not from the one authority that IT named: perhaps somebody listens
    NO_PIN = "no_pin"  # the file that names the authority can't be used
    RESTARTING = "restarting"  # the relay said that it restarts or goes away
    LOST = "lost"  # the link broke
    TOO_SLOW = "too_slow"  # the relay dropped us for being slow
    PROTOCOL = "protocol"  # one side broke the protocol: versions that don't fit


class SignInProblem(Enum):
    """Why the agent has to sign in (again), or could not."""

    REVOKED = "revoked"  # the relay doesn't take the token any more
    WRONG_CODE = "wrong_code"  # wrong, used or expired
    OTHER_RELAY = "other_relay"  # signed in, but at the relay in `detail`: its token is for no other
    UNKNOWN_RELAY = "unknown_relay"  # an earlier version kept the token, and nobody knows which relay gave it
    TOO_MANY_TRIES = "too_many_tries"
    BAD_URL = "bad_url"  # no URL of a relay; `detail` has what is wrong
    INSECURE_URL = "insecure_url"  # http:// to another machine
    RELAY_TROUBLE = "relay_trouble"  # `trouble` says which
    NOT_ENDED = "not_ended"  # signed out here, but the relay could not be told
    KEYRING_MISSING = "keyring_missing"  # no backend at all; `detail` says what to install
    KEYRING_UNSAFE = "keyring_unsafe"  # only one that would write the token into a plain file
    KEYRING_LOCKED = "keyring_locked"  # locked, and the unlock prompt was dismissed or can't be shown
    KEYRING_FAILED = "keyring_failed"
    KEYRING_TIMEOUT = "keyring_timeout"  # it waits for something, perhaps behind another window
