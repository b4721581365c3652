"""Does what the program must not do, in a process of its own: the witnesses are to see it all."""

import subprocess
import sys
from pathlib import Path


def offend(folder: Path, port: int) -> None:
    """Write a file, connect, and write a picture by native code in a further process."""
    import socket

    (folder / "by-python.txt").write_text("row", encoding="utf-8")
    with socket.create_connection(("127.0.0.1", port)):
        pass
    subprocess.run([sys.executable, "-m", __spec__.name, str(folder)], check=True)


def write_picture(folder: Path) -> None:
    """Write a picture past Python."""
    import numpy as np

    from classroom_monitor.vision.opencv import cv2

    (folder / "by-child.txt").write_text("row", encoding="utf-8")
    cv2.imwrite(str(folder / "by-library.png"), np.zeros((8, 8, 3), np.uint8))


if __name__ == "__main__":
    if len(sys.argv) > 2:
        offend(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        write_picture(Path(sys.argv[1]))
