// Expects form[data-move-form] with inputs number and place, [data-drag="NUMBER"][draggable], [data-drop="SESSION" or "SESSION@START"] and
// [data-carry] to speak through. A drop posts the same form that the page offers in words; nothing here is the only way to do a thing.
// While a talk is dragged or carried, places where it would clash are marked before it gets there.
const form = document.querySelector("[data-move-form]");
if (form) {
  const voice = document.querySelector("[data-carry]");
  const place = '[data-drop]:not([data-drop=""])';
  let held = null;

  function take(slot) {
    held = slot;
    held.dataset.dragging = "";
    foresee(slot.dataset.drag);
  }

  function leave() {
    if (held) delete held.dataset.dragging;
    held = null;
    mark(null);
    for (const seat of document.querySelectorAll("[data-clash]")) {
      delete seat.dataset.clash;
      seat.removeAttribute("title");
    }
  }

  function put(target) {
    form.elements.number.value = held.dataset.drag;
    form.elements.place.value = target.dataset.drop;
    form.requestSubmit();
  }

  async function foresee(number) {
    const answer = await fetch(`/api/v1/programme/places/${number}`);
    if (!answer.ok || held?.dataset.drag !== number) return;
    for (const { session, start, clashes } of await answer.json()) {
      if (clashes.length === 0) continue;
      const seat = start ? document.querySelector(`[data-drop="${session}@${start.slice(0, 16)}"]`) : document.querySelector(`[data-drop="${session}"]`);
      if (!seat) continue;
      seat.dataset.clash = "";
      seat.title = `Clash: ${clashes.join("; ")}`;
    }
  }

  document.addEventListener("dragstart", (event) => {
    const slot = event.target.closest?.('[data-drag]:not([data-drag=""])');
    if (!slot) return;
    take(slot);
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", slot.id);
  });
  document.addEventListener("dragend", leave);
  document.addEventListener("dragover", (event) => {
    const target = event.target.closest?.(place);
    if (!held || !target || target === held) return;
    event.preventDefault();
    mark(target.closest("td"));
  });
  document.addEventListener("drop", (event) => {
    const target = event.target.closest?.(place);
    if (!held || !target) return;
    event.preventDefault();
    put(target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target.closest?.("a.slot, .slot > a");
    if (event.key === "Escape" && held) {
      say(`${held.id} let go.`);
      leave();
    } else if (!at) {
      return;
    } else if (event.key === "m" && at.dataset.drag && !held) {
      event.preventDefault();
      take(at);
      say(`${at.id} taken up. Go to a place with the arrow keys; Enter puts it there, Escape lets it go.`);
    } else if (event.key === "Enter" && held) {
      event.preventDefault();
      const target = at.closest(place);
      if (target && target !== held) put(target);
      else say("It cannot go there.");
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = [...document.querySelectorAll("[data-live=grid] a.slot, [data-live=grid] .slot > a")].filter((slot) => slot.offsetParent);
      const next = all[all.indexOf(at) + (event.key === "ArrowDown" ? 1 : -1)] ?? all[0];
      if (!next) return;
      event.preventDefault();
      next.focus();
      if (held && next.closest(place)?.title) say(next.closest(place).title);
    }
  });

  function say(words) {
    if (voice) voice.textContent = words;
  }

  function mark(cell) {
    for (const over of document.querySelectorAll("td[data-over]")) if (over !== cell) delete over.dataset.over;
    if (cell) cell.dataset.over = "";
  }
}
