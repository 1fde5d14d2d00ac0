// Looks again every few seconds while something is being done, and shows the whole page once it is over.
const EVERY = 3000;
const running = () => document.querySelector('[data-progress="running"]');

async function look() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector('[data-progress="running"]');
  if (!now) {
    location.reload();
    return;
  }
  running().replaceChildren(...now.childNodes);
}

async function keepLooking() {
  if (!running()) return;
  try {
    await look();
  } catch {
    // The connection dropped: the next look may find it again.
  }
  setTimeout(keepLooking, EVERY);
}

if (running()) setTimeout(keepLooking, EVERY);
