"""Several processes that answer at one socket, and the one that started them: a worker that dies is replaced.

SIGTERM and SIGINT end them all when they have answered what has come in; SIGHUP has them look for changed programs now.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from . import log
from .listener import run
from .tally import Tally

if TYPE_CHECKING:
    from .application import Application

Make = Callable[[], "Application"]

_ENDS = (signal.SIGTERM, signal.SIGINT)
_OURS = (*_ENDS, signal.SIGHUP)

_QUICK = 5.0
"""A worker that lives for fewer seconds was not able to serve."""

_MOST_QUICK = 5
"""After so many of them, one after the other, it is given up, if there is no worker that still answers."""

_PAUSE, _LONGEST = 0.02, 5.0
"""Seconds until it is tried again to replace a worker, twice as many each time, and at most."""


def serve(make: Make, listening: socket.socket, workers: int) -> int:
    """Serve until a signal ends it; gives the exit code. Each worker has an application of its own."""
    return _Supervisor(make, listening).keep(workers)


class _Supervisor:
    def __init__(self, make: Make, listening: socket.socket) -> None:
        self._make, self._listening = make, listening
        self._started: dict[int, float] = {}
        self._ended = threading.Event()
        self._quick, self._again = 0, 0.0
        # held by this process alone: when it is gone, however it went, its workers read the end
        self._until, self._held = os.pipe()

    def keep(self, workers: int) -> int:
        """Keep so many workers until a signal ends it, or they cannot serve."""
        for each in _ENDS:
            signal.signal(each, self._end)
        signal.signal(signal.SIGHUP, self._look)
        while self._started or not self._ended.is_set():
            lacking = len(self._started) < workers and not self._ended.is_set()
            if not lacking:
                self._wait(0)
            elif self._again <= time.monotonic():
                self._start()
            else:
                self._ended.wait(_PAUSE)
                self._wait(os.WNOHANG)
        return 1 if self._quick >= _MOST_QUICK else 0

    def _wait(self, options: int) -> None:
        """Wait for a worker to be gone, or look whether one is."""
        with contextlib.suppress(ChildProcessError):
            pid, status = os.waitpid(-1, options)
            if pid in self._started:  # as the first process of a container it is told of strangers as well
                self._replace(pid, status)

    def _start(self) -> None:
        """One more worker. Signals wait meanwhile: it is to be among those that they go on to."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _OURS)
        if not self._ended.is_set():
            pid = os.fork()
            if pid == 0:
                self._be_worker()
            self._started[pid] = time.monotonic()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)

    def _be_worker(self) -> None:
        """Be a worker; this process ends with it."""
        code = 1
        try:
            os.close(self._held)
            for each in _ENDS:
                signal.signal(each, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what is there now is yet to be read
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _OURS)
            threading.Thread(target=_ended_with, args=(self._until,), daemon=True).start()
            _work(self._make, self._listening)
            code = 0
        except Exception as fault:
            log.failure("worker failed", fault, why=str(fault))
        finally:
            os._exit(code)

    def _replace(self, pid: int, status: int) -> None:
        """A worker is gone: another takes its place, unless all are to end or none is able to serve."""
        lived = time.monotonic() - self._started.pop(pid)
        if self._ended.is_set():
            return
        self._quick = self._quick + 1 if lived < _QUICK else 0
        code = os.waitstatus_to_exitcode(status)
        why = f"signal {-code}" if code < 0 else f"exit code {code}"
        if self._quick >= _MOST_QUICK and not self._started:
            log.failure("workers cannot serve", pid=pid, why=why)
            self._end()
            return
        log.failure("worker replaced", pid=pid, why=why)
        # what keeps one from serving, as a broken program does, may be over soon; the others answer meanwhile
        self._again = time.monotonic() + (min(_PAUSE * 2**self._quick, _LONGEST) if self._quick else 0)

    def _end(self, *_: object) -> None:
        self._ended.set()
        self._listening.close()  # who calls now is told so at once, and does not wait for somebody to answer
        _send(self._started, signal.SIGTERM)

    def _look(self, *_: object) -> None:
        _send(self._started, signal.SIGHUP)


def _send(pids: Iterable[int], which: signal.Signals) -> None:
    for pid in tuple(pids):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, which)


def _work(make: Make, listening: socket.socket) -> None:
    """Serve in this process."""
    application = make()
    run(application, listening)
    counted = application.parts.counted
    if isinstance(counted, Tally):
        counted.leave()  # a worker ends without what else is done at an exit


def _ended_with(life: int) -> None:
    """End this process when the one that started it is gone."""
    os.read(life, 1)
    os.kill(os.getpid(), signal.SIGTERM)
