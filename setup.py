"""Packaging of songngu.

The project's top level is also its source layout: ``cli.py`` must not become a top-level module in a
user's environment (any other distribution may ship one of that name), so the root folder is mapped to
the package ``songngu`` and cut down to that one module. ``glossaries/`` travels as data of ``termbase``.
"""

from __future__ import annotations

from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent


class BuildPy(build_py):
    """Keeps ``cli`` alone of the modules that stand in the root folder."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        modules = super().find_package_modules(package, package_dir)
        if package == "songngu":
            return [module for module in modules if module[1] == "cli"]
        return modules


EXTRAS = {
    "xlsx": ["python-calamine>=0.4", "XlsxWriter>=3.2"],
    "docx": ["python-docx>=1.1"],
    "postgres": ["psycopg[binary]>=3.2"],
    "rdf": ["rdflib>=7.0"],
    "fast": ["numba>=0.60"],
}

setup(
    name="songngu",
    version="0.1.0",
    description="Vietnamese-English terminology and translation memory: library and command line",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    license_files=["LICENSE"],
    author="The songngu authors",
    python_requires=">=3.10",
    packages=[*find_packages(include=["termbase", "termbase.*", "tm", "tm.*"]), "termbase.glossaries", "songngu"],
    package_dir={"termbase.glossaries": "glossaries", "songngu": "."},
    package_data={
        "termbase": ["py.typed", "data/*"],
        "tm": ["py.typed", "data/*"],
        "termbase.glossaries": ["*.csv", "README.md"],
    },
    include_package_data=False,
    install_requires=[
        "underthesea>=9.0",
        "sacremoses>=0.1.1",
        "SQLAlchemy>=2.0",
        "click>=8.1",
        "rapidfuzz>=3.9",
        "ahocorasick-rs>=0.22",
        "numpy>=1.26",
        "platformdirs>=4.0",
    ],
    extras_require={
        **EXTRAS,
        "all": sorted({requirement for group in EXTRAS.values() for requirement in group}),
        "test": [
            "pytest>=8",
            "hypothesis>=6.100",
            "mypy>=1.11",
            "ruff==0.17.6",
            "build>=1.2",
            "setuptools>=77",
            "types-openpyxl",
            "openpyxl>=3.1",
            "translate-toolkit>=3.14",
            "numba>=0.60; python_version < '3.15'",
            "playwright>=1.40",
            "rdflib>=7.0",
        ],
    },
    entry_points={"console_scripts": ["songngu = songngu.cli:main"]},
    cmdclass={"build_py": BuildPy},
    classifiers=[
        "Development Status :: 4 - Beta",
        "Environment :: Console",
        "Intended Audience :: Developers",
        "Natural Language :: Vietnamese",
        "Natural Language :: English",
        "Programming Language :: Python :: 3",
        "Topic :: Text Processing :: Linguistic",
        "Typing :: Typed",
    ],
)
