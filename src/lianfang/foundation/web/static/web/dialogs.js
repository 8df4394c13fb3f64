// Asking before doing: a <details> with a form becomes a modal dialog. Without this file the form unfolds in place.
(() => {
  "use strict";

  function openDialog(details) {
    const dialog = details.querySelector("dialog");
    details.open = true;
    dialog.showModal();
    dialog.addEventListener("close", () => {
      details.open = false;
      details.querySelector("summary").focus();
    }, { once: true });
  }

  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details[data-confirm] > summary");
    if (summary) {
      event.preventDefault();
      openDialog(summary.parentElement);
      return;
    }
    const close = event.target.closest("[data-close]");
    if (close) {
      const dialog = close.closest("dialog");
      if (dialog.open) dialog.close();
      else close.closest("details").open = false;
    }
    if (event.target.closest("[data-open-keys]")) document.getElementById("keys")?.showModal();
  });

  // A second click on a slow connection must not send the form twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
