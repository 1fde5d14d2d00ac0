"""What a page costs whoever opens it: bytes over the wire, requests, and seconds on a slow line."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

PHONE = {"width": 360, "height": 640}
COLD_BYTES, COLD_REQUESTS, WARM_BYTES, LCP_SECONDS = 60_000, 12, 15_000, 4.0
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s each way, 400 ms to the site and back."""
SLOWER_PROCESSOR = 4
HEAD = ("Page", "cold", "requests", "warm", "readable on a slow line", "")
LAST_PAINT = """() => new Promise(done => {
  let last = 0
  new PerformanceObserver(list => { for (const one of list.getEntries()) last = one.startTime })
    .observe({ type: "largest-contentful-paint", buffered: true })
  setTimeout(() => done(last), 300)
})"""


@dataclass(frozen=True)
class Weight:
    """Bytes and requests of a first visit, bytes of a second, seconds until its largest part was painted."""

    name: str
    cold_bytes: int
    cold_requests: int
    warm_bytes: int
    lcp_seconds: float

    @property
    def is_missed(self) -> bool:
        return (
            self.cold_bytes > COLD_BYTES
            or self.cold_requests > COLD_REQUESTS
            or self.warm_bytes > WARM_BYTES
            or not 0 < self.lcp_seconds <= LCP_SECONDS
        )

    def row(self) -> list[str]:
        return [
            self.name,
            f"{self.cold_bytes / 1000:.1f} kB",
            str(self.cold_requests),
            f"{self.warm_bytes / 1000:.1f} kB",
            f"{self.lcp_seconds:.1f} s",
            "missed" if self.is_missed else "met",
        ]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def weigh(name: str, url: str, new_context: Callable[[], BrowserContext]) -> Weight:
    """Open `url` in fresh browsers of one person: first cold, then warm, then cold on a slow line."""
    context = new_context()
    page = context.new_page()
    cold_bytes, cold_requests = _load(page, url)
    warm_bytes, _requests = _load(page, url)
    context.close()
    return Weight(name, cold_bytes, cold_requests, warm_bytes, _lcp(url, new_context))


def context_of(browser: Browser, **options: Any) -> BrowserContext:
    """A browser with an empty cache, the size of a small phone."""
    return browser.new_context(viewport=PHONE, reduced_motion="reduce", **options)


def _load(page: Page, url: str) -> tuple[int, int]:
    """Bytes (headers too) and number of the answers that came over the wire, not from the cache."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: dict[str, int] = {}
    session.on("Network.loadingFinished", lambda event: _add(sizes, event))
    page.goto(url, wait_until="networkidle")
    session.detach()
    wire = [size for size in sizes.values() if size]
    return sum(wire), len(wire)


def _add(sizes: dict[str, int], event: dict[str, Any]) -> None:
    sizes[event["requestId"]] = int(event["encodedDataLength"])


def _lcp(url: str, new_context: Callable[[], BrowserContext]) -> float:
    context = new_context()
    page = context.new_page()
    _slow_down(context.new_cdp_session(page))
    page.goto(url, wait_until="networkidle", timeout=60_000)
    milliseconds = page.evaluate(LAST_PAINT)
    context.close()
    return round(milliseconds / 1000, 2)


def _slow_down(session: CDPSession) -> None:
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
