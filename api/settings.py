"""Settings of the service, from the environment alone; secrets are refused when they are guessable."""

from base64 import urlsafe_b64decode
from functools import cached_property

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LEAST_SECRET = 32
LEAST_BYTES = 16
"""Different bytes in a key: 32 bytes of chance have fewer about never."""
GUESSED = ("password", "secret", "hemvist", "changeme", "change-me", "example", "lösenord", "hemlig")


class Settings(BaseSettings):
    """What the service is told when it starts; every name has the prefix HEMVIST_ in the environment.

    Attributes
    ----------
    db
        Address of the database; blank for the file in the user's data folder.
    secret
        Signs the tokens; at least 32 characters of chance.
    keys
        Fernet keys for text at rest, newest first, commas between; older ones open what they closed.
    host, port
        Where the service listens.
    oidc_issuer, oidc_client_id, oidc_client_secret
        The city's own login; blank for local accounts only.
    oidc_redirect
        Where the city's login sends the browser back: `https://…/api/v1/session/oidc/callback`, as the city
        has entered it; blank for this machine.
    oidc_return
        Page that is given the ticket afterwards, as `#ticket=…`; blank to show it. That of the desks is
        `https://…/sign-in/city/back`.
    erase_after_months
        How long a closed case is kept before it is erased.
    requests_per_minute, sign_ins_per_minute
        Most requests from one session, and tries to sign in from one address.
    largest_body, largest_import
        Most bytes of what is sent in, and of a file to import.
    proxies
        Addresses of the city's own proxies, commas between: what they say of whom they speak for is believed.
    grace_seconds
        How long requests under way may take to end when the service is told to stop, and jobs after them.
    workers
        Processes that do jobs, started with the service; 0 where `hemvist worker` runs by itself. Two, so
        that a long simulation does not hold up a match.
    upkeep
        Whether the workers go the nightly round and take the day's figures; not where a scheduler runs
        `hemvist tidy` and `hemvist snapshot`.
    """

    model_config = SettingsConfigDict(env_prefix="HEMVIST_", extra="ignore", frozen=True)

    db: str = ""
    secret: SecretStr
    keys: SecretStr
    host: str = "127.0.0.1"
    port: int = Field(default=8600, ge=1, le=65535)
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_redirect: str = ""
    oidc_return: str = ""
    erase_after_months: int = Field(default=60, ge=1, le=1200)
    requests_per_minute: int = Field(default=600, ge=1)
    sign_ins_per_minute: int = Field(default=20, ge=1)
    largest_body: int = Field(default=1_000_000, ge=1000)
    largest_import: int = Field(default=100_000_000, ge=1000)
    proxies: str = ""
    grace_seconds: int = Field(default=30, ge=0, le=600)
    workers: int = Field(default=2, ge=0, le=64)
    upkeep: bool = True

    @field_validator("secret")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        short = len(text) < LEAST_SECRET or len(set(text)) < LEAST_SECRET // 4
        repeated = (text + text).find(text, 1) < len(text)
        if short or repeated or any(word in text.lower() for word in GUESSED):
            raise ValueError(f"must be at least {LEAST_SECRET} characters of chance")
        return value

    @field_validator("oidc_issuer", "oidc_redirect", "oidc_return")
    @classmethod
    def _is_safe(cls, value: str) -> str:
        from api.access.city_login import is_safe_address

        if value and not is_safe_address(value):
            raise ValueError("must be an https address")
        return value

    @field_validator("keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        from cryptography.fernet import Fernet

        for key in value.get_secret_value().split(","):
            Fernet(key.strip())
            if len(set(urlsafe_b64decode(key.strip()))) < LEAST_BYTES:
                raise ValueError("must be keys of chance")
        return value

    @cached_property
    def key_list(self) -> tuple[bytes, ...]:
        """The Fernet keys, newest first."""
        return tuple(key.strip().encode() for key in self.keys.get_secret_value().split(","))

    @property
    def has_city_login(self) -> bool:
        """Whether the city's own login is set up."""
        return bool(self.oidc_issuer and self.oidc_client_id)
