"""The DSL (interim: modules still being written are left out)."""
import importlib as _i
import pathlib as _p
from arcbatt.dsl.constants import *
from arcbatt.dsl.arithmetic import *
from arcbatt.dsl.logic import *
from arcbatt.dsl.containers import *
from arcbatt.dsl.functions import *
for _f in sorted(_p.Path(__file__).parent.glob("*.py")):
    if _f.stem not in ("__init__", "user"):
        try:
            _i.import_module(f"arcbatt.dsl.{_f.stem}")
        except Exception as _e:
            pass
from arcbatt.dsl.registry import REGISTRY as _R
for _q in _R:
    globals()[_q.name] = _q.function
