"""What every server is asked."""

from typing import Any, NamedTuple


class Question(NamedTuple):
    """A document with variables; `@@` in them differs from request to request."""

    name: str
    rows: int
    body: dict[str, Any]
    prefix: str = ""
    """Stands before the number where the variable is an id of the graph."""


SUBSCRIBERS = Question(
    "subscribers",
    20,
    {
        "query": """query Subscribers($ne: String!) {
  subscribers(first: 20, filter: {neId: $ne, sources: ["omc"]}) {
    nodes {
      imsi msisdn ambr
      authentication { hasKey amf }
      policy { pccRules sessionRules rfsp qosAudio }
    }
  }
}""",
        "variables": {"ne": "u@@"},
    },
)
USERS = Question(
    "users",
    50,
    {
        "query": """query Users($organization: ID!) {
  users(first: 50, filter: {organization: $organization}) {
    nodes { nativeId username displayName email phone status roles { name code } }
  }
}""",
        "variables": {"organization": "@@"},
    },
    prefix="Organization\0omc\0",
)
LARGE_DEPARTMENTS = USERS._replace(
    rows=100,
    body={**USERS.body, "query": USERS.body["query"].replace("first: 50", "first: 100")},
    prefix=USERS.prefix + "w",
)
"""The users of departments that are twice as large: asked by one client alone."""
ALARMS = Question(
    "alarms",
    100,
    {
        "query": """query Alarms($from: DateTime!) {
  alarms(first: 100, filter: {raisedFrom: $from}) {
    nodes {
      title severity code status
      networkElement { neId name port vendor state { online version serialNumber } }
    }
  }
}""",
        "variables": {"from": "2020-01-01T00:00:00.@@Z"},
    },
)
"""All alarms are younger than any of these instants, so the rows stay the same."""
QUESTIONS = (SUBSCRIBERS, USERS, ALARMS)
