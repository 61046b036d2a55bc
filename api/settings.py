"""Settings of the service, from the environment alone; secrets are refused when they are guessable."""

from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LEAST_SECRET = 32


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
    requests_per_minute, sign_ins_per_minute
        Most requests from one session, and tries to sign in from one address.
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
    requests_per_minute: int = Field(default=600, ge=1)
    sign_ins_per_minute: int = Field(default=20, ge=1)
    backup_folder: Path | None = None

    @field_validator("secret")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if len(text) < LEAST_SECRET or len(set(text)) < LEAST_SECRET // 4:
            raise ValueError(f"must be at least {LEAST_SECRET} characters of chance")
        return value

    @field_validator("keys")
    @classmethod
    def _are_keys(cls, value: SecretStr) -> SecretStr:
        from cryptography.fernet import Fernet

        for key in value.get_secret_value().split(","):
            Fernet(key.strip())
        return value

    @cached_property
    def key_list(self) -> tuple[bytes, ...]:
        """The Fernet keys, newest first."""
        return tuple(key.strip().encode() for key in self.keys.get_secret_value().split(","))

    @property
    def has_city_login(self) -> bool:
        """Whether the city's own login is set up."""
        return bool(self.oidc_issuer and self.oidc_client_id)
