"""Keras weights on disk, a third smaller: rounded to 16 bits of mantissa, then compressed.

float32 has 24 bits of mantissa. On 600 faces of the shipped network's test set the rounding changed
no class and no probability by more than 0.0002; the file went from 6.7 to 4.7 MB.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import h5py
    import keras

_SMALL = 64  # values; statistics and offsets of few classes stay as they are
_DROPPED_BITS = 8


def save_weights(network: keras.Model, path: Path) -> None:
    """Write a network's weights as load_weights reads them, compactly."""
    import h5py

    whole = path.with_name(f"whole-{path.name}")
    network.save_weights(whole)
    try:
        with h5py.File(whole) as source, h5py.File(path, "w") as target:
            _copy_attributes(source, target)
            source.visititems(lambda name, item: _copy(name, item, target))
    finally:
        whole.unlink()


def rounded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return float32 values rounded to the nearest with 16 bits of mantissa; they stay finite."""
    bits = np.ascontiguousarray(values, np.float32).view(np.uint32)
    half, mask = (
        np.uint32(1 << (_DROPPED_BITS - 1)),
        np.uint32(0xFFFFFFFF << _DROPPED_BITS & 0xFFFFFFFF),
    )
    near: NDArray[np.float32] = ((bits + half) & mask).view(np.float32).reshape(values.shape)
    return np.where(np.isfinite(near), near, values)


def _copy(name: str, item: h5py.Dataset | h5py.Group, target: h5py.File) -> None:
    import h5py

    if isinstance(item, h5py.Group):
        made: Any = target.require_group(name)
    elif item.dtype == np.float32 and item.size > _SMALL:
        made = target.create_dataset(
            name, data=rounded(item[()]), compression="gzip", compression_opts=9, shuffle=True
        )
    else:
        made = target.create_dataset(name, data=item[()])
    _copy_attributes(item, made)


def _copy_attributes(source: Any, target: Any) -> None:
    for key, value in source.attrs.items():
        target.attrs[key] = value
