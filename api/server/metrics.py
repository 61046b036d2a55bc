"""Figures on the service's work, for Prometheus: routes, statuses and times, never who or about whom."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
JobCounts = Callable[[], Mapping[str, int]]


class Metrics:
    """The figures of one service; each has a registry of its own, so that several can live in a process."""

    def __init__(self, engine: Engine, jobs: JobCounts | None = None) -> None:
        self.registry = CollectorRegistry()
        self.seconds = Histogram(
            "hemvist_request_seconds",
            "Time to answer, by template of the route and status.",
            ["method", "route", "status"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.under_way = Gauge(
            "hemvist_requests_under_way", "Requests not answered yet.", registry=self.registry
        )
        self.registry.register(PoolGauges(engine))
        if jobs is not None:
            self.registry.register(JobGauges(jobs))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer."""
        self.seconds.labels(method, route, str(status)).observe(seconds)

    def shown(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)


class PoolGauges(Collector):
    """Connections to the database: how many are in use and how many wait, ready."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures now; an in-memory database has one connection and nothing to tell."""
        gauge = GaugeMetricFamily("hemvist_database_connections", "Connections.", labels=["state"])
        pool = self.engine.pool
        if isinstance(pool, QueuePool):
            gauge.add_metric(["in_use"], pool.checkedout())
            gauge.add_metric(["ready"], pool.checkedin())
        yield gauge


class JobGauges(Collector):
    """Jobs by state."""

    def __init__(self, jobs: JobCounts) -> None:
        self.jobs = jobs

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures now."""
        gauge = GaugeMetricFamily("hemvist_jobs", "Jobs.", labels=["state"])
        for state, number in sorted(self.jobs().items()):
            gauge.add_metric([state], number)
        yield gauge

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """The names alone: the database is not asked when the service is put together."""
        yield GaugeMetricFamily("hemvist_jobs", "Jobs.", labels=["state"])
