// The chosen cell and the place where it was read are brought into view, each within its own half of the screen.
document.addEventListener("DOMContentLoaded", () => {
  for (const side of document.querySelectorAll(".received-side")) {
    const place = side.querySelector(".figure--chosen, .received-here");
    if (!place || side.scrollHeight <= side.clientHeight) continue;
    const above = side.querySelector(".received-chosen");
    const free = side.clientHeight - (above ? above.offsetHeight : 0);
    const offset = place.getBoundingClientRect().top - side.getBoundingClientRect().top + side.scrollTop;
    side.scrollTop = offset - (side.clientHeight - free) - free / 2;
  }
});
