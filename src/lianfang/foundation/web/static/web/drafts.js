// Long forms keep a draft in this browser until they are saved: restored on request, cleared on success and log-out.
(() => {
  "use strict";
  const PREFIX = "lianfang:draft:";
  const PENDING = "lianfang:pending";
  const DAYS_KEPT = 7;
  const NOT_KEPT = "[type=password], [type=file], [type=hidden], [type=submit]";
  let leaving = false;

  const keyOf = (form) => `${PREFIX}${form.dataset.owner}:${form.dataset.autosave}`;
  const versionOf = (form) => form.elements.namedItem("version")?.value ?? "";
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !field.matches(NOT_KEPT));
  const clock = (time) => new Date(time).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });

  function valuesOf(form) {
    const values = {};
    for (const field of fieldsOf(form)) {
      const list = (values[field.name] ??= []);
      if (field.matches("[type=checkbox], [type=radio]")) {
        if (field.checked) list.push(field.value);
      } else if (field.matches("select[multiple]")) {
        list.push(...[...field.selectedOptions].map((option) => option.value));
      } else {
        list.push(field.value);
      }
    }
    return values;
  }

  function fill(form, values) {
    const taken = {};
    for (const field of fieldsOf(form)) {
      const list = values[field.name];
      if (!list) continue;
      if (field.matches("[type=checkbox], [type=radio]")) field.checked = list.includes(field.value);
      else if (field.matches("select[multiple]")) for (const option of field.options) option.selected = list.includes(option.value);
      else {
        taken[field.name] ??= 0;
        field.value = list[taken[field.name]++] ?? "";
      }
    }
  }

  function stored(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function keep(form) {
    try {
      localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), version: versionOf(form), values: valuesOf(form) }));
    } catch {
      return; // A full or forbidden store costs the draft, never the form.
    }
    form.querySelector("[data-draft-state]").textContent = `已暂存在本机（${clock(Date.now())}）`;
  }

  function forget(test) {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && test(key)) localStorage.removeItem(key);
  }

  function button(text, action) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  }

  function offer(form, draft) {
    const notice = form.querySelector("[data-draft-notice]");
    const changed = draft.version !== versionOf(form);
    const sentence = document.createElement("span");
    sentence.textContent = `这里有 ${clock(draft.at)} 没有提交的填写内容。${changed ? "此后这条记录被修改过，恢复后请核对。" : ""}`;
    const close = () => { notice.hidden = true; };
    notice.append(
      sentence,
      button("恢复", () => { fill(form, draft.values); form.dataset.changed = "yes"; close(); }),
      button("丢弃", () => { localStorage.removeItem(keyOf(form)); close(); }),
    );
    notice.hidden = false;
  }

  // The page after a submission tells whether it went well: an error page, the log-in page or the same faulty form did not.
  function settle() {
    const key = sessionStorage.getItem(PENDING);
    if (!key) return;
    sessionStorage.removeItem(PENDING);
    const failed = ["error", "login"].includes(document.body.dataset.page);
    const faulty = [...document.querySelectorAll("form[data-autosave][data-faulty]")].some((form) => keyOf(form) === key);
    if (!failed && !faulty) localStorage.removeItem(key);
  }

  function watch(form) {
    const before = JSON.stringify(valuesOf(form));
    const draft = form.dataset.autosave ? stored(keyOf(form)) : null;
    if (draft && JSON.stringify(draft.values) !== before) offer(form, draft);
    if (form.hasAttribute("data-faulty")) form.dataset.changed = "yes";
    let timer = 0;
    form.addEventListener("input", () => {
      form.dataset.changed = "yes";
      clearTimeout(timer);
      if (form.dataset.autosave) timer = setTimeout(() => keep(form), 800);
    });
    form.addEventListener("submit", () => {
      leaving = true;
      clearTimeout(timer);
      if (!form.dataset.autosave) return;
      keep(form);
      sessionStorage.setItem(PENDING, keyOf(form));
    });
  }

  settle();
  forget((key) => Date.now() - (stored(key)?.at ?? 0) > DAYS_KEPT * 86400000);
  document.querySelectorAll("form[data-guard]").forEach(watch);
  document.querySelectorAll("form[data-forget-drafts]").forEach((form) => form.addEventListener("submit", () => forget(() => true)));
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
  });
})();
