"""Calls to flows of real systems: all that is heard and done in them.

A line is what is heard; behind a `>` stands what happens next: `> 123` are keys, `> silence` is none, `> says sales`
are words (`> mumbles sales`: hardly understood), and after somebody is rung a status, `> busy`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from textwrap import dedent
from typing import NamedTuple

from tests.real_outside import LATE, Answer

FRIDAY = datetime(2036, 11, 28, 12, 0, tzinfo=UTC)


class Call(NamedTuple):
    """A call: to which flow, what is heard and done in it, what the outside answers, who calls whom and when.

    `asks` are the requests to the outside, each with what is sent.
    """

    file: str
    name: str
    script: str
    outside: Mapping[str, Answer | list[Answer]] = {}
    asks: Sequence[tuple[str, object]] = ()
    caller: str = "447700900123"
    dialled: str = "442079460000"
    when: datetime = FRIDAY

    @property
    def lines(self) -> list[str]:
        return dedent(self.script).strip().splitlines()

    @property
    def fields(self) -> Mapping[str, object]:
        """The fields of the answer webhook."""
        return {"from": self.caller, "to": self.dialled, "uuid": "u-1", "conversation_uuid": "CON-1"}


ORDERS = "order-lookup/orders.flow.yml"
LEADS = "lead-tracking/leads.flow.yml"
HUNT = "hunt-list/hunt.flow.yml"
ROOM = "gated-conference/room.flow.yml"
SURVEY = "data-survey/survey.flow.yml"
ROUTER = "skill-router/router.flow.yml"
HELPLINE = "helpline/helpline.flow.yml"
OPENING = "open-hours/opening.flow.yml"
DEPARTMENTS = "department-router/departments.flow.yml"
ACCOUNT = "account-line/account.flow.yml"
ALERT = "alert-call/alert.flow.yml"
POLL = "station-poll/poll.flow.yml"

CALLS = [
    Call(
        ORDERS,
        "an order that was shipped",
        """
        Thank you for calling Blue Door Books.
        Please key in your order number, then press the pound key.
        > 123
        <speak>Order <say-as interpret-as="digits">123</say-as> was shipped on <say-as interpret-as="date" format="md">11-24</say-as>.</speak>
        If that is all, just hang up. For another order, press 1. For our order desk, press 2.
        > silence
        If that is all, just hang up. For another order, press 1. For our order desk, press 2.
        > silence
        Goodbye.
        the call ends
        """,  # noqa: E501
        outside={"GET /shop/orders/123": (200, {"status": "shipped", "since": "2036-11-24"})},
        asks=[("GET /shop/orders/123", None)],
    ),
    Call(
        ORDERS,
        "no such order, then a shop that is late",
        """
        Thank you for calling Blue Door Books.
        Please key in your order number, then press the pound key.
        > 77
        We have no order of that number.
        Please key in your order number, then press the pound key.
        > 777
        We have none of that number either.
        Please key in your order number, then press the pound key.
        > 778
        One moment. I am connecting you to our order desk.
        [rings 12025550140]
        > busy
        Everyone at the desk is on another call. Please try again in a few minutes.
        the call ends
        """,
        outside={"GET /shop/orders/777": (404, {}), "GET /shop/orders/778": LATE},
        asks=[("GET /shop/orders/777", None), ("GET /shop/orders/778", None)],
    ),
    Call(
        LEADS,
        "a known advert",
        """
        [notifies /campaigns/leads {"caller": "447700900123", "advert": "the spring catalogue"}]
        [rings 447700900200 from 447700900131]
        [they hear: A caller from the spring catalogue.]
        > answered
        the call ends
        """,
        outside={
            "GET /campaigns/numbers/447700900131": (200, {"advert": "the spring catalogue", "forward": "447700900200"})
        },
        asks=[("GET /campaigns/numbers/447700900131", None)],
        dialled="447700900131",
    ),
    Call(
        LEADS,
        "a lookup that is no JSON",
        """
        Please hold the line.
        [rings 447700900130 from 447700900132]
        > timeout
        We cannot take your call right now. Please leave your name and number after the tone.
        [records to /campaigns/messages]
        Thank you. We will call you back.
        the call ends
        """,
        outside={"GET /campaigns/numbers/447700900132": "<p>Hello</p>"},
        asks=[("GET /campaigns/numbers/447700900132", None)],
        dialled="447700900132",
    ),
    Call(
        LEADS,
        "a number that cannot be dialled",
        """
        [notifies /campaigns/leads {"caller": "447700900123", "advert": "radio"}]
        Please hold the line.
        [rings 447700900130 from 447700900132]
        > answered
        the call ends
        """,
        outside={"GET /campaigns/numbers/447700900132": (200, {"advert": "radio", "forward": "extension 7"})},
        asks=[("GET /campaigns/numbers/447700900132", None)],
        dialled="447700900132",
    ),
    Call(
        HUNT,
        "the second answers",
        """
        Please hold while I find someone for you.
        [rings 447700900611]
        > busy
        Still trying.
        [rings 447700900612]
        > answered
        the call ends
        """,
    ),
    Call(
        HUNT,
        "nobody answers",
        """
        Please hold while I find someone for you.
        [rings 447700900611]
        > timeout
        Still trying.
        [rings 447700900612]
        > unanswered
        Still trying.
        [rings 447700900613]
        > rejected
        Nobody can come to the phone. Please leave a message after the tone.
        [records to /hunt]
        Thank you. Goodbye.
        the call ends
        """,
    ),
    Call(
        ROOM,
        "a moderator with the right code",
        """
        Please key in the six digits that we have just sent you.
        > 123456
        Welcome. The conference begins now, and ends when you leave.
        [is in weekly]
        the call ends
        """,
        outside={"POST /codes/codes": (200, {}), "POST /codes/codes/check": (200, {})},
        asks=[
            ("POST /codes/codes", {"to": "447700900440"}),
            ("POST /codes/codes/check", {"to": "447700900440", "code": "123456"}),
        ],
        caller="447700900440",
    ),
    Call(
        ROOM,
        "a guest who mistypes",
        """
        Please key in the six digits that we have just sent you.
        > 1234
        That is not the code.
        Please key in the six digits that we have just sent you.
        > 111111
        That is not the code.
        Please key in the six digits that we have just sent you.
        > 123456
        Welcome. The conference begins when the moderator joins.
        [is in weekly, waiting]
        the call ends
        """,
        outside={"POST /codes/codes": (200, {}), "POST /codes/codes/check": [(401, {}), (200, {})]},
        asks=[
            ("POST /codes/codes", {"to": "447700900441"}),
            ("POST /codes/codes/check", {"to": "447700900441", "code": "111111"}),
            ("POST /codes/codes/check", {"to": "447700900441", "code": "123456"}),
        ],
        caller="447700900441",
    ),
    Call(
        ROOM,
        "a stranger",
        """
        This number is not invited to the conference. Goodbye.
        the call ends
        """,
    ),
    Call(
        ROOM,
        "codes that cannot be sent",
        """
        We could not send you a code. Please call again in a minute. Goodbye.
        the call ends
        """,
        outside={"POST /codes/codes": (503, {})},
        asks=[("POST /codes/codes", {"to": "447700900441"})],
        caller="447700900441",
    ),
    Call(
        ROOM,
        "three wrong codes",
        """
        Please key in the six digits that we have just sent you.
        > 111111
        That is not the code.
        Please key in the six digits that we have just sent you.
        > silence
        The code is in a text message on this phone.
        Please key in the six digits that we have just sent you.
        > 111112
        Please call again for another code. Goodbye.
        the call ends
        """,
        outside={"POST /codes/codes": (200, {}), "POST /codes/codes/check": (401, {})},
        asks=[
            ("POST /codes/codes", {"to": "447700900441"}),
            ("POST /codes/codes/check", {"to": "447700900441", "code": "111111"}),
            ("POST /codes/codes/check", {"to": "447700900441", "code": "111112"}),
        ],
        caller="447700900441",
    ),
    Call(
        SURVEY,
        "three kinds of questions",
        """
        Thank you for taking our survey. It has 3 questions.
        Did you find everything? For yes, press 1. For no, press 0.
        > 1
        How old are you? Key in a number, then press the hash key.
        > 42
        What could we do better? Please answer after the tone, and press the hash key when you are done.
        [records to /surveys/surveys/visit/words/c]
        Those were all our questions. Thank you. Goodbye.
        the call ends
        """,
        outside={
            "GET /surveys/surveys/visit": (
                200,
                {
                    "questions": [
                        {"id": "a", "kind": "yes-no", "text": "Did you find everything?"},
                        {"id": "b", "kind": "number", "text": "How old are you?"},
                        {"id": "c", "kind": "words", "text": "What could we do better?"},
                    ]
                },
            ),
            "POST /surveys/surveys/visit/answers": (200, {}),
        },
        asks=[
            ("GET /surveys/surveys/visit", None),
            ("POST /surveys/surveys/visit/answers", {"question": "a", "answer": True}),
            ("POST /surveys/surveys/visit/answers", {"question": "b", "answer": "42"}),
        ],
    ),
    Call(
        SURVEY,
        "a question without an answer, and one that nobody keeps",
        """
        Thank you for taking our survey. It has 2 questions.
        Did you find everything? For yes, press 1. For no, press 0.
        > 7
        That is no answer to this question.
        Did you find everything? For yes, press 1. For no, press 0.
        > silence
        How old are you? Key in a number, then press the hash key.
        > 5
        Those were all our questions. Thank you. Goodbye.
        the call ends
        """,
        outside={
            "GET /surveys/surveys/visit": (
                200,
                {
                    "questions": [
                        {"id": "a", "kind": "yes-no", "text": "Did you find everything?"},
                        {"id": "b", "kind": "number", "text": "How old are you?"},
                    ]
                },
            ),
            "POST /surveys/surveys/visit/answers": (500, {}),
        },
        asks=[
            ("GET /surveys/surveys/visit", None),
            ("POST /surveys/surveys/visit/answers", {"question": "b", "answer": "5"}),
        ],
    ),
    Call(
        SURVEY,
        "a survey that is none",
        """
        Our survey is taking a break. Thank you for calling. Goodbye.
        the call ends
        """,
        outside={"GET /surveys/surveys/visit": (200, {"questions": "none"})},
        asks=[("GET /surveys/surveys/visit", None)],
    ),
    Call(
        ROUTER,
        "an agent who speaks Spanish",
        """
        Welcome to Blue Door Travel.
        For support in English, press 1.
        Para soporte en español, pulse 2.
        For sales in English, press 3.
        Para ventas en español, pulse 4.
        > 2
        Espere a un agente, por favor. Para dejar un mensaje, pulse 1.
        [plays https://audio.example.com/twenty-seconds.mp3]
        > silence
        Espere a un agente, por favor. Para dejar un mensaje, pulse 1.
        [plays https://audio.example.com/twenty-seconds.mp3]
        > silence
        [rings 447700900301]
        [they hear: Una llamada para soporte.]
        > answered
        the call ends
        """,
        outside={
            "POST /router/tasks": (200, {"id": "t-1"}),
            "GET /router/tasks/t-1": [
                (200, {"state": "waiting"}),
                (200, {"state": "assigned", "agent": {"phone": "447700900301"}}),
            ],
        },
        asks=[
            ("POST /router/tasks", {"caller": "447700900123", "language": "es-ES", "department": "support"}),
            ("GET /router/tasks/t-1", None),
            ("GET /router/tasks/t-1", None),
        ],
    ),
    Call(
        ROUTER,
        "a router that is down",
        """
        Welcome to Blue Door Travel.
        For support in English, press 1.
        Para soporte en español, pulse 2.
        For sales in English, press 3.
        Para ventas en español, pulse 4.
        > 9
        Please press a key from 1 to 4.
        For support in English, press 1.
        Para soporte en español, pulse 2.
        For sales in English, press 3.
        Para ventas en español, pulse 4.
        > silence
        Please press a key from 1 to 4.
        For support in English, press 1.
        Para soporte en español, pulse 2.
        For sales in English, press 3.
        Para ventas en español, pulse 4.
        > silence
        To leave a message, press 1. To try later, hang up.
        > 1
        Please speak after the tone.
        [records to /router/messages]
        Thank you. Goodbye.
        the call ends
        """,
        outside={"POST /router/tasks": (503, {})},
        asks=[("POST /router/tasks", {"caller": "447700900123", "language": "en-GB", "department": "support"})],
    ),
    Call(
        ROUTER,
        "a caller who leaves a message",
        """
        Welcome to Blue Door Travel.
        For support in English, press 1.
        Para soporte en español, pulse 2.
        For sales in English, press 3.
        Para ventas en español, pulse 4.
        > 4
        Espere a un agente, por favor. Para dejar un mensaje, pulse 1.
        [plays https://audio.example.com/twenty-seconds.mp3]
        > 1
        Para dejar un mensaje, pulse 1. Para intentarlo más tarde, cuelgue.
        > 1
        Hable después de la señal, por favor.
        [records to /router/messages]
        Gracias. Adiós.
        the call ends
        """,
        outside={"POST /router/tasks": (200, {"id": "t-1"})},
        asks=[("POST /router/tasks", {"caller": "447700900123", "language": "es-ES", "department": "sales"})],
    ),
    Call(
        HELPLINE,
        "English",
        """
        You have reached the helpline.
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 1
        What you say stays between us. To hear how we keep it private, press 5.
        > 5
        We write down neither your name nor your number.
        [notifies /desk/waiting {"room": "CON-1", "language": "en-GB", "number": "442079460000"}]
        A counsellor will be with you soon.
        [is in CON-1, waiting]
        the call ends
        """,
        outside={"GET /status/lines": (200, {"state": "up"})},
        asks=[("GET /status/lines", None)],
    ),
    Call(
        HELPLINE,
        "French with nobody there, then an interpreter",
        """
        Our lines are very busy today. Waiting takes longer than usual.
        You have reached the helpline.
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 2
        Personne ne parle français en ce moment. Pour parler anglais, appuyez sur le 1. Pour un interprète, appuyez sur le 2.
        > silence
        Je n'ai rien entendu.
        Personne ne parle français en ce moment. Pour parler anglais, appuyez sur le 1. Pour un interprète, appuyez sur le 2.
        > 2
        [notifies /desk/waiting {"room": "CON-1", "language": "fr-FR", "number": "442079460000"}]
        Quelqu'un vous répondra bientôt.
        [is in CON-1, waiting]
        the call ends
        """,  # noqa: E501
        outside={
            "GET /status/lines": (200, {"state": "slow"}),
            "GET /desk/free/fr": (200, {"counsellors": 0, "interpreters": 1}),
        },
        asks=[("GET /status/lines", None), ("GET /desk/free/fr", None)],
    ),
    Call(
        HELPLINE,
        "French with nobody there, then English",
        """
        You have reached the helpline.
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 2
        Personne ne parle français en ce moment. Pour parler anglais, appuyez sur le 1. Pour un interprète, appuyez sur le 2.
        > 1
        What you say stays between us. To hear how we keep it private, press 5.
        > silence
        [notifies /desk/waiting {"room": "CON-1", "language": "en-GB", "number": "442079460000"}]
        A counsellor will be with you soon.
        [is in CON-1, waiting]
        the call ends
        """,  # noqa: E501
        outside={"GET /status/lines": LATE, "GET /desk/free/fr": (200, {"counsellors": 0, "interpreters": 0})},
        asks=[("GET /status/lines", None), ("GET /desk/free/fr", None)],
    ),
    Call(
        HELPLINE,
        "an outage, with a line to forward to",
        """
        We cannot take calls on this line right now.
        I am connecting you to another helpline.
        [rings 447700900399]
        > busy
        They do not answer either. If you are in danger, hang up and call 112.
        the call ends
        """,
        outside={"GET /status/lines": (200, {"state": "down", "forward": "447700900399"})},
        asks=[("GET /status/lines", None)],
    ),
    Call(
        HELPLINE,
        "an outage",
        """
        We cannot take calls on this line right now.
        If you are in danger, hang up and call 112.
        the call ends
        """,
        outside={"GET /status/lines": (200, {"state": "down"})},
        asks=[("GET /status/lines", None)],
    ),
    Call(
        OPENING,
        "a weekday",
        """
        Welcome to Blue Door Bicycles.
        For a bicycle in repair, press 1. For anything else, press 2. For this again, press 9.
        > 1
        I am putting you through to the workshop.
        [rings 447700900911]
        > answered
        the call ends
        """,
        dialled="442079460910",
        when=datetime(2036, 11, 28, 16, 0, tzinfo=UTC),
    ),
    Call(
        OPENING,
        "the repair shop is closed by then",
        """
        Welcome to Blue Door Bicycles. We are closed now. For our opening hours, press 1. For a message, press 2.
        > 1
        The shop is open from nine to half past five on weekdays, and from ten to two on Saturdays.
        Repairs are taken from eight to four, but not at noon, and on Fridays in the morning only.
        Please leave a message after the tone.
        [records to /bicycles]
        Thank you. We will call you back.
        the call ends
        """,
        dialled="442079460911",
        when=datetime(2036, 11, 28, 16, 0, tzinfo=UTC),
    ),
    Call(
        OPENING,
        "a holiday",
        """
        Blue Door Bicycles is closed for the holiday. We are looking forward to your call tomorrow.
        the call ends
        """,
        dialled="442079460910",
        when=datetime(2036, 12, 25, 12, 0, tzinfo=UTC),
    ),
    Call(
        OPENING,
        "a silent caller at night",
        """
        Welcome to Blue Door Bicycles. We are closed now. For our opening hours, press 1. For a message, press 2.
        > silence
        Welcome to Blue Door Bicycles. We are closed now. For our opening hours, press 1. For a message, press 2.
        > silence
        Please call again. Goodbye.
        the call ends
        """,
        dialled="442079460910",
        when=datetime(2036, 11, 29, 3, 0, tzinfo=UTC),
    ),
    Call(
        DEPARTMENTS,
        "words",
        """
        Welcome to Blue Door Bank.
        Please say sales, support, or operator. Or press 1 for sales, 2 for support, or 0 for the operator.
        > says I have a problem with my card
        I am connecting you to support.
        [rings 447700900922]
        > answered
        the call ends
        """,
    ),
    Call(
        DEPARTMENTS,
        "mumbled words",
        """
        Welcome to Blue Door Bank.
        Please say sales, support, or operator. Or press 1 for sales, 2 for support, or 0 for the operator.
        > mumbles sales
        Did you mean sales? Say yes or no, or press 1 for yes or 2 for no.
        > says no thanks
        Please say sales, support, or operator. Or press 1 for sales, 2 for support, or 0 for the operator.
        > 2
        I am connecting you to support.
        [rings 447700900922]
        > busy
        Nobody is free at the moment. Please call again later. Goodbye.
        the call ends
        """,
    ),
    Call(
        DEPARTMENTS,
        "silence and nonsense",
        """
        Welcome to Blue Door Bank.
        Please say sales, support, or operator. Or press 1 for sales, 2 for support, or 0 for the operator.
        > silence
        I did not hear you.
        Please say sales, support, or operator. Or press 1 for sales, 2 for support, or 0 for the operator.
        > says pizza
        I am connecting you to the operator.
        [rings 447700900920]
        > answered
        the call ends
        """,
    ),
    Call(
        ACCOUNT,
        "a new PIN",
        """
        Welcome to Blue Door Bank.
        For payments, press 1. For a new PIN, press 2. For an agent, press 0. For this again, press 9.
        > 2
        Please key in your new four digit PIN.
        > 1234
        Please key it in once more.
        > 1235
        That was not the same PIN.
        Please key it in once more.
        > 1234
        Your PIN has been changed.
        For payments, press 1. For a new PIN, press 2. For an agent, press 0. For this again, press 9.
        > 0
        I am connecting you.
        [rings 447700900930]
        > answered
        the call ends
        """,
        outside={
            "GET /bank/unfinished/447700900123": (404, {}),
            "POST /bank/pins": (200, {}),
            "GET /bank/agents": (200, {"free": 2}),
        },
        asks=[
            ("GET /bank/unfinished/447700900123", None),
            ("POST /bank/pins", {"caller": "447700900123", "pin": "1234"}),
            ("GET /bank/agents", None),
        ],
    ),
    Call(
        ACCOUNT,
        "an unfinished payment, and no agent",
        """
        Welcome back. You were about to pay a bill. To go on with it, press 1. For the main menu, press 9.
        > 1
        I am taking you to an agent for your payment.
        All our agents are speaking. Please call again in an hour. Goodbye.
        the call ends
        """,
        outside={"GET /bank/unfinished/447700900123": (200, {"task": "pay"}), "GET /bank/agents": (200, {"free": 0})},
        asks=[("GET /bank/unfinished/447700900123", None), ("GET /bank/agents", None)],
    ),
    Call(
        ACCOUNT,
        "a PIN that differs twice",
        """
        Welcome back. You were about to change your PIN. To go on with it, press 1. For the main menu, press 9.
        > 1
        Please key in your new four digit PIN.
        > 1234
        Please key it in once more.
        > 1111
        That was not the same PIN.
        Please key it in once more.
        > 2222
        Please key in your new four digit PIN.
        > silence
        I did not get a PIN.
        Please key in your new four digit PIN.
        > silence
        I did not get a PIN.
        Please key in your new four digit PIN.
        > silence
        Your PIN stays as it is.
        All our agents are speaking. Please call again in an hour. Goodbye.
        the call ends
        """,
        outside={"GET /bank/unfinished/447700900123": (200, {"task": "pin"}), "GET /bank/agents": LATE},
        asks=[("GET /bank/unfinished/447700900123", None), ("GET /bank/agents", None)],
    ),
    Call(
        ACCOUNT,
        "a caller who presses nothing",
        """
        Welcome to Blue Door Bank.
        For payments, press 1. For a new PIN, press 2. For an agent, press 0. For this again, press 9.
        > silence
        Sorry, I did not hear a key.
        For payments, press 1. For a new PIN, press 2. For an agent, press 0. For this again, press 9.
        > 7
        That is none of them either.
        For payments, press 1. For a new PIN, press 2. For an agent, press 0. For this again, press 9.
        > silence
        I am connecting you.
        [rings 447700900930]
        > timeout
        All our agents are speaking. Please call again in an hour. Goodbye.
        the call ends
        """,
        outside={"GET /bank/unfinished/447700900123": "nothing", "GET /bank/agents": (200, {"free": 1})},
        asks=[("GET /bank/unfinished/447700900123", None), ("GET /bank/agents", None)],
    ),
    Call(
        ALERT,
        "taken",
        """
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > 1
        It is yours. Thank you.
        the call ends
        """,
        outside={
            "GET /alerts/for/447700900123": (200, {"id": 7, "text": "The pump in hall 2 has stopped."}),
            "POST /alerts/7/answers": (200, {}),
        },
        asks=[
            ("GET /alerts/for/447700900123", None),
            ("POST /alerts/7/answers", {"by": "447700900123", "answer": "taken"}),
        ],
        dialled="447700900123",
    ),
    Call(
        ALERT,
        "passed on to one who is busy",
        """
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > silence
        Is anybody there?
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > 3
        Please press 1 or 2.
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > 2
        I am calling the next one on duty.
        [rings 447700900124]
        [they hear: Alert 7. The pump in hall 2 has stopped. You are being connected to the one who passed it on.]
        > busy
        They do not answer. Please look at the dashboard.
        the call ends
        """,
        outside={
            "GET /alerts/for/447700900123": (200, {"id": 7, "text": "The pump in hall 2 has stopped."}),
            "POST /alerts/7/answers": (200, {"next": "447700900124"}),
        },
        asks=[
            ("GET /alerts/for/447700900123", None),
            ("POST /alerts/7/answers", {"by": "447700900123", "answer": "passed on"}),
        ],
        dialled="447700900123",
    ),
    Call(
        ALERT,
        "nobody there",
        """
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > silence
        Is anybody there?
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > silence
        Once more before I call somebody else.
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > silence
        Nobody took the alert. The next one on duty will be called. Goodbye.
        the call ends
        """,
        outside={
            "GET /alerts/for/447700900123": (200, {"id": 7, "text": "The pump in hall 2 has stopped."}),
            "POST /alerts/7/answers": (200, {}),
        },
        asks=[
            ("GET /alerts/for/447700900123", None),
            ("POST /alerts/7/answers", {"by": "447700900123", "answer": "nobody"}),
        ],
        dialled="447700900123",
    ),
    Call(
        ALERT,
        "an answer that nobody keeps",
        """
        Alert 7. The pump in hall 2 has stopped. To take it, press 1. To pass it on, press 2.
        > 1
        I could not write that down. Please look at the dashboard.
        the call ends
        """,
        outside={
            "GET /alerts/for/447700900123": (200, {"id": 7, "text": "The pump in hall 2 has stopped."}),
            "POST /alerts/7/answers": "done",
        },
        asks=[
            ("GET /alerts/for/447700900123", None),
            ("POST /alerts/7/answers", {"by": "447700900123", "answer": "taken"}),
        ],
        dialled="447700900123",
    ),
    Call(
        ALERT,
        "an alert that cannot be read",
        """
        There is an alert, and I cannot read it to you. Please look at the dashboard.
        the call ends
        """,
        outside={"GET /alerts/for/447700900123": (200, {"id": 7})},
        asks=[("GET /alerts/for/447700900123", None)],
        dialled="447700900123",
    ),
    Call(
        POLL,
        "a new poll",
        """
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 1
        Please key in the four digit code of your station.
        > 4711
        <speak><say-as interpret-as="digits">4711</say-as>. If that is right, press 1. To correct it, press 2.</speak>
        > 1
        Hello, Radio Blue Door.
        For a new poll, press 1. For results, press 2. For French, press 3. To end the call, press 9.
        > 1
        Key in the day of the beginning: two digits for the day, two for the month, and four for the year.
        > 31022037
        There is no such day.
        Key in the day of the beginning: two digits for the day, two for the month, and four for the year.
        > 01122036
        Key in the time: two digits for the hour, and two for the minutes.
        > 0930
        <speak><say-as interpret-as="date" format="dmy">01-12-2036</say-as>, at <say-as interpret-as="time">09:30</say-as>. If that is right, press 1. To correct it, press 2.</speak>
        > 1
        Key in the day of the end: two digits for the day, two for the month, and four for the year.
        > 02122036
        Key in the time: two digits for the hour, and two for the minutes.
        > 1200
        <speak><say-as interpret-as="date" format="dmy">02-12-2036</say-as>, at <say-as interpret-as="time">12:00</say-as>. If that is right, press 1. To correct it, press 2.</speak>
        > 2
        Key in the day of the end: two digits for the day, two for the month, and four for the year.
        > 03122036
        Key in the time: two digits for the hour, and two for the minutes.
        > 1200
        <speak><say-as interpret-as="date" format="dmy">03-12-2036</say-as>, at <say-as interpret-as="time">12:00</say-as>. If that is right, press 1. To correct it, press 2.</speak>
        > 1
        Your poll is set up.
        For a new poll, press 1. For results, press 2. For French, press 3. To end the call, press 9.
        > 9
        Goodbye.
        the call ends
        """,  # noqa: E501
        outside={
            "GET /polls/stations/4711": (200, {"name": "Radio Blue Door"}),
            "POST /polls/stations/4711/polls": (200, {}),
        },
        asks=[
            ("GET /polls/stations/4711", None),
            ("POST /polls/stations/4711/polls", {"from": "2036-12-01T09:30", "to": "2036-12-03T12:00"}),
        ],
    ),
    Call(
        POLL,
        "results in French",
        """
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 2
        Tapez le code de votre station : quatre chiffres.
        > 47
        Aucune station n'a ce code.
        Tapez le code de votre station : quatre chiffres.
        > 4711
        <speak><say-as interpret-as="digits">4711</say-as>. Si c'est exact, appuyez sur le 1. Pour corriger, appuyez sur le 2.</speak>
        > 2
        Tapez le code de votre station : quatre chiffres.
        > 4712
        <speak><say-as interpret-as="digits">4712</say-as>. Si c'est exact, appuyez sur le 1. Pour corriger, appuyez sur le 2.</speak>
        > 1
        Bonjour, Radio Porte Bleue.
        Pour un nouveau sondage, appuyez sur le 1. Pour les résultats, sur le 2. Pour l'anglais, sur le 3. Pour terminer, sur le 9.
        > 2
        12 voix pour le oui, et 3 pour le non.
        Pour un nouveau sondage, appuyez sur le 1. Pour les résultats, sur le 2. Pour l'anglais, sur le 3. Pour terminer, sur le 9.
        > 3
        For a new poll, press 1. For results, press 2. For French, press 3. To end the call, press 9.
        > 2
        You have no results yet.
        For a new poll, press 1. For results, press 2. For French, press 3. To end the call, press 9.
        > silence
        I did not hear a key.
        For a new poll, press 1. For results, press 2. For French, press 3. To end the call, press 9.
        the caller hangs up
        """,  # noqa: E501
        outside={
            "GET /polls/stations/4712": (200, {"name": "Radio Porte Bleue"}),
            "GET /polls/stations/4712/results": [(200, {"yes": 12, "no": 3}), (404, {})],
        },
        asks=[
            ("GET /polls/stations/4712", None),
            ("GET /polls/stations/4712/results", None),
            ("GET /polls/stations/4712/results", None),
        ],
    ),
    Call(
        POLL,
        "a new poll in French that is turned down",
        """
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 2
        Tapez le code de votre station : quatre chiffres.
        > 4711
        <speak><say-as interpret-as="digits">4711</say-as>. Si c'est exact, appuyez sur le 1. Pour corriger, appuyez sur le 2.</speak>
        > 1
        Bonjour, Radio Porte Bleue.
        Pour un nouveau sondage, appuyez sur le 1. Pour les résultats, sur le 2. Pour l'anglais, sur le 3. Pour terminer, sur le 9.
        > 1
        Tapez le jour du début : deux chiffres pour le jour, deux pour le mois, et quatre pour l'année.
        > 01122036
        Tapez l'heure : deux chiffres pour l'heure, et deux pour les minutes.
        > 2500
        Cette heure n'existe pas.
        Tapez l'heure : deux chiffres pour l'heure, et deux pour les minutes.
        > 0930
        <speak><say-as interpret-as="date" format="dmy">01-12-2036</say-as>, à <say-as interpret-as="time">09:30</say-as>. Si c'est exact, appuyez sur le 1. Pour corriger, appuyez sur le 2.</speak>
        > 1
        Tapez le jour de la fin : deux chiffres pour le jour, deux pour le mois, et quatre pour l'année.
        > 01122036
        Tapez l'heure : deux chiffres pour l'heure, et deux pour les minutes.
        > 0900
        <speak><say-as interpret-as="date" format="dmy">01-12-2036</say-as>, à <say-as interpret-as="time">09:00</say-as>. Si c'est exact, appuyez sur le 1. Pour corriger, appuyez sur le 2.</speak>
        > 1
        Un sondage doit finir après son début.
        Tapez le jour du début : deux chiffres pour le jour, deux pour le mois, et quatre pour l'année.
        > silence
        Je n'ai reçu aucune touche.
        Tapez le jour du début : deux chiffres pour le jour, deux pour le mois, et quatre pour l'année.
        > silence
        Je n'ai reçu aucune touche.
        Tapez le jour du début : deux chiffres pour le jour, deux pour le mois, et quatre pour l'année.
        > silence
        Rappelez-nous, s'il vous plaît. Au revoir.
        the call ends
        """,  # noqa: E501
        outside={
            "GET /polls/stations/4711": (200, {"name": "Radio Porte Bleue"}),
            "POST /polls/stations/4711/polls": (422, {}),
        },
        asks=[
            ("GET /polls/stations/4711", None),
            ("POST /polls/stations/4711/polls", {"from": "2036-12-01T09:30", "to": "2036-12-01T09:00"}),
        ],
    ),
    Call(
        POLL,
        "a station that nobody knows",
        """
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > 1
        Please key in the four digit code of your station.
        > 1234
        <speak><say-as interpret-as="digits">1234</say-as>. If that is right, press 1. To correct it, press 2.</speak>
        > 1
        We do not know this station. Goodbye.
        the call ends
        """,
        outside={"GET /polls/stations/1234": (404, {})},
        asks=[("GET /polls/stations/1234", None)],
    ),
    Call(
        POLL,
        "silence",
        """
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > silence
        I did not hear a key.
        For English, press 1.
        Pour le français, appuyez sur le 2.
        > silence
        Goodbye.
        the call ends
        """,
    ),
]
