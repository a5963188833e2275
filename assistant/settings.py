"""One frozen Settings, read once from PLANQA_* environment variables."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation may change. Each field is documented in the README by this name."""

    model_config = SettingsConfigDict(env_prefix="PLANQA_", env_ignore_empty=True, frozen=True)

    index_dir: Path = Field(default=Path("var/index"), description="where the saved index lives")
    plans_dir: Path | None = Field(
        default=None, description="the folder of the plans; none: those that come with the package"
    )
    encoder: str | None = Field(
        default=None,
        description="a sentence-transformers model, by name or path; none: the bundled one",
    )
    runs_dir: Path = Field(
        default=Path("var/runs"), description="where runs of the gold questions are kept"
    )
    host: str = Field(default="127.0.0.1", description="the address that `planqa serve` binds")
    port: int = Field(
        default=8000, ge=0, le=65535, description="the port that `planqa serve` binds"
    )
