"""Find a Chromium for the browser tests; on Debian, as root, install it where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find() -> str | None:
    """The path of a Chromium-like browser, or None."""
    return os.environ.get("HABEAS_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    if find() is not None:
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if find() is None:
        print(
            "no Chromium found: install one (Debian: apt-get install chromium); the browser tests need it",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
