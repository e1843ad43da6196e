"""Hosts that are network namespaces of this machine, joined by a switch: links that go down and come back.

Each host has an interface of its own and an address in a network that no other namespace sees; the switch is a bridge
in one more namespace. Needs root and ``ip`` (iproute2).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

__all__ = ["Hosts", "environment", "why_no_hosts"]

_NETWORK = "10.77.0"


def why_no_hosts() -> str | None:
    """Why there can be no hosts here; None where there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if shutil.which("ip") is None:
        return "network namespaces need ip (iproute2)"
    try:
        with Hosts(1):
            return None
    except subprocess.CalledProcessError as error:
        return f"network namespaces cannot be made here: {error.stderr.strip()}"


class Hosts:
    """So many hosts on one switch; a context manager that ends what they run and takes them away.

    Args:
        count: hosts, 1 to 200; they are numbered from 0.

    Raises:
        subprocess.CalledProcessError: they cannot be made; see :func:`why_no_hosts`.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._name = f"arcbatt-{uuid.uuid4().hex[:8]}"
        self._switch = f"{self._name}-switch"
        self._processes: list[subprocess.Popen[Any]] = []
        try:
            self._make()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Hosts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def address(self, host: int) -> str:
        """The host's address."""
        return f"{_NETWORK}.{host + 1}"

    def run(self, host: int, argv: Sequence[str], **options: Any) -> subprocess.Popen[Any]:
        """Starts a command on a host, in a session of its own.

        Args:
            host: its number.
            argv: the command.
            options: of :class:`subprocess.Popen`.
        """
        words = ["ip", "netns", "exec", self._namespace(host), *argv]
        process = subprocess.Popen(words, start_new_session=True, **options)
        self._processes.append(process)
        return process

    def cut(self, host: int) -> None:
        """Takes the host off the switch: from now on every packet to and from it is lost, and nobody is told."""
        _ip("-n", self._switch, "link", "set", f"port{host}", "down")

    def join(self, host: int) -> None:
        """Puts the host back."""
        _ip("-n", self._switch, "link", "set", f"port{host}", "up")

    def slow(self, host: int, kbit: int, queue_ms: int = 200) -> None:
        """Bounds what goes to the host: packets queue up for so long, and those beyond are lost.

        Args:
            host: its number.
            kbit: kilobits a second; 0 for no bound.
            queue_ms: milliseconds that a packet may wait.
        """
        place = ("dev", f"port{host}", "root")
        if kbit == 0:
            _in_namespace(self._switch, "tc", "qdisc", "del", *place)
        else:
            bound = ("tbf", "rate", f"{kbit}kbit", "burst", "16kb", "latency", f"{queue_ms}ms")
            _in_namespace(self._switch, "tc", "qdisc", "replace", *place, *bound)

    def processes(self, host: int) -> list[int]:
        """Ids of what runs on the host."""
        done = subprocess.run(["ip", "netns", "pids", self._namespace(host)], capture_output=True, text=True)
        return [int(word) for word in done.stdout.split()]

    def close(self) -> None:
        """Ends everything. Idempotent."""
        for host in range(self.count):
            for process in self.processes(host):
                with suppress(ProcessLookupError):
                    os.kill(process, 9)
        for process in self._processes:
            process.wait()
        for name in (*map(self._namespace, range(self.count)), self._switch):
            subprocess.run(["ip", "netns", "del", name], capture_output=True)
        self._processes.clear()

    def _make(self) -> None:
        _ip("netns", "add", self._switch)
        _ip("-n", self._switch, "link", "add", "bridge0", "type", "bridge")
        _ip("-n", self._switch, "link", "set", "bridge0", "up")
        for host in range(self.count):
            name = self._namespace(host)
            _ip("netns", "add", name)
            _ip("-n", self._switch, "link", "add", f"port{host}", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("-n", self._switch, "link", "set", f"port{host}", "master", "bridge0", "up")
            _ip("-n", name, "address", "add", f"{self.address(host)}/24", "dev", "eth0")
            _ip("-n", name, "link", "set", "eth0", "up")
            _ip("-n", name, "link", "set", "lo", "up")

    def _namespace(self, host: int) -> str:
        return f"{self._name}-{host}"


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def _in_namespace(name: str, *words: str) -> None:
    subprocess.run(["ip", "netns", "exec", name, *words], check=True, capture_output=True, text=True)


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command on a host that finds the tests' modules."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **(more or {})}
