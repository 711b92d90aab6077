// Expects [data-live=NAME] parts, [data-version] on one of them, [data-live-news], and form[data-move-form] with an input Version.
// Hears of every later version of the draft by server-sent events and puts the parts as they now are in place of the old ones. Open forms
// stay as they are typed: they keep the version they were made from, so that the server merges or refuses them by it.
const head = document.querySelector("[data-version]");
const news = document.querySelector("[data-live-news]");
if (head && news) {
  let behind = false;
  let catchingUp = false;
  const events = new EventSource(`/api/v1/programme/versions?after=${head.dataset.version}`);
  events.addEventListener("message", ({ data }) => {
    const { words, by } = JSON.parse(data);
    news.hidden = false;
    news.textContent = `${by || "The program"}: ${words}.`;
    behind = true;
    if (!catchingUp) catchUp();
  });

  async function catchUp() {
    catchingUp = true;
    while (behind) {
      behind = false;
      await untilNothingIsHeld();
      const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html" } }).catch(() => null);
      const text = answer?.ok ? await answer.text().catch(() => "") : "";
      // Something may have been taken up while the answer came, and another version may have come meanwhile.
      await untilNothingIsHeld();
      if (text && !behind) show(new DOMParser().parseFromString(text, "text/html"));
    }
    catchingUp = false;
  }

  // Nothing moves under a drag.
  async function untilNothingIsHeld() {
    while (document.querySelector("[data-dragging]")) await new Promise((done) => setTimeout(done, 300));
  }

  function show(fresh) {
    // Read before its part moves over.
    const version = fresh.querySelector("[data-version]")?.dataset.version;
    const focused = document.activeElement?.closest("[data-live]") ? document.activeElement.id : "";
    const scrolled = [...document.querySelectorAll(".grid-wrap")].map((wrap) => [wrap.scrollLeft, wrap.scrollTop]);
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = fresh.querySelector(`[data-live="${part.dataset.live}"]`);
      if (now) part.replaceWith(document.adoptNode(now));
    }
    document.querySelectorAll(".grid-wrap").forEach((wrap, i) => { if (scrolled[i]) [wrap.scrollLeft, wrap.scrollTop] = scrolled[i]; });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const form = document.querySelector("[data-move-form]");
    if (form && version) form.elements.Version.value = version;
  }
}
