"""Numbers and dates as the reader's language writes them."""

from datetime import date

from api.texts import Language

LOCALES: dict[Language, str] = {"sv": "sv_SE", "en": "en_GB"}


class Figures:
    """Numbers and dates in one language: `239 978` and `15 januari 2026`, or `239,978` and so on."""

    def __init__(self, language: Language) -> None:
        self.locale = LOCALES[language]

    def number(self, value: float) -> str:
        """A number with its thousands apart and at most three decimals."""
        # Babel reads its locale data from disk, which a help page need not wait for.
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.locale)

    def day(self, day: date | str) -> str:
        """A day with the month's name; also from a text like 2026-01-15."""
        from babel.dates import format_date

        when = date.fromisoformat(day) if isinstance(day, str) else day
        return format_date(when, format="d MMMM y", locale=self.locale)

    def month(self, day: date) -> str:
        """The month of a day with its year."""
        from babel.dates import format_date

        return format_date(day, format="MMMM y", locale=self.locale)
