"""The built-in lecture's pictures: as a network camera on loopback, and as a recording."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from classroom_monitor.contracts import EndOfRecording, UInt8Array
from classroom_monitor.vision.demo import DemoCamera
from classroom_monitor.vision.opencv import cv2

_RATE_HZ = 10


def lecture_pictures(seconds: float) -> list[UInt8Array]:
    """Return the lecture's first pictures, (height, width, 3) uint8, some a second."""
    camera = DemoCamera(duration_s=seconds)
    camera.open()
    pictures: list[UInt8Array] = []
    with suppress(EndOfRecording):
        while True:
            frame = camera.read()
            if frame.captured_at_s * _RATE_HZ >= len(pictures):
                pictures.append(frame.image_bgr)
    camera.close()
    return pictures


def write_recording(path: Path, pictures: list[UInt8Array]) -> None:
    """Write pictures as a recording."""
    height, width = pictures[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), _RATE_HZ, (width, height))
    for picture in pictures:
        writer.write(picture)
    writer.release()


@contextmanager
def lecture_stream(pictures: list[UInt8Array]) -> Iterator[str]:
    """Serve pictures over and over, and give the address."""
    jpegs = [cv2.imencode(".jpg", picture)[1].tobytes() for picture in pictures]
    ending = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            number = 0
            with suppress(OSError):  # the reader has gone
                while not ending.wait(1 / _RATE_HZ):
                    jpeg = jpegs[number % len(jpegs)]
                    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}"
                    self.wfile.write(f"{head}\r\n\r\n".encode() + jpeg + b"\r\n")
                    number += 1

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/video.mjpg"
    finally:
        ending.set()
        server.shutdown()
        server.server_close()
        thread.join()
