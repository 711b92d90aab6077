// Expects, where the review is, [data-queue] with nav.queue__list whose present link has aria-current, a form whose questions are fieldsets of radio
// inputs, [data-key-action=next|save|later] on what those keys press, dialog#keys that lists the keys, [data-keys-open] (hidden) to open it.
// n: next open; j, k: next, previous; digits: answer the focused question, else the first unanswered, and go on to the next; s: hand in and next;
// d: keep and next; ?: the keys; Escape leaves a text. Not while typing.
const queue = document.querySelector("[data-queue]");
const form = queue?.querySelector("form[data-autosave]") ?? queue?.querySelector("form.form");
const keys = document.getElementById("keys");
const opener = document.querySelector("[data-keys-open]");

const typing = (target) => target.isContentEditable || target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
const press = (action) => document.querySelector(`[data-key-action=${action}]`);

// What was written goes to the server before the page goes.
async function leave(link) {
  if (!link) return;
  await form?.saveNow?.();
  link.click();
}

function step(by) {
  const links = [...queue.querySelectorAll(".queue__list a:not([data-key-action])")];
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  return leave(links[at + by]);
}

function answer(digit) {
  const questions = [...(form?.querySelectorAll("fieldset") ?? [])].filter((one) => one.querySelector("input[type=radio]"));
  const question = questions.find((one) => one.contains(document.activeElement)) ?? questions.find((one) => !one.querySelector("input:checked"));
  if (!question) return;
  const input = question.querySelector(".scores") ? question.querySelector(`input[value="${digit}"]`) : question.querySelectorAll("input[type=radio]")[digit - 1];
  if (!input) return;
  input.focus();
  input.click();
  const next = questions[questions.indexOf(question) + 1];
  const target = next ? next.querySelector("input:checked") ?? next.querySelector("input") : form.querySelector("textarea");
  target?.focus();
}

if (opener && keys) {
  opener.hidden = false;
  opener.addEventListener("click", () => keys.showModal());
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys?.open) return;
  if (event.key === "Escape" && queue && typing(event.target)) return event.target.blur();
  if (typing(event.target)) return;
  if (event.key === "n") leave(press("next"));
  else if (!queue) return;
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (/^[0-9]$/.test(event.key)) answer(Number(event.key));
  else if (event.key === "s") press("save")?.click();
  else if (event.key === "d") press("later")?.click();
  else if (event.key === "?") keys?.showModal();
  else return;
  event.preventDefault();
});
