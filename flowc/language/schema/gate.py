"""Whether a document has the shape that its schema asks for: yes or no, and fast.

Written by `python -m scripts.gate` from the schemas; not to be edited. `flowc.language.schema.shape` says what is
wrong.
"""

from __future__ import annotations

import re
from typing import Any

_MATCHES_7 = re.compile("^https?://").search
_TYPE_10 = frozenset(["dtmf", "speech"])
_MODE_15 = frozenset(["asynchronous", "synchronous"])
_EVENTMETHOD_16 = frozenset(["GET", "POST"])
_FORMAT_18 = frozenset(["mp3", "ogg", "wav"])
_SPLIT_19 = frozenset(["conversation"])
_MATCHES_20 = re.compile("^[0-9*#]\\Z").search
_MATCHES_28 = re.compile("^[1-9][0-9]{6,14}\\Z").search
_MATCHES_29 = re.compile("^[0-9*#p]*\\Z").search
_MATCHES_32 = re.compile("^sips?:").search
_MATCHES_38 = re.compile("^wss?:").search
_CONTENT_TYPE_39 = frozenset(["audio/l16;rate=16000", "audio/l16;rate=24000", "audio/l16;rate=8000"])
_MATCHES_44 = re.compile("^[ -~]*\\Z").search
_EVENTTYPE_45 = frozenset(["synchronous"])
_MACHINEDETECTION_46 = frozenset(["continue", "hangup"])
_MODE_48 = frozenset(["default", "detect", "detect_beep"])
_MATCHES_84 = re.compile("^[a-z0-9]+([_-][a-z0-9]+)*\\Z").search
_MATCHES_91 = re.compile("^[a-z]{2,3}-[A-Za-z-]+\\Z|^ar\\Z").search
_MATCHES_132 = re.compile("^(say|label)\\Z").search
_MATCHES_145 = re.compile("^[A-Za-z][A-Za-z0-9_]*\\Z").search
_TYPE_161 = frozenset(["boolean", "choice", "integer", "list", "number", "phone", "secret", "text", "url"])
_MATCHES_164 = re.compile("^[A-Za-z][A-Za-z0-9_-]*\\Z").search


def ncco(data: object) -> bool:
    """Whether this is the data of an NCCO."""
    return _ncco_1(data)


def template(data: object) -> bool:
    """Whether this is the data of an NCCO whose leaves may still hold `{{`."""
    return _template_52(data)


def flow(data: object) -> bool:
    """Whether this is the data of a flow file."""
    return _flow_83(data)


def _talk_4(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "text" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k in ("text", "language", "provider"):
            if x.__class__ is not str:
                return False
        elif k in ("bargeIn", "premium"):
            if not (x is True or x is False):
                return False
        elif k in ("loop", "style"):
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0):
                return False
        elif k == "level":
            if not ((x.__class__ is int or x.__class__ is float) and -1 <= x <= 1):
                return False
        elif k == "providerOptions":
            if x.__class__ is not dict:
                return False
        elif k == "action":
            if x != "talk":
                return False
        else:
            return False
    return "provider" not in v or "providerOptions" in v


def _urls_6(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 1:
        return False
    return all((x.__class__ is str and _MATCHES_7(x) is not None) for x in v)


def _stream_5(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "streamUrl" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "streamUrl":
            if not _urls_6(x):
                return False
        elif k == "level":
            if not ((x.__class__ is int or x.__class__ is float) and -1 <= x <= 1):
                return False
        elif k == "bargeIn":
            if not (x is True or x is False):
                return False
        elif k == "loop":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0):
                return False
        elif k == "action":
            if x != "stream":
                return False
        else:
            return False
    return True


def _type_9(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 2:
        return False
    return all((x.__class__ is str and x in _TYPE_10) for x in v)


def _dtmf_11(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "timeOut":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 10):
                return False
        elif k == "maxDigits":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 20):
                return False
        elif k == "submitOnHash":
            if not (x is True or x is False):
                return False
        else:
            return False
    return True


def _uuid_13(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 1:
        return False
    return all((x.__class__ is str) for x in v)


def _context_14(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    return all((x.__class__ is str) for x in v)


def _speech_12(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "uuid":
            if not _uuid_13(x):
                return False
        elif k == "endOnSilence":
            if not ((x.__class__ is int or x.__class__ is float) and 0.4 <= x <= 10):
                return False
        elif k in ("language", "provider"):
            if x.__class__ is not str:
                return False
        elif k == "context":
            if not _context_14(x):
                return False
        elif k in ("startTimeout", "maxDuration"):
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 60):
                return False
        elif k == "saveAudio":
            if not (x is True or x is False):
                return False
        elif k == "sensitivity":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 10 <= x <= 100):
                return False
        elif k == "providerOptions":
            if x.__class__ is not dict:
                return False
        else:
            return False
    return "provider" not in v or "providerOptions" in v


def _input_8(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if not _type_9(x):
                return False
        elif k == "dtmf":
            if not _dtmf_11(x):
                return False
        elif k == "speech":
            if not _speech_12(x):
                return False
        elif k == "mode":
            if not (x.__class__ is str and x in _MODE_15):
                return False
        elif k == "eventUrl":
            if not _urls_6(x):
                return False
        elif k == "eventMethod":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "action":
            if x != "input":
                return False
        else:
            return False
    return (
        (
            "dtmf" not in v
            or (v.get("type", "").__class__ is list and "dtmf" in v.get("type", ""))
            or (v.get("type", "").__class__ is str and "{{" in v.get("type", ""))
        )
        and (
            "speech" not in v
            or (v.get("type", "").__class__ is list and "speech" in v.get("type", ""))
            or (v.get("type", "").__class__ is str and "{{" in v.get("type", ""))
        )
        and ("dtmf" not in v or v.get("mode") != "asynchronous")
        and ("speech" not in v or v.get("mode") != "asynchronous")
    )


def _transcription_21(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "language":
            if x.__class__ is not str:
                return False
        elif k == "eventUrl":
            if not _urls_6(x):
                return False
        elif k == "eventMethod":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "sentimentAnalysis":
            if not (x is True or x is False):
                return False
        else:
            return False
    return True


def _record_17(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "action" not in v:
        return False
    for k, x in v.items():
        if k == "format":
            if not (x.__class__ is str and x in _FORMAT_18):
                return False
        elif k == "split":
            if not (x.__class__ is str and x in _SPLIT_19):
                return False
        elif k == "channels":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 32):
                return False
        elif k == "endOnSilence":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 3 <= x <= 10):
                return False
        elif k == "endOnKey":
            if not (x.__class__ is str and _MATCHES_20(x) is not None):
                return False
        elif k == "timeOut":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 3 <= x <= 7200):
                return False
        elif k == "beepStart":
            if not (x is True or x is False):
                return False
        elif k == "eventUrl":
            if not _urls_6(x):
                return False
        elif k == "eventMethod":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "transcription":
            if not _transcription_21(x):
                return False
        elif k == "action":
            if x != "record":
                return False
        else:
            return False
    return (
        "channels" not in v
        or v.get("split", "") == "conversation"
        or (v.get("split", "").__class__ is str and "{{" in v.get("split", ""))
    )


def _conversation_22(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "name" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "name":
            if x.__class__ is not str:
                return False
        elif k in ("musicOnHoldUrl", "eventUrl"):
            if not _urls_6(x):
                return False
        elif k in ("startOnEnter", "endOnExit", "record", "mute"):
            if not (x is True or x is False):
                return False
        elif k in ("canSpeak", "canHear"):
            if not _context_14(x):
                return False
        elif k == "transcription":
            if not _transcription_21(x):
                return False
        elif k == "eventMethod":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "action":
            if x != "conversation":
                return False
        else:
            return False
    return (
        ((v.get("mute", False) is not False) + (v.get("canSpeak", False) is not False) < 2)
        and ("transcription" not in v or "record" in v)
        and ("transcription" not in v or v.get("record") is not False)
    )


def _onanswer_30(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "url" not in v:
        return False
    for k, x in v.items():
        if k in ("url", "ringbackTone"):
            if not (x.__class__ is str and _MATCHES_7(x) is not None):
                return False
        else:
            return False
    return True


def _phone_27(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "number" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "number":
            if not (x.__class__ is str and _MATCHES_28(x) is not None):
                return False
        elif k == "dtmfAnswer":
            if not (x.__class__ is str and _MATCHES_29(x) is not None):
                return False
        elif k == "onAnswer":
            if not _onanswer_30(x):
                return False
        elif k == "shaken":
            if x.__class__ is not str:
                return False
        elif k == "type":
            if x != "phone":
                return False
        else:
            return False
    return True


def _headers_33(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    return all((x.__class__ is str) for x in v.values())


def _standardheaders_34(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "User-to-User":
            if not (x.__class__ is str and len(x) <= 256):
                return False
        else:
            return False
    return True


def _sip_31(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v:
        return False
    for k, x in v.items():
        if k == "uri":
            if not (x.__class__ is str and _MATCHES_32(x) is not None):
                return False
        elif k in ("user", "domain"):
            if x.__class__ is not str:
                return False
        elif k == "headers":
            if not _headers_33(x):
                return False
        elif k == "standardHeaders":
            if not _standardheaders_34(x):
                return False
        elif k == "type":
            if x != "sip":
                return False
        else:
            return False
    return (
        ((v.get("uri", False) is not False) + (v.get("user", False) is not False) < 2)
        and ((v.get("uri", False) is not False) + (v.get("domain", False) is not False) < 2)
        and ("user" not in v or "domain" in v)
        and ("domain" not in v or "user" in v)
        and (("uri" in v) or ("user" in v and "domain" in v))
    )


def _app_35(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "user" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "user":
            if x.__class__ is not str:
                return False
        elif k == "type":
            if x != "app":
                return False
        else:
            return False
    return True


def _vbc_36(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "extension" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "extension":
            if x.__class__ is not str:
                return False
        elif k == "type":
            if x != "vbc":
                return False
        else:
            return False
    return True


def _vonage_42(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if x != "vonage":
                return False
        else:
            return False
    return True


def _custom_43(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v or "value" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if x != "custom":
                return False
        elif k == "value":
            if not (x.__class__ is str and len(x) <= 8191 and _MATCHES_44(x) is not None):
                return False
        else:
            return False
    return True


def _authorization_40(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("type")
    way = _AUTHORIZATION_41.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _websocket_37(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "uri" not in v or "content-type" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "uri":
            if not (x.__class__ is str and _MATCHES_38(x) is not None):
                return False
        elif k == "content-type":
            if not (x.__class__ is str and x in _CONTENT_TYPE_39):
                return False
        elif k == "headers":
            if x.__class__ is not dict:
                return False
        elif k == "authorization":
            if not _authorization_40(x):
                return False
        elif k == "type":
            if x != "websocket":
                return False
        else:
            return False
    return True


def _endpoint_25(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("type")
    way = _ENDPOINT_26.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _endpoint_24(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 1:
        return False
    return all(_endpoint_25(x) for x in v)


def _advancedmachinedetection_47(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "behavior":
            if not (x.__class__ is str and x in _MACHINEDETECTION_46):
                return False
        elif k == "mode":
            if not (x.__class__ is str and x in _MODE_48):
                return False
        elif k == "beep_timeout":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 45 <= x <= 120):
                return False
        else:
            return False
    return True


def _connect_23(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "endpoint" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "endpoint":
            if not _endpoint_24(x):
                return False
        elif k == "from":
            if x.__class__ is not str:
                return False
        elif k == "randomFromNumber":
            if not (x is True or x is False):
                return False
        elif k == "eventType":
            if not (x.__class__ is str and x in _EVENTTYPE_45):
                return False
        elif k == "timeout":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 120):
                return False
        elif k == "limit":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 7200):
                return False
        elif k == "machineDetection":
            if not (x.__class__ is str and x in _MACHINEDETECTION_46):
                return False
        elif k == "advancedMachineDetection":
            if not _advancedmachinedetection_47(x):
                return False
        elif k == "eventUrl":
            if not _urls_6(x):
                return False
        elif k == "eventMethod":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "ringbackTone":
            if not (x.__class__ is str and _MATCHES_7(x) is not None):
                return False
        elif k == "action":
            if x != "connect":
                return False
        else:
            return False
    return ((v.get("from", False) is not False) + (v.get("randomFromNumber", False) is not False) < 2) and (
        (v.get("machineDetection", False) is not False) + (v.get("advancedMachineDetection", False) is not False) < 2
    )


def _notify_49(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "payload" not in v or "eventUrl" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "payload":
            if x.__class__ is not dict:
                return False
        elif k == "eventUrl":
            if not _urls_6(x):
                return False
        elif k == "eventMethod":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "action":
            if x != "notify":
                return False
        else:
            return False
    return True


def _wait_50(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "action" not in v:
        return False
    for k, x in v.items():
        if k == "timeout":
            if not ((x.__class__ is int or x.__class__ is float) and 0.1 <= x <= 7200):
                return False
        elif k == "action":
            if x != "wait":
                return False
        else:
            return False
    return True


def _transfer_51(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "conversationId" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "conversationId":
            if not (x.__class__ is str and x != ""):
                return False
        elif k in ("canHear", "canSpeak"):
            if not _context_14(x):
                return False
        elif k == "mute":
            if not (x is True or x is False):
                return False
        elif k == "action":
            if x != "transfer":
                return False
        else:
            return False
    return (v.get("mute", False) is not False) + (v.get("canSpeak", False) is not False) < 2


def _action_2(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("action")
    way = _ACTION_3.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _ncco_1(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(_action_2(x) for x in v)


def _talk_55(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "text" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k in ("text", "language", "provider"):
            if x.__class__ is not str:
                return False
        elif k in ("bargeIn", "premium"):
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("loop", "style"):
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "level":
            if not (
                ((x.__class__ is int or x.__class__ is float) and -1 <= x <= 1) or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "providerOptions":
            if x.__class__ is not dict:
                return False
        elif k == "action":
            if x != "talk":
                return False
        else:
            return False
    return "provider" not in v or "providerOptions" in v


def _streamurl_57(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 1:
        return False
    return all(((x.__class__ is str and _MATCHES_7(x) is not None) or (x.__class__ is str and "{{" in x)) for x in v)


def _stream_56(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "streamUrl" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "streamUrl":
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "level":
            if not (
                ((x.__class__ is int or x.__class__ is float) and -1 <= x <= 1) or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "bargeIn":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "loop":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "action":
            if x != "stream":
                return False
        else:
            return False
    return True


def _type_59(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 2:
        return False
    return all(((x.__class__ is str and x in _TYPE_10) or (x.__class__ is str and "{{" in x)) for x in v)


def _dtmf_60(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "timeOut":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 10)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "maxDigits":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 20)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "submitOnHash":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _speech_61(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "uuid":
            if not (_uuid_13(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "endOnSilence":
            if not (
                ((x.__class__ is int or x.__class__ is float) and 0.4 <= x <= 10) or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k in ("language", "provider"):
            if x.__class__ is not str:
                return False
        elif k == "context":
            if not (_context_14(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("startTimeout", "maxDuration"):
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 60)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "saveAudio":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "sensitivity":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 10 <= x <= 100)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "providerOptions":
            if x.__class__ is not dict:
                return False
        else:
            return False
    return "provider" not in v or "providerOptions" in v


def _input_58(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if not (_type_59(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "dtmf":
            if not _dtmf_60(x):
                return False
        elif k == "speech":
            if not _speech_61(x):
                return False
        elif k == "mode":
            if not ((x.__class__ is str and x in _MODE_15) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventUrl":
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "action":
            if x != "input":
                return False
        else:
            return False
    return (
        (
            "dtmf" not in v
            or (v.get("type", "").__class__ is list and "dtmf" in v.get("type", ""))
            or (v.get("type", "").__class__ is str and "{{" in v.get("type", ""))
        )
        and (
            "speech" not in v
            or (v.get("type", "").__class__ is list and "speech" in v.get("type", ""))
            or (v.get("type", "").__class__ is str and "{{" in v.get("type", ""))
        )
        and ("dtmf" not in v or v.get("mode") != "asynchronous")
        and ("speech" not in v or v.get("mode") != "asynchronous")
    )


def _transcription_63(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "language":
            if x.__class__ is not str:
                return False
        elif k == "eventUrl":
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "sentimentAnalysis":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _record_62(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "action" not in v:
        return False
    for k, x in v.items():
        if k == "format":
            if not ((x.__class__ is str and x in _FORMAT_18) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "split":
            if not ((x.__class__ is str and x in _SPLIT_19) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "channels":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 32)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "endOnSilence":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 3 <= x <= 10)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "endOnKey":
            if not ((x.__class__ is str and _MATCHES_20(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "timeOut":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 3 <= x <= 7200)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "beepStart":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventUrl":
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "transcription":
            if not _transcription_63(x):
                return False
        elif k == "action":
            if x != "record":
                return False
        else:
            return False
    return (
        "channels" not in v
        or v.get("split", "") == "conversation"
        or (v.get("split", "").__class__ is str and "{{" in v.get("split", ""))
    )


def _conversation_64(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "name" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "name":
            if x.__class__ is not str:
                return False
        elif k in ("musicOnHoldUrl", "eventUrl"):
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("startOnEnter", "endOnExit", "record", "mute"):
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("canSpeak", "canHear"):
            if not (_context_14(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "transcription":
            if not _transcription_63(x):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "action":
            if x != "conversation":
                return False
        else:
            return False
    return (
        ((v.get("mute", False) is not False) + (v.get("canSpeak", False) is not False) < 2)
        and ("transcription" not in v or "record" in v)
        and ("transcription" not in v or v.get("record") is not False)
    )


def _onanswer_70(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "url" not in v:
        return False
    for k, x in v.items():
        if k in ("url", "ringbackTone"):
            if not ((x.__class__ is str and _MATCHES_7(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _phone_69(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "number" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "number":
            if not ((x.__class__ is str and _MATCHES_28(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "dtmfAnswer":
            if not ((x.__class__ is str and _MATCHES_29(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "onAnswer":
            if not _onanswer_70(x):
                return False
        elif k == "shaken":
            if x.__class__ is not str:
                return False
        elif k == "type":
            if x != "phone":
                return False
        else:
            return False
    return True


def _standardheaders_72(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "User-to-User":
            if not ((x.__class__ is str and len(x) <= 256) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _sip_71(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v:
        return False
    for k, x in v.items():
        if k == "uri":
            if not ((x.__class__ is str and _MATCHES_32(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("user", "domain"):
            if x.__class__ is not str:
                return False
        elif k == "headers":
            if not _headers_33(x):
                return False
        elif k == "standardHeaders":
            if not _standardheaders_72(x):
                return False
        elif k == "type":
            if x != "sip":
                return False
        else:
            return False
    return (
        ((v.get("uri", False) is not False) + (v.get("user", False) is not False) < 2)
        and ((v.get("uri", False) is not False) + (v.get("domain", False) is not False) < 2)
        and ("user" not in v or "domain" in v)
        and ("domain" not in v or "user" in v)
        and (("uri" in v) or ("user" in v and "domain" in v))
    )


def _app_73(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "user" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "user":
            if x.__class__ is not str:
                return False
        elif k == "type":
            if x != "app":
                return False
        else:
            return False
    return True


def _vbc_74(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "extension" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "extension":
            if x.__class__ is not str:
                return False
        elif k == "type":
            if x != "vbc":
                return False
        else:
            return False
    return True


def _custom_78(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v or "value" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if x != "custom":
                return False
        elif k == "value":
            if not (
                (x.__class__ is str and len(x) <= 8191 and _MATCHES_44(x) is not None)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        else:
            return False
    return True


def _authorization_76(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("type")
    way = _AUTHORIZATION_77.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _websocket_75(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "uri" not in v or "content-type" not in v or "type" not in v:
        return False
    for k, x in v.items():
        if k == "uri":
            if not ((x.__class__ is str and _MATCHES_38(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "content-type":
            if not ((x.__class__ is str and x in _CONTENT_TYPE_39) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "headers":
            if x.__class__ is not dict:
                return False
        elif k == "authorization":
            if not _authorization_76(x):
                return False
        elif k == "type":
            if x != "websocket":
                return False
        else:
            return False
    return True


def _endpoint_67(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("type")
    way = _ENDPOINT_68.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _endpoint_66(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 1:
        return False
    return all(_endpoint_67(x) for x in v)


def _advancedmachinedetection_79(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "behavior":
            if not ((x.__class__ is str and x in _MACHINEDETECTION_46) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "mode":
            if not ((x.__class__ is str and x in _MODE_48) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "beep_timeout":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 45 <= x <= 120)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        else:
            return False
    return True


def _connect_65(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "endpoint" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "endpoint":
            if not _endpoint_66(x):
                return False
        elif k == "from":
            if x.__class__ is not str:
                return False
        elif k == "randomFromNumber":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventType":
            if not ((x.__class__ is str and x in _EVENTTYPE_45) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "timeout":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 120)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "limit":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 7200)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "machineDetection":
            if not ((x.__class__ is str and x in _MACHINEDETECTION_46) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "advancedMachineDetection":
            if not _advancedmachinedetection_79(x):
                return False
        elif k == "eventUrl":
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "ringbackTone":
            if not ((x.__class__ is str and _MATCHES_7(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "action":
            if x != "connect":
                return False
        else:
            return False
    return ((v.get("from", False) is not False) + (v.get("randomFromNumber", False) is not False) < 2) and (
        (v.get("machineDetection", False) is not False) + (v.get("advancedMachineDetection", False) is not False) < 2
    )


def _notify_80(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "payload" not in v or "eventUrl" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "payload":
            if x.__class__ is not dict:
                return False
        elif k == "eventUrl":
            if not (_streamurl_57(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "action":
            if x != "notify":
                return False
        else:
            return False
    return True


def _wait_81(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "action" not in v:
        return False
    for k, x in v.items():
        if k == "timeout":
            if not (
                ((x.__class__ is int or x.__class__ is float) and 0.1 <= x <= 7200)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "action":
            if x != "wait":
                return False
        else:
            return False
    return True


def _transfer_82(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "conversationId" not in v or "action" not in v:
        return False
    for k, x in v.items():
        if k == "conversationId":
            if not (x.__class__ is str and x != ""):
                return False
        elif k in ("canHear", "canSpeak"):
            if not (_context_14(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "mute":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "action":
            if x != "transfer":
                return False
        else:
            return False
    return (v.get("mute", False) is not False) + (v.get("canSpeak", False) is not False) < 2


def _action_53(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("action")
    way = _ACTION_54.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _template_52(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(_action_53(x) for x in v)


def _voice_86(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k in ("language", "asr"):
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k == "style":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "premium":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _voice_87(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(_voice_86(x) for x in v)


def _voice_85(v: Any) -> bool:
    if v.__class__ is dict:
        return _voice_86(v)
    if v.__class__ is list:
        return _voice_87(v)
    return False


def _talk_93(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if _MATCHES_91(k) is not None:
            if not ((x.__class__ is int or x.__class__ is float) or x.__class__ is str):
                return False
        else:
            return False
    return True


def _talk_94(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "text" not in v:
        return False
    for k, x in v.items():
        if k in ("text", "language", "provider"):
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k in ("bargeIn", "premium"):
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("loop", "style"):
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "level":
            if not (
                ((x.__class__ is int or x.__class__ is float) and -1 <= x <= 1) or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "providerOptions":
            if x.__class__ is not dict:
                return False
        else:
            return False
    return "provider" not in v or "providerOptions" in v


def _talk_92(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is str) or (v.__class__ is int or v.__class__ is float)
    if v.__class__ is dict and any(_MATCHES_91(k) is not None for k in v):
        return _talk_93(v)
    if v.__class__ is dict:
        return _talk_94(v)
    return False


def _stream_96(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if _MATCHES_91(k) is not None:
            if not ((x.__class__ is str and _MATCHES_7(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _stream_97(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "streamUrl" not in v:
        return False
    for k, x in v.items():
        if k == "streamUrl":
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        elif k == "level":
            if not (
                ((x.__class__ is int or x.__class__ is float) and -1 <= x <= 1) or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "bargeIn":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "loop":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and x >= 0)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        else:
            return False
    return True


def _stream_95(v: Any) -> bool:
    if v.__class__ is str:
        return (v.__class__ is str and _MATCHES_7(v) is not None) or (v.__class__ is str and "{{" in v)
    if v.__class__ is dict and any(_MATCHES_91(k) is not None for k in v):
        return _stream_96(v)
    if v.__class__ is dict:
        return _stream_97(v)
    return False


def _ncco_transcription_101(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "language":
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k == "eventUrl":
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "sentimentAnalysis":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _record_100(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "format":
            if not ((x.__class__ is str and x in _FORMAT_18) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "split":
            if not ((x.__class__ is str and x in _SPLIT_19) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "channels":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 32)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "endOnSilence":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 3 <= x <= 10)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "endOnKey":
            if not (
                (x.__class__ is str and _MATCHES_20(x) is not None)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is int or x.__class__ is float)
            ):
                return False
        elif k == "timeOut":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 3 <= x <= 7200)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "beepStart":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventUrl":
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "transcription":
            if not _ncco_transcription_101(x):
                return False
        else:
            return False
    return (
        "channels" not in v
        or v.get("split", "") == "conversation"
        or (v.get("split", "").__class__ is str and "{{" in v.get("split", ""))
    )


def _canspeak_104(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    return all(((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)) for x in v)


def _conversation_103(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "name" not in v:
        return False
    for k, x in v.items():
        if k == "name":
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k in ("musicOnHoldUrl", "eventUrl"):
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        elif k in ("startOnEnter", "endOnExit", "record", "mute"):
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("canSpeak", "canHear"):
            if not (_canspeak_104(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "transcription":
            if not _ncco_transcription_101(x):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return (
        ((v.get("mute", False) is not False) + (v.get("canSpeak", False) is not False) < 2)
        and ("transcription" not in v or "record" in v)
        and ("transcription" not in v or v.get("record") is not False)
    )


def _conversation_102(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is str) or (v.__class__ is int or v.__class__ is float)
    if v.__class__ is dict:
        return _conversation_103(v)
    return False


def _phone_107(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "number" not in v:
        return False
    for k, x in v.items():
        if k == "number":
            if not (
                (x.__class__ is str and _MATCHES_28(x) is not None)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is int or x.__class__ is float)
            ):
                return False
        elif k == "dtmfAnswer":
            if not (
                (x.__class__ is str and _MATCHES_29(x) is not None)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is int or x.__class__ is float)
            ):
                return False
        elif k == "onAnswer":
            if not _onanswer_70(x):
                return False
        elif k == "shaken":
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        else:
            return False
    return True


def _phone_106(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (
            (v.__class__ is str and _MATCHES_28(v) is not None)
            or (v.__class__ is str and "{{" in v)
            or (v.__class__ is int or v.__class__ is float)
        )
    if v.__class__ is dict:
        return _phone_107(v)
    return False


def _headers_110(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    return all(((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)) for x in v.values())


def _ncco_standardheaders_111(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "User-to-User":
            if not (
                (x.__class__ is str and len(x) <= 256)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is int or x.__class__ is float)
            ):
                return False
        else:
            return False
    return True


def _sip_109(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "uri":
            if not ((x.__class__ is str and _MATCHES_32(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("user", "domain"):
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k == "headers":
            if not _headers_110(x):
                return False
        elif k == "standardHeaders":
            if not _ncco_standardheaders_111(x):
                return False
        else:
            return False
    return (
        ((v.get("uri", False) is not False) + (v.get("user", False) is not False) < 2)
        and ((v.get("uri", False) is not False) + (v.get("domain", False) is not False) < 2)
        and ("user" not in v or "domain" in v)
        and ("domain" not in v or "user" in v)
        and (("uri" in v) or ("user" in v and "domain" in v))
    )


def _sip_108(v: Any) -> bool:
    if v.__class__ is str:
        return (v.__class__ is str and _MATCHES_32(v) is not None) or (v.__class__ is str and "{{" in v)
    if v.__class__ is dict:
        return _sip_109(v)
    return False


def _app_113(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "user" not in v:
        return False
    for k, x in v.items():
        if k == "user":
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        else:
            return False
    return True


def _app_112(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is str) or (v.__class__ is int or v.__class__ is float)
    if v.__class__ is dict:
        return _app_113(v)
    return False


def _vbc_115(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "extension" not in v:
        return False
    for k, x in v.items():
        if k == "extension":
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        else:
            return False
    return True


def _vbc_114(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is str) or (v.__class__ is int or v.__class__ is float)
    if v.__class__ is dict:
        return _vbc_115(v)
    return False


def _custom_120(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v or "value" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if x != "custom":
                return False
        elif k == "value":
            if not (
                (x.__class__ is str and len(x) <= 8191 and _MATCHES_44(x) is not None)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is int or x.__class__ is float)
            ):
                return False
        else:
            return False
    return True


def _ncco_authorization_118(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    tag = v.get("type")
    way = _NCCO_AUTHORIZATION_119.get(tag) if tag.__class__ is str else None
    return way is not None and way(v)


def _websocket_117(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "uri" not in v or "content-type" not in v:
        return False
    for k, x in v.items():
        if k == "uri":
            if not ((x.__class__ is str and _MATCHES_38(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "content-type":
            if not ((x.__class__ is str and x in _CONTENT_TYPE_39) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "headers":
            if x.__class__ is not dict:
                return False
        elif k == "authorization":
            if not _ncco_authorization_118(x):
                return False
        else:
            return False
    return True


def _websocket_116(v: Any) -> bool:
    if v.__class__ is str:
        return (v.__class__ is str and _MATCHES_38(v) is not None) or (v.__class__ is str and "{{" in v)
    if v.__class__ is dict:
        return _websocket_117(v)
    return False


def _promptpart_124(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    return all(_promptpart_123(x) for x in v)


def _promptpart_123(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is dict:
        return _promptaction_122(v)
    if v.__class__ is list:
        return _promptpart_124(v)
    return False


def _promptaction_122(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if k == "talk":
            if not _talk_92(x):
                return False
        elif k == "stream":
            if not _stream_95(x):
                return False
        elif k == "prompt":
            if x.__class__ is not str:
                return False
        elif _MATCHES_91(k) is not None:
            if not _promptpart_123(x):
                return False
        else:
            return False
    return len(v) == 1 or all(_MATCHES_91(k) is not None for k in v)


def _prompt_121(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is dict:
        return _promptaction_122(v)
    if v.__class__ is list:
        return _promptpart_124(v)
    return False


def _when_125(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if k in ("busy", "unanswered", "timeout", "rejected", "failed", "machine", "disconnected"):
            if not _target_98(x):
                return False
        else:
            return False
    return True


def _connect_105(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "phone":
            if not _phone_106(x):
                return False
        elif k == "sip":
            if not _sip_108(x):
                return False
        elif k == "app":
            if not _app_112(x):
                return False
        elif k == "vbc":
            if not _vbc_114(x):
                return False
        elif k == "websocket":
            if not _websocket_116(x):
                return False
        elif k == "from":
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k == "randomFromNumber":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "timeout":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 120)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "limit":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 0 <= x <= 7200)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "machineDetection":
            if not ((x.__class__ is str and x in _MACHINEDETECTION_46) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "advancedMachineDetection":
            if not _advancedmachinedetection_79(x):
                return False
        elif k == "eventUrl":
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "ringbackTone":
            if not ((x.__class__ is str and _MATCHES_7(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "onAnswer":
            if not _prompt_121(x):
                return False
        elif k == "otherwise":
            if not _target_98(x):
                return False
        elif k == "when":
            if not _when_125(x):
                return False
        else:
            return False
    return (
        ((v.get("from", False) is not False) + (v.get("randomFromNumber", False) is not False) < 2)
        and (
            (v.get("machineDetection", False) is not False) + (v.get("advancedMachineDetection", False) is not False)
            < 2
        )
        and ((v.get("otherwise", False) is not False) + (v.get("eventUrl", False) is not False) < 2)
        and ((v.get("when", False) is not False) + (v.get("eventUrl", False) is not False) < 2)
        and (sum(k in v for k in ("phone", "sip", "app", "vbc", "websocket")) == 1)
    )


def _uuid_128(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    if len(v) > 1:
        return False
    return all(((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)) for x in v)


def _ncco_speech_127(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "uuid":
            if not (_uuid_128(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "endOnSilence":
            if not (
                ((x.__class__ is int or x.__class__ is float) and 0.4 <= x <= 10) or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k in ("language", "provider"):
            if not ((x.__class__ is str) or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k == "context":
            if not (_canspeak_104(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k in ("startTimeout", "maxDuration"):
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 60)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "saveAudio":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "sensitivity":
            if not (
                ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 10 <= x <= 100)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        elif k == "providerOptions":
            if x.__class__ is not dict:
                return False
        else:
            return False
    return "provider" not in v or "providerOptions" in v


def _menu_133(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "options" not in v:
        return False
    for k, x in v.items():
        if k == "prompt":
            if not _prompt_121(x):
                return False
        elif k == "attempts":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 10):
                return False
        elif k in ("noInput", "noMatch"):
            if not _reprompt_89(x):
                return False
        elif k == "otherwise":
            if not _target_98(x):
                return False
        elif k == "sensitive":
            if not (x is True or x is False):
                return False
        elif k == "dtmf":
            if not _dtmf_60(x):
                return False
        elif k == "speech":
            if not _ncco_speech_127(x):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "options":
            if not _options_129(x):
                return False
        else:
            return False
    return True


def _hangup_134(v: Any) -> bool:
    if v is None:
        return v is None
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is dict:
        return _promptaction_122(v)
    if v.__class__ is list:
        return _promptpart_124(v)
    return False


def _notify_135(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "payload" not in v or "eventUrl" not in v:
        return False
    for k, x in v.items():
        if k == "payload":
            if x.__class__ is not dict:
                return False
        elif k == "eventUrl":
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return True


def _wait_137(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "timeout":
            if not (
                ((x.__class__ is int or x.__class__ is float) and 0.1 <= x <= 7200)
                or (x.__class__ is str and "{{" in x)
            ):
                return False
        else:
            return False
    return True


def _wait_136(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return ((v.__class__ is int or v.__class__ is float) and 0.1 <= v <= 7200) or (v.__class__ is str and "{{" in v)
    if v.__class__ is dict:
        return _wait_137(v)
    return False


def _transfer_139(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "conversationId" not in v:
        return False
    for k, x in v.items():
        if k == "conversationId":
            if not ((x.__class__ is str and x != "") or (x.__class__ is int or x.__class__ is float)):
                return False
        elif k in ("canHear", "canSpeak"):
            if not (_canspeak_104(x) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "mute":
            if not ((x is True or x is False) or (x.__class__ is str and "{{" in x)):
                return False
        else:
            return False
    return (v.get("mute", False) is not False) + (v.get("canSpeak", False) is not False) < 2


def _transfer_138(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is str and v != "") or (v.__class__ is int or v.__class__ is float)
    if v.__class__ is dict:
        return _transfer_139(v)
    return False


def _way_141(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "if":
            if not (x is True or x is False or (x.__class__ is int or x.__class__ is float) or x.__class__ is str):
                return False
        elif k in ("goto", "otherwise"):
            if not _target_98(x):
                return False
        else:
            return False
    return (
        ((v.get("goto", False) is not False) + (v.get("otherwise", False) is not False) < 2)
        and (("if" in v and "goto" in v) or ("otherwise" in v))
        and (sum(k in v for k in ("if", "otherwise")) == 1)
    )


def _branch_140(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(_way_141(x) for x in v)


def _cases_143(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    return all(_target_98(x) for x in v.values())


def _switch_142(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "value" not in v or "cases" not in v:
        return False
    for k, x in v.items():
        if k == "value":
            if not (x is True or x is False or (x.__class__ is int or x.__class__ is float) or x.__class__ is str):
                return False
        elif k == "cases":
            if not _cases_143(x):
                return False
        elif k == "otherwise":
            if not _target_98(x):
                return False
        else:
            return False
    return True


def _set_144(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if not (k.__class__ is str and _MATCHES_145(k) is not None):
            return False
        if not (
            x is True or x is False or x is None or (x.__class__ is int or x.__class__ is float) or x.__class__ is str
        ):
            return False
    return True


def _headers_147(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    return all(((x.__class__ is int or x.__class__ is float) or x.__class__ is str) for x in v.values())


def _request_146(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "url" not in v or "otherwise" not in v:
        return False
    for k, x in v.items():
        if k == "url":
            if not ((x.__class__ is str and _MATCHES_7(x) is not None) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "method":
            if not (x.__class__ is str and x in _EVENTMETHOD_16):
                return False
        elif k == "json":
            pass
        elif k == "headers":
            if not _headers_147(x):
                return False
        elif k == "timeout":
            if not ((x.__class__ is int or x.__class__ is float) and 0.1 <= x <= 4):
                return False
        elif k == "expect":
            if not (x is True or x is False or x.__class__ is dict):
                return False
        elif k == "save":
            if not (x.__class__ is str and _MATCHES_145(x) is not None):
                return False
        elif k == "when":
            if not _cases_143(x):
                return False
        elif k == "otherwise":
            if not _target_98(x):
                return False
        else:
            return False
    return True


def _with_150(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    return all(
        (
            x.__class__ is list
            or x is True
            or x is False
            or (x.__class__ is int or x.__class__ is float)
            or x.__class__ is str
        )
        for x in v.values()
    )


def _run_149(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "flow" not in v:
        return False
    for k, x in v.items():
        if k == "flow":
            if not (x.__class__ is str and x != ""):
                return False
        elif k == "with":
            if not _with_150(x):
                return False
        elif k == "save":
            if not (x.__class__ is str and _MATCHES_145(x) is not None):
                return False
        else:
            return False
    return True


def _run_148(v: Any) -> bool:
    if v.__class__ is str:
        return v.__class__ is str and v != ""
    if v.__class__ is dict:
        return _run_149(v)
    return False


def _say_152(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all((x.__class__ is str) for x in v)


def _say_154(v: Any) -> bool:
    if v.__class__ is str:
        return v.__class__ is str
    if v.__class__ is list:
        return _say_152(v)
    return False


def _say_153(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if _MATCHES_91(k) is not None:
            if not _say_154(x):
                return False
        else:
            return False
    return True


def _say_151(v: Any) -> bool:
    if v.__class__ is str:
        return v.__class__ is str
    if v.__class__ is list:
        return _say_152(v)
    if v.__class__ is dict and any(_MATCHES_91(k) is not None for k in v):
        return _say_153(v)
    return False


def _label_155(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is dict and any(_MATCHES_91(k) is not None for k in v):
        return _talk_93(v)
    return False


def _optionfields_131(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if k == "talk":
            if not _talk_92(x):
                return False
        elif k == "stream":
            if not _stream_95(x):
                return False
        elif k == "record":
            if not _record_100(x):
                return False
        elif k == "conversation":
            if not _conversation_102(x):
                return False
        elif k == "connect":
            if not _connect_105(x):
                return False
        elif k == "input":
            if not _input_126(x):
                return False
        elif k == "menu":
            if not _menu_133(x):
                return False
        elif k == "goto":
            if not _target_98(x):
                return False
        elif k == "hangup":
            if not _hangup_134(x):
                return False
        elif k == "notify":
            if not _notify_135(x):
                return False
        elif k == "wait":
            if not _wait_136(x):
                return False
        elif k == "transfer":
            if not _transfer_138(x):
                return False
        elif k == "branch":
            if not _branch_140(x):
                return False
        elif k == "switch":
            if not _switch_142(x):
                return False
        elif k == "set":
            if not _set_144(x):
                return False
        elif k == "request":
            if not _request_146(x):
                return False
        elif k == "language":
            if not (x.__class__ is str and x != ""):
                return False
        elif k == "run":
            if not _run_148(x):
                return False
        elif k == "say":
            if not _say_151(x):
                return False
        elif k == "label":
            if not _label_155(x):
                return False
        else:
            return False
    return (
        ("say" not in v or "goto" in v)
        and ("label" not in v or "goto" in v)
        and (len(v) == 1 or len(v) - sum(_MATCHES_132(k) is not None for k in v) < 2)
    )


def _option_156(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(_action_99(x) for x in v)


def _option_130(v: Any) -> bool:
    if v.__class__ is str:
        return v.__class__ is str and v != ""
    if v.__class__ is dict:
        return _optionfields_131(v)
    if v.__class__ is list:
        return _option_156(v)
    return False


def _options_129(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    return all(_option_130(x) for x in v.values())


def _input_126(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "prompt":
            if not _prompt_121(x):
                return False
        elif k == "attempts":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 10):
                return False
        elif k in ("noInput", "noMatch"):
            if not _reprompt_89(x):
                return False
        elif k == "otherwise":
            if not _target_98(x):
                return False
        elif k == "sensitive":
            if not (x is True or x is False):
                return False
        elif k == "dtmf":
            if not _dtmf_60(x):
                return False
        elif k == "speech":
            if not _ncco_speech_127(x):
                return False
        elif k == "eventMethod":
            if not ((x.__class__ is str and x in _EVENTMETHOD_16) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "options":
            if not _options_129(x):
                return False
        elif k == "pattern":
            if not (x.__class__ is str and x != ""):
                return False
        elif k == "save":
            if not (x.__class__ is str and _MATCHES_145(x) is not None):
                return False
        elif k == "mode":
            if not ((x.__class__ is str and x in _MODE_15) or (x.__class__ is str and "{{" in x)):
                return False
        elif k == "eventUrl":
            if not (
                _streamurl_57(x)
                or (x.__class__ is str and "{{" in x)
                or (x.__class__ is str and _MATCHES_7(x) is not None)
            ):
                return False
        else:
            return False
    return (
        (
            "eventUrl" not in v
            or v.get("mode", "") == "asynchronous"
            or (v.get("mode", "").__class__ is str and "{{" in v.get("mode", ""))
        )
        and ("prompt" not in v or v.get("mode") != "asynchronous")
        and ("options" not in v or v.get("mode") != "asynchronous")
        and ("pattern" not in v or v.get("mode") != "asynchronous")
        and ("save" not in v or v.get("mode") != "asynchronous")
        and ("attempts" not in v or v.get("mode") != "asynchronous")
        and ("noInput" not in v or v.get("mode") != "asynchronous")
        and ("noMatch" not in v or v.get("mode") != "asynchronous")
        and ("otherwise" not in v or v.get("mode") != "asynchronous")
        and ("sensitive" not in v or v.get("mode") != "asynchronous")
    )


def _action_99(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v or len(v) > 1:
        return False
    for k, x in v.items():
        if k == "talk":
            if not _talk_92(x):
                return False
        elif k == "stream":
            if not _stream_95(x):
                return False
        elif k == "record":
            if not _record_100(x):
                return False
        elif k == "conversation":
            if not _conversation_102(x):
                return False
        elif k == "connect":
            if not _connect_105(x):
                return False
        elif k == "input":
            if not _input_126(x):
                return False
        elif k == "menu":
            if not _menu_133(x):
                return False
        elif k == "goto":
            if not _target_98(x):
                return False
        elif k == "hangup":
            if not _hangup_134(x):
                return False
        elif k == "notify":
            if not _notify_135(x):
                return False
        elif k == "wait":
            if not _wait_136(x):
                return False
        elif k == "transfer":
            if not _transfer_138(x):
                return False
        elif k == "branch":
            if not _branch_140(x):
                return False
        elif k == "switch":
            if not _switch_142(x):
                return False
        elif k == "set":
            if not _set_144(x):
                return False
        elif k == "request":
            if not _request_146(x):
                return False
        elif k == "language":
            if not (x.__class__ is str and x != ""):
                return False
        elif k == "run":
            if not _run_148(x):
                return False
        else:
            return False
    return True


def _target_98(v: Any) -> bool:
    if v.__class__ is str:
        return v.__class__ is str and v != ""
    if v.__class__ is dict:
        return _action_99(v)
    if v.__class__ is list:
        return _option_156(v)
    return False


def _repromptaction_90(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if k == "talk":
            if not _talk_92(x):
                return False
        elif k == "stream":
            if not _stream_95(x):
                return False
        elif k == "prompt":
            if x.__class__ is not str:
                return False
        elif k == "goto":
            if not _target_98(x):
                return False
        elif _MATCHES_91(k) is not None:
            if not _promptpart_123(x):
                return False
        else:
            return False
    return len(v) == 1 or all(_MATCHES_91(k) is not None for k in v)


def _repromptpart_158(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is dict:
        return _repromptaction_90(v)
    if v.__class__ is list:
        return _promptpart_124(v)
    return False


def _reprompt_157(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(_repromptpart_158(x) for x in v)


def _reprompt_89(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is dict:
        return _repromptaction_90(v)
    if v.__class__ is list:
        return _reprompt_157(v)
    return False


def _input_88(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if k == "attempts":
            if not ((x.__class__ is int or (x.__class__ is float and x.is_integer())) and 1 <= x <= 10):
                return False
        elif k in ("noInput", "noMatch"):
            if not _reprompt_89(x):
                return False
        elif k == "otherwise":
            if not _target_98(x):
                return False
        elif k == "dtmf":
            if not _dtmf_60(x):
                return False
        elif k == "speech":
            if not _ncco_speech_127(x):
                return False
        else:
            return False
    return True


def _choices_162(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    if len(v) < 1:
        return False
    return all(((x.__class__ is int or x.__class__ is float) or x.__class__ is str) for x in v)


def _param_160(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "type" not in v:
        return False
    for k, x in v.items():
        if k == "type":
            if not (x.__class__ is str and x in _TYPE_161):
                return False
        elif k == "default":
            pass
        elif k == "choices":
            if not _choices_162(x):
                return False
        elif k == "description":
            if not ((x.__class__ is int or x.__class__ is float) or x.__class__ is str):
                return False
        else:
            return False
    return (
        "choices" not in v
        or v.get("type", "") == "choice"
        or (v.get("type", "").__class__ is str and "{{" in v.get("type", ""))
    )


def _params_159(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if not (k.__class__ is str and _MATCHES_145(k) is not None):
            return False
        if not _param_160(x):
            return False
    return True


def _prompts_163(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if not (k.__class__ is str and _MATCHES_164(k) is not None):
            return False
        if not _prompt_121(x):
            return False
    return True


def _spans_169(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    return all(((x.__class__ is int or x.__class__ is float) or x.__class__ is str) for x in v)


def _spans_168(v: Any) -> bool:
    if v.__class__ is float or v.__class__ is int or v.__class__ is str:
        return (v.__class__ is int or v.__class__ is float) or v.__class__ is str
    if v.__class__ is list:
        return _spans_169(v)
    return False


def _open_167(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    return all(_spans_168(x) for x in v.values())


def _calendar_166(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "open" not in v:
        return False
    for k, x in v.items():
        if k == "open":
            if not _open_167(x):
                return False
        elif k == "holidays":
            if not _spans_169(x):
                return False
        elif k == "timezone":
            if not (x.__class__ is str and x != ""):
                return False
        else:
            return False
    return True


def _hours_165(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if not (k.__class__ is str and _MATCHES_145(k) is not None):
            return False
        if not _calendar_166(x):
            return False
    return True


def _use_170(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    for k, x in v.items():
        if not (k.__class__ is str and _MATCHES_164(k) is not None):
            return False
        if x.__class__ is not str:
            return False
    return True


def _allow_171(v: Any) -> bool:
    if v.__class__ is not list:
        return False
    return all((x.__class__ is str) for x in v)


def _block_173(v: Any) -> bool:
    if v.__class__ is dict:
        return _action_99(v)
    if v.__class__ is list:
        return _option_156(v)
    return False


def _steps_172(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if not v:
        return False
    for k, x in v.items():
        if not (k.__class__ is str and _MATCHES_164(k) is not None):
            return False
        if not _block_173(x):
            return False
    return True


def _flow_83(v: Any) -> bool:
    if v.__class__ is not dict:
        return False
    if "flow" not in v or "steps" not in v:
        return False
    for k, x in v.items():
        if k == "flow":
            if not (x.__class__ is str and len(x) <= 100 and _MATCHES_84(x) is not None):
                return False
        elif k in ("title", "description"):
            if not ((x.__class__ is int or x.__class__ is float) or x.__class__ is str):
                return False
        elif k == "voice":
            if not _voice_85(x):
                return False
        elif k == "input":
            if not _input_88(x):
                return False
        elif k == "params":
            if not _params_159(x):
                return False
        elif k == "prompts":
            if not _prompts_163(x):
                return False
        elif k in ("timezone", "start"):
            if not (x.__class__ is str and x != ""):
                return False
        elif k == "hours":
            if not _hours_165(x):
                return False
        elif k == "use":
            if not _use_170(x):
                return False
        elif k == "keys":
            if not _options_129(x):
                return False
        elif k == "failure":
            if not _target_98(x):
                return False
        elif k == "allow":
            if not _allow_171(x):
                return False
        elif k == "steps":
            if not _steps_172(x):
                return False
        else:
            return False
    return True


_AUTHORIZATION_41 = {
    "vonage": _vonage_42,
    "custom": _custom_43,
}


_ENDPOINT_26 = {
    "phone": _phone_27,
    "sip": _sip_31,
    "app": _app_35,
    "vbc": _vbc_36,
    "websocket": _websocket_37,
}


_ACTION_3 = {
    "talk": _talk_4,
    "stream": _stream_5,
    "input": _input_8,
    "record": _record_17,
    "conversation": _conversation_22,
    "connect": _connect_23,
    "notify": _notify_49,
    "wait": _wait_50,
    "transfer": _transfer_51,
}


_AUTHORIZATION_77 = {
    "vonage": _vonage_42,
    "custom": _custom_78,
}


_ENDPOINT_68 = {
    "phone": _phone_69,
    "sip": _sip_71,
    "app": _app_73,
    "vbc": _vbc_74,
    "websocket": _websocket_75,
}


_ACTION_54 = {
    "talk": _talk_55,
    "stream": _stream_56,
    "input": _input_58,
    "record": _record_62,
    "conversation": _conversation_64,
    "connect": _connect_65,
    "notify": _notify_80,
    "wait": _wait_81,
    "transfer": _transfer_82,
}


_NCCO_AUTHORIZATION_119 = {
    "vonage": _vonage_42,
    "custom": _custom_120,
}
