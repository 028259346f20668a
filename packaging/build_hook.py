"""Compiles the gettext catalogues before hatch packs them into the wheel."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Runs ``packaging/words.py`` so that a wheel always carries fresh ``.mo`` files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        words = Path(self.root) / "packaging" / "words.py"
        spec = importlib.util.spec_from_file_location("words", words)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"cannot load {words}")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.compile_catalogues()
