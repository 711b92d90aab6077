// Keeps the public programme readable without a connection: the network first, what was seen last when it does not answer or takes too
// long. Only pages under /programme and what they are made of are kept, and only as a visitor sees them: nothing of who is signed in.
const store = "programme-2";
const patience = 4000;
self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== store) await caches.delete(name);
  await self.clients.claim();
})()));
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  const ours = url.origin === location.origin && (url.pathname.startsWith("/programme") || /^\/(css|js)\/|^\/icon\.svg$/.test(url.pathname) || url.pathname.startsWith("/api/v1/programme/latest."));
  if (request.method !== "GET" || !ours) return;
  event.respondWith((async () => {
    const cache = await caches.open(store);
    const kept = async () => (await cache.match(request)) ?? (request.mode === "navigate" ? await cache.match("/programme") : undefined);
    const network = fetch(request);
    try {
      const answer = await Promise.race([network, new Promise((_, late) => setTimeout(() => late(new Error("late")), patience))]);
      if (answer.ok) event.waitUntil(Promise.all([request.url, ...others(url)].map((address) => keep(cache, address))));
      return answer;
    } catch {
      return (await kept()) ?? (await network.catch(() => Response.error()));
    }
  })());
});

// Whoever opened the programme can look at it by area, room and person without a connection too.
function others(url) {
  return url.pathname === "/programme" && url.search === "" ? ["Area", "Room", "Person"].map((by) => new URL(`/programme?by=${by}`, url).href) : [];
}

// Asked again without the reader's cookies; a style or script of an older version goes when its newer one comes.
async function keep(cache, address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) return;
  await cache.put(address, answer);
  const url = new URL(address);
  if (!/^\/(css|js)\//.test(url.pathname)) return;
  for (const old of await cache.keys()) {
    const other = new URL(old.url);
    if (other.pathname === url.pathname && other.search !== url.search) await cache.delete(old);
  }
}
