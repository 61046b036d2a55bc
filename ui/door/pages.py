"""The pages of the door, as plain HTML: they are there at once, and work without a script."""

from html import escape

from ui.here import DemoUser
from ui.texts import LANGUAGES, Texts

PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – {product}</title>
<link rel="icon" href="/door/mark.svg" type="image/svg+xml">
<link rel="stylesheet" href="/door/door.css">
</head>
<body>
<main id="content">
<header>
<p class="mark"><img src="/door/mark.svg" alt="" width="40" height="40"> {product}</p>
<p class="tagline">{tagline}</p>
</header>
{body}
</main>
<footer>
<a href="/language/{other}?next={following}" lang="{other}" hreflang="{other}">{other_name}</a>
</footer>
</body>
</html>
"""


def sign_in_page(
    texts: Texts, following: str, demo: tuple[DemoUser, ...], notice: str, faulty: bool, city_login: bool
) -> str:
    """The page to sign in on.

    Parameters
    ----------
    following
        Where to go afterwards: a path of ours.
    notice
        Key under `door` of what to say first, or the API's own sentence; blank for nothing.
    faulty
        Whether the notice is about something that did not work.
    """
    parts = [_notice(texts, notice, faulty), f"<h1>{escape(texts('door.title'))}</h1>"]
    if demo:
        parts += [_roles(texts, following, demo), _folded(texts, _form(texts, following))]
    else:
        parts += [_city_login(texts, following) if city_login else "", _form(texts, following)]
    return _page(texts, texts("door.title"), following, "\n".join(parts))


def sign_out_page(texts: Texts) -> str:
    """The page that asks whether to sign out, for those who came by a link."""
    body = (
        f"<h1>{escape(texts('door.leave'))}</h1>"
        f'<form method="post" action="/sign-out"><button>{escape(texts("door.leave"))}</button></form>'
    )
    return _page(texts, texts("door.leave"), "/", body)


def no_such_page(texts: Texts) -> str:
    """The page for an address that there is none of."""
    body = (
        f"<h1>{escape(texts('door.no_such_page'))}</h1><p>{escape(texts('door.no_such_page_why'))}</p>"
        f'<p><a class="button" href="/">{escape(texts("frame.to_front"))}</a></p>'
    )
    return _page(texts, texts("door.no_such_page"), "/", body)


def arrival_page(texts: Texts) -> str:
    """The page of those who come back from the city's own login; it sends itself on."""
    body = (
        f"<h1>{escape(texts('door.arrival'))}</h1>"
        f'<noscript><p class="notice faulty">{escape(texts("door.needs_script"))}</p></noscript>'
        '<form method="post" action="/sign-in/city" id="arrival"><input type="hidden" name="ticket"></form>'
        '<script src="/door/arrival.js" defer></script>'
    )
    return _page(texts, texts("door.arrival"), "/", body)


def _page(texts: Texts, title: str, following: str, body: str) -> str:
    other = next(language for language in LANGUAGES if language != texts.language)
    return PAGE.format(
        language=texts.language,
        title=escape(title),
        product=escape(texts("door.product")),
        tagline=escape(texts("door.tagline")),
        body=body,
        other=other,
        other_name=escape(texts("door.other_language")),
        following=escape(following),
    )


def _notice(texts: Texts, notice: str, faulty: bool) -> str:
    if not notice:
        return ""
    sentence = texts(f"door.{notice}") if texts.has(f"door.{notice}") else notice
    role, kind = ("alert", "faulty") if faulty else ("status", "told")
    return f'<p class="notice {kind}" role="{role}">{escape(sentence)}</p>'


def _roles(texts: Texts, following: str, demo: tuple[DemoUser, ...]) -> str:
    buttons = "".join(
        f'<li><button name="role" value="{escape(user.role)}">'
        f"<strong>{escape(texts.word('role', user.role))}</strong>"
        f"<span>{escape(texts.word('role_about', user.role))}</span></button></li>"
        for user in demo
    )
    return (
        f'<section class="roles" aria-labelledby="demo"><h2 id="demo">{escape(texts("door.demo_title"))}</h2>'
        f"<p>{escape(texts('door.demo_about'))}</p>"
        f'<form method="post" action="/sign-in"><input type="hidden" name="next" value="{escape(following)}">'
        f"<ul>{buttons}</ul></form></section>"
    )


def _folded(texts: Texts, form: str) -> str:
    return f"<details><summary>{escape(texts('door.demo_else'))}</summary>{form}</details>"


def _city_login(texts: Texts, following: str) -> str:
    return (
        f'<p><a class="button" href="/sign-in/city?next={escape(following)}">'
        f"{escape(texts('door.city_login'))}</a></p><p>{escape(texts('door.or'))}</p>"
    )


def _form(texts: Texts, following: str) -> str:
    return (
        '<form class="account" method="post" action="/sign-in">'
        f'<input type="hidden" name="next" value="{escape(following)}">'
        f'<label>{escape(texts("door.username"))}<input name="username" autocomplete="username" '
        'autocapitalize="none" spellcheck="false" maxlength="200" required></label>'
        f'<label>{escape(texts("door.password"))}<input name="password" type="password" '
        'autocomplete="current-password" maxlength="1000" required></label>'
        f"<button>{escape(texts('door.enter'))}</button></form>"
    )
