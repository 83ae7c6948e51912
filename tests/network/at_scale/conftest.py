"""Spark is there for the tests that ask for it."""

from tests.engine.spark_session import spark

__all__ = ["spark"]
