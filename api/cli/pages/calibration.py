"""A calibration to people: every estimate beside the assumption in force, and how much it rests on."""

import math

from api.cli.page import Column, Page
from api.cli.voice import Voice
from api.cli.words import Words
from api.usecases.calibrating import Calibrated
from scenarios.calibration.arrivals import ARRIVAL_WEEKS
from scenarios.calibration.end_reasons import UNKNOWN
from scenarios.calibration.estimates import FEWEST_ENDS, Estimate

PER_CENT = 100


def show_calibration(page: Page, voice: Voice, done: Calibrated, file: str | None) -> None:
    """How stays end, how long they last, who still has a home, who comes; then what was written."""
    texts, found = voice.texts, done.found
    since, until = (voice.figures.day(day) for day in found.window)
    page.title(texts("calibrate.title", since=since, until=until))
    share = _per_cent(voice, found.recorded_then)
    page.line(texts("calibrate.complete" if found.complete else "calibrate.incomplete", share=share))
    page.line(texts("calibrate.nothing_changed"))
    _show_stays(page, voice, done)
    _show_reasons(page, voice, done)
    _show_lengths(page, voice, done)
    _show_kept(page, voice, done)
    _show_arrivals(page, voice, done)
    if file is not None:
        page.line()
        page.line(texts("calibrate.written", file=file))


def _show_stays(page: Page, voice: Voice, done: Calibrated) -> None:
    texts, number = voice.texts, voice.figures.number
    page.section(texts("calibrate.stays"))
    page.line(texts("calibrate.stays_how", fewest=number(FEWEST_ENDS)))
    names = ("form", "end", "value", "interval", "records", "events", "weeks", "ground", "in_force")
    text_columns = ("form", "end", "ground")
    columns = [Column(texts(f"calibrate.column.{name}"), number=name not in text_columns) for name in names]
    rows = []
    for one in done.found.estimates:
        if not one.key.startswith("stays."):
            continue
        _, form, end = one.key.split(".")
        rows.append(
            [
                Words(voice).form(form),
                texts(f"calibrate.end.{end}"),
                *_estimated(voice, one, PER_CENT),
                number(one.records),
                number(round(one.events, 1)),
                number(round(one.weeks)),
                texts(f"calibrate.ground.{one.ground}"),
                _in_force(voice, done, one, PER_CENT),
            ]
        )
    page.table(columns, rows)


def _show_reasons(page: Page, voice: Voice, done: Calibrated) -> None:
    texts, found = voice.texts, done.found
    page.section(texts("calibrate.reasons"))
    for kind, number in found.ends.items():
        if number or kind != UNKNOWN:
            page.point(f"{voice.count('stay', number)}: {texts(f'calibrate.kind.{kind}')}")
    for reason, number in found.unknown_reasons.items():
        named = texts("calibrate.reason", reason=reason) if reason else texts("calibrate.no_reason")
        page.point(f"{voice.count('stay', number)}: {named}", depth=2)
    if found.seen_again:
        seen = voice.figures.number(found.seen_again)
        page.line(texts("calibrate.seen_again", n=voice.count("stay", found.ends["left"]), seen=seen))


def _show_lengths(page: Page, voice: Voice, done: Calibrated) -> None:
    texts, number = voice.texts, voice.figures.number
    page.section(texts("calibrate.lengths"))
    page.line(texts("calibrate.lengths_how"))
    names = ("form", "standing", "standing_then", "median", "shape", "any_end", "steady")
    columns = [Column(texts(f"calibrate.column.{name}"), number=name != "form") for name in names]
    rows = []
    for one in done.found.forms:
        length = done.found.lengths.get(one.form)
        median = shape = texts("calibrate.too_few")
        if length is not None:
            middle, low, high = (
                _weeks(voice, x) for x in (length.median, length.median_low, length.median_high)
            )
            median = (
                f"{middle} ({low}–{high})" if math.isfinite(length.median) else texts("calibrate.not_reached")
            )
            if math.isfinite(length.shape):
                limits = _interval(voice, length.shape_low, length.shape_high)
                shape = f"{number(round(length.shape, 2))} ({limits})"
        rows.append(
            [
                Words(voice).form(one.form),
                number(one.standing),
                number(one.standing_then),
                median,
                shape,
                _per_cent(voice, one.any_end.value) if one.any_end else "",
                _per_cent(voice, one.steady.value) if one.steady else "",
            ]
        )
    page.table(columns, rows)


def _show_kept(page: Page, voice: Voice, done: Calibrated) -> None:
    if not done.found.kept:
        return
    page.section(voice.texts("calibrate.kept"))
    for one in done.found.kept:
        words = {
            "months": voice.figures.number(round(one.weeks / 52 * 12)),
            "share": _per_cent(voice, one.value),
            "low": _per_cent(voice, one.low),
            "high": _per_cent(voice, one.high),
            "stays": voice.count("stay", one.followed),
        }
        page.point(voice.texts("calibrate.kept_share", **words))


def _show_arrivals(page: Page, voice: Voice, done: Calibrated) -> None:
    texts, number, came = voice.texts, voice.figures.number, done.found.arrivals
    page.section(texts("calibrate.arrivals"))
    page.line(texts("calibrate.arrivals_how", weeks=number(ARRIVAL_WEEKS)))
    names = ["segment", "came", "waiting", "undated", "rate", "interval", "in_force"]
    if done.steady:
        page.line(texts("calibrate.steady_how"))
        names.append("steady_inflow")
    columns = [Column(texts(f"calibrate.column.{name}"), number=name != "segment") for name in names]
    rows = []
    for one in came.estimates:
        segment = one.key.removeprefix("arrivals.")
        rows.append(
            [
                texts(f"segment.{segment}"),
                *(number(counts[segment]) for counts in (came.came, came.waiting, came.undated)),
                *_estimated(voice, one, 1),
                _in_force(voice, done, one, 1),
            ]
        )
        if done.steady:
            rows[-1].append(number(round(done.after.value(one.key), 3)))
    page.table(columns, rows)


def _estimated(voice: Voice, one: Estimate, times: float) -> tuple[str, str]:
    if one.value is None or one.low is None or one.high is None:
        return "", ""
    value = voice.figures.number(round(one.value * times, 3))
    return value, _interval(voice, one.low * times, one.high * times)


def _in_force(voice: Voice, done: Calibrated, one: Estimate, times: float) -> str:
    entry = done.assumptions.entries.get(one.key)
    if entry is None:
        return ""
    value = voice.figures.number(round(entry.value * times, 3))
    return f"{value} ({voice.texts(f'calibrate.basis.{entry.basis}')})"


def _interval(voice: Voice, low: float, high: float) -> str:
    return f"{voice.figures.number(round(low, 3))}–{voice.figures.number(round(high, 3))}"


def _weeks(voice: Voice, weeks: float) -> str:
    return voice.figures.number(round(weeks)) if math.isfinite(weeks) else "∞"


def _per_cent(voice: Voice, share: float) -> str:
    return f"{voice.figures.number(round(share * PER_CENT, 1))}\N{NO-BREAK SPACE}%"
