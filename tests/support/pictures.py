"""PNG files read back, and SVG parsed."""

from __future__ import annotations

import struct
import zlib
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def png_pixels(data: bytes) -> list[list[str]]:
    """The rows of pixels of a PNG file with a palette, each ``#rrggbb``; sums and sizes are checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = {}
    place = 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        place += 12 + length
    width, height, *form = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert form == [8, 3, 0, 0, 0]
    colors = [f"#{chunks[b'PLTE'][i : i + 3].hex()}" for i in range(0, len(chunks[b"PLTE"]), 3)]
    raw = zlib.decompress(chunks[b"IDAT"])
    assert len(raw) == height * (width + 1)
    lines = [raw[i * (width + 1) : (i + 1) * (width + 1)] for i in range(height)]
    assert all(line[0] == 0 for line in lines)
    return [[colors[number] for number in line[1:]] for line in lines]


def svg_of(text: str) -> ElementTree.Element:
    """The root of an SVG text, which has to be well-formed."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    return root


def texts_of(root: ElementTree.Element) -> list[str]:
    """The texts that an SVG shows, in order."""
    return [element.text or "" for element in root.iter(f"{SVG}text")]
