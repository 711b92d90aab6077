// Keeps the public programme readable without a connection: the network first, what was seen last when it does not answer.
// Only pages under /programme and what they are made of are kept; nothing of signed-in pages.
const store = "programme-1";
self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  const ours = url.origin === location.origin && (url.pathname.startsWith("/programme") || /^\/(css|js)\//.test(url.pathname) || url.pathname.startsWith("/api/v1/programme/latest."));
  if (request.method !== "GET" || !ours) return;
  event.respondWith((async () => {
    const cache = await caches.open(store);
    try {
      const answer = await fetch(request);
      if (answer.ok) await cache.put(request, answer.clone());
      return answer;
    } catch {
      return (await cache.match(request)) ?? (request.mode === "navigate" ? await cache.match("/programme") : undefined) ?? Response.error();
    }
  })());
});
