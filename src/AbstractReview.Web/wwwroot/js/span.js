// Expects nothing of the page: words for a span of milliseconds, as the server words it.
// The two largest units, rounded down: "3 days 4 hours", "59 minutes", "less than a minute".
// A module of its own, so that importing it starts nothing.
export function words(milliseconds) {
  const minutes = Math.floor(milliseconds / 60_000), hours = Math.floor(minutes / 60), days = Math.floor(hours / 24);
  const unit = (count, name) => `${count} ${name}${count === 1 ? "" : "s"}`;
  const two = (first, second) => (second.startsWith("0 ") ? first : `${first} ${second}`);
  if (days >= 14) return unit(days, "day");
  if (days >= 1) return two(unit(days, "day"), unit(hours % 24, "hour"));
  if (hours >= 1) return two(unit(hours, "hour"), unit(minutes % 60, "minute"));
  return minutes >= 1 ? unit(minutes, "minute") : "less than a minute";
}
