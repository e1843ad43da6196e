"""The bytes of a stranger's file: regular files only, bounded, gzip taken apart."""

from __future__ import annotations

import os
import stat

from arcbatt.arc._shown import shown_path
from arcbatt.errors import InputError

__all__ = ["MAX_BYTES", "read_bytes", "read_head", "unzipped"]

MAX_BYTES = 256 * 2**20
"""The largest file that is read, in bytes, packed and unpacked: parsed JSON takes many times as much memory."""

_GZIP = b"\x1f\x8b"
_CHUNK = 2**20


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The contents of a regular file of at most 256 MiB; symbolic links are followed, pipes and devices refused.

    Raises:
        InputError: there is no such file, it cannot be read, is no regular file, or is too large.
    """
    return _read(path, MAX_BYTES + 1)


def read_head(path: str | os.PathLike[str], size: int) -> bytes:
    """The first bytes of a regular file, unpacked where it is gzip; fewer where there are fewer or it is damaged.

    Raises:
        InputError: as :func:`read_bytes`.
    """
    head = _read(path, size)
    if not head.startswith(_GZIP):
        return head
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(head, size)
    except zlib.error:
        return b""


def unzipped(data: bytes, where: str) -> bytes:
    """The data itself, or what it unpacks to if it is gzip: at most 256 MiB.

    Raises:
        InputError: it is damaged gzip, or unpacks to more.
    """
    if not data.startswith(_GZIP):
        return data
    import gzip
    import io
    import zlib

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(MAX_BYTES + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise InputError(f"{where}: damaged gzip: {str(error).rstrip('.')}") from None
    if len(unpacked) > MAX_BYTES:
        raise InputError(f"{where}: expected at most {MAX_BYTES >> 20} MiB when unpacked, got more")
    return unpacked


def _read(path: str | os.PathLike[str], most: int) -> bytes:
    where = shown_path(path)
    try:
        # Without O_NONBLOCK, opening a named pipe waits until somebody writes to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        raise InputError(f"{where}: cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    try:
        _check_file(os.fstat(descriptor), where)
        data = _read_up_to(descriptor, most)
    except OSError as error:  # also of files that the system makes up, which have nothing to give just now
        raise InputError(f"{where}: cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:  # grown meanwhile, or of no stated size
        raise InputError(_too_large(where, len(data)))
    return data


def _read_up_to(descriptor: int, most: int) -> bytes:
    chunks, left = [], most
    while left > 0 and (chunk := os.read(descriptor, min(left, _CHUNK))):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _check_file(status: os.stat_result, where: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{where}: expected a file, got a folder")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{where}: expected a regular file, got a pipe, socket or device")
    if status.st_size > MAX_BYTES:
        raise InputError(_too_large(where, status.st_size))


def _too_large(where: str, size: int) -> str:
    return f"{where}: expected at most {MAX_BYTES >> 20} MiB, got {size >> 20}: make it a folder of task files"
