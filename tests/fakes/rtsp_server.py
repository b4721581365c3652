"""A real RTSP server on loopback (RFC 2326) that sends JPEG (RFC 2435) over its connection."""

from __future__ import annotations

import socketserver
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.fakes.network_camera import Behaviour, NetworkCamera, garbage, jpeg_picture

_RATE_HZ = 90_000  # of RTP's clock for video
_DESCRIPTION = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 26\r\na=control:track\r\n"
)


class RtspServer(NetworkCamera):
    """A network camera behind rtsp://."""

    address_form = "rtsp://127.0.0.1:{port}/live"

    def __init__(self, interval_s: float = 0.02) -> None:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _handler_of(self))
        super().__init__(server, interval_s)


@contextmanager
def rtsp_server(interval_s: float = 0.02) -> Iterator[RtspServer]:
    server = RtspServer(interval_s)
    try:
        yield server
    finally:
        server.close()


def _handler_of(owner: RtspServer) -> type[socketserver.StreamRequestHandler]:
    class Handler(socketserver.StreamRequestHandler):
        timeout = 5

        def handle(self) -> None:
            with suppress(OSError):  # the reader has gone
                while (method := self._answer()) != "PLAY":
                    if method is None:
                        return
                self._play()

        def _answer(self) -> str | None:
            """Answer one request and return its method; None: there are no more."""
            method = self.rfile.readline().decode().partition(" ")[0]
            headers: dict[str, str] = {}
            while line := self.rfile.readline().decode().strip():
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            if not method:
                return None
            status = "503 Service Unavailable" if owner.wait_turn(None) is None else "200 OK"
            body = _DESCRIPTION if method == "DESCRIBE" else ""
            answer = [f"RTSP/1.0 {status}", f"CSeq: {headers.get('cseq', '0')}", "Session: 1"]
            answer += [f"Content-Type: application/sdp\r\nContent-Length: {len(body)}"][: len(body)]
            if method == "SETUP":
                answer.append("Transport: RTP/AVP/TCP;unicast;interleaved=0-1")
            self.wfile.write(("\r\n".join(answer) + "\r\n\r\n" + body).encode())
            return method if status == "200 OK" else None

        def _play(self) -> None:
            number = 0
            behaviour = owner.wait_turn(None)
            while behaviour is not None:
                payload = _payload(behaviour, number, owner.size_px)
                ticks = round(number * owner.interval_s * _RATE_HZ)
                packet = struct.pack(">BBHII", 0x80, 0x80 | 26, number & 0xFFFF, ticks, 1) + payload
                self.wfile.write(b"$\0" + struct.pack(">H", len(packet)) + packet)
                number += 1
                behaviour = owner.wait_turn(behaviour)

    return Handler


def _payload(behaviour: Behaviour, number: int, size_px: tuple[int, int]) -> bytes:
    """Return a picture in one packet: RFC 2435's header, quantization tables, scan."""
    if behaviour is Behaviour.GARBAGE:
        return garbage(number, 500)
    jpeg = jpeg_picture(number, size_px)
    tables, scan, at = b"", b"", 2
    while not scan:
        marker, length = struct.unpack_from(">HH", jpeg, at)
        if marker == 0xFFDB:
            tables += jpeg[at + 5 : at + 69]
        at += 2 + length
        if marker == 0xFFDA:
            scan = jpeg[at:-2]
    header = struct.pack(">IBBBB", 0, 1, 255, size_px[0] // 8, size_px[1] // 8)
    return header + struct.pack(">HH", 0, len(tables)) + tables + scan
