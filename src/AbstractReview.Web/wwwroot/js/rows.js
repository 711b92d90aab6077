// Expects fieldset[data-rows="Form.Authors"] > ol > li[data-row] with names "Form.Authors[0].X" and ids "Form_Authors_0__X", buttons
// [data-row-up|down|remove] in each row, [data-row-add], p[role=status][data-row-status]; a [data-grip] in a row makes it draggable.
// Adds, removes and reorders rows, renumbers their names, says what it did. The same buttons submit to the server without JavaScript.
for (const set of document.querySelectorAll("[data-rows]")) start(set);

function start(set) {
  const name = set.dataset.rows, id = name.replace(/[^\w-]/g, "_");
  const list = set.querySelector("[data-row]")?.parentElement ?? set.querySelector("ol");
  const status = set.querySelector("[data-row-status]");
  const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
  const pattern = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const inNames = new RegExp(`${pattern(name)}\\[\\d+\\]`, "g"), inIds = new RegExp(`${pattern(id)}_\\d+__`, "g");

  function number() {
    const all = rows();
    // Radio groups would merge while two rows share a name for a moment: remember what is ticked.
    const ticked = all.map((row) => [...row.querySelectorAll("input:checked")]);
    all.forEach((row, index) => {
      for (const element of row.querySelectorAll("*"))
        for (const attribute of ["name", "id", "for", "aria-describedby", "aria-labelledby", "aria-controls", "data-words-for"])
          if (element.hasAttribute(attribute))
            element.setAttribute(attribute, element.getAttribute(attribute).replace(inNames, `${name}[${index}]`).replace(inIds, `${id}_${index}__`));
      for (const verb of ["up", "down", "remove"]) {
        const button = row.querySelector(`[data-row-${verb}]`);
        if (!button) continue;
        button.type = "button";
        button.value = `${verb}:${index}`;
        button.disabled = (verb === "up" && index === 0) || (verb === "down" && index === all.length - 1) || (verb === "remove" && all.length === 1);
        button.setAttribute("aria-label", `${button.textContent.trim()} row ${index + 1}`);
      }
    });
    ticked.flat().forEach((input) => { input.checked = true; });
  }

  function done(words) {
    number();
    if (status) status.textContent = words;
    set.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
  }

  function empty(row) {
    for (const control of row.querySelectorAll("input, textarea, select")) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = false;
      else if (control.tagName === "SELECT") control.selectedIndex = 0;
      else if (control.type !== "hidden" || control.value !== "false") control.value = "";
      control.removeAttribute("aria-invalid");
    }
    for (const element of row.querySelectorAll(".error, .suggest__list")) element.remove();
    for (const element of row.querySelectorAll(".field--error")) element.classList.remove("field--error");
    return row;
  }

  set.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const row = button?.closest("[data-row]");
    if (!button) return;
    if (button.matches("[data-row-add]")) {
      event.preventDefault();
      const template = set.querySelector("template[data-row-template]");
      const made = template ? template.content.firstElementChild.cloneNode(true) : empty(rows().at(-1).cloneNode(true));
      list.append(made);
      done(`Row ${rows().length} added`);
      set.dispatchEvent(new CustomEvent("rows:added", { bubbles: true, detail: { row: made } }));
      made.querySelector("input, select, textarea")?.focus();
    } else if (row && button.matches("[data-row-remove]")) {
      event.preventDefault();
      const at = rows().indexOf(row);
      row.remove();
      done(`Row ${at + 1} removed, ${rows().length} left`);
      (rows()[at] ?? rows().at(-1))?.querySelector("input, select, textarea")?.focus();
    } else if (row && button.matches("[data-row-up], [data-row-down]")) {
      event.preventDefault();
      const up = button.matches("[data-row-up]");
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      up ? other.before(row) : other.after(row);
      done(`Moved to place ${rows().indexOf(row) + 1} of ${rows().length}`);
      (button.disabled ? row.querySelector(up ? "[data-row-down]" : "[data-row-up]") : button)?.focus();
    }
  });

  // Dragging by a grip; the buttons do the same for everyone else.
  let dragged;
  set.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip) return;
    dragged = grip.closest("[data-row]");
    dragged.dataset.dragging = "";
    grip.setPointerCapture(event.pointerId);
  });
  set.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-row]");
    if (!over || over === dragged || over.parentElement !== list) return;
    const box = over.getBoundingClientRect();
    event.clientY < box.top + box.height / 2 ? over.before(dragged) : over.after(dragged);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    set.addEventListener(end, () => {
      if (!dragged) return;
      delete dragged.dataset.dragging;
      const place = rows().indexOf(dragged) + 1;
      dragged = null;
      done(`Moved to place ${place} of ${rows().length}`);
    });
  }
  number();
}
