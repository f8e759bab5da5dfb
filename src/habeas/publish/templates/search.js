// Search over the list of cases: what is typed is folded by the tables of the index and met with folded names.
// No request is made, nothing is kept. Without this script the page shows the whole list.
"use strict";
(() => {
  const index = window.habeas;
  const form = document.getElementById("find");
  if (!index || !form) return;
  const MOST = 100; // hits shown at once
  const NEAR = 4; // letters from which on one may be wrong
  const words = index.words ? index.words.split(" ") : [];
  const paths = index.paths ? index.paths.split("\t") : [];
  const names = index.names ? index.names.split("\n") : [];
  const tag = document.documentElement.lang;
  const shown = (index.shown[tag] || index.shown.en || "").split(" ");
  const postings = index.cases ? index.cases.split(" ") : [];
  const said = JSON.parse(form.dataset.said); // codes in the reader's language, by facet
  const total = paths.length;
  const given = new Map(Object.entries(index.given));
  const simpler = new Map(Array.from(index.simpler.matchAll(/(.)(.)/gu), (pair) => [pair[1], pair[2]]));

  // --- folding, as habeas.names.folds does ---------------------------------------------------------------------

  const rules = index.rules.map(([pattern, to]) => [new RegExp(pattern, "g"), to.replace(/\\(\d)/g, "$$$1")]);
  const apply = (text) => rules.reduce((told, [pattern, to]) => told.replace(pattern, to), text);
  const mapped = (text) => Array.from(text, (c) => index.letters[c] ?? c).join("");
  const plain = (text) =>
    text.normalize("NFKC").toLowerCase().normalize("NFC").replace(/[\p{Cf}\p{Cc}]/gu, "").trim();

  function folds(word) {
    let text = mapped(plain(word));
    if (/[^\x00-\x7f]/.test(text)) text = mapped(text.normalize("NFKD").replace(/\p{M}/gu, ""));
    if (/[^\x00-\x7f]/.test(text)) return [`=${Array.from(plain(word), (c) => simpler.get(c) ?? c).join("")}`];
    const found = [text];
    if (/(?<![st])ch/.test(text)) found.push(text.replace(/(?<![st])ch/g, "G"));
    if (text.endsWith("c")) found.push(text.slice(0, -1) + "C");
    return [...new Set(found.map((one) => apply(one.replace(/[^a-zA-Z]/g, ""))).filter(Boolean))];
  }

  // --- the index --------------------------------------------------------------------------------------------------

  // The cases of a word or a value: steps in base 36, read once.
  const read = new Map();
  function cases(text) {
    let found = read.get(text);
    if (!found) {
      let at = 0;
      found = Uint32Array.from(text.split(","), (step) => (at += parseInt(step, 36)));
      read.set(text, found);
    }
    return found;
  }

  // The first word not before `text`.
  function place(text) {
    let low = 0;
    let high = words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (words[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Marks in `into` the cases in which some word begins with one of the folds.
  function mark(prefixes, into) {
    for (const prefix of prefixes) {
      for (let at = place(prefix); at < words.length && words[at].startsWith(prefix); at++) {
        for (const one of cases(postings[at])) into[one] = 1;
      }
    }
  }

  // Marks the cases in which a given name stands that one of the folds is a form of.
  function markForms(found, into) {
    for (const fold of found) {
      for (const name of (given.get(fold) || "").split(" ").filter(Boolean)) {
        const at = place(`~${name}`);
        if (words[at] === `~${name}`) for (const one of cases(postings[at])) into[one] = 1;
      }
    }
  }

  // Marks the cases of whom something is said that has a word which begins so: a place, an article, a year, a state.
  function markSaid(token, into) {
    const start = plain(token);
    if (start.length < 3) return; // the beginning of too much
    for (const [facet, values] of facets) {
      for (const [value, text] of values) {
        const told = `${plain(wording(facet, value))} ${plain(value)}`;
        if (told.split(/[\s\-‐‑–,.;:()/]+/u).some((word) => word.startsWith(start))) {
          for (const one of cases(text)) into[one] = 1;
        }
      }
    }
  }

  // True where two words differ in one letter: another, one more, one less, or two in the other order.
  function isNear(a, b) {
    if (a === b || Math.abs(a.length - b.length) > 1) return a === b;
    let start = 0;
    while (start < a.length && a[start] === b[start]) start++;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
    const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
    return (x.length <= 1 && y.length <= 1) || (x.length === 2 && x === y[1] + y[0]);
  }

  function markNear(found, into) {
    for (const fold of found) {
      if (fold.length < NEAR || fold.startsWith("=")) continue;
      words.forEach((word, at) => {
        if (isNear(fold, word)) for (const one of cases(postings[at])) into[one] = 1;
      });
    }
  }

  function matching(query) {
    const kept = new Uint8Array(total).fill(1);
    const asked = query.trim().toLowerCase();
    if (/^c-\w/.test(asked)) return kept.map((_, one) => (paths[one].toLowerCase().startsWith(asked) ? 1 : 0));
    for (const token of query.split(/[\s\-‐‑–,.()·]+/u)) {
      if (!plain(token)) continue;
      const prefixes = folds(token);
      const met = new Uint8Array(total);
      mark(prefixes, met);
      markForms(prefixes, met);
      markSaid(token, met);
      if (!met.includes(1)) markNear(prefixes, met);
      for (let one = 0; one < total; one++) kept[one] &= met[one];
    }
    return kept;
  }

  // --- facets: values of one facet are alternatives, facets add up ------------------------------------------------

  const facets = Object.entries(index.facets);
  const chosen = new Map(facets.map(([facet]) => [facet, new Set()]));
  const wording = (facet, value) => (said[facet] && said[facet][value]) || value;

  function within(kept) {
    // For each facet the cases that all other facets leave, so that its own values can be counted.
    const holds = new Map();
    for (const [facet, values] of facets) {
      const wanted = chosen.get(facet);
      if (!wanted.size) continue;
      const met = new Uint8Array(total);
      for (const [value, text] of values) if (wanted.has(value)) for (const one of cases(text)) met[one] = 1;
      holds.set(facet, met);
    }
    const left = (except) => {
      const found = kept.slice();
      for (const [facet, met] of holds) {
        if (facet !== except) for (let one = 0; one < total; one++) found[one] &= met[one];
      }
      return found;
    };
    return { all: left(null), without: (facet) => (holds.has(facet) ? left(facet) : null) };
  }

  function count(text, kept) {
    let n = 0;
    for (const one of cases(text)) n += kept[one];
    return n;
  }

  // --- what is shown ------------------------------------------------------------------------------------------------

  const field = document.getElementById("q");
  const clear = document.getElementById("clear");
  const panel = document.getElementById("facets");
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const browse = document.getElementById("browse");
  const number = new Intl.NumberFormat(tag);
  const nothing = document.getElementById("nothing");
  const boxes = [];
  const stands = [];
  for (const [value, text] of index.facets.state || []) {
    for (const one of cases(text)) stands[one] = wording("state", value);
  }
  let limit = MOST;

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function build() {
    for (const [facet, values] of facets) {
      const group = element("details", "", { class: "facet" });
      group.append(element("summary", said.facets[facet] || facet));
      const list = element("ul");
      for (const [value, text] of values) {
        const item = element("li");
        const label = element("label");
        const box = element("input", "", { type: "checkbox", name: facet, value });
        const n = element("span", "", { class: "n" });
        label.append(box, " ", wording(facet, value), " ", n);
        item.append(label);
        list.append(item);
        boxes.push({ facet, value, text, box, item, n });
      }
      group.append(list);
      panel.append(group);
    }
  }

  function hit(one) {
    const item = element("li");
    const called = names[one].split("\t");
    const first = Number(shown[one]);
    const printed = called.includes("") ? called.indexOf("") : called.length; // behind an empty one stands our own spelling
    const link = element("a", "", { href: `${form.dataset.root}cases/${paths[one]}.html` });
    link.append(element("bdi", first < 0 ? form.dataset.nameless.replace("{id}", paths[one]) : called[first]));
    item.append(link);
    if (first > printed) item.append(element("abbr", "*", { title: form.dataset.ours }));
    const others = called.filter((name, at) => at < printed && at !== first);
    if (others.length) item.append(" ", element("span", others.join(" · "), { class: "others" }));
    if (stands[one]) item.append(" ", element("span", stands[one], { class: "stands" }));
    return item;
  }

  function show() {
    const query = field.value;
    const any = query.trim() !== "" || [...chosen.values()].some((values) => values.size);
    browse.hidden = any;
    clear.hidden = !any;
    const kept = matching(query);
    const left = within(kept);
    for (const { facet, value, text, box, item, n } of boxes) {
      const these = count(text, left.without(facet) || left.all);
      box.checked = chosen.get(facet).has(value);
      n.textContent = number.format(these);
      item.hidden = !these && !box.checked;
    }
    let all = 0;
    const list = document.createDocumentFragment();
    for (let one = 0; one < total; one++) {
      if (left.all[one] && ++all <= limit && any) list.append(hit(one));
    }
    hits.replaceChildren(list);
    nothing.hidden = !any || all > 0;
    more.hidden = !any || all <= limit;
    found.textContent = any ? form.dataset.found.replace("{found}", number.format(all)).replace("{all}", number.format(total)) : "";
  }

  // --- the address keeps the search, so that it can be linked to ------------------------------------------------------

  function fromAddress() {
    const asked = new URLSearchParams(location.hash.slice(1));
    field.value = asked.get("q") || "";
    for (const [facet, values] of chosen) {
      values.clear();
      for (const value of asked.getAll(facet)) values.add(value);
      const group = boxes.find((one) => one.facet === facet);
      if (group && values.size) group.item.closest("details").open = true;
    }
    limit = MOST;
    show();
  }

  function toAddress() {
    const asked = new URLSearchParams();
    if (field.value.trim()) asked.set("q", field.value.trim());
    for (const [facet, values] of chosen) for (const value of values) asked.append(facet, value);
    const hash = asked.toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname.split("/").pop() || ".");
    limit = MOST;
    show();
  }

  build();
  form.hidden = false;
  field.addEventListener("input", toAddress);
  form.addEventListener("submit", (event) => event.preventDefault());
  panel.addEventListener("change", (event) => {
    const values = chosen.get(event.target.name);
    if (event.target.checked) values.add(event.target.value);
    else values.delete(event.target.value);
    toAddress();
  });
  clear.addEventListener("click", () => {
    field.value = "";
    for (const values of chosen.values()) values.clear();
    toAddress();
    field.focus();
  });
  more.addEventListener("click", () => {
    limit += MOST;
    show();
  });
  window.addEventListener("hashchange", fromAddress);
  index.folds = folds; // held against Python's in the tests
  fromAddress();
})();
