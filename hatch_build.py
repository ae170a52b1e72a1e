"""Builds the playground's page into the wheel where Node 20 is there; `EMS_BUILD_PAGE=0` leaves it as it is."""

import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[Any]):
    """Runs before the wheel is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Builds the page for a wheel; an editable installation builds it by `make web`."""
        script = Path(self.root) / "playground" / "build.sh"
        if version == "standard" and os.environ.get("EMS_BUILD_PAGE") != "0" and script.is_file():
            subprocess.run(["sh", str(script)], check=True)  # noqa: S603, S607 - our own script
