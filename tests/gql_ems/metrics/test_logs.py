import io
import json
import logging

import pytest
import structlog

from gql_ems.logs import REQUEST, configure


class Terminal(io.StringIO):
    """A stream on which somebody looks."""

    def isatty(self) -> bool:
        return True


def test_a_line_is_one_json_object(lines):
    structlog.get_logger("gql_ems.test").info("source_is", source="omc", status="UP")
    (line,) = lines()

    assert {name: line[name] for name in ("event", "source", "status", "level", "logger")} == {
        "event": "source_is",
        "source": "omc",
        "status": "UP",
        "level": "info",
        "logger": "gql_ems.test",
    }


def test_a_line_carries_the_id_of_its_request(lines):
    told = REQUEST.set("f00d")
    structlog.get_logger("gql_ems.test").info("asked")
    logging.getLogger("gql_ems.test").info("asked")
    REQUEST.reset(told)
    structlog.get_logger("gql_ems.test").info("nobody asked")

    assert [line.get("request_id") for line in lines()] == ["f00d", "f00d", None]


def test_what_libraries_log_has_the_same_form(lines):
    logging.getLogger("adapters.beaver.live").warning("the socket is %s", "away")

    assert (lines()[0]["event"], lines()[0]["level"]) == ("the socket is away", "warning")


@pytest.mark.parametrize(
    "facts",
    [
        {"password": "hunter2-sandbox"},
        {"headers": {"Authorization": "Bearer hunter2-sandbox"}},
        {"url": "http://omc/login?token=hunter2-sandbox"},
        {"error": ValueError("password=hunter2-sandbox was refused")},
        {"path": "/files/hunter2-sandbox"},
        {"nested": [{"client_secret": "hunter2-sandbox"}]},
    ],
)
def test_no_secret_reaches_a_line(lines, facts):
    structlog.get_logger("gql_ems.test").warning("odd", **facts)

    assert "hunter2" not in json.dumps(lines())


def test_no_secret_reaches_a_line_by_a_traceback(lines):
    try:
        int("token=hunter2-sandbox")
    except ValueError as error:
        structlog.get_logger("gql_ems.test").error("broken", exc_info=error)

    assert ("ValueError" in lines()[0]["exception"], "hunter2" in json.dumps(lines())) == (True, False)


def test_what_is_below_the_level_is_not_written(lines):
    structlog.get_logger("gql_ems.test").debug("small")
    logging.getLogger("httpx").info("GET http://omc/secret")

    assert lines() == []


def test_a_terminal_gets_text_to_read(lines):
    stream = Terminal()
    configure("INFO", stream)
    structlog.get_logger("gql_ems.test").info("source_is", source="omc")

    assert ("source_is" in stream.getvalue(), stream.getvalue().startswith("{")) == (True, False)
