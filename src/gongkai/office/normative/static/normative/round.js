// Ticking all documents of a round at once. Without this script each is ticked by hand.
(() => {
  const all = document.querySelector("input[data-all]");
  if (!all) return;
  const boxes = [...document.querySelectorAll("input[name=document]")];
  all.closest("label").hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => { box.checked = all.checked; }));
  boxes.forEach((box) => box.addEventListener("change", () => { all.checked = boxes.every((each) => each.checked); }));
})();
