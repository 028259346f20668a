"""Ends with 0 when the hub in this container and its database work."""

import ssl
import sys
import tomllib
import urllib.request
from pathlib import Path

settings = tomllib.loads(Path("/hub/hub.toml").read_text("utf-8"))
port = settings["listen"].rpartition(":")[2]
scheme = "https" if settings["tls"] else "http"
itself = ssl.create_default_context()
itself.check_hostname, itself.verify_mode = False, ssl.CERT_NONE  # it asks its own process
with urllib.request.urlopen(  # noqa: S310
    f"{scheme}://127.0.0.1:{port}/v1/health", context=itself, timeout=5
) as answer:
    sys.exit(answer.status != 200)
