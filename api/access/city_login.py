"""The city's own login: OpenID Connect with an authorization code, PKCE, a state and a nonce.

The service is a confidential or public client of one provider. What the provider says of itself and its keys
is fetched when needed and kept for a while; a key that is not known yet is looked for once more, since
providers change keys without saying so.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    import httpx2
    from joserfc.jwk import KeySet

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA", "Ed25519")
"""Signatures with a key of the provider's own; never `none`, never a shared secret."""
KEPT = timedelta(hours=1)
SKEW = 60.0
"""Seconds by which two clocks may differ."""
PATIENCE = 10.0
SCOPE = "openid profile email"
MOST_BYTES = 1_000_000


class ProviderAway(Exception):
    """The provider cannot be reached, or does not speak as one."""


class LoginRefused(Exception):
    """What the provider or the browser brought does not hold."""


@dataclass(frozen=True, slots=True)
class Client:
    """What the service is to the provider: its name there, its secret if it has one, where answers go."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to sign in: what the provider must bring back, and the proof that the same one asks on."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        """A fresh one."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whom the provider has recognised.

    `names` are the names under which an administrator may have entered the person beforehand.
    """

    subject: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    metadata: Mapping[str, Any]
    keys: "KeySet"
    at: datetime


class Provider:
    """The city's login, as far as it is known at the moment."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._lock = Lock()
        self._known: _Known | None = None

    def sign_in_address(self, attempt: Attempt, now: datetime) -> str:
        """Where the browser is sent to sign in.

        Raises
        ------
        ProviderAway
            When the provider does not answer.
        """
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        asked = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": self.client.redirect_uri,
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        return _with_query(str(self._what_is_known(now).metadata["authorization_endpoint"]), asked)

    def sign_out_address(self, now: datetime) -> str | None:
        """Where the browser is sent to sign out of the city's login too; None where the provider has none."""
        address = self._what_is_known(now).metadata.get("end_session_endpoint")
        return None if address is None else _with_query(str(address), {"client_id": self.client.client_id})

    def claimed(self, code: str, attempt: Attempt, now: datetime) -> Claimed:
        """Whom a code of the provider stands for.

        Raises
        ------
        ProviderAway
            When the provider does not answer.
        LoginRefused
            When the code or the token it gives does not hold.
        """
        known = self._what_is_known(now)
        token = self._exchanged(known, code, attempt.verifier)
        claims = self._opened(token, now)
        self._must_hold(claims, attempt.nonce, now)
        return Claimed(f"{self.client.issuer}|{claims['sub']}", _names(claims))

    def _exchanged(self, known: _Known, code: str, verifier: str) -> str:
        from authlib.common.errors import AuthlibBaseError
        from authlib.integrations.httpx_client import OAuth2Client

        secret = self.client.client_secret
        with OAuth2Client(
            client_id=self.client.client_id,
            client_secret=secret or None,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            timeout=PATIENCE,
            follow_redirects=False,
            trust_env=False,
        ) as client:
            try:
                given = client.fetch_token(
                    str(known.metadata["token_endpoint"]),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    redirect_uri=self.client.redirect_uri,
                )
            except AuthlibBaseError:
                raise LoginRefused from None
            except (_transport_errors(), ValueError):
                raise ProviderAway from None
        token = given.get("id_token")
        if not isinstance(token, str):
            raise LoginRefused
        return token

    def _opened(self, token: str, now: datetime) -> Mapping[str, Any]:
        from joserfc import jwt
        from joserfc.errors import JoseError

        for fresh in (False, True):
            keys = self._what_is_known(now, fresh).keys
            try:
                return jwt.decode(token, keys, list(ALGORITHMS)).claims
            except (JoseError, ValueError):
                # The provider may have changed its keys since they were fetched.
                continue
        raise LoginRefused

    def _must_hold(self, claims: Mapping[str, Any], nonce: str, now: datetime) -> None:
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        party = claims.get("azp")
        moments = [claims.get(name) for name in ("exp", "iat")]
        if not all(isinstance(moment, int | float) for moment in moments):
            raise LoginRefused
        expires, issued = (float(str(moment)) for moment in moments)
        subject = claims.get("sub")
        holds = (
            claims.get("iss") == self.client.issuer
            and self.client.client_id in audiences
            and (
                party == self.client.client_id
                if len(audiences) > 1
                else party in (None, self.client.client_id)
            )
            and isinstance(claims.get("nonce"), str)
            and secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode())
            and now.timestamp() < expires + SKEW
            and issued <= now.timestamp() + SKEW
            and isinstance(subject, str)
            and 0 < len(subject) <= 255
        )
        if not holds:
            raise LoginRefused

    def _what_is_known(self, now: datetime, fresh: bool = False) -> _Known:
        with self._lock:
            known = self._known
            if known is None or fresh or not timedelta() <= now - known.at < KEPT:
                known = self._known = self._asked(now)
            return known

    def _asked(self, now: datetime) -> _Known:
        import httpx2
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        with httpx2.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client:
            metadata = _json_at(client, f"{self.client.issuer.rstrip('/')}/.well-known/openid-configuration")
            if metadata.get("issuer") != self.client.issuer:
                raise ProviderAway
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not is_safe_address(str(metadata.get(name, ""))):
                    raise ProviderAway
            told = _json_at(client, str(metadata["jwks_uri"]))
        try:
            return _Known(metadata, KeySet.import_key_set(told), now)  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError):
            raise ProviderAway from None


def is_safe_address(address: str) -> bool:
    """Whether an address may be spoken to: encrypted, or on this machine."""
    parts = urlsplit(address)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return parts.scheme == "https" or (parts.scheme == "http" and here)


def _json_at(client: "httpx2.Client", address: str) -> dict[str, Any]:
    try:
        answer = client.get(address)
        told = answer.json() if answer.status_code == 200 and len(answer.content) < MOST_BYTES else None
    except (_transport_errors(), ValueError):
        raise ProviderAway from None
    if not isinstance(told, dict):
        raise ProviderAway
    return told


def _transport_errors() -> type[Exception]:
    import httpx2

    return httpx2.HTTPError


def _with_query(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _names(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Names that the provider vouches for; an address only when it has been confirmed."""
    found = [claims.get("preferred_username")]
    if claims.get("email_verified") is True:
        found.append(claims.get("email"))
    return tuple(name.strip().lower() for name in found if isinstance(name, str) and name.strip())
