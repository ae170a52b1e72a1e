"""The page of error codes: what each means, what a client does about it, and which vendor codes become it."""

from collections.abc import Iterator, Mapping

from adapters import errors
from adapters.beaver.failures import CODES as BEAVER
from adapters.errors import EmsError, ErrorCode
from adapters.idaas.dialect import CODES as IDAAS
from adapters.nce.dialect import CODES as NCE
from adapters.omc.dialect import CODES as OMC
from adapters.supos.dialect import CODES as SUPOS
from docs.generate.tables import code, table
from docs.generate.tables import page as whole_page
from gql_ems.front.errors import status_of

MEANINGS: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.BAD_USER_INPUT: (
        "What was sent is malformed or names nothing: a document, a variable, a cursor, an id, a filter.",
        "Correct it; `extensions.field` is the path of the input. Nothing was sent to any source.",
    ),
    ErrorCode.UNAUTHENTICATED: (
        "Nobody is signed in, or the token is over.",
        "`refreshSession`, else `login`.",
    ),
    ErrorCode.FORBIDDEN: (
        "Signed in, but without the permission that the field needs; or the source refused its own account.",
        "Ask for the permission that the message names.",
    ),
    ErrorCode.NOT_FOUND: ("The id, name or path is well formed and names nothing.", "Look it up anew."),
    ErrorCode.CONFLICT: (
        "It exists already, or something else stands in the way.",
        "Take another name, or remove what stands in the way.",
    ),
    ErrorCode.UNSUPPORTED: (
        "The source has no documented way to do this.",
        "`Source.capabilities` tells what it can do.",
    ),
    ErrorCode.RATE_LIMITED: (
        "Too many requests, here or at the source.",
        "Wait as long as `Retry-After` says.",
    ),
    ErrorCode.QUERY_TOO_COMPLEX: (
        "Too deep, too wide, or too many calls to one source.",
        "Ask for less at once: a smaller `first`, fewer fields that cost a call a row.",
    ),
    ErrorCode.CURSOR_EXPIRED: (
        "A stream cannot be resumed there: older than what is kept, or of another journal.",
        "Begin anew with `snapshot: true`.",
    ),
    ErrorCode.UPSTREAM_UNAVAILABLE: (
        "The source cannot be reached, cut the answer off, or its circuit is open.",
        "Ask again later; what others gave stands.",
    ),
    ErrorCode.UPSTREAM_TIMEOUT: (
        "The source did not answer within `timeout_seconds`.",
        "Ask again later; a write may have been done.",
    ),
    ErrorCode.UPSTREAM_REJECTED: (
        "The source said no; its own code and text are in `extensions.upstream`.",
        "Read what it says.",
    ),
    ErrorCode.UPSTREAM_BAD_RESPONSE: (
        "The source answered with a web page, garbage, half an answer, or another shape than documented.",
        "Look at what stands between the gateway and the source.",
    ),
    ErrorCode.UPSTREAM_UNAUTHENTICATED: (
        "The source refused the gateway's own account.",
        "Correct the account of the source; `gql-ems check` tells whether it works.",
    ),
    ErrorCode.INTERNAL: (
        "Something went wrong inside of the gateway.",
        "Look for `extensions.requestId` in its log.",
    ),
}

VENDORS: dict[str, Mapping[int, ErrorCode] | Mapping[str, ErrorCode]] = {
    "OMC": OMC,
    "Beaver IoT": BEAVER,
    "supOS": SUPOS,
    "IDaaS": IDAAS,
    "NCE-Campus": NCE,
}

INTRODUCTION = """\
One code tells a client what kind of thing went wrong, wherever it is told: `extensions.code` of an entry in `errors`,
`failures { code }` of a list over several sources, `userErrors { code }` of a mutation. A failed source never fails a
list: it stands in `failures` while the others answer. Where the whole request is refused before anything has run, the
code comes with the HTTP status below; every other answer is 200. A document that does not validate or is too complex is
400 for who accepts `application/graphql-response+json`, and 200 for `application/json`, as the specification has it."""

UPSTREAM = """\
`extensions.upstream` holds the source's name and, where it told them, its own `code`, `message` and `httpStatus`; never a
token, a password, a stack or an address with a secret in it."""


def page() -> str:
    """The page as the code has it now."""
    rows = ((code(one.value), _class(one), _status(one), *MEANINGS[one]) for one in ErrorCode)
    vendors = "\n\n".join(f"### {name}\n\n{_vendor(codes)}" for name, codes in VENDORS.items())
    return whole_page(
        "Error codes",
        INTRODUCTION,
        table(("code", "in the code", "HTTP", "meaning", "what to do"), rows),
        UPSTREAM,
        "## What the vendors' codes become\n\nAny other code of a vendor is `UPSTREAM_REJECTED`; HTTP 400, 403 and 404 "
        "are taken at their word where a vendor uses them so.",
        vendors,
    )


def _vendor(codes: Mapping[int, ErrorCode] | Mapping[str, ErrorCode]) -> str:
    return table(("theirs", "ours"), ((code(theirs), code(ours.value)) for theirs, ours in codes.items()))


def _class(wanted: ErrorCode) -> str:
    return code(_of(wanted).__name__)


def _status(wanted: ErrorCode) -> str:
    if wanted.value.startswith("UPSTREAM_"):
        return "200"
    return str(status_of(_of(wanted)("refused")))


def _of(wanted: ErrorCode) -> type[EmsError]:
    return next(one for one in _tree(EmsError) if one.code is wanted and one is not EmsError)


def _tree(kind: type[EmsError]) -> Iterator[type[EmsError]]:
    for one in kind.__subclasses__():
        if one.__module__ == errors.__name__:
            yield one if one is not errors.UpstreamError else errors.UpstreamUnavailable
            yield from _tree(one)
