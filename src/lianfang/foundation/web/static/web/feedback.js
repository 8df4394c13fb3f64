// Navigation, menus, messages, tick-all, file drop: small conveniences. Every page works without this file.
(() => {
  "use strict";
  const root = document.documentElement;

  function foldNavigation(button) {
    const folded = root.classList.toggle("nav-folded");
    button.setAttribute("aria-expanded", String(!folded));
    document.cookie = `sidebar=${folded ? "folded" : "open"}; path=/; max-age=31536000; samesite=lax`;
  }

  function showNavigation(shown) {
    root.classList.toggle("nav-shown", shown);
    document.querySelector("[data-nav-open]")?.setAttribute("aria-expanded", String(shown));
    if (shown) document.querySelector("#navigation li a")?.focus();
  }

  function toast(text) {
    const card = document.createElement("div");
    card.className = "toast-card toast-bad";
    card.setAttribute("role", "alert");
    const body = document.createElement("div");
    body.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.dataset.dismiss = "";
    close.textContent = "关闭";
    card.append(body, close);
    document.getElementById("toasts")?.append(card);
  }

  function markChosen(box) {
    box.closest("tr")?.classList.toggle("is-chosen", box.checked);
  }

  function chooseAll(head) {
    for (const box of head.closest("table").querySelectorAll("tbody input[type=checkbox]")) {
      box.checked = head.checked;
      markChosen(box);
    }
  }

  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-nav-fold]")) foldNavigation(hit("[data-nav-fold]"));
    else if (hit("[data-nav-open]")) {
      event.preventDefault(); // The address of the link is for browsers without scripts.
      showNavigation(!root.classList.contains("nav-shown"));
    } else if (hit("[data-nav-close]")) {
      event.preventDefault();
      showNavigation(false);
      document.querySelector("[data-nav-open]").focus();
    } else if (!hit("#navigation")) showNavigation(false);
    if (hit("[data-dismiss]")) hit("[data-dismiss]").closest(".toast-card").remove();
    if (hit("[data-back]") && history.length > 1) {
      event.preventDefault(); // Going back keeps what was typed there; the link opens that page anew.
      history.back();
    }
    if (hit("[data-print]")) window.print();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    showNavigation(false);
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-select-all]")) chooseAll(box);
    else if (box.matches(".data-table tbody input[type=checkbox]")) markChosen(box);
  });

  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.("[data-file-drop]");
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
      const input = zone.querySelector("input[type=file]");
      if (kind === "drop" && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }

  document.addEventListener("htmx:sendError", () => toast("网络不通，这次操作没有送到服务器。请检查网络后再试。"));
  document.addEventListener("htmx:timeout", () => toast("服务器没有及时回应，请稍后再试。"));
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => tab.scrollIntoView({ block: "nearest", inline: "nearest" }));
  document.querySelector("[data-error-summary]")?.focus();
})();
