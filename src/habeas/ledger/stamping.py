"""Time stamps of heads by an outside authority (RFC 3161): that a head existed by an instant, whatever our clock said.

Nothing here reaches the network: a query is a file that the user sends, and the reply is a file that the user brings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from habeas.errors import UsageError
from habeas.ledger.heads import read_head, saved
from habeas.nouns import Head, Problem

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An authority's word that some bytes existed by `at`."""

    at: datetime
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamped:
    """A head that was saved to be stamped, the stamps that hold, and what is wrong with the others."""

    head: Head
    stamps: tuple[Stamp, ...]
    problems: tuple[Problem, ...]


class StampFolder:
    """The folder of a book that keeps its stamped heads: `head-12.json`, its query, the replies to it, and the trusted roots."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, head: Head) -> Path:
        """Save a head to be stamped, and a query for it; the path of the query.

        Raises:
            UsageError: the extra is not installed.
        """
        stamped = saved(head)
        asked = query(stamped)
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"head-{head.batch}.json"
        path.write_bytes(stamped)
        path.with_suffix(".tsq").write_bytes(asked)
        return path.with_suffix(".tsq")

    def keep(self, reply: bytes, roots: bytes | None) -> tuple[Head, Stamp]:
        """Keep an authority's reply beside the head it is for, and the roots it was checked against.

        Raises:
            UsageError: it stamps no saved head, does not hold, or no root is trusted yet.
        """
        trusted = roots if roots is not None else self._roots()
        for path in self._heads():
            try:
                found = read_stamp(reply, path.read_bytes(), trusted)
            except UsageError as error:
                if "something else" in str(error):
                    continue
                raise
            number = 1 + sum(1 for _ in self._folder.glob(f"{path.stem}.*.tsr"))
            path.with_suffix(f".{number}.tsr").write_bytes(reply)
            if roots is not None and roots.strip() not in self._roots(missing=b""):
                with (self._folder / "roots.pem").open("ab") as kept:
                    kept.write(roots.strip() + b"\n")
            return read_head(path), found
        raise UsageError("it stamps none of the heads saved by `habeas stamp`")

    def check(self) -> Iterator[Stamped]:
        """Every saved head with its stamps, checked again."""
        for path in self._heads():
            head = read_head(path)
            stamps, problems = [], []
            for reply in sorted(self._folder.glob(f"{path.stem}.*.tsr")):
                try:
                    found = read_stamp(reply.read_bytes(), path.read_bytes(), self._roots())
                except UsageError as error:
                    problems.append(_problem(reply, str(error)))
                    continue
                stamps.append(found)
                if found.at < head.recorded.replace(microsecond=0):
                    problems.append(
                        _problem(reply, f"it is older ({found.at:%Y-%m-%d %H:%M}Z) than the head says it is")
                    )
            yield Stamped(head=head, stamps=tuple(stamps), problems=tuple(problems))

    def _heads(self) -> list[Path]:
        return sorted(self._folder.glob("head-*.json"), key=lambda path: (len(path.stem), path.stem))

    def _roots(self, missing: bytes | None = None) -> bytes:
        path = self._folder / "roots.pem"
        if path.exists():
            return path.read_bytes()
        if missing is None:
            raise UsageError("name the authority's root certificate: --roots FILE.pem")
        return missing


def _problem(path: Path, what: str) -> Problem:
    return Problem(
        file=f"{path.parent.name}/{path.name}",
        what=what,
        do="Restore the file, or bring the authority's reply again with `habeas stamp`.",
    )


def _library() -> ModuleType:
    try:
        import rfc3161_client
    except ImportError:
        raise UsageError("time stamps need one more package: pip install 'habeas[stamps]'") from None
    return rfc3161_client


def query(stamped: bytes) -> bytes:
    """A time-stamp query for some bytes (DER): their SHA-512, a nonce, and a wish for the authority's certificates.

    Raises:
        UsageError: the extra is not installed.
    """
    library = _library()
    asked = library.TimestampRequestBuilder().data(stamped).cert_request(cert_request=True).build()
    return bytes(asked.as_bytes())


def read_stamp(reply: bytes, stamped: bytes, roots: bytes) -> Stamp:
    """The stamp in an authority's reply (DER), checked against the bytes it must be for and the trusted roots (PEM).

    Certificates need to have been valid at the stamp's instant, not now.

    Raises:
        UsageError: it is no reply, was refused, is for other bytes, or no trusted root vouches for it.
    """
    library = _library()
    from rfc3161_client.errors import VerificationError

    trusted = _certificates(roots)
    try:
        answer = library.decode_timestamp_response(reply)
    except ValueError:
        raise UsageError("it is no reply of a time-stamping authority (RFC 3161)") from None
    if answer.status not in (0, 1):  # granted, granted with changes
        said = "; ".join(answer.status_string)
        raise UsageError(f"the authority refused to stamp{': ' + said if said else ''}") from None
    builder = library.VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(answer, stamped)
    except (VerificationError, ValueError) as error:
        if "Mismatch between messages" in str(error):
            raise UsageError("it is a stamp of something else") from None
        raise UsageError(f"no trusted root vouches for it ({error})") from None
    return Stamp(at=answer.tst_info.gen_time, authority=_signer(answer.signed_data))


def _certificates(pem: bytes) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found = load_pem_x509_certificates(pem)
    except ValueError:
        found = []
    if not found:
        raise UsageError(
            "the trusted roots are no certificates in PEM form; ask the authority for its root certificate"
        )
    return list(dict.fromkeys(found))


def _signer(signed: object) -> str:
    """Who signed, by the name in its certificate."""
    from cryptography.x509 import load_der_x509_certificate
    from cryptography.x509.oid import NameOID

    (info,) = signed.signer_infos  # type: ignore[attr-defined]  # checked by the verifier: exactly one
    for raw in signed.certificates:  # type: ignore[attr-defined]
        certificate = load_der_x509_certificate(raw)
        if certificate.serial_number == info.serial_number and certificate.issuer == info.issuer:
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            return str(names[0].value) if names else certificate.subject.rfc4514_string()
    return "an authority that sent no certificate"
