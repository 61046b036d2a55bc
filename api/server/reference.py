"""The reference of the API as one page of plain HTML: no script, nothing fetched from elsewhere."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from api.server.openapi import operations
from api.texts import LANGUAGES, Language, Texts

PREFIX = "/api/v1"
Tree = Mapping[str, Any]


def page(tree: Tree, language: Language) -> str:
    """The whole reference in a language; what the routes say of themselves stands in English where needed."""
    return "\n".join(_Reference(tree, language).page())


@cache
def operations_told(language: Language) -> Mapping[str, str]:
    """What routes do, in a language other than the one they say it in themselves."""
    if language == "en":
        return {}
    text = (files("api.texts") / f"operations.{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class _Reference:
    def __init__(self, tree: Tree, language: Language) -> None:
        self.tree = tree
        self.language = language
        self.texts = Texts(language)

    def page(self) -> Iterator[str]:
        title = self.texts("reference.title")
        yield f'<!doctype html>\n<html lang="{self.language}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<title>{escape(title)}</title>\n<link rel="stylesheet" href="docs/style.css">'
        yield "</head>\n<body>"
        yield f'<a class="skip" href="#main">{self.said("skip")}</a>\n<header>\n<h1>{escape(title)}</h1>'
        yield f"<p>{self.said('about')}</p>\n<p>{' · '.join(self.languages())}</p>\n</header>"
        yield from self.contents()
        yield '<main id="main">'
        yield from self.common()
        for tag, found in self.by_tag().items():
            yield f'<section aria-labelledby="tag-{tag}">\n<h2 id="tag-{tag}">{escape(self.tag(tag))}</h2>'
            for path, method, operation in found:
                yield from self.operation(path, method, operation)
            yield "</section>"
        yield f'<section aria-labelledby="schemas">\n<h2 id="schemas">{self.said("schemas")}</h2>'
        for name, schema in sorted(self.tree["components"]["schemas"].items()):
            yield from self.schema(name, schema)
        yield "</section>\n</main>\n</body>\n</html>\n"

    def said(self, key: str, **words: str) -> str:
        return escape(self.texts(f"reference.{key}", **words))

    def tag(self, tag: str) -> str:
        key = f"reference.tag.{tag}"
        return self.texts(key) if self.texts.has(key) else tag

    def languages(self) -> Iterator[str]:
        for language in LANGUAGES:
            name = escape(Texts(language)("reference.language"))
            here = ' aria-current="true"' if language == self.language else ""
            yield f'<a href="?lang={language}" hreflang="{language}" lang="{language}"{here}>{name}</a>'
        yield f'<a href="openapi.json">{self.said("for_programs")}</a>'

    def by_tag(self) -> dict[str, list[tuple[str, str, Tree]]]:
        found: dict[str, list[tuple[str, str, Tree]]] = {}
        for path, method, operation in operations(dict(self.tree)):
            found.setdefault(operation.get("tags", ["other"])[0], []).append((path, method, operation))
        return found

    def contents(self) -> Iterator[str]:
        yield f'<nav aria-label="{self.said("contents")}">\n<h2>{self.said("contents")}</h2>\n<ul>'
        for tag in self.by_tag():
            yield f'<li><a href="#tag-{tag}">{escape(self.tag(tag))}</a></li>'
        yield f'<li><a href="#schemas">{self.said("schemas")}</a></li>\n</ul>\n</nav>'

    def common(self) -> Iterator[str]:
        yield f'<section aria-labelledby="common">\n<h2 id="common">{self.said("common")}</h2>\n<ul>'
        for line in self.texts("reference.rules").splitlines():
            yield f"<li>{escape(line)}</li>"
        yield "</ul>\n</section>"

    def operation(self, path: str, method: str, operation: Tree) -> Iterator[str]:
        anchor = escape(operation["operationId"])
        yield f'<article aria-labelledby="{anchor}">\n<h3 id="{anchor}">'
        yield f'<span class="method">{method.upper()}</span> <code>{escape(path)}</code></h3>'
        yield self.about(path, method, operation)
        yield f"<p>{self.said('needs')}: {self.need(operation['x-needs'])}</p>"
        parameters = operation.get("parameters", [])
        if parameters:
            rows = [
                (
                    p["name"],
                    f"reference.in.{p['in']}",
                    p.get("required", False),
                    p["schema"],
                    p.get("description"),
                )
                for p in parameters
            ]
            yield from self.table(
                "parameters",
                ("name", "where", "type", "about"),
                (
                    (
                        self.code(name),
                        escape(self.texts(where)),
                        self.type_of(schema, must),
                        escape(about or ""),
                    )
                    for name, where, must, schema, about in rows
                ),
            )
        for media, body in operation.get("requestBody", {}).get("content", {}).items():
            kind = self.type_of(body["schema"], True)
            yield f"<h4>{self.said('body')}</h4>\n<p><code>{escape(media)}</code>: {kind}</p>"
            text = json.dumps(body["example"], ensure_ascii=False, indent=1)
            yield f'<pre tabindex="0"><code>{escape(text)}</code></pre>'
        yield from self.table("answers", ("status", "what", "type"), self.answers(operation))
        yield "</article>"

    def about(self, path: str, method: str, operation: Tree) -> str:
        own = operations_told(self.language).get(f"{method.upper()} {path.removeprefix(PREFIX)}")
        if own is not None:
            return f"<p>{escape(own)}</p>"
        foreign = "" if self.language == "en" else ' lang="en"'
        return f"<p{foreign}>{escape(operation.get('description', ''))}</p>"

    def need(self, permission: str) -> str:
        key = f"reference.need.{permission}"
        return escape(self.texts(key)) if self.texts.has(key) else self.code(permission)

    def answers(self, operation: Tree) -> Iterator[tuple[str, ...]]:
        for status, response in sorted(operation["responses"].items()):
            key = f"status.{status}"
            about = self.texts(key) if self.texts.has(key) else self.texts("reference.done")
            media = list(self.resolved(response).get("content", {}).items())
            types = ", ".join(self.type_of(body.get("schema", {}), True) for _, body in media)
            yield escape(status), escape(about), types or self.said("nothing")

    def resolved(self, response: Tree) -> Tree:
        if "$ref" not in response:
            return response
        found: Tree = self.tree["components"]["responses"][response["$ref"].rsplit("/", 1)[-1]]
        return found

    def schema(self, name: str, schema: Tree) -> Iterator[str]:
        yield f'<h3 id="schema-{escape(name)}"><code>{escape(name)}</code></h3>'
        if "enum" in schema:
            yield f"<p>{' '.join(self.code(str(value)) for value in schema['enum'])}</p>"
            return
        required = schema.get("required", [])
        yield from self.table(
            "fields",
            ("name", "type"),
            (
                (self.code(key), self.type_of(inner, key in required))
                for key, inner in schema.get("properties", {}).items()
            ),
        )

    def table(self, caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
        yield f'<div class="scroll"><table>\n<caption>{self.said(caption)}</caption>\n<thead><tr>'
        yield (
            "".join(f'<th scope="col">{self.said(f"head.{head}")}</th>' for head in heads)
            + "</tr></thead>\n<tbody>"
        )
        for first, *rest in rows:
            yield f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        yield "</tbody>\n</table></div>"

    def type_of(self, schema: Tree, required: bool) -> str:
        kind = self.kind_of(schema)
        return kind if required else f"{kind} ({self.said('optional')})"

    def kind_of(self, schema: Tree) -> str:
        if "$ref" in schema:
            name = escape(schema["$ref"].rsplit("/", 1)[-1])
            return f'<a href="#schema-{name}">{name}</a>'
        for key in ("anyOf", "oneOf", "allOf"):
            if key in schema:
                return f" {self.said('or')} ".join(self.kind_of(inner) for inner in schema[key])
        if "enum" in schema:
            return " ".join(self.code(str(value)) for value in schema["enum"])
        if schema.get("type") == "array":
            return self.said("list_of", what="§").replace("§", self.kind_of(schema.get("items", {})))
        return self.code(str(schema.get("format") or schema.get("type", "json")))

    def code(self, text: str) -> str:
        return f"<code>{escape(text)}</code>"
