"""Commands in shell blocks: which words are called, and whether what they call is there."""

import importlib.util
import re
import shlex

from docs.generate.commands import every
from tests.docs.pages import ROOT

KNOWN = {"curl", "export", "cd", "git", "docker", "python3.11", "source", "openssl", "psql", "cp", "chmod"}
"""Commands of other people that a reader is taken to have."""


def commands(text: str) -> list[list[str]]:
    """The commands of a block, word by word; comments, pipes and continued lines taken apart."""
    joined = text.replace("\\\n", " ")
    found = []
    for line in joined.splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|;&")
        lexer.whitespace_split = True
        words: list[str] = []
        for word in [*lexer, ";"]:
            if set(word) <= set("|;&"):
                found.extend([words] if words else [])
                words = []
            else:
                words.append(word)
    return found


def wrong(words: list[str]) -> str | None:
    """What is not there of a command, or None."""
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    if not words:
        return None
    name = words[0].removeprefix(".venv/bin/")
    if name == "make":
        return _of_make(words[1:])
    if name == "gql-ems":
        return _of_ours(words[1:])
    if name in ("python", "python3.11") and words[1:2] == ["-m"]:
        module = words[2]
        return None if module == "venv" or importlib.util.find_spec(module) else f"no module {module}"
    return None if name in KNOWN else f"no command {name}"


def _of_make(words: list[str]) -> str | None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    wanted = [word for word in words if "=" not in word]
    return next((f"no target {word}" for word in wanted if word not in targets), None)


def _of_ours(words: list[str]) -> str | None:
    given = {word.partition("=")[0] for word in words if word.startswith("--")} - {"--help"}
    plain = " ".join(["gql-ems", *(word for word in words if not word.startswith("-"))])
    for name, command in every():
        if plain == name or plain.startswith(f"{name} "):
            options = {option for parameter in command.params for option in parameter.opts}
            unknown = given - options
            return f"{name} has no {', '.join(sorted(unknown))}" if unknown else None
    return f"no command {plain}"
