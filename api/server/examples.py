"""Examples of what is sent, made from its description: every one of them fits it."""

from collections.abc import Mapping
from typing import Any

FORMATS = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T08:00:00Z",
    "uuid": "0b8e9ad2-6d3c-4f0e-9a53-5a3f6f1d2c4b",
}
NAMES = {"household_id": "H00042", "pool_id": "P003", "unit": "Bromma", "username": "anna.berg"}
DEEPEST = 6


def example_of(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str = "", depth: int = 0) -> Any:
    """A value that fits a JSON schema: the first code, the least number, a name that says what it is."""
    if "$ref" in schema:
        target = schema["$ref"].rsplit("/", 1)[-1]
        return example_of(schemas[target], schemas, name, depth + 1)
    if "examples" in schema:
        return schema["examples"][0]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return example_of(schema[key][0], schemas, name, depth + 1)
    return _of_type(schema, schemas, name, depth)


def _of_type(schema: Mapping[str, Any], schemas: Mapping[str, Any], name: str, depth: int) -> Any:
    kind = schema.get("type")
    if kind == "object" and depth < DEEPEST:
        fields = schema.get("properties", {})
        return {key: example_of(inner, schemas, key, depth + 1) for key, inner in fields.items()}
    if kind == "array":
        wanted = max(int(schema.get("minItems", 0)), 0 if depth >= DEEPEST else 1)
        return [example_of(schema.get("items", {}), schemas, name, depth + 1) for _ in range(wanted)]
    if kind == "string":
        return _text(schema, name)
    if kind in ("integer", "number"):
        return _number(schema)
    return {"boolean": True, "object": {}}.get(str(kind))


def _text(schema: Mapping[str, Any], name: str) -> str:
    text = FORMATS.get(schema.get("format", "")) or NAMES.get(name) or name or "text"
    least, most = int(schema.get("minLength", 0)), int(schema.get("maxLength", 10**6))
    return (text + "…" * (least - len(text)))[:most]


def _number(schema: Mapping[str, Any]) -> int:
    if "exclusiveMinimum" in schema:
        return int(schema["exclusiveMinimum"]) + 1
    return int(schema.get("minimum", min(1, int(schema.get("maximum", 1)))))
