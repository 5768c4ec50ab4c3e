"""What answers the same webhooks as people write it by hand: FastAPI, and NCCOs made with vonage-voice.

`handler` takes every request for the platform's; `verified` looks at its signature with PyJWT and at its content.
"""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime

import jwt
from fastapi import FastAPI, HTTPException, Request
from vonage_voice.models import Connect, PhoneEndpoint, Talk

SECRET = os.environ.get("FLOWC_SIGNATURE_SECRET", "")

handler = FastAPI()
verified = FastAPI()


@handler.post("/acme/main")
async def main(request: Request) -> list[dict[str, object]]:
    event = await request.json()
    if event["dtmf"]["digits"] != "1":
        raise HTTPException(404)
    talk = Talk(text="Connecting you to sales.")
    connect = Connect(
        endpoint=[PhoneEndpoint(number="447700900100")],
        from_="447700900000",
        eventType="synchronous",
        eventUrl=["https://ivr.example.com/acme/sales"],
        eventMethod="POST",
    )
    return [each.model_dump(by_alias=True, exclude_none=True) for each in (talk, connect)]


@verified.post("/code/code")
async def code(request: Request) -> list[dict[str, object]]:
    body = await request.body()
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    if scheme != "Bearer" or claims["payload_hash"] != hashlib.sha256(body).hexdigest():
        raise HTTPException(401)
    digits = (await request.json())["dtmf"]["digits"]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    talk = Talk(text=f"You keyed in {digits}, and it is {now}. Goodbye.")
    return [talk.model_dump(by_alias=True, exclude_none=True)]
