"""Who is asking: identified by what a request carries, before anything is run."""

from gql_ems.identity.identity import ANONYMOUS, NOBODY, Identity

__all__ = ["ANONYMOUS", "NOBODY", "Identity"]
