"""Finds out whether a network camera answers at all, before OpenCV is asked to open it.

OpenCV opens one stream at a time in a process: one that never answers holds up every other opening
until its timeout, also that of the same camera, which is back and would answer
(a mutex around avformat_open_input, modules/videoio/src/cap_ffmpeg_impl.hpp).
"""

from __future__ import annotations

import os
import socket
import ssl
from urllib.parse import SplitResult, urlsplit

_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
_REQUEST_HTTP = "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\nConnection: close\r\n\r\n"
_REQUEST_RTSP = "OPTIONS {address} RTSP/1.0\r\nCSeq: 1\r\n\r\n"


def knock(address: str, timeout_s: float) -> None:
    """Ask a stream's server for anything, and wait for the first byte of its answer.

    Neither user name nor password is sent: to be refused is an answer. Raises OSError where none
    comes within timeout_s.
    """
    parts = urlsplit(address)
    scheme, host = parts.scheme.lower(), parts.hostname or ""
    if scheme.startswith("http") and os.environ.get("http_proxy"):
        return  # FFmpeg goes through the proxy, which answers for its servers
    with socket.create_connection((host, parts.port or _PORTS[scheme]), timeout_s) as plain:
        if not scheme.endswith("s"):
            _ask(plain, parts)
            return
        with _any_certificate().wrap_socket(plain, server_hostname=host) as encrypted:
            _ask(encrypted, parts)


def _ask(connection: socket.socket, parts: SplitResult) -> None:
    form = _REQUEST_HTTP if parts.scheme.lower().startswith("http") else _REQUEST_RTSP
    host = parts.netloc.rpartition("@")[2]
    path = parts._replace(scheme="", netloc="").geturl() or "/"
    address = parts._replace(netloc=host, query="").geturl()
    connection.sendall(form.format(path=path, host=host, address=address).encode())
    connection.recv(1)


def _any_certificate() -> ssl.SSLContext:
    """Trust whoever answers, as FFmpeg does: cameras sign their certificates themselves."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
