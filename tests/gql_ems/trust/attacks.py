"""What is tried against the gateway, an attack a method, and what each of them got."""

import json
import re
import time
from pathlib import Path

import httpx
import jwt
import websockets
from graphql import get_named_type, is_input_object_type

from resolvers import schema
from resolvers.ids import encode
from tests.e2e.vendors import Pretend
from tests.gql_ems.trust.gateway import LOGIN, PASSWORD, Gateway, codes, gateway_with

VIEWER = "{ viewer { username } }"
GRAPH = schema.build()._schema
QUOTES = (
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    '" OR ""="',
    "x' UNION SELECT password_hash, 1 FROM users --",
    "%' ESCAPE '\\",
    "\\'; select 1; --",
    "%",
    "1) OR (1=1",
    "\x00' OR 1=1 --",
)
LONG = "a" * 60_000


def got(answer: httpx.Response) -> str:
    """Status and codes."""
    try:
        told = answer.json()
    except ValueError:
        return str(answer.status_code)
    found = codes(told) if isinstance(told, dict) else [c for one in told for c in codes(one)]
    return " ".join([str(answer.status_code), *dict.fromkeys(found)])


class Attacks:
    """One method for each line of the table, which gives what the attack got."""

    def __init__(self, gateway: Gateway, token: str, vendors: dict[str, Pretend]) -> None:
        self.gateway = gateway
        self.token = token
        self.vendors = vendors

    async def ask(self, query: str, **variables) -> dict:
        return await self.gateway.ask(query, self.token, **variables)

    async def sql_in_every_text_filter(self) -> str:
        """Each text of each filter of each list: none may match, and none may break anything."""
        for field, condition, many in text_filters():
            for text in QUOTES:
                value = [text] if many else text
                answer = await self.ask(
                    f"query($w: {filter_of(field)}) {{ {field}(filter: $w) {{ nodes {{ __typename }} }} }}",
                    w={condition: value},
                )
                found = (answer.get("data") or {}).get(field)
                refused = set(codes(answer)) <= {"BAD_USER_INPUT"}
                if (found and found["nodes"]) or not refused:
                    return f"{field}.{condition} with {text!r}: {str(answer)[:300]}"
        return "nothing found or BAD_USER_INPUT"

    async def sql_in_search(self) -> str:
        for text in QUOTES:
            answer = await self.ask(
                "query($t: String!) { search(text: $t) { nodes { __typename } } }", t=text
            )
            if not set(codes(answer)) <= {"BAD_USER_INPUT"}:
                return f"{text!r}: {answer}"
        users = await self.ask("{ users { totalCount } }")
        return "harmless" if "errors" not in users else str(users)

    async def sql_in_a_login(self) -> str:
        answers = [await self.gateway.login(text, text) for text in QUOTES if "\x00" not in text]
        return "no session" if not any(a["accessToken"] for a in answers) else "a session"

    async def path_escape_in_ids(self) -> str:
        """Ids that would lead a vendor's path elsewhere, each as the id of a user of each source."""

        for source in ("omc", "beaver", "supos", "idaas"):
            for native in (
                "../../system/config",
                "..%2f..%2fx",
                "1/../../2",
                "1?x=1",
                "1#x",
                "1\r\nX: y",
                ".",
            ):
                for value in (encode("User", source, native), f"User:{source}:{native}"):
                    answer = await self.ask("query($i: ID!) { node(id: $i) { id } }", i=value)
                    if (answer.get("data") or {}).get("node") is not None:
                        return f"{native!r} at {source}: {answer}"
        asked = [path for vendor in self.vendors.values() for path in vendor.requests()]
        astray = [path for path in asked if re.search(r"\.\./|/system/config|/2$", path)]
        return "null or refused" if not astray else f"astray: {astray[:3]}"

    async def path_escape_in_parameters(self) -> str:
        found = set()
        for path in ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd\x00.txt", "....//etc"):
            answer = await self.ask(
                'query($p: String!) { omc(source: "omc") { getConfigValue(configKey: $p) } }', p=path
            )
            value = ((answer.get("data") or {}).get("omc") or {}).get("getConfigValue")
            found |= {"root:" in str(value)}
        return "no file" if found == {False} else "a file"

    async def oversized_body(self) -> str:
        return got(
            await self.gateway.post({"query": VIEWER, "variables": {"x": "x" * 2_000_000}}, self.token)
        )

    async def deep_query(self) -> str:
        query = "{ users { nodes " + "{ accounts " * 20 + "{ id }" + " }" * 20 + " } }"
        return got(await self.gateway.post({"query": query}, self.token, accept=GRAPHQL))

    async def aliased_query(self) -> str:
        query = "{" + " ".join(f"a{n}: users {{ nodes {{ id }} }}" for n in range(51)) + "}"
        return got(await self.gateway.post({"query": query}, self.token, accept=GRAPHQL))

    async def batched_queries(self) -> str:
        return got(await self.gateway.post([{"query": VIEWER}] * 11, self.token))

    async def batched_logins(self) -> str:
        guesses = " ".join(
            f'a{n}: login(username: "noc-lead", password: "x{n}") {{ accessToken }}' for n in range(9)
        )
        return got(await self.gateway.post({"query": f"mutation {{ {guesses} }}"}))

    async def costly_query(self) -> str:
        query = "{ users(first: 500) { nodes { accounts { accounts { accounts { roles { users(first: 500) { nodes { id } } } } } } } } }"
        return got(await self.gateway.post({"query": query}, self.token, accept=GRAPHQL))

    async def forged_token(self) -> str:
        claims = jwt.decode(self.token, options={"verify_signature": False})
        return got(await self.gateway.post({"query": VIEWER}, jwt.encode(claims, "k" * 32)))

    async def unsigned_token(self) -> str:
        claims = jwt.decode(self.token, options={"verify_signature": False})
        return got(await self.gateway.post({"query": VIEWER}, jwt.encode(claims, None, algorithm="none")))

    async def expired_token(self) -> str:
        self.gateway.hands.turn(minutes=16)
        return got(await self.gateway.post({"query": VIEWER}, self.token))

    async def token_of_an_ended_session(self) -> str:
        await self.ask("mutation { logout }")
        return got(await self.gateway.post({"query": VIEWER}, self.token))

    async def guessed_passwords(self) -> str:
        for n in range(5):
            await self.gateway.login("noc-lead", f"guess-{n}-guess")
        return "locked" if (await self.gateway.login("noc-lead"))["accessToken"] is None else "a session"

    async def form_of_another_site(self) -> str:
        return got(
            await self.gateway.http.post(
                self.gateway.endpoint,
                content=json.dumps({"query": VIEWER}),
                headers={"content-type": "text/plain", "authorization": f"Bearer {self.token}"},
            )
        )

    async def upload_form_of_another_site(self) -> str:
        return got(
            await self.gateway.http.post(
                self.gateway.endpoint,
                data={"operations": json.dumps({"query": VIEWER}), "map": "{}"},
                files={"0": ("x.txt", b"x")},
                headers={"authorization": f"Bearer {self.token}"},
            )
        )

    async def script_of_another_origin(self) -> str:
        return got(
            await self.gateway.post({"query": VIEWER}, self.token, origin="https://evil.sandbox.example")
        )

    async def socket_of_another_origin(self) -> str:
        try:
            async with websockets.connect(
                self.gateway.socket,
                subprotocols=["graphql-transport-ws"],
                origin="https://evil.sandbox.example",
            ):
                return "open"
        except websockets.InvalidStatus as error:
            return str(error.response.status_code)

    async def socket_without_a_token(self) -> str:
        async with websockets.connect(self.gateway.socket, subprotocols=["graphql-transport-ws"]) as socket:
            await socket.send('{"type":"connection_init"}')
            await socket.wait_closed()
            return str(socket.close_code)

    async def rebound_name(self) -> str:
        folder = Path(self.gateway.service.settings.auth.secret_file).parent
        async with gateway_with(
            folder,
            self.gateway.hands,
            auth={"mode": "none"},
            storage={"url": f"sqlite+aiosqlite:///{folder}/open.db"},
        ) as open_:
            return got(await open_.post({"query": VIEWER}, host="evil.sandbox.example"))

    async def secrets_in_raw(self) -> str:
        """Everything that any source gives as `raw`, and what was sent to sign in there."""
        lists = ("users", "roles", "organizations", "networkElements", "subscribers", "devices")
        text = ""
        for name in lists:
            text += json.dumps(await self.ask(f"{{ {name}(first: 100) {{ nodes {{ raw }} }} }}"))
        found = re.findall(
            r'(?i)\\?"[a-z_]*(?:passw(?:or)?d|secret|accesstoken|refreshtoken|ki|opc)\\?": \\?"(?!\[redacted\])([^"]+)',
            text,
        )
        return "no secret" if "raw" in text and not found and "eyJ" not in text else f"a secret: {found[:3]}"

    async def header_injection(self) -> str:
        answer = await self.gateway.post(
            {"query": VIEWER, "operationName": "a\r\nSet-Cookie: x=1"}, self.token
        )
        other = await self.gateway.http.get(
            f"{self.gateway.url}/files/a%0d%0aSet-Cookie:%20x=1", headers={"authorization": "Bearer x"}
        )
        return "no header" if not {"set-cookie"} & {*answer.headers, *other.headers} else "a header"

    async def upload_with_a_path_as_its_name(self) -> str:
        query = """mutation($f: Upload!) {
          omcUploadFile(source: "omc", file: $f, subPath: "import") { originalFileName } }"""
        answer = await self.gateway.http.post(
            self.gateway.endpoint,
            data={
                "operations": json.dumps({"query": query, "variables": {"f": None}}),
                "map": '{"0": ["variables.f"]}',
            },
            files={"0": ("../../etc/cron.d/x.txt", b"x")},
            headers={"authorization": f"Bearer {self.token}", "x-ems-preflight": "1"},
        )
        stored = answer.json()["data"]["omcUploadFile"]["originalFileName"]
        return "a plain name" if stored == "x.txt" else str(stored)

    async def upload_into_a_place_that_is_none(self) -> str:
        found = set()
        for place in ("__class__", "query", "variables.f.g.h", "variables.-1", "0.query", ""):
            answer = await self.gateway.http.post(
                self.gateway.endpoint,
                data={"operations": json.dumps({"query": VIEWER}), "map": json.dumps({"0": [place]})},
                files={"0": ("x", b"x")},
                headers={"authorization": f"Bearer {self.token}", "x-ems-preflight": "1"},
            )
            found.add(got(answer))
        return " / ".join(sorted(found))

    async def slow_patterns_in_search(self) -> str:
        started = time.perf_counter()
        for text in (LONG, "a" * 200 + "!", "(a+)+$" * 50, "%" * 500, "[" * 500, " ".join("a" * 200)):
            await self.ask("query($t: String!) { search(text: $t) { nodes { __typename } } }", t=text)
            await self.ask("query($t: String!) { users(filter: {search: $t}) { nodes { id } } }", t=text)
        return "bounded" if time.perf_counter() - started < 20 else "slow"

    async def nul_bytes(self) -> str:
        found = []
        for text in ("\x00", "a\x00b", "noc\x00"):
            found += codes(
                await self.ask("query($t: String!) { search(text: $t) { nodes { __typename } } }", t=text)
            )
            answer = await self.ask(
                """mutation($u: String!) { createUser(input: {username: $u, password: "sandbox-secret-3"}) {
                  user { username } userErrors { code } } }""",
                u=f"{text}x{len(found)}{len(text)}",
            )
            found += codes(answer)
        return "no failure" if "INTERNAL" not in found else "INTERNAL"

    async def lone_surrogates(self) -> str:
        body = b'{"query": "query($t: String!) { search(text: $t) { nodes { __typename } } }", "variables": {"t": "\\ud800"}}'
        in_json = await self.gateway.http.post(
            self.gateway.endpoint,
            content=body,
            headers={"content-type": "application/json", "authorization": f"Bearer {self.token}"},
        )
        in_query = await self.gateway.post(
            {"query": '{ search(text: "\\ud800") { nodes { __typename } } }'}, self.token, accept=GRAPHQL
        )
        return f"{got(in_json)} / {got(in_query)}"

    async def json_bomb(self) -> str:
        text = (
            b'{"query": "{ viewer { username } }", "variables": {"a": '
            + b"[" * 100_000
            + b"]" * 100_000
            + b"}}"
        )
        deep = await self.gateway.http.post(
            self.gateway.endpoint,
            content=text,
            headers={"content-type": "application/json", "authorization": f"Bearer {self.token}"},
        )
        return got(deep)

    async def huge_numbers(self) -> str:
        found = set()
        for number in (2**31, 2**63, 2**64, 10**300):
            found |= set(
                codes(await self.ask("query($n: Int) { users(first: $n) { nodes { id } } }", n=number))
            )
            found |= set(codes(await self.ask(f"{{ users(first: {number}) {{ nodes {{ id }} }} }}")))
        found |= set(codes(await self.ask("{ users(first: " + "9" * 6000 + ") { nodes { id } } }")))
        return " ".join(sorted(found))

    async def viewer_who_changes_something(self) -> str:
        await self.gateway.add("noc-viewer", "viewer")
        token = (await self.gateway.login("noc-viewer"))["accessToken"]
        return got(
            await self.gateway.post({"query": 'mutation { deleteUsers(ids: ["x"]) { deletedIds } }'}, token)
        )

    async def change_by_get(self) -> str:
        return got(
            await self.gateway.http.get(
                self.gateway.endpoint,
                params={"query": "mutation { logout }"},
                headers={"authorization": f"Bearer {self.token}"},
            )
        )

    async def schema_without_a_token(self) -> str:
        return got(await self.gateway.post({"query": "{ __schema { types { name } } }"}))

    async def login_told_as_get(self) -> str:
        variables = json.dumps({"u": "noc-lead", "p": PASSWORD})
        return got(
            await self.gateway.http.get(
                self.gateway.endpoint, params={"query": LOGIN, "variables": variables}
            )
        )

    async def control_characters_in_a_command(self) -> str:
        elements = await self.ask(
            '{ networkElements(filter: {sources: ["omc"], neTypes: ["UDM"]}) { nodes { id } } }'
        )
        element = elements["data"]["networkElements"]["nodes"][0]["id"]
        answer = await self.ask(
            "mutation($e: ID!, $c: [String!]!) { runMml(networkElement: $e, commands: $c) { outputs userErrors { code } } }",
            e=element,
            c=["dsp sys\nadd user:name=x"],
        )
        return " ".join(error["code"] for error in answer["data"]["runMml"]["userErrors"])


GRAPHQL = "application/graphql-response+json"


def text_filters() -> list[tuple[str, str, bool]]:
    """Every text of every filter of the lists: field, condition, whether it takes several."""
    found = []
    for name, field in GRAPH.query_type.fields.items():
        argument = field.args.get("filter")
        if argument is None or "nodes" not in getattr(get_named_type(field.type), "fields", {}):
            continue
        for condition, of in get_named_type(argument.type).fields.items():
            if get_named_type(of.type).name == "String" and not is_input_object_type(of.type):
                found.append((name, condition, "[" in str(of.type)))
    return [one for one in found if one[1] != "sources"] + [
        one for one in found if one[0] == "users" and one[1] == "sources"
    ]


def filter_of(field: str) -> str:
    return str(GRAPH.query_type.fields[field].args["filter"].type)
