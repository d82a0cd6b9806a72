"use strict";
// Everything here saves key strokes; the pages work without it. Words of reports are only ever set as text.
(() => {
  const search = document.getElementById("q");

  // Short cuts of one key; they can be switched off on the help page.
  const SWITCH = "parallax-short-cuts";
  const areOn = () => {
    try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
  };
  const stops = () => [...document.querySelectorAll("main h2 a, main .saying, main .lines > li, main tbody tr, main .timeline > li, main .report")];
  const move = (by) => {
    const all = stops();
    const here = all.findIndex((stop) => stop === document.activeElement || stop.contains(document.activeElement));
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    if (!next) return;
    if (next.tabIndex < 0) next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) { typing.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !areOn()) return;
    const does = {
      "/": () => search && search.focus(),
      j: () => move(1),
      k: () => move(-1),
      h: () => location.assign("/"),
      "?": () => location.assign("/help"),
    }[event.key];
    if (does) { event.preventDefault(); does(); }
  });
  const box = document.getElementById("short-cuts");
  if (box) {
    box.closest(".switch").hidden = false;
    box.checked = areOn();
    box.addEventListener("change", () => {
      try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* it holds for this page then */ }
    });
  }

  // What is found while it is typed.
  if (search) {
    const list = document.createElement("ul");
    list.className = "found";
    list.hidden = true;
    const told = document.createElement("p");
    told.className = "unseen";
    told.setAttribute("role", "status");
    search.form.append(list, told);
    let timer = 0;
    let asked = 0;
    const show = (hits) => {
      list.replaceChildren(...hits.map((hit) => {
        const line = document.createElement("li");
        const link = document.createElement("a");
        const title = document.createElement("bdi");
        const outlet = document.createElement("small");
        link.href = "/reports/" + encodeURIComponent(hit.report);
        title.textContent = hit.title || hit.report;
        outlet.textContent = " " + (hit.outlet || "");
        link.append(title, outlet);
        line.append(link);
        return line;
      }));
      list.hidden = hits.length === 0;
      told.textContent = hits.length === 1 ? "1 report below the search" : hits.length + " reports below the search";
    };
    const find = async () => {
      const mine = ++asked;
      const words = search.value.trim();
      if (words.length < 2) { list.hidden = true; told.textContent = ""; return; }
      const open = /[\p{L}\p{N}]$/u.test(words) ? words + "*" : words;
      try {
        const answer = await fetch("/api/v1/search?limit=7&q=" + encodeURIComponent(open));
        if (answer.ok && mine === asked) show((await answer.json()).hits);
      } catch { /* Enter searches all the same */ }
    };
    search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(find, 150); });
    search.form.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const here = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(here + 1, links.length - 1)].focus(); }
      if (event.key === "ArrowUp" && here >= 0) { event.preventDefault(); (links[here - 1] || search).focus(); }
      if (event.key === "Escape") { list.hidden = true; search.focus(); }
    });
    search.form.addEventListener("focusout", (event) => {
      if (!search.form.contains(event.relatedTarget)) list.hidden = true;
    });
  }

  // The answer of the API below the question.
  for (const form of document.querySelectorAll("form.try")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const told = form.querySelector("output") || form.appendChild(document.createElement("output"));
      try {
        const answer = await fetch(form.action + "?" + new URLSearchParams(new FormData(form)));
        const address = document.createElement("a");
        address.href = answer.url;
        address.textContent = new URL(answer.url).pathname + new URL(answer.url).search;
        const text = document.createElement("pre");
        text.tabIndex = 0;
        text.textContent = JSON.stringify(await answer.json(), null, 2).slice(0, 20000);
        told.replaceChildren(answer.status + " ", address, text);
      } catch { form.submit(); }
    });
  }

  // An import that goes on.
  const importing = document.querySelector("[data-events]");
  if (importing && importing.dataset.events) {
    const events = new EventSource(importing.dataset.events);
    events.onmessage = (event) => {
      const progress = JSON.parse(event.data);
      for (const field of importing.querySelectorAll("[data-field]")) field.textContent = progress[field.dataset.field];
      if (progress.is_done) { events.close(); location.reload(); }
    };
  }
})();
