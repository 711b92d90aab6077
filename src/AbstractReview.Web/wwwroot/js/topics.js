// Expects select[data-topics="ID"] (or radio inputs with that attribute) whose values are area codes, and inside #ID elements
// with data-area="TA1" that hold the area's topics. Shows the topics of the chosen area only; those of others are unticked.
// Without JavaScript all topics are shown under their areas and the server refuses a topic of another area.
for (const chooser of document.querySelectorAll("[data-topics]")) {
  const place = document.getElementById(chooser.dataset.topics);
  if (!place) continue;
  const groups = [...place.querySelectorAll("[data-area]")];
  const waiting = document.createElement("p");
  waiting.className = "hint";
  waiting.textContent = "Choose an area first; its topics appear here.";
  place.append(waiting);
  const show = (area) => {
    for (const group of groups) {
      group.hidden = group.dataset.area !== area;
      if (group.hidden) for (const box of group.querySelectorAll("input")) box.checked = false;
    }
    waiting.hidden = groups.some((group) => !group.hidden);
    if (area && !waiting.hidden) waiting.textContent = "This area has no topics to choose.";
  };
  chooser.addEventListener("change", () => show(chooser.value));
  if (chooser.type !== "radio" || chooser.checked) show(chooser.value);
}
