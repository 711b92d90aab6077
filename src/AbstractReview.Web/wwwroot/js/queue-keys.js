// Expects [data-queue] with nav.queue__list whose present link has aria-current, .scores of radio inputs valued 1 to 5,
// [data-key-action=save] on the button that saves and goes on, dialog#keys that lists the keys, [data-keys-open] (hidden) to open it.
// j, k: next, previous; 1 to 5: score the focused criterion, else the first unscored; s: save and next; ?: the keys. Not while typing.
const queue = document.querySelector("[data-queue]");
const keys = document.getElementById("keys");
const opener = document.querySelector("[data-keys-open]");

const typing = (target) => target.isContentEditable || target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");

function step(by) {
  const links = [...queue.querySelectorAll(".queue__list a")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  links[at + by]?.click();
}

function score(value) {
  const rows = [...queue.querySelectorAll(".scores")];
  const row = document.activeElement.closest?.(".scores") ?? rows.find((one) => !one.querySelector("input:checked"));
  const input = row?.querySelector(`input[value="${value}"]`);
  if (!input) return;
  input.focus();
  input.click();
}

if (opener && keys) {
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
}
if (queue) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys?.open || typing(event.target)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (/^[1-5]$/.test(event.key)) score(event.key);
    else if (event.key === "s") queue.querySelector("[data-key-action=save]")?.click();
    else if (event.key === "?") keys?.showModal();
    else return;
    event.preventDefault();
  });
}
