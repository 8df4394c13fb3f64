// Keys of the desk: "/" search, j and k rows, Ctrl+Enter presses the form's main button, "?" help. Never while somebody types.
(() => {
  "use strict";

  const isTyping = (element) => element.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  function focusSearch() {
    const boxes = [...document.querySelectorAll("[data-search]")];
    const box = boxes.find((candidate) => candidate.id === "filter-q") ?? boxes[0];
    box?.focus();
    box?.select();
    return Boolean(box);
  }

  function moveRow(step) {
    const table = document.activeElement.closest("[data-rows]") ?? document.querySelector("[data-rows]");
    if (!table) return;
    const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector("a"));
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[here < 0 ? 0 : Math.min(Math.max(here + step, 0), rows.length - 1)];
    const link = next?.querySelector("a.row-link") ?? next?.querySelector("a");
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
  }

  function submitForm() {
    const form = document.activeElement.closest("form") ?? document.querySelector("form.edit-form");
    form?.requestSubmit(form.querySelector(".btn-primary[type=submit]") ?? undefined);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      submitForm();
      return;
    }
    if (event.ctrlKey || isTyping(event.target) || document.querySelector("dialog:modal")) return;
    if (event.key === "/" && focusSearch()) event.preventDefault();
    else if (event.key === "j") moveRow(1);
    else if (event.key === "k") moveRow(-1);
    else if (event.key === "?") document.getElementById("keys")?.showModal();
  });
})();
