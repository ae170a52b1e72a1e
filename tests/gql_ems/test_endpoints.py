import pytest

from gql_ems.endpoints import endpoint_of, method_of


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        ("/graphql", "graphql"),
        ("//graphql/x", "graphql"),
        ("/files/a-secret-token", "files"),
        ("/", "page"),
        ("/etc/passwd", "page"),
    ],
)
def test_a_path_is_told_by_its_endpoint_alone(path, endpoint):
    assert endpoint_of({"path": path}) == endpoint


@pytest.mark.parametrize(
    ("scope", "method"),
    [
        ({"type": "http", "method": "POST"}, "POST"),
        ({"type": "http", "method": "BREW"}, "OTHER"),
        ({"type": "websocket"}, "WS"),
    ],
)
def test_there_are_few_methods(scope, method):
    assert method_of(scope) == method
