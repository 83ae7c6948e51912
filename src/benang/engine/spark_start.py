"""What Spark needs before it can count: its package, a Java, a master that answers; and its start and end."""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from benang import unfinished
from benang.errors import BenangError, Problem
from benang.locale.writing import as_worded, worded

INSTALL = 'pip install "benang[spark]"'
OLDEST_JAVA = 17
"""The oldest Java that Spark 4 runs on."""
GET_JAVA = (
    "Install Java 17 or 21 (Debian, Ubuntu: sudo apt install openjdk-21-jre-headless or openjdk-17-jre-headless; "
    "other systems: https://adoptium.net)"
)
WAIT_FOR_MASTER = 10.0
"""Seconds in which a master has to answer."""
WAIT_FOR_WORKERS = 60.0
"""Seconds in which a master has to find a worker with free processors."""
_SECONDS = 30

Master = Any  # pyspark's objects are proxies of Java's and have no types worth the name


def spark_error(problem: str, engine: str, way_on: str) -> BenangError:
    """Return an error of Spark; `engine` is what the user named: "spark", or the address of a master.

    Examples
    --------
    >>> spark_error("Spark did not start", "local[2]", "Install Java.").problems[0].where
    'engine local[2]'
    """
    return BenangError(Problem(problem, where=worded("engine {master}", master=engine), way_on=way_on))


def check_ready(master: str | None) -> None:
    """Find out before Spark is started what is missing: the package, a Java, the master.

    Raises
    ------
    BenangError
        With what to install, or what to start.
    """
    if importlib.util.find_spec("pyspark") is None:
        way_on = worded("Install it: {install}; or leave the engine out: duckdb is always available.", install=INSTALL)
        raise spark_error(worded("Spark is not installed"), "spark", way_on)
    check_java()
    if master and master.lower().startswith("spark://"):
        check_master(master)


def check_java() -> None:
    """Find the Java that Spark would start, and refuse one that is too old.

    Raises
    ------
    BenangError
        Where there is none, it doesn't run, or is older than `OLDEST_JAVA`.
    """
    home = os.environ.get("JAVA_HOME", "")
    java = str(Path(home) / "bin" / ("java.exe" if sys.platform == "win32" else "java")) if home else "java"
    program = shutil.which(java)
    if program is None:
        missing = (
            worded("JAVA_HOME is {home}, but there is no Java there", home=home)
            if home
            else "Spark needs Java, which was not found here"
        )
        raise _java(missing)
    try:
        output = subprocess.run(  # noqa: S603 -- the Java that Spark itself would run
            [program, "-version"], capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _java(worded("the Java at {program} doesn't run ({error})", program=program, error=error)) from None
    version = java_version(output.stderr + output.stdout)
    if output.returncode or version is None:
        raise _java(worded("the Java at {program} doesn't run", program=program))
    if version < OLDEST_JAVA:
        raise _java(
            worded(
                "the Java at {program} is version {version}; Spark needs {oldest_java} or 21",
                program=program,
                version=version,
                oldest_java=OLDEST_JAVA,
            )
        )


def java_version(output: str) -> int | None:
    """Return the version in what `java -version` says.

    Examples
    --------
    >>> java_version('openjdk version "17.0.21" 2026-10-20'), java_version('java version "1.8.0_202"')
    (17, 8)
    """
    version = re.search(r'version "(?:1\.)?(\d+)', output)
    return int(version.group(1)) if version else None


def _java(problem: str) -> BenangError:
    way_on = worded("{java}, or leave the engine out: duckdb needs no Java.", java=as_worded(GET_JAVA))
    return spark_error(problem, "spark", way_on)


def check_master(master: str) -> None:
    """Find out whether anything answers at the address of the master; of several, one is enough.

    Raises
    ------
    BenangError
        Where nothing answers within `WAIT_FOR_MASTER` seconds.
    """
    why = ""
    for place in master[len("spark://") :].split(","):
        host, _, port = place.rpartition(":")
        try:
            with socket.create_connection((host, int(port)), timeout=WAIT_FOR_MASTER):
                return
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or str(error)
    way_on = worded(
        "Check host and port (the master's own page shows them, 7077 is usual), and that the master is running."
    )
    raise spark_error(worded("no Spark master answers there ({why})", why=why), master, way_on)


def started(master: str, settings: Mapping[str, str], log: Path) -> tuple[Master, Master]:
    """Start Java and Spark in it; return Spark's session and the gateway to its process.

    What Java prints goes to the file `log`.

    Raises
    ------
    BenangError
        Where it doesn't start, or a master has no worker to give.
    """
    with quiet(), _own_ctrl_c(), log.open("wb") as out:
        from pyspark import SparkConf, SparkContext
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession

        conf = SparkConf(loadDefaults=False).setMaster(master).setAppName("benang")
        for name, value in settings.items():
            conf.set(name, value)
        gateway = None
        try:
            gateway = launch_gateway(conf, popen_kwargs={"stdout": out, "stderr": out})
            unfinished.keep(gateway.proc)
            context = SparkContext(gateway=gateway, conf=conf)
            session = SparkSession(context)
            _wait_for_workers(context, master)
        except BaseException as error:
            if gateway is not None:
                stopped(None, gateway)
            if isinstance(error, Exception) and not isinstance(error, BenangError):
                raise _not_started(master, log, error) from None
            raise
    return session, gateway


def _wait_for_workers(context: Master, master: str) -> None:
    """Wait for the first worker of a cluster, which would otherwise be waited for without end."""
    java = context._jsc.sc()
    if not master.lower().startswith("spark://") or context.getConf().get("spark.dynamicAllocation.enabled") == "true":
        return
    last = time.monotonic() + WAIT_FOR_WORKERS
    while java.getExecutorMemoryStatus().size() < 2:
        if time.monotonic() > last:
            way_on = worded("Start a worker, or wait until other jobs have finished.")
            raise spark_error(worded("this Spark master has no free worker"), master, way_on)
        time.sleep(0.2)


def _not_started(master: str, log: Path, error: Exception) -> BenangError:
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    causes = [
        line for line in lines if re.search(r"error|exception|unresponsive|could not|cannot", line, re.IGNORECASE)
    ]
    why = causes[0] if causes else str(error).partition("\n")[0]
    way_on = worded("If Java is the cause: {java}.", java=as_worded(GET_JAVA))
    return spark_error(worded("Spark did not start ({why})", why=why[:300]), master, way_on)


def stopped(session: Master, gateway: Master) -> None:
    """Stop Spark and its Java, so that nothing of them is left."""
    from pyspark import SparkContext

    with quiet():
        if session is not None:
            with contextlib.suppress(Exception):
                session.stop()
        with contextlib.suppress(Exception):
            gateway.shutdown()
        if gateway.proc is not None:
            unfinished.release(gateway.proc)
            gateway.proc.stdin.close()
            try:
                gateway.proc.wait(_SECONDS)
            except subprocess.TimeoutExpired:
                gateway.proc.kill()
                gateway.proc.wait()
        # The next engine starts a Java of its own.
        SparkContext._active_spark_context = SparkContext._gateway = SparkContext._jvm = None


def remove_work(app: str) -> None:
    """Remove what the workers of a `local-cluster` leave inside the installed package."""
    from pyspark.find_spark_home import _find_spark_home

    work = Path(_find_spark_home()) / "work"
    shutil.rmtree(work / app, ignore_errors=True)
    with contextlib.suppress(OSError):
        work.rmdir()  # others may be at work there


@contextmanager
def quiet() -> Iterator[None]:
    """Leave out pyspark's warnings on other packages, and what it logs of errors, which our messages say."""
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _own_ctrl_c() -> Iterator[None]:
    """Put back what Ctrl-C does: pyspark puts a handler of its own there for good."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stopping_jobs(context: Master) -> Iterator[None]:
    """Let Ctrl-C stop Spark's work first: pyspark waits for a query's end before it lets the error through."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return

    asked: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        # From a thread of its own: the connection of this one may be in the middle of a call.
        call = threading.Thread(target=_cancel, args=(context,), daemon=True)
        call.start()
        call.join(_SECONDS)
        before(number, frame)

    signal.signal(signal.SIGINT, stop)
    try:
        yield
    except Exception:  # of the work that was stopped
        if asked:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _cancel(context: Master) -> None:
    with contextlib.suppress(Exception):
        context.cancelAllJobs()
