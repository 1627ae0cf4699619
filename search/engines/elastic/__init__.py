"""The engine on Elasticsearch; the database engine beside it is always written, and answers where this one cannot."""

from .connection import Cluster, cluster
from .engine import ElasticEngine
from .filling import drop
from .keeping import examine, keep, register

__all__ = ["Cluster", "ElasticEngine", "cluster", "drop", "examine", "keep", "register"]
