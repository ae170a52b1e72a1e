import stat

import pytest

from gql_ems.identity import keys
from gql_ems.settings import ConfigurationError


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path):
    made = keys.read(tmp_path / "ems.key")
    assert stat.S_IMODE((tmp_path / "ems.key").stat().st_mode) == 0o600
    assert keys.read(tmp_path / "ems.key").derived("x") == made.derived("x")


def test_a_secret_that_others_can_read_stops_the_start(tmp_path):
    path = tmp_path / "ems.key"
    keys.read(path)
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="can be read by others"):
        keys.read(path)


def test_a_short_secret_stops_the_start(tmp_path):
    path = tmp_path / "ems.key"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match="less than 32 bytes"):
        keys.read(path)


def test_a_folder_that_is_not_there_stops_the_start(tmp_path):
    with pytest.raises(ConfigurationError, match=r"auth\.secret_file"):
        keys.read(tmp_path / "nowhere" / "ems.key")


def test_keys_for_different_uses_differ_and_none_is_printed(tmp_path):
    found = keys.read(tmp_path / "ems.key")
    assert found.derived("a") != found.derived("b")
    assert repr(found) == "Keys(...)"
