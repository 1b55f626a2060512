"""The picture of the workload `image` and its thumbnail, with NumPy; docs/wire-contract.md defines both."""

import numpy as np

# The cells of each noise's lattice, in pixels as a power of two, and its weight, in eighths.
NOISES = ((7, 4), (5, 2), (3, 2))
BOX = 8


def scatter(values: np.ndarray) -> np.ndarray:
    """Spreads the bits of numbers over 32 bits (lowbias32); arithmetic of uint32 wraps around."""
    values = (values ^ (values >> 16)) * np.uint32(0x7FEB352D)
    values = (values ^ (values >> 15)) * np.uint32(0x846CA68B)
    return values ^ (values >> 16)


def smooth_noise(width: int, height: int, seed: int, cell: int) -> np.ndarray:
    """Random values from 0 to 255 on a lattice, and weighted means between them."""
    size = 1 << cell
    rows, columns = (height >> cell) + 2, (width >> cell) + 2
    start = scatter(np.uint32([seed + cell]))
    lattice = (scatter(start + np.arange(rows * columns, dtype=np.uint32)) & 255).astype(np.int32)
    lattice = lattice.reshape(rows, columns)
    x, y = np.arange(width, dtype=np.int32), np.arange(height, dtype=np.int32)
    column, right = x >> cell, x & (size - 1)
    across = lattice[:, column] * (size - right) + lattice[:, column + 1] * right
    row, down = y >> cell, (y & (size - 1))[:, None]
    return (across[row] * (size - down) + across[row + 1] * down) >> (2 * cell)


def take_picture(width: int, seed: int) -> np.ndarray:
    """Red, green and blue of each pixel, by row and column."""
    height = 3 * width // 4
    light = sum(weight * smooth_noise(width, height, seed, cell) for cell, weight in NOISES) >> 3
    dusk = (255 * np.arange(height, dtype=np.int32) // height)[:, None]
    grain = scatter(np.uint32(seed) + np.arange(width * height, dtype=np.uint32)) & 15
    red = (light * 240) >> 8
    green = ((3 * light + dusk) * 60) >> 8
    blue = ((light + 255 - dusk) * 120) >> 8
    picture = np.stack((red, green, blue), axis=-1) + grain.astype(np.int32).reshape(height, width, 1)
    return picture.astype(np.uint8)


def thumbnail(width: int, seed: int) -> bytes:
    """The thumbnail by a box filter, as a PPM file."""
    picture = take_picture(width, seed)
    rows, columns = picture.shape[0] // BOX, width // BOX
    boxes = picture[: rows * BOX, : columns * BOX].reshape(rows, BOX, columns, BOX, 3)
    means = (boxes.sum(axis=(1, 3), dtype=np.int32) + BOX * BOX // 2) // (BOX * BOX)
    return f"P6\n{columns} {rows}\n255\n".encode() + means.astype(np.uint8).tobytes()
