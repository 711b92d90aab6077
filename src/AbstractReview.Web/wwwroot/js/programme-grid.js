// Expects form[data-move-form] with inputs number and place, [data-drag="NUMBER"][draggable] and [data-drop="SESSION" or "SESSION@START"].
// A drop posts the same form that the page offers for the keyboard; nothing here is the only way to do a thing.
const form = document.querySelector("[data-move-form]");
if (form) {
  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-drag]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    dragged.dataset.dragging = "";
  });
  document.addEventListener("dragend", () => {
    if (dragged) delete dragged.dataset.dragging;
    dragged = null;
    mark(null);
  });
  document.addEventListener("dragover", (event) => {
    const target = event.target.closest?.("[data-drop]");
    if (!dragged || !target || target === dragged) return;
    event.preventDefault();
    mark(target.closest("td"));
  });
  document.addEventListener("drop", (event) => {
    const target = event.target.closest?.("[data-drop]");
    if (!dragged || !target) return;
    event.preventDefault();
    form.elements.number.value = dragged.dataset.drag;
    form.elements.place.value = target.dataset.drop;
    form.requestSubmit();
  });
  function mark(cell) {
    for (const over of document.querySelectorAll("td[data-over]")) if (over !== cell) delete over.dataset.over;
    if (cell) cell.dataset.over = "";
  }
}
