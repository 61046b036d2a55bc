"""Media types of what is sent: JSON, or the form of a file; a body of another kind is refused as such."""

from email.message import Message

from fastapi import Request
from fastapi.routing import APIRoute

JSON = "application/json"


def media_type_missed(request: Request) -> str | None:
    """The media type that a route takes, when a body of another kind was sent; None when that is no fault."""
    route = request.scope.get("route")
    field = route.body_field if isinstance(route, APIRoute) else None
    if field is None or not has_body(request):
        return None
    wanted: str = getattr(field.field_info, "media_type", JSON)
    return None if is_of(request.headers.get("content-type", ""), wanted) else wanted


def has_body(request: Request) -> bool:
    """Whether something was sent along with a request."""
    return "transfer-encoding" in request.headers or request.headers.get("content-length", "0") != "0"


def is_of(said: str, wanted: str) -> bool:
    """Whether a Content-Type names a media type; a kind of JSON of its own (`+json`) is JSON."""
    message = Message()
    message["content-type"] = said
    kind = message.get_content_type()
    return kind == wanted or (wanted == JSON and kind.startswith("application/") and kind.endswith("+json"))
