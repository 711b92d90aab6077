// Expects [data-mine=CODE][data-start][data-end][data-title][data-room] and the controls [data-mine-tab], [data-mine-only], [data-mine-count],
// [data-mine-tools], [data-mine-calendar]. A reader's own selection stays in this browser; it can be taken along as a calendar.
// Also registers the service worker that keeps the programme for times without a connection.
const key = "programme-mine";
const read = () => { try { return new Set(JSON.parse(localStorage.getItem(key) ?? "[]")); } catch { return new Set(); } };
let mine = read();
// What has no code (a fixed item) cannot be selected.
const items = [...document.querySelectorAll('[data-mine]:not([data-mine=""])')];
const only = document.querySelector("[data-mine-only]");
const show = () => {
  for (const count of document.querySelectorAll("[data-mine-count]")) count.textContent = mine.size;
  for (const part of document.querySelectorAll("[data-mine-tab]")) part.hidden = items.length === 0;
  for (const part of document.querySelectorAll("[data-mine-tools]")) part.hidden = items.length === 0 || mine.size === 0;
  for (const item of items) {
    const star = item.querySelector("[data-mine-star]");
    star.setAttribute("aria-pressed", String(mine.has(item.dataset.mine)));
    star.textContent = mine.has(item.dataset.mine) ? "★ In my selection" : "☆ Select";
  }
  const filtered = only?.getAttribute("aria-pressed") === "true";
  for (const item of items) item.hidden = filtered && !mine.has(item.dataset.mine);
  for (const session of document.querySelectorAll("[data-mine-session]")) session.hidden = filtered && !items.some((item) => !item.hidden && session.contains(item));
  for (const group of document.querySelectorAll("[data-mine-group]")) group.hidden = filtered && !group.querySelector("[data-mine-session]:not([hidden])");
};
for (const item of items) {
  const star = document.createElement("button");
  star.type = "button";
  star.className = "button button--link button--small no-print";
  star.dataset.mineStar = "";
  star.addEventListener("click", () => {
    mine = read();
    if (!mine.delete(item.dataset.mine)) mine.add(item.dataset.mine);
    localStorage.setItem(key, JSON.stringify([...mine]));
    show();
  });
  star.setAttribute("aria-label", `Select ${item.dataset.title}`);
  item.lastElementChild.append(star);
}
only?.addEventListener("click", () => {
  only.setAttribute("aria-pressed", String(only.getAttribute("aria-pressed") !== "true"));
  show();
});
const utc = (text) => new Date(text).toISOString().replace(/[-:]|\.\d+/g, "");
const plain = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
// No line above 75 octets (RFC 5545, 3.1); a folded one goes on after a space.
const folded = (line) => {
  const parts = [""];
  let octets = 0;
  for (const letter of line) {
    const size = new TextEncoder().encode(letter).length;
    if (octets + size > 74) {
      parts.push("");
      octets = 1;
    }
    parts[parts.length - 1] += letter;
    octets += size;
  }
  return parts.join("\r\n ");
};
document.querySelector("[data-mine-calendar]")?.addEventListener("click", () => {
  const events = items.filter((item) => mine.has(item.dataset.mine)).flatMap((item) => ["BEGIN:VEVENT", `UID:mine-${item.dataset.mine}@${location.host}`, `DTSTAMP:${utc(new Date().toISOString())}`,
    `DTSTART:${utc(item.dataset.start)}`, `DTEND:${utc(item.dataset.end)}`, `SUMMARY:${plain(item.dataset.title)}`, `LOCATION:${plain(item.dataset.room)}`, "END:VEVENT"]);
  const calendar = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//AbstractReview//My selection//EN", ...events, "END:VCALENDAR", ""].map(folded).join("\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([calendar], { type: "text/calendar" }));
  link.download = "my-programme.ics";
  link.click();
  URL.revokeObjectURL(link.href);
});
window.addEventListener("storage", () => { mine = read(); show(); });
show();
navigator.serviceWorker?.register("/programme-worker.js", { scope: "/programme" }).catch(() => { });
