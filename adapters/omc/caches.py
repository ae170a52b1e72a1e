"""The OMC's cache: how it does, what it holds, and emptying it. Sessions and captcha answers lie in it, too."""

from typing import Any

from adapters.omc.marks import Word
from adapters.omc.verbs import OmcRecord, delete, get
from adapters.record import Json
from adapters.redaction import secret_name

OPEN = ("sys_config", "sys_dict")
"""The caches whose values may be read; all others hold sessions, captcha answers and counts of attempts."""


class CommandCount(OmcRecord, frozen=True):
    """How often a command was run."""

    name: str | None = None
    value: str | None = None


class CacheInfo(OmcRecord, frozen=True):
    """How the cache's server does; its figures are texts, in sections."""

    info: Json = None
    db_size: int | None = None
    command_stats: list[CommandCount] | None = None


class CacheEntry(OmcRecord, frozen=True):
    """A cache, or a key in it. Values are told of parameters and dictionaries alone, and never of a password."""

    cache_name: str | None = None
    cache_key: str | None = None
    cache_value: str | None = None
    remark: str | None = None


def _without_paths(payload: Any) -> Any:
    """The figures without the places of the server's files."""
    sections = payload.get("info")
    if not isinstance(sections, dict):
        return payload
    kept = {
        name: {key: value for key, value in section.items() if key not in ("config_file", "executable")}
        if isinstance(section, dict)
        else section
        for name, section in sections.items()
    }
    return payload | {"info": kept}


def _told(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    key = str(entry.get("cacheKey", ""))
    if entry.get("cacheName") in OPEN and not secret_name(key.rpartition(":")[2]):
        return entry
    hidden = ("cacheValue", "cacheKey") if entry.get("cacheName") not in OPEN else ("cacheValue",)
    return {name: value for name, value in entry.items() if name not in hidden}


def _all_told(entries: Any) -> Any:
    return [_told(entry) for entry in entries]


@get("/monitor/cache", shape=_without_paths)
def get_cache_info() -> CacheInfo:
    """How the cache does. (System / Cache information)"""


@get("/monitor/cache/getNames", shape=_all_told)
def list_cache_names() -> list[CacheEntry]:
    """The caches by name. (System / Cache information)"""


@get("/monitor/cache/getKeys/{cacheName}", shape=_all_told)
def list_cache_keys(cache_name: Word) -> list[CacheEntry]:
    """The keys in a cache; those of sessions and captchas are left out. (System / Cache information)"""


@get("/monitor/cache/getValue/{cacheName}/{cacheKey}", shape=_told)
def get_cache_value(cache_name: Word, cache_key: Word) -> CacheEntry:
    """What is cached under a key, of parameters and dictionaries alone. (System / Cache information)"""


@delete("/monitor/cache/clearCacheKey/{cacheName}/{cacheKey}")
def delete_cache_key(cache_name: Word, cache_key: Word) -> None:
    """Forgets what is cached under a key. (System / Cache information)"""


@delete("/monitor/cache/clearCacheName/{cacheName}")
def delete_cache_name(cache_name: Word) -> None:
    """Forgets all that is cached under a name. (System / Cache information)"""


@delete("/monitor/cache/clearCacheSafe")
def clear_cache_safe() -> None:
    """Forgets what the OMC holds safe to forget. (System / Cache information)"""
