// Expects <input data-suggest="URL" [data-suggest-min="2"]>; asks URL with ?q= and wants [{ "value": "…", "hint": "…" }].
// Makes the input a combobox: arrows choose, Enter or a click takes, Escape closes; typing something else is always allowed.
// Fires "suggest:chosen" (bubbling, detail = the item) so that a page may fill the country beside the affiliation.
let made = 0;

const found = (root) => { for (const input of root.querySelectorAll("input[data-suggest]:not([role])")) start(input); };
found(document);
document.addEventListener("rows:added", (event) => {
  // A cloned row brings a dead combobox with it; it is made anew.
  for (const box of event.detail.row.querySelectorAll(".suggest")) box.replaceWith(box.querySelector("input"));
  for (const input of event.detail.row.querySelectorAll("input[data-suggest]")) input.removeAttribute("role");
  found(event.detail.row);
});

function start(input) {
  const box = document.createElement("div"), list = document.createElement("ul");
  box.className = "suggest";
  list.className = "suggest__list";
  list.id = `suggest-${++made}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  input.replaceWith(box);
  box.append(input, list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" }))
    input.setAttribute(name, value);
  let items = [], at = -1, waiting, asked = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    at = (index + items.length) % items.length;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", number === at ? "true" : "false"));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const take = (index) => {
    input.value = items[index].value;
    close();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    clearTimeout(waiting);
    input.dispatchEvent(new CustomEvent("suggest:chosen", { bubbles: true, detail: items[index] }));
  };

  async function ask() {
    const text = input.value.trim(), turn = ++asked;
    if (text.length < Number(input.dataset.suggestMin ?? 2)) return close();
    const url = new URL(input.dataset.suggest, location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok || turn !== asked || document.activeElement !== input) return;
      items = await answer.json();
    } catch { return; }
    if (items.length === 0) return close();
    list.replaceChildren(...items.map((item, index) => {
      const option = document.createElement("li"), value = document.createElement("bdi");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      value.textContent = item.value;
      option.append(value);
      if (item.hint) option.append(` (${item.hint})`);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(index); });
      return option;
    }));
    list.hidden = false;
    at = -1;
    input.setAttribute("aria-expanded", "true");
  }

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 200); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) { ask(); event.preventDefault(); return; }
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? items.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) take(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}
