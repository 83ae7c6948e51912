"""Spark for tests: one session for the whole run, with two executors in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from benang.engine import Engine, open_engine, spark_engine
from benang.engine.spark_start import check_ready
from benang.errors import BenangError

MASTER = "local-cluster[2,1,1024]"
JAVA_OPTIONS = (
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    " -XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote -XX:-BytecodeVerificationLocal"
)
"""Java's first compiler, its simplest collector, and no proof that each class it loads is sound.

Most code of Spark runs a few times only here: to compile it well costs as much as all the rest, and to verify the
twenty thousand classes of three processes a third of it.
"""
LITTLE_DATA = {"spark.sql.shuffle.partitions": "2"}
"""Parts that data is in when the two executors exchange it: each costs time, however little is in it."""


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """Start Spark once; on a server it has to be there, elsewhere its tests are skipped without it."""
    try:
        check_ready(None)
    except BenangError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    settings = spark_engine._settings
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", JAVA_OPTIONS)  # for the driver, and the executors that it starts
        patch.setattr(spark_engine, "_settings", lambda *asked: {**settings(*asked), **LITTLE_DATA})
        engine = open_engine(MASTER)
    with engine:
        yield engine
