"""Certificates for servers on loopback: self-signed, of a private authority, expired, of others."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOOPBACK = "127.0.0.1"
_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Certificate:
    """A certificate with its key."""

    made: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.made.public_bytes(serialization.Encoding.PEM).decode()

    @property
    def fingerprint(self) -> str:
        return sha256(self.made.public_bytes(serialization.Encoding.DER)).hexdigest()

    def context(self, folder: Path, *, most: ssl.TLSVersion | None = None) -> ssl.SSLContext:
        """Return how a server shows it; ``most``: the newest version of TLS it speaks."""
        file = folder / f"{self.fingerprint}.pem"
        secret = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file.write_bytes(self.pem.encode() + secret)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if most is not None:
            context.minimum_version = most
            context.maximum_version = most
            context.set_ciphers("ALL:@SECLEVEL=0")
        context.load_cert_chain(file)
        return context


@cache
def certificate(
    *, host: str = LOOPBACK, by: Certificate | None = None, ca: bool = False, expired: bool = False
) -> Certificate:
    """Return a certificate for a host; signed ``by`` another, else by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hub" if not ca else "authority")])
    begin = _LONG_AGO if expired else datetime.now(UTC) - timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by.made.subject if by else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        where = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        builder = builder.add_extension(x509.SubjectAlternativeName([where]), critical=False)
    return Certificate(builder.sign(by.key if by else key, hashes.SHA256()), key)
