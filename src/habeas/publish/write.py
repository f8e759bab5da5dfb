"""Write a whole folder, or one file, or nothing: into a temporary sibling first, then swapped in."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from habeas.errors import PublishError

# A folder with this file in it was written by us and may be replaced; any other folder with content may not.
MARKER = "habeas-site.txt"
# What we wrote there; anything else is somebody's own and stops us.
MANIFEST = "habeas-files.txt"


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write `files` (path with `/`, bytes) as the whole content of `folder` and return their paths in order.

    What an earlier run left there is gone afterwards. If anything fails on the way, the folder stays as it was.

    Raises:
        PublishError: the folder holds something else than a site, or it cannot be written.
    """
    _check(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        written = [_write(fresh, name, content) for name, content in files]
        written.append(_write(fresh, MANIFEST, "".join(f"{name}\n" for name in sorted(written)).encode("utf-8")))
        fresh.chmod(0o755)  # mkdtemp makes it private; a site is for everybody
        _swap(fresh, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return tuple(sorted(folder / name for name in written))


def write_file(path: Path, content: bytes) -> None:
    """Write one file whole or not at all: what lay there stays as it was where writing fails.

    Raises:
        OSError: it cannot be written.
    """
    handle, fresh = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(fresh).chmod(0o644)  # mkstemp makes it private
        Path(fresh).replace(path)
    except OSError:
        Path(fresh).unlink(missing_ok=True)
        raise


def _check(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise PublishError(f"{folder} is not a folder: name a new or an empty folder for the site")
    if folder.is_dir() and not any((folder / m).is_file() for m in (MARKER, MANIFEST)) and any(folder.iterdir()):
        held = sorted(p.name for p in folder.iterdir())[:3]
        raise PublishError(
            f"{folder.name} holds files that are not ours ({', '.join(held)}): name a new or an empty folder"
        )
    foreign = _foreign(folder)
    if foreign:
        raise PublishError(
            f"{folder.name} holds files that are not ours ({', '.join(foreign[:3])}): move them elsewhere"
        )


def _foreign(folder: Path) -> list[str]:
    """Files in the folder that the last run did not write."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return []
    ours = {MANIFEST, *manifest.read_text(encoding="utf-8").splitlines()}
    return sorted(
        name for p in folder.rglob("*") if p.is_file() and (name := p.relative_to(folder).as_posix()) not in ours
    )


def _write(fresh: Path, name: str, content: bytes) -> str:
    path = fresh.joinpath(*name.split("/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


def _swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; if that fails, the old one is put back."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    try:
        kept = folder.rename(old / folder.name)
        try:
            fresh.rename(folder)
        except OSError:
            kept.rename(folder)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> PublishError:
    why = error.strerror or str(error)
    return PublishError(f"the site could not be written to {folder} ({why}): the folder is as it was before")
