from gql_ems.front.headers import headers_of


def test_headers_are_found_by_their_names():
    assert headers_of({"headers": [(b"host", b"a"), (b"x-name", b"J\xf6rg")]}) == {
        "host": "a",
        "x-name": "J\u00f6rg",
    }


def test_of_a_header_that_was_sent_twice_the_first_counts():
    twice = [(b"host", b"first"), (b"accept", b"*/*"), (b"host", b"second")]

    assert headers_of({"headers": twice})["host"] == "first"
