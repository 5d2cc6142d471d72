"""Every setting of an installation, typed: from the environment or from `settings.toml` in the data folder.

The table in docs/generated/settings.md is made from this class. Environment variables win over the file.
"""

import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


def _(text: str) -> str:
    """Marks words for translators. Django's own marker asks for the settings, which are made here."""
    return text


def data_folder() -> Path:
    """The folder that holds the database, the files of people and `settings.toml`."""
    return Path(os.environ.get("ESTAFETA_DATA", "data")).expanduser().resolve()


class Configuration(BaseSettings):
    """One installation's settings; each is `ESTAFETA_<NAME>` in the environment, `<name>` in the file."""

    model_config = SettingsConfigDict(env_prefix="ESTAFETA_", extra="forbid")

    data: Path = Field(default_factory=data_folder, description=_("Data folder"))
    database_url: str = Field(
        default="",
        description=_(
            "postgresql://user:password@host:5432/name; empty: SQLite in the data folder"
        ),
    )
    public_url: str = Field(
        default="",
        description=_("Address people open, for links in mail; empty: the one given at first run"),
    )
    allowed_hosts: list[str] = Field(
        default=["*"], description=_("Host names that are answered; * means any")
    )
    secret_key: str = Field(
        default="",
        description=_(
            "Key that signs cookies and links; empty: made once, kept in the data folder"
        ),
    )
    debug: bool = Field(default=False, description=_("Development mode: style guide, tracebacks"))
    web_workers: int = Field(default=2, ge=1, le=64, description=_("Web processes"))
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description=_("How many proxies in front set X-Forwarded-For"),
    )
    session_days: int = Field(default=14, ge=1, le=365, description=_("Days a sign-in lasts"))
    api_requests_per_minute: int = Field(
        default=600,
        ge=0,
        description=_("Requests a minute that a token may make to one web process; 0: any number"),
    )
    uploads_per_minute: int = Field(
        default=300, ge=0, description=_("Files a minute that a person may send; 0: any number")
    )
    stories_per_minute: int = Field(
        default=10,
        ge=0,
        description=_("Stories of tickets a minute that a person may take as files; 0: any number"),
    )
    exports_per_minute: int = Field(
        default=10,
        ge=0,
        description=_(
            "Lists a minute that a person may take as CSV, XLSX or on paper; 0: any number"
        ),
    )
    searches_per_minute: int = Field(
        default=240,
        ge=0,
        description=_("Searches a minute of a person in one web process; 0: any number"),
    )
    previews_per_minute: int = Field(
        default=240,
        ge=0,
        description=_(
            "Previews of texts and pages of PDFs a minute of a person in one web process; "
            "0: any number"
        ),
    )
    upload_megabytes: int = Field(
        default=100,
        ge=1,
        le=4096,
        description=_(
            "Largest file that is received at all, in MB; administrators set their limit below"
        ),
    )
    clamd: str = Field(
        default="",
        description=_(
            "Socket of a ClamAV daemon, a path or host:port; files are then checked, and "
            "refused while it does not answer"
        ),
    )
    s3_bucket: str = Field(
        default="",
        description=_(
            "Bucket for files in a storage that speaks S3; empty: they lie in the data folder"
        ),
    )
    s3_endpoint: str = Field(default="", description=_("Address of that storage; empty: Amazon's"))
    s3_region: str = Field(default="", description=_("Its region"))
    s3_access_key: str = Field(default="", description=_("Name for that storage"))
    s3_secret_key: str = Field(default="", description=_("Password for that storage"))
    s3_folder: str = Field(default="", description=_("Folder within the bucket"))
    inside_addresses: list[str] = Field(
        default=[],
        description=_(
            "Hosts and networks inside that messages may be sent to though people typed them: "
            "chat.example.org, *.example.org, 10.1.0.0/16"
        ),
    )
    alike_told_singly: int = Field(
        default=10,
        ge=0,
        description=_(
            "So many alike (one person does the same to many tickets within five minutes) are told "
            "one by one, the rest as one summary; 0: all one by one"
        ),
    )
    smtp_host: str = Field(
        default="", description=_("Mail server; empty: the one set on the page of the channel")
    )
    smtp_port: int = Field(default=587, ge=1, le=65535, description=_("Port of the mail server"))
    smtp_user: str = Field(default="", description=_("Name for the mail server"))
    smtp_password: str = Field(default="", description=_("Password for the mail server"))
    smtp_security: Literal["none", "starttls", "tls"] = Field(
        default="starttls",
        description=_("How the connection to the mail server is protected"),
    )
    mail_from: str = Field(
        default="Estafeta <estafeta@localhost>", description=_("Sender of the mails")
    )

    @field_validator("public_url")
    @classmethod
    def _without_slash(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = data_folder() / "settings.toml"
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    def signing_key(self) -> str:
        """The secret key; made at the first start and kept readable by the owner only."""
        if self.secret_key:
            return self.secret_key
        file = self.data / "secret_key"
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
        return file.read_text().strip()
