"""Certificates of a hospital: what this kiosk trusts and shows, and whether it was TLS that refused."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from kiosk.config import HisSettings
from kiosk.domain.errors import HisLockedOut


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """PEM files by their path: the hospital's own certificate authority, our client certificate and its key.

    Empty are those of the system, and no client certificate. A key may lie in the certificate's file.
    """

    ca: str = ""
    certificate: str = ""
    key: str = ""

    @classmethod
    def of(cls, settings: HisSettings) -> TlsFiles:
        return cls(settings.ca_file, settings.certificate_file, settings.certificate_key_file)


def tls_context(files: TlsFiles) -> ssl.SSLContext:
    """TLS 1.2 or newer with these files; HisLockedOut names the setting of one that cannot be used."""
    try:
        context = ssl.create_default_context(cafile=files.ca or None)
    except OSError as error:
        raise HisLockedOut(f"his.ca_file: {files.ca} {_why(error)}") from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        if files.certificate:
            # A key with a password would make OpenSSL ask for it on the terminal.
            context.load_cert_chain(files.certificate, files.key or None, password="")
    except (OSError, ValueError) as error:
        raise HisLockedOut(f"his.certificate_file, his.certificate_key_file: {_why(error)}") from error
    return context


def refused_by_tls(error: BaseException | None) -> str | None:
    """Why TLS refused, when it did; a connection that ends in the middle is no refusal."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"the server's certificate: {error.verify_message}"
        if isinstance(error, ssl.SSLError):
            ended = isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
            return None if ended or not error.reason else error.reason.lower().replace("_", " ")
        error = error.__cause__ or error.__context__
    return None


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) or not isinstance(error, OSError):
        return "is no usable PEM file, or certificate and key do not belong together"
    return f"cannot be read: {error.strerror}"
