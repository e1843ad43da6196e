"""How far long work is: lines in a log, and the time left."""

from __future__ import annotations

import io
import threading
import time

import pytest

from arcbatt.report.meter import Meter, Ticker


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def as_log(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Standard error as a file, which pytest would exchange before a test begins."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    return stream


def wait_for(stream: io.StringIO, text: str) -> None:
    end = time.monotonic() + 10
    while text not in stream.getvalue():
        assert time.monotonic() < end, stream.getvalue()
        time.sleep(0.01)


def test_a_log_shows_life_though_nothing_gets_done(monkeypatch: pytest.MonkeyPatch) -> None:
    log = as_log(monkeypatch)
    with Meter("reading programs", every_s=0.02):
        wait_for(log, "so far\n")
    assert log.getvalue().startswith("arcbatt: reading programs: 0.")
    assert "\x1b" not in log.getvalue()


def test_a_log_says_how_many_are_done_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    log = as_log(monkeypatch)
    with Meter("tasks", 1200, every_s=0.02) as meter:
        meter.advance(300, "7 demo-solved,")
        wait_for(log, "300 of 1,200 done, 7 demo-solved, ")
        assert log.getvalue().splitlines()[-1].endswith(" left")


def test_quick_work_leaves_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    log = as_log(monkeypatch)
    with Meter("tasks", 2) as meter:
        meter.advance(2)
    assert log.getvalue() == ""


def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    log = as_log(monkeypatch)
    with Meter("tasks", 2, is_quiet=True, every_s=0.01):
        time.sleep(0.05)
    assert log.getvalue() == ""


def test_the_time_left_follows_from_what_is_done_and_from_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    as_log(monkeypatch)
    meter = Meter("tasks", 10)
    assert meter.seconds_left() is None
    meter._start = time.monotonic() - 20
    meter.advance(5)
    assert meter.seconds_left() == pytest.approx(20, abs=1)
    bounded = Meter("tasks", 10, limit_s=25)
    bounded._start = time.monotonic() - 20
    assert bounded.seconds_left() == pytest.approx(5, abs=1)
    bounded.reach(1)
    assert bounded.seconds_left() == pytest.approx(5, abs=1)


def test_a_terminal_shows_a_bar_that_fits_and_lines_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("CI", raising=False)
    with Meter("tasks", 4, out=stream, bar_after_s=0.01) as meter:
        wait_for(stream, "0/4")
        meter.advance()
        meter.write("a line")
        wait_for(stream, "1/4")
    assert "a line\n" in stream.getvalue()


def test_an_interrupt_ends_the_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    as_log(monkeypatch)
    with pytest.raises(KeyboardInterrupt), Meter("tasks", 2):
        raise KeyboardInterrupt
    assert "arcbatt-ticker" not in {thread.name for thread in threading.enumerate()}


def test_a_ticker_ticks_until_its_end() -> None:
    ticks = []
    with Ticker(lambda: ticks.append(1), 0.01):
        time.sleep(0.1)
    count = len(ticks)
    assert count
    time.sleep(0.05)
    assert len(ticks) == count
