"""Asking web servers: one request at a time, allowed by robots.txt, with limits on everything.

Redirects are followed by hand, so that each hop is asked of its own host's robots.txt. A body is
taken whole or refused: a connection that breaks off must not leave half a table of figures.
"""

from __future__ import annotations

import logging
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import stamina
import urllib3
from keikaku.pipeline.version import software_version
from protego import Protego
from urllib3.exceptions import HTTPError

REDIRECTS = 5
ROBOTS_BYTES = 500 << 10
"""RFC 9309 asks for at least 500 KiB of robots.txt to be read."""
_PIECE = 64 << 10
_REDIRECTING = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504})
_LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class Manners:
    """Limits of a fetch: seconds between two requests to a host, bytes and seconds of a body."""

    delay: float = 1.0
    max_bytes: int = 100 << 20
    max_seconds: float = 300.0
    timeout: float = 30.0
    tries: int = 4
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered in the end. `body` is empty for a 304."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """A header's value."""
        return dict(self.headers).get(name.lower())


class Refused(Exception):
    """A page that was not asked for, or an answer that was not taken. `reason` is a slug."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class _Busy(Exception):
    """The server asks to come again; `pause` as it says (Retry-After), else None."""

    def __init__(self, status: int, pause: float | None) -> None:
        super().__init__(f"HTTP {status}")
        self.pause = pause


@dataclass(slots=True)
class Web:
    """The web as one run sees it: robots.txt and the time of the last request, by host."""

    manners: Manners = field(default_factory=Manners)
    sleep: Callable[[float], None] = time.sleep
    _pool: urllib3.PoolManager = field(default_factory=urllib3.PoolManager)
    _robots: dict[str, Protego | None] = field(default_factory=dict)
    _asked_at: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, conditions: Mapping[str, str]) -> Answer:
        """Ask for a page, following redirects. Raises Refused."""
        seen: set[str] = set()
        while True:
            self._check_robots(url)
            answer = self._ask(url, conditions, self.manners.max_bytes)
            if answer.status not in _REDIRECTING:
                return answer
            seen.add(url)
            url = _next_url(url, answer.header("location"))
            if url in seen or len(seen) > REDIRECTS:
                raise Refused("redirect_loop", f"redirected {len(seen)} times, last to {url}")

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.clear()

    def _check_robots(self, url: str) -> None:
        host = _host(url)
        if host not in self._robots:
            self._robots[host] = self._read_robots(host)
        robots = self._robots[host]
        if robots is None:
            raise Refused("robots_unreachable", f"{host}/robots.txt cannot be read: asking nothing")
        if not robots.can_fetch(url, user_agent()):
            raise Refused("robots", f"{host}/robots.txt does not allow {url}")

    def _read_robots(self, host: str) -> Protego | None:
        """A host's rules; all is allowed without the file, nothing when the server fails."""
        url = f"{host}/robots.txt"
        try:
            for _ in range(REDIRECTS + 1):
                answer = self._ask(url, {}, ROBOTS_BYTES)
                if answer.status not in _REDIRECTING:
                    break
                url = _next_url(url, answer.header("location"))
        except Refused:
            return None
        if answer.status >= 500:
            return None
        text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
        return Protego.parse(text)

    def _ask(self, url: str, conditions: Mapping[str, str], max_bytes: int) -> Answer:
        """One page, asked for again after a pause when the server is busy or the line breaks."""
        attempts = stamina.retry_context(
            on=_worth_another_try,
            attempts=self.manners.tries,
            timeout=None,
            wait_initial=self.manners.pause,
            wait_max=_LONGEST_PAUSE,
            wait_jitter=self.manners.pause,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return self._ask_once(url, conditions, max_bytes)
        except _Busy as error:
            raise Refused("server_error", f"{url}: {error}") from error
        except HTTPError as error:
            raise Refused(_reason(error), f"{url}: {error}") from error
        raise AssertionError("stamina gives at least one attempt")

    def _ask_once(self, url: str, conditions: Mapping[str, str], max_bytes: int) -> Answer:
        self._wait_turn(_host(url))
        response = self._pool.request(
            "GET",
            url,
            headers={"User-Agent": user_agent(), "Accept-Encoding": "identity", **conditions},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=self.manners.timeout,
        )
        try:
            if response.status in _BUSY:
                raise _Busy(response.status, _seconds(response.headers.get("Retry-After")))
            headers = tuple((name.lower(), value) for name, value in response.headers.items())
            body = self._body(response, max_bytes) if response.status == 200 else b""
            return Answer(url, response.status, headers, body)
        finally:
            response.close()

    def _body(self, response: urllib3.BaseHTTPResponse, max_bytes: int) -> bytes:
        started, pieces, size = time.monotonic(), [], 0
        for piece in response.stream(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > max_bytes:
                raise Refused("too_large", f"more than {max_bytes} bytes")
            if time.monotonic() - started > self.manners.max_seconds:
                raise Refused("too_slow", f"more than {self.manners.max_seconds:g} seconds")
        return b"".join(pieces)

    def _wait_turn(self, host: str) -> None:
        """Keep the host's crawl delay, or our own when that is longer."""
        robots = self._robots.get(host)
        crawl_delay = robots.crawl_delay(user_agent()) if robots is not None else None
        delay = max(self.manners.delay, min(crawl_delay or 0.0, _LONGEST_PAUSE))
        due = self._asked_at.get(host, float("-inf")) + delay
        if (pause := due - time.monotonic()) > 0:
            self.sleep(pause)
        self._asked_at[host] = time.monotonic()


def user_agent() -> str:
    """Who asks."""
    return f"keikaku/{software_version()} (reads plans of municipalities; honours robots.txt)"


def _worth_another_try(error: Exception) -> bool | float:
    """Whether to ask again, or after how many seconds."""
    if isinstance(error, _Busy):
        return True if error.pause is None else error.pause
    return isinstance(error, HTTPError)


def _reason(error: HTTPError) -> str:
    broken = (urllib3.exceptions.ProtocolError, urllib3.exceptions.IncompleteRead)
    is_truncated = isinstance(error, broken) and "IncompleteRead" in repr(error)
    return "truncated" if is_truncated else "unreachable"


def _seconds(retry_after: str | None) -> float | None:
    """Retry-After in seconds; a date or nonsense counts as none.

    >>> _seconds("3"), _seconds("Wed, 21 Oct 2026 07:28:00 GMT")
    (3.0, None)
    """
    if retry_after is None or not retry_after.strip().isdecimal():
        return None
    return min(float(retry_after), _LONGEST_PAUSE)


def _host(url: str) -> str:
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _next_url(url: str, location: str | None) -> str:
    try:
        target = urllib.parse.urljoin(url, location or "")
        is_web = urllib.parse.urlsplit(target).scheme in ("http", "https")
    except ValueError:
        is_web = False
    if location is None or not is_web:
        raise Refused("bad_redirect", f"{url} redirects to {location!r}")
    return urllib.parse.urldefrag(target).url


def quiet_libraries() -> None:
    """stamina tells of each retry by itself; ours is told in the report."""
    stamina.instrumentation.set_on_retry_hooks([])
    logging.getLogger("urllib3").setLevel(logging.ERROR)
