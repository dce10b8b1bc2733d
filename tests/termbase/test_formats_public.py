"""Our TBX and XLIFF against the public schemas of LTAC Global and OASIS, where a copy of them is at hand.

``SONGNGU_TBX_SCHEMAS`` names a folder with check-outs of the repositories TBX_Core_RNG, TBX-Core_dialect,
TBX-Min_dialect, TBX-Basic_dialect, TBX_min_module and TBX_basic_module, ``SONGNGU_XLIFF_SCHEMAS`` the folder of the
schemas of XLIFF 2.1. They are not part of this project; those in ``tests/schemas`` are always used.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from sample_concepts import CONCEPTS

from termbase.bundled import load_bundled
from termbase.formats.registry import write

FOLDER = Path(os.environ.get("SONGNGU_TBX_SCHEMAS", ""))
JING = shutil.which("jing")
XLIFF = os.environ.get("SONGNGU_XLIFF_SCHEMAS", "")
XMLLINT = shutil.which("xmllint")
pytestmark = [pytest.mark.outside, pytest.mark.skipif(not JING, reason="jing is not installed")]
needs_tbx = pytest.mark.skipif(
    not os.environ.get("SONGNGU_TBX_SCHEMAS"), reason="SONGNGU_TBX_SCHEMAS names no folder of LTAC's schemas"
)
needs_xliff = pytest.mark.skipif(
    not (XLIFF and XMLLINT), reason="SONGNGU_XLIFF_SCHEMAS names no folder of OASIS's schemas, or xmllint is absent"
)
CORE = "TBX_Core_RNG/TBXcoreStructV03.rng"
MODULES = ("TBX_min_module/Min.sch", "TBX_basic_module/Basic.sch")
SCHEMAS = {
    "tbx-core": (CORE, "TBX-Core_dialect/Schemas/TBX-Core.sch"),
    "tbx-core-dct": (CORE, "TBX-Core_dialect/Schemas/TBX-Core.sch"),
    "tbx-min": (CORE, "TBX-Min_dialect/DCA/TBX-Min_DCA.sch"),
    "tbx-min-dct": (CORE, "TBX-Min_dialect/DCT/TBX-Min_DCT.sch", MODULES[0]),
    "tbx-basic": (CORE, "TBX-Basic_dialect/DCA/TBX-Basic_DCA.sch"),
    "tbx-basic-dct": (CORE, "TBX-Basic_dialect/DCT/TBX-Basic_DCT.sch", *MODULES),
}


def faults(schema: str, data: bytes, tmp_path: Path) -> list[str]:
    path = tmp_path / "checked.xml"
    path.write_bytes(data)
    done = subprocess.run(
        [str(JING), str(FOLDER / schema), str(path)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    found = [line for line in (done.stdout + done.stderr).splitlines() if "error:" in line or "fatal:" in line]
    assert (done.returncode == 0) == (not found), done.stdout + done.stderr
    return found


def written(concepts, name) -> bytes:
    out = BytesIO()
    write(concepts, out, name)
    return out.getvalue()


@needs_tbx
@pytest.mark.parametrize("name", SCHEMAS)
def test_exports_of_all_glossaries_are_valid(name, tmp_path):
    data = written((*load_bundled(), *CONCEPTS), name)
    for schema in SCHEMAS[name]:
        assert faults(schema, data, tmp_path) == [], schema


@needs_tbx
@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("tbx-basic", ">noun<", ">substantive<"),
        ("tbx-basic", 'type="context"', 'type="definition"'),
        ("tbx-min", "preferredTerm-admn-sts", "preferred"),
        ("tbx-core", "<term>khóa</term>", ""),
        ("tbx-basic-dct", 'style="dct"', 'style="dca"'),
        ("tbx-min-dct", 'type="TBX-Min"', 'type="TBX-Basic"'),
    ],
)
def test_the_public_schemas_find_what_is_wrong(name, right, wrong, tmp_path):
    text = written(CONCEPTS, name).decode()
    assert right in text
    spoilt = text.replace(right, wrong).encode()
    assert any(faults(schema, spoilt, tmp_path) for schema in SCHEMAS[name])


WRAPPER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="urn:oasis:names:tc:xliff:document:2.0" schemaLocation="{folder}/xliff_core_2.0.xsd"/>
<xs:import namespace="urn:oasis:names:tc:xliff:glossary:2.0" schemaLocation="{folder}/glossary.xsd"/>
</xs:schema>"""


def valid_xliff(data: bytes, tmp_path: Path) -> bool:
    wrapper, path = tmp_path / "wrapper.xsd", tmp_path / "checked.xlf"
    wrapper.write_text(WRAPPER.format(folder=Path(XLIFF).as_uri()), encoding="utf-8")
    path.write_bytes(data)
    command = [str(XMLLINT), "--nonet", "--noout", "--schema", str(wrapper), str(path)]
    by_schema = subprocess.run(command, capture_output=True, check=False).returncode == 0
    rules = [Path(XLIFF) / name for name in ("xliff_core_2.1.sch", "glossary.sch")]
    by_rules = [
        subprocess.run([str(JING), str(r), str(path)], capture_output=True, check=False).returncode for r in rules
    ]
    return by_schema and not any(by_rules)


@needs_xliff
def test_xliff_of_all_glossaries_is_valid_by_the_schemas_of_oasis(tmp_path):
    assert valid_xliff(written((*load_bundled(), *CONCEPTS), "xliff"), tmp_path)


@needs_xliff
@pytest.mark.parametrize(
    ("right", "wrong"),
    [("<gls:term>khóa</gls:term>", ""), (' id="khoa-hoc"', ' id="dai-ta"'), (' trgLang="en"', "")],
)
def test_the_schemas_of_oasis_find_what_is_wrong(right, wrong, tmp_path):
    text = written(CONCEPTS, "xliff").decode()
    assert right in text
    assert not valid_xliff(text.replace(right, wrong).encode(), tmp_path)
