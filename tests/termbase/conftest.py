from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

# The tests are no package, so a shared module is loaded by its path.
_spec = importlib.util.spec_from_file_location("sample_concepts", Path(__file__).with_name("sample_concepts.py"))
assert _spec is not None and _spec.loader is not None
sys.modules.setdefault("sample_concepts", _module := importlib.util.module_from_spec(_spec))
_spec.loader.exec_module(_module)
