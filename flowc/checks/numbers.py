"""The numbers that a `connect` calls, and those it shows."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import lru_cache

from ..language.linking.origin import Placed
from .moment import fields, is_placeholder
from .registry import Check, Said, check

CALLS: list[Check] = []
"""Checks of a `connect`."""

_E164 = r"[1-9][0-9]{6,14}"
_PREFIXED = r"(?:\+|00)[0-9 ]+"
_SATELLITE = {
    "870": "Inmarsat",
    "881": "satellite networks",
    "882": "international networks",
    "883": "international networks",
}

_EXAMPLES = (
    r"44(?:1632960|1(?:1[3-8]|21|31|41|51|61|91)4960|2079460|2890180|2896496|2920180|3069990|7700900|8081570)\d+"
    r"|1\d{3}55501\d\d|1555\d{7}"
    r"|61(?:[2378](?:5550|7010)\d{4}|491570\d{3})|3532091\d+"
    r"|49(?:3023125|694710|6990009|4066969|22147109|8999998|15228817|17139200)\d+"
    r"|33(?:199|26191|35301|46571|53649|63998)\d+|46(?:3139006|4062804|84650|9803192|7017406)\d+"
)
"""Ranges that regulators keep free for films and examples: no number of them is in use."""


@check("W370", "number-not-in-use", CALLS)
def number_not_in_use(placed: Placed) -> Iterator[Said]:
    """A number that cannot exist

    The country of this number has no such number: a digit is missing or too many, the 0 behind the country code is
    still there, or the range is not in use. The call fails, or reaches somebody else. (Known where the `phone` extra
    is installed; ranges that are kept for examples are let pass.)
    """
    for path, number in _numbers(placed):
        if not _is_example(number) and (country := _unknown_in(number)) is not None:
            message = f"`{number}` is no number in use{country}"
            yield Said(placed.origin.at(*path), message, _without_zero(number))


@check("W371", "premium-number", CALLS)
def premium_number(placed: Placed) -> Iterator[Said]:
    """A call to a premium number

    Each minute of this call is paid at a premium, by whoever runs the flow, and many carriers refuse it. If it is
    meant, allow this rule.
    """
    for path, number in _called(placed):
        if number.startswith("979") or (not _is_example(number) and _kind(number) == "PREMIUM_RATE"):
            yield Said(placed.origin.at(*path), f"`{number}` is a premium number", "call another number")


@check("W372", "satellite-number", CALLS)
def satellite_number(placed: Placed) -> Iterator[Said]:
    """A call to a satellite phone or an international network

    Numbers that begin with 870, 881, 882 or 883 belong to no country. A call to one costs several times what others
    do, and they are a favourite of fraud. If it is meant, allow this rule.
    """
    for path, number in _called(placed):
        if network := _SATELLITE.get(number[:3]):
            yield Said(
                placed.origin.at(*path), f"`{number}` is a number of {network} (+{number[:3]})", "call another number"
            )


@check("W373", "caller-id-no-number", CALLS)
def caller_id_no_number(placed: Placed) -> Iterator[Said]:
    """A `from` that is no number, on a call to a phone

    To a phone, `from` must be one of your numbers on the platform, written like any other: the call does not connect
    otherwise (older documents say that the callee sees "unknown"). A name can be shown on calls to an app or a
    websocket only.
    """
    shown = placed.action.get("from")
    if not isinstance(shown, str) or _endpoint(placed).get("type") != "phone" or is_placeholder(shown):
        return
    if re.fullmatch(_PREFIXED, shown):
        hint = f"write `{re.sub('^(?:[+]|00)| ', '', shown)}`"
        yield Said(placed.origin.at("from"), f"`{shown}` begins with a sign that a number here has not", hint)
    elif not re.fullmatch(_E164, shown):
        hint = "write one of your numbers on the platform, with its country code"
        yield Said(placed.origin.at("from"), f"`{shown}` is no phone number", hint)


def _is_example(number: str) -> bool:
    """Whether a number is of a range that is kept free; there, nobody pays a premium."""
    return re.fullmatch(_EXAMPLES, number) is not None


def _numbers(placed: Placed) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every number in E.164 of a call to a phone: who is called, and what they see."""
    yield from _called(placed)
    shown = placed.action.get("from")
    if _endpoint(placed).get("type") == "phone" and isinstance(shown, str) and re.fullmatch(_E164, shown):
        yield ("from",), shown


def _called(placed: Placed) -> Iterator[tuple[tuple[str | int, ...], str]]:
    endpoint = _endpoint(placed)
    number = _digits(endpoint.get("number"))
    if endpoint.get("type") == "phone" and re.fullmatch(_E164, number):
        yield ("endpoint", 0, "number"), number


def _digits(number: object) -> str:
    """A number as text; a raw document may hold it as a JSON number."""
    return (
        str(number) if isinstance(number, int) and 0 <= number < 10**15 else number if isinstance(number, str) else ""
    )


def _endpoint(placed: Placed) -> dict[str, object]:
    endpoint = placed.action.get("endpoint")
    return fields(endpoint[0] if isinstance(endpoint, list) and endpoint else None)


@lru_cache(maxsize=4096)
def _unknown_in(number: str) -> str | None:
    """Where a number is not in use, in words such as ` in GB (+44)`; None if it is, or if nobody can tell."""
    if not _installed():
        return None
    import phonenumbers

    try:
        parsed = phonenumbers.parse(f"+{number}")
    except phonenumbers.NumberParseException:
        return f": no country has the code +{number[:3]}"
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if phonenumbers.is_valid_number(parsed) and written == f"+{number}":
        return None
    code = parsed.country_code or 0
    regions = phonenumbers.region_codes_for_country_code(code)
    return f" under +{code}" + (f" ({regions[0]})" if len(regions) == 1 else "")


@lru_cache(maxsize=4096)
def _kind(number: str) -> str:
    """The kind of a number, as `phonenumbers` names it; empty if nobody can tell."""
    if not _installed():
        return ""
    import phonenumbers

    try:
        return phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(phonenumbers.parse(f"+{number}")))
    except phonenumbers.NumberParseException:
        return ""


def _without_zero(number: str) -> str:
    """The fix: the number without the 0 that stands only inside its country, where that makes it one in use."""
    for length in (1, 2, 3):
        shorter = number[:length] + number[length + 1 :]
        if number[length : length + 1] == "0" and (re.fullmatch(_EXAMPLES, shorter) or _unknown_in(shorter) is None):
            return f"leave out the 0 behind the country code: `{shorter}`"
    return "check its digits: country code first, without the 0 that stands only inside the country"


@lru_cache
def _installed() -> bool:
    return importlib.util.find_spec("phonenumbers") is not None
