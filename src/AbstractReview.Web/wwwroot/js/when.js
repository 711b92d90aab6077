// Expects <time datetime data-when="60">, the number being the conference's minutes east of UTC at that instant, and
// <time datetime data-left="2027-02-28T22:59:00Z">, the stamp being the server's clock when the page was made.
// Adds the reader's own time where it differs; counts the time left down by the server's clock, never by the reader's.
import { words } from "./span.js";

for (const time of document.querySelectorAll("time[data-when]")) {
  const at = new Date(time.dateTime);
  if (-at.getTimezoneOffset() === Number(time.dataset.when)) continue;
  const here = document.createElement("span");
  here.className = "muted";
  here.textContent = ` (${at.toLocaleString("en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })} your time)`;
  time.after(here);
}

const counted = [...document.querySelectorAll("time[data-left]")];
if (counted.length > 0) {
  // performance.now() goes on through a change of the reader's clock.
  const started = performance.now();
  const tell = () => {
    for (const time of counted) {
      const now = Date.parse(time.dataset.left) + performance.now() - started;
      const left = Date.parse(time.dateTime) - now;
      const text = left > 0 ? `${words(left)} left` : `${words(-left)} ago`;
      if (time.textContent !== text) time.textContent = text;
    }
  };
  tell();
  setInterval(tell, 10_000);
}
