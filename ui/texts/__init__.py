"""Every sentence of the desks in Swedish and English, and numbers, days and plurals as each writes them.

A folder for each language; each file in it has the same keys as its twin. `{words}` are filled in; a table
with `one` and `other` is a plural, chosen by Babel.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from models.forms import forms
from models.sentences import LANGUAGES, Language, Sentences, sentences_in

__all__ = [
    "LANGUAGES",
    "NOTHING",
    "Language",
    "Texts",
    "as_day",
    "is_something",
    "language_named",
    "sentences",
    "texts_in",
]

LOCALES: Mapping[Language, str] = {"sv": "sv_SE", "en": "en_GB"}
ZONE = ZoneInfo("Europe/Stockholm")
NOTHING = "–"


class Texts(Sentences):
    """The sentences of one language, by dotted key, with its numbers and days."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, sentences(language))
        self.locale = Locale.parse(LOCALES[language])

    def table(self, name: str) -> dict[str, str]:
        """All sentences whose keys begin with a name, by the rest of the key."""
        start = f"{name}."
        return {
            key.removeprefix(start): said for key, said in self._sentences.items() if key.startswith(start)
        }

    def word(self, kind: str, code: object) -> str:
        """A code in words: `situation`, `hotel_hostel`; a blank is unknown, a code without a word stands."""
        if code is None or code == "":
            return self("word.unknown")
        key = f"{kind}.{code}"
        return self(key) if self.has(key) else str(code).replace("_", " ")

    def form(self, form_id: str) -> str:
        """A form of housing."""
        form = forms().get(form_id)
        if form is None:
            return form_id
        return form.sv if self.language == "sv" else form.en

    def count(self, noun: str, number: float, **words: object) -> str:
        """A number with its noun: `1 household`, `12 households`."""
        return self(f"count.{noun}.{self.plural(number)}", n=self.number(number), **words)

    def plural(self, number: float) -> str:
        """Which of the forms a number takes."""
        return self.locale.plural_form(number)

    def number(self, value: float | None, decimals: int = 0, least: int = 0) -> str:
        """A number with its thousands apart; nothing is a dash. At least so many decimals, zeros too."""
        if value is None:
            return NOTHING
        pattern = "#,##0" if decimals == 0 else "#,##0." + "0" * least + "#" * (decimals - least)
        told = format_decimal(value, pattern, locale=self.locale).replace("-", "\N{MINUS SIGN}")
        # What is rounded to nothing has no sign.
        return told if is_something(told) else told.removeprefix("\N{MINUS SIGN}")

    def percent(self, share: float | None) -> str:
        """A share from 0 to 1 as whole per cent."""
        return NOTHING if share is None else self("word.percent", n=self.number(share * 100))

    def day(self, day: date | str | None) -> str:
        """A day with the month's name: 15 januari 2026."""
        when = as_day(day)
        return NOTHING if when is None else format_date(when, "d MMMM y", locale=self.locale)

    def short_day(self, day: date | str | None) -> str:
        """A day for a table: 15 jan. 2026."""
        when = as_day(day)
        return NOTHING if when is None else format_date(when, "d MMM y", locale=self.locale)

    def month(self, month: str) -> str:
        """A month by its name, from a text like 2026-01; what is not so written stands."""
        try:
            when = date.fromisoformat(f"{month[:7]}-01")
        except ValueError:
            return month
        return format_date(when, "LLLL y", locale=self.locale)

    def moment(self, moment: datetime | str | None) -> str:
        """A moment, in Stockholm's time: 15 januari 2026 kl. 09:30."""
        if moment is None:
            return NOTHING
        when = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return format_datetime(when, self("word.moment"), tzinfo=ZONE, locale=self.locale)

    def listed(self, words: list[str]) -> str:
        """Words in a row: a, b och c."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self('word.and')} {words[-1]}"


def as_day(day: date | str | None) -> date | None:
    """A day, also from a text that begins like 2026-01-15."""
    if not day:
        return None
    return date.fromisoformat(day[:10]) if isinstance(day, str) else day


def language_named(name: str | None) -> Language:
    """A language by its name; Swedish when there is none of that name."""
    return next((language for language in LANGUAGES if language == name), LANGUAGES[0])


@cache
def texts_in(language: Language) -> Texts:
    """The sentences of a language, read once."""
    return Texts(language)


def is_something(told: str) -> bool:
    """Whether a number as it is told is not 0."""
    return any(digit in told for digit in "123456789")


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """All sentences of a language, by dotted key."""
    found: dict[str, str] = {}
    for file in sorted((files("ui.texts") / language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            found |= sentences_in(file)
    return found
