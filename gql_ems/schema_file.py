"""schema.graphql, the exported SDL: fresh, and no client of the last release broken by it."""

from pathlib import Path

from graphql import build_schema, find_breaking_changes

from resolvers import schema

HINT = "write it anew: gql-ems schema > schema.graphql"


def current() -> str:
    """The SDL of the graph as it is now."""
    return schema.sdl()


def problems(path: Path) -> list[str]:
    """What is wrong with the file at a path: missing, behind the graph, or promising what is gone."""
    if not path.is_file():
        return [f"{path} is missing; {HINT}"]
    written, now = path.read_text(encoding="utf-8"), current()
    if written == now:
        return []
    changes = find_breaking_changes(
        build_schema(written, assume_valid_sdl=True), build_schema(now, assume_valid_sdl=True)
    )
    return [f"{path} is behind the graph; {HINT}", *(f"breaks clients: {c.description}" for c in changes)]
