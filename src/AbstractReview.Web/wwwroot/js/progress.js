// Expects section.progress[data-events="URL"] as _Progress writes it, with [data-part=count|rate|left|message|state].
// Listens to server-sent events whose data is { state, done, total, message, rate } and reloads once when the work has ended.
// Where events do not come through, the page is asked again every five seconds.
import { words } from "./span.js";

for (const section of document.querySelectorAll("[data-events]")) {
  const part = (name) => section.querySelector(`[data-part=${name}]`);
  const bar = section.querySelector("progress");
  const unit = section.dataset.unit;
  const events = new EventSource(section.dataset.events);
  events.addEventListener("message", ({ data }) => {
    const { state, done, total, message, rate } = JSON.parse(data);
    if (["Done", "Failed", "Cancelled"].includes(state)) {
      events.close();
      location.reload();
      return;
    }
    if (total > 0 && bar) {
      bar.max = total;
      bar.value = done;
    }
    if (part("state") && part("state").textContent !== state) part("state").textContent = state;
    part("count").textContent = total > 0 ? `${done} of ${total} ${unit}` : `${done} ${unit}`;
    part("rate").textContent = rate > 0 ? `${Math.round(rate * 10) / 10} a second` : "";
    part("left").textContent = rate > 0 && total > done ? `${words(((total - done) / rate) * 1000)} left` : "";
    if (part("message").textContent !== (message ?? "")) part("message").textContent = message ?? "";
  });
  events.addEventListener("error", () => {
    // A connection that only dropped is taken up again by the browser; one that was refused is not.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
  });
}
