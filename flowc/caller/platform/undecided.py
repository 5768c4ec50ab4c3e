"""What the platform's documents leave open, or contradict each other in, and what this double takes for it.

Each is said in the transcript of a call whose outcome rests on it. The numbers are those of the reference's sections.
"""

from __future__ import annotations

# NCCOs (1.1)
EXTRA = "a field that an action has not is ignored"
SPELT = "a field as some SDKs write it, and the documents do not, is ignored"
RANGE = "a value outside of its range, or not of its form, is taken as it is"
MISSING = "an action without a field that it must have makes the NCCO invalid"
TOGETHER = "fields that do not go together are both taken"
EMPTY = "a list without what it has to hold makes the NCCO invalid"
SEVERAL = "of several things where one is taken, the first is taken"
RINGBACK = "a `ringbackTone` that is a list makes the NCCO invalid"
LEG = "the `uuid` of `speech` is a list of one leg, or a text"
MUSIC = "a `musicOnHoldUrl` is a list of one URL, or a text"
LONGEST = "a call ends after as long a time as one through `connect`"

# Prompts and questions (1.2, 1.4, 2.3)
BARGE_IN = "a prompt that may be cut short, and that no question follows, is played as it is"
LOST = "keys that are pressed during a prompt that cannot be cut short are lost"
FROM_PROMPT = "the time for the first key is counted from the end of a prompt that may be cut short"
NO_KEY = "where no key was pressed, the webhook says `digits` as an empty text, not as null"
HASH = "a hash that does not submit arrives as a key"
SILENCE = "where keys and words are asked for, silence ends at the first of the two times"
UNTYPED = "a question without `type` listens for what it has settings of"
OLD_INPUT = "a question of before 2020 is still taken, and answered in its old form"
SINGLE = "a question that does not wait sends one key at a time, in the form of an answer"

SINGLE_ANSWER = "an NCCO that comes back for a single key is not played"
LATE_START = "a `startTimeout` of more than 10 s is taken as it is"
LONG_TEXT = "a text is spoken whole, however long it is"
TAGS = "tags outside of `<speak>` are read out"

# Recordings, rooms and calls to others (1.5 to 1.7, 1.11)
TIME_ALONE = "a recording with nothing but `timeOut` is waited for"
ROOM = "what stands behind a `conversation` is played when the room ends"
BEGUN = "a conversation that has begun goes on when whoever began it leaves, and nobody waits again"
MEMBERS = "a conversation has room for 200 members"
WAIT = "a `wait` may last from 0.1 s to 7200 s"
TRANSFER = "the conversation of a `transfer` is named by `conversationId`, or by `conversation_id`"
PLAIN = "a plain `connect` goes on with the next action as soon as the callee has answered"
FAILED = "a plain `connect` that nobody answers goes on with the next action"
BEHIND = "what stands behind a synchronous `connect` is not played after a call that was answered"
BY_ANALOGY = "a synchronous `connect` that failed, and whose webhook brings no NCCO, goes on with the next action"
RINGING = "a call to somebody else that rings when the caller hangs up is told as `cancelled`"
TONE = "the time for a machine's tone is counted from the answer, and is the shortest there is where it is not said"
MACHINE = "a `connect` that ended at a machine goes on with the next action"
NOT_PLAYED = "an NCCO for a call that was answered, or is not decided yet, is not played"
WHISPER = "a callee whose `onAnswer` brings no NCCO is joined without a word"
WHISPERED = "of what a callee hears before a call is joined, only `talk` and `stream` are played"

# Answers to webhooks (2.3, 2.7, 4.3)
NO_CONTENT = "a status other than 200 is no answer where there is a fallback URL, and else lets the call go on"
EMPTY_LIST = "an NCCO without actions lets the call go on"
EMPTY_ANSWER = "an answer URL that brings an NCCO without actions ends the call"
OTHER_JSON = "what is neither an NCCO nor empty counts as an invalid NCCO"
GOES_ON = "after an answer that is no NCCO, such as an error, and no fallback that helps, the call goes on"
REDIRECT = "a redirect is not followed, and counts as an error"
LARGE = "an NCCO of more than 1 MiB is refused"
ENCODED = "an NCCO that comes in an encoding, such as gzip, is refused"
MARK = "a byte order mark before an NCCO is skipped"
MEDIA = "an NCCO may come under any media type but HTML and XML"
CUSTOM = "custom data that is an object comes in a GET as its JSON"
QUERY = "the parameters of a GET webhook follow those that its URL has already"
SIGNED_GET = "the signature of a GET covers its parameters, as a JSON object of texts"
DRIPS = "the time for an answer is that for all of it, however slowly it comes"
