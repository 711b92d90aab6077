// Expects <p class="word-count" data-words-for="ID of the textarea" data-max="300">, as <field max-words> writes it.
// Shows the count at once and announces it politely a second after the typing stops. It never blocks typing.
// Words are runs between blanks, as the server counts them.
export const count = (text) => text.split(/\s+/u).filter(Boolean).length;

for (const line of document.querySelectorAll("[data-words-for]")) {
  const area = document.getElementById(line.dataset.wordsFor);
  const max = Number(line.dataset.max);
  if (!area) continue;
  const announced = document.createElement("p");
  announced.className = "visually-hidden";
  announced.setAttribute("aria-live", "polite");
  line.after(announced);
  let waiting;
  const tell = () => {
    const words = count(area.value);
    line.textContent = words <= max ? `${words} of ${max} words` : `${words} of ${max} words: ${words - max} too many`;
    line.classList.toggle("word-count--over", words > max);
    line.classList.toggle("word-count--near", words <= max && words >= max - Math.floor(max / 10));
  };
  area.addEventListener("input", () => {
    tell();
    clearTimeout(waiting);
    waiting = setTimeout(() => { announced.textContent = line.textContent; }, 1000);
  });
  tell();
}
