// The desk by keyboard. J and K go through the queue, T to the pass, R to the reason of a return, ? to what the keys do.
// Nothing is done by a key alone: the button is only brought into reach. Without this script everything is there too.
(function () {
  "use strict";
  const help = document.getElementById("keys");
  function open() {
    if (help && !help.open) help.showModal();
  }
  for (const button of document.querySelectorAll("[data-opens-keys]")) {
    button.hidden = !help;
    button.addEventListener("click", open);
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || (help && help.open)) return;
    if (event.key === "?" || event.key === "？") {
      event.preventDefault();
      open();
      return;
    }
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
