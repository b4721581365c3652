"""A real HTTP server on loopback that sends MJPEG as network cameras do, or misbehaves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.fakes.network_camera import Behaviour, NetworkCamera, garbage, jpeg_picture

__all__ = ["Behaviour", "MjpegServer", "mjpeg_server"]

BOUNDARY = "frame"


class MjpegServer(NetworkCamera):
    """A network camera behind http://."""

    address_form = "http://127.0.0.1:{port}/video.mjpg"

    def __init__(self, interval_s: float = 0.02) -> None:
        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self)), interval_s)


@contextmanager
def mjpeg_server(interval_s: float = 0.02) -> Iterator[MjpegServer]:
    server = MjpegServer(interval_s)
    try:
        yield server
    finally:
        server.close()


def _handler_of(owner: MjpegServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            with suppress(OSError):  # the reader has gone
                self._answer(owner.wait_turn(None))

        def _answer(self, behaviour: Behaviour | None) -> None:
            if behaviour is None:
                self.send_error(503)
                return
            self.send_response(200)
            self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            self.end_headers()
            level = 0
            while behaviour is not None:
                self.wfile.write(_part(behaviour, level, owner.size_px))
                level += 1
                behaviour = owner.wait_turn(behaviour)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    return Handler


def _part(behaviour: Behaviour, level: int, size_px: tuple[int, int]) -> bytes:
    if behaviour is Behaviour.GARBAGE:
        return garbage(level, 2000)
    jpeg = jpeg_picture(level, size_px)
    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
    return head.encode() + jpeg + b"\r\n"
