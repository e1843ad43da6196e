"""The executor over a Dask cluster, one that runs or one that is started for a run."""

from __future__ import annotations

from arcbatt.execute.cluster.address import ClusterAddress, check_installed
from arcbatt.execute.cluster.executor import PATIENCE_S, ClusterExecutor

__all__ = ["PATIENCE_S", "ClusterAddress", "ClusterExecutor", "check_installed"]
