#!/usr/bin/env python3
"""Draws the icon of Tillproof: a till receipt with a check, as in ui/src/parts/Mark.svelte. Standard library only.

Run it in this folder after a change; the files that it writes are committed.
"""

import struct
import zlib

PAPER = (0xFB, 0xF7, 0xEE)
EDGE = (0xD9, 0xD0, 0xBD)
ACCENT = (0x0F, 0x5C, 0x5C)
SAMPLES = 3


def rounded_square(x, y, inset, radius):
    """Distance to a rounded square that keeps `inset` from the edge; negative inside."""
    half = 0.5 - inset - radius
    dx, dy = abs(x - 0.5) - half, abs(y - 0.5) - half
    outside = (max(dx, 0) ** 2 + max(dy, 0) ** 2) ** 0.5
    return outside + min(max(dx, dy), 0) - radius


def stroke(x, y, a, b, width):
    """Distance to a line from a to b with round ends; negative inside."""
    (ax, ay), (bx, by) = a, b
    px, py, dx, dy = x - ax, y - ay, bx - ax, by - ay
    t = max(0, min(1, (px * dx + py * dy) / (dx * dx + dy * dy)))
    return ((px - t * dx) ** 2 + (py - t * dy) ** 2) ** 0.5 - width / 2


def receipt(x, y):
    """Whether the point lies on the receipt, whose foot is torn in teeth."""
    if not (0.25 < x < 0.75 and y > 0.15):
        return False
    tooth = (x - 0.25) / 0.125 % 1
    return y < 0.87 - 0.055 * (1 - abs(2 * tooth - 1))


def colour(x, y, small):
    """The colour at a point of the unit square, or None outside of the icon."""
    page = rounded_square(x, y, 0.03, 0.2)
    if page > 0:
        return None
    if receipt(x, y):
        line = 0.06 if small else 0.042
        check = 0.085 if small else 0.066
        if stroke(x, y, (0.38, 0.30), (0.62, 0.30), line) < 0:
            return PAPER
        if stroke(x, y, (0.375, 0.545), (0.465, 0.635), check) < 0 or stroke(x, y, (0.465, 0.635), (0.63, 0.455), check) < 0:
            return PAPER
        return ACCENT
    if page > (-0.03 if small else -0.012):
        return EDGE
    return PAPER


def png(size):
    """The icon as a PNG file of this size."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            red = green = blue = covered = 0
            for i in range(SAMPLES):
                for j in range(SAMPLES):
                    x = (column + (j + 0.5) / SAMPLES) / size
                    y = (row + (i + 0.5) / SAMPLES) / size
                    point = colour(x, y, size < 64)
                    if point:
                        red, green, blue, covered = red + point[0], green + point[1], blue + point[2], covered + 1
            n = covered or 1
            rows += bytes((red // n, green // n, blue // n, covered * 255 // SAMPLES**2))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def ico(images):
    """A Windows icon file with these PNG images, by size."""
    offset = 6 + 16 * len(images)
    directory, data = struct.pack("<HHH", 0, 1, len(images)), b""
    for size, image in images.items():
        directory += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset + len(data))
        data += image
    return directory + data


def icns(images):
    """A macOS icon file with these PNG images, by size."""
    kinds = {32: b"ic11", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
    data = b"".join(kinds[size] + struct.pack(">I", len(image) + 8) + image for size, image in images.items())
    return b"icns" + struct.pack(">I", len(data) + 8) + data


def main():
    images = {size: png(size) for size in (16, 32, 128, 256, 512)}
    for size in (32, 128, 256, 512):
        with open(f"{size}.png", "wb") as file:
            file.write(images[size])
    with open("icon.ico", "wb") as file:
        file.write(ico({size: images[size] for size in (16, 32, 256)}))
    with open("icon.icns", "wb") as file:
        file.write(icns({size: images[size] for size in (32, 128, 256, 512)}))


if __name__ == "__main__":
    main()
