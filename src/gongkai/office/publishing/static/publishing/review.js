// Reviewing by keyboard: J and K go through the queue, T to the pass, R to the reason of a return. Nothing is done by a
// key alone: the button is only brought into reach.
(function () {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const found = document.querySelector("[data-key='" + CSS.escape(event.key.toLowerCase()) + "']");
    if (!found) return;
    event.preventDefault();
    if (found.tagName === "A") { found.click(); return; }
    const target = found.matches("textarea") ? found : found.querySelector("button");
    if (target) { target.scrollIntoView({ block: "center" }); target.focus(); }
  });
  const refusal = document.getElementById("refusal");
  if (refusal) refusal.focus();
})();
