// Search, filters and sorting. The page contains all rows: they are removed, and those that match are
// added a screenful at a time, so that ten thousand rows cost no more than a hundred.
"use strict";
(() => {
  const BATCH = 100;
  const table = document.getElementById("papers");
  const body = table.tBodies[0];
  const form = document.querySelector("form");
  const status = document.getElementById("status");
  const none = document.getElementById("none");
  const more = document.getElementById("more");
  const tip = document.getElementById("tip");

  // Compatibility forms and radicals (⽂, ⻔) are found by the ideographs that they look like.
  const pairs = Array.from(table.dataset.radicals);
  const radicals = new Map();
  for (let i = 0; i < pairs.length; i += 2) radicals.set(pairs[i], pairs[i + 1]);
  const radical = /[\u2e80-\u2fdf]/gu;
  const fold = (text) =>
    text.replace(radical, (found) => radicals.get(found) ?? found).normalize("NFKC").toLowerCase();
  const spaces = /\s+/u;

  const rows = Array.from(body.rows, (element) => {
    const { sections, stars, year, kind, check } = element.dataset;
    return {
      element,
      text: fold(element.textContent),
      sections: sections.split(" "),
      stars,
      year,
      kind: kind.split(" "),
      check: check.split(" "),
    };
  });

  let order = rows;
  let shown = rows;
  let limit = BATCH;

  const draw = () => {
    body.replaceChildren(...shown.slice(0, limit).map((row) => row.element));
    more.hidden = shown.length <= limit;
  };

  const TESTS = {
    section: (row, value) => row.sections.includes(value),
    stars: (row, value) => row.stars !== "" && Number(row.stars) >= Number(value),
    year: (row, value) => row.year === value,
    kind: (row, value) => row.kind.includes(value),
    check: (row, value) => row.check.includes(value),
  };

  const charts = Array.from(document.querySelectorAll("svg[data-chart]"), (svg) => ({
    name: svg.dataset.chart,
    scale: Number(svg.dataset.scale),
    bars: Array.from(svg.querySelectorAll("g"), (bar) => ({
      value: bar.dataset.value,
      all: bar.querySelector(".all"),
      now: bar.querySelector(".now"),
    })),
  }));

  const count = () => {
    const total = Number(status.dataset.total);
    status.textContent =
      shown.length === total
        ? `${total.toLocaleString("en")} paper${total === 1 ? "" : "s"}`
        : `${shown.length.toLocaleString("en")} of ${total.toLocaleString("en")} papers`;
    none.hidden = shown.length > 0;
    for (const { name, scale, bars } of charts) {
      const counts = new Map();
      for (const row of shown) counts.set(row[name], (counts.get(row[name]) ?? 0) + 1);
      for (const { value, all, now } of bars) {
        const height = (counts.get(value) ?? 0) * scale;
        const bottom = Number(all.getAttribute("y")) + Number(all.getAttribute("height"));
        now.setAttribute("height", height);
        now.setAttribute("y", bottom - height);
      }
    }
  };

  const filter = () => {
    const words = fold(form.elements.query.value).split(spaces).filter(Boolean);
    const tests = Object.entries(TESTS)
      .map(([name, test]) => [test, form.elements[name]?.value])
      .filter(([, value]) => value);
    shown = order.filter(
      (row) =>
        words.every((word) => row.text.includes(word)) &&
        tests.every(([test, value]) => test(row, value)),
    );
    limit = BATCH;
    draw();
    count();
  };

  // First ascending, then descending, then in the file's order. Empty cells come last.
  const collator = new Intl.Collator("zh", { numeric: true });
  const headings = Array.from(table.tHead.rows[0].cells);
  const sort = (heading) => {
    const next = { none: "ascending", ascending: "descending", descending: "none" };
    const direction = next[heading.getAttribute("aria-sort") ?? "none"];
    for (const other of headings) other.removeAttribute("aria-sort");
    if (direction === "none") {
      order = rows;
      filter();
      return;
    }
    heading.setAttribute("aria-sort", direction);
    const index = headings.indexOf(heading);
    const numeric = "numeric" in heading.dataset;
    const sign = direction === "ascending" ? 1 : -1;
    const keyed = rows.map((row) => {
      const cell = row.element.cells[index];
      const text = (cell.dataset.sort ?? cell.textContent).trim();
      return { row, empty: text === "", key: numeric ? Number(text) : text.slice(0, 100) };
    });
    keyed.sort((a, b) => {
      if (a.empty || b.empty) return a.empty - b.empty;
      return sign * (numeric ? a.key - b.key : collator.compare(a.key, b.key));
    });
    order = keyed.map(({ row }) => row);
    filter();
  };

  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.addEventListener("click", () => sort(heading));
    heading.replaceChildren(button);
  }

  // Letters that an input method is still composing are not searched for.
  form.addEventListener("input", (event) => {
    if (!event.isComposing) filter();
  });
  form.addEventListener("compositionend", filter);
  form.addEventListener("change", ({ target }) => {
    if (target.matches("select")) filter();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  const grow = () => {
    limit += BATCH;
    draw();
  };
  more.addEventListener("click", grow);
  new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting) && !more.hidden) grow();
    },
    { rootMargin: "600px" },
  ).observe(more);

  // Printing, and a URL with #L and a line, need rows that may not be drawn yet.
  addEventListener("beforeprint", () => {
    limit = shown.length;
    draw();
  });
  const follow = () => {
    const index = shown.findIndex((row) => `#${row.element.id}` === location.hash);
    if (index < 0) return;
    limit = Math.max(limit, index + 1);
    draw();
    shown[index].element.scrollIntoView();
  };
  addEventListener("hashchange", follow);

  // One tooltip for all: it shows the alternatives of a restored character, on focus too, unlike the
  // browser's own. For a link that contains such characters, it shows those of all of them.
  let described = null;
  const hide = () => {
    tip.hidden = true;
    described?.removeAttribute("aria-describedby");
    described = null;
  };
  const tell = (target, marks) => {
    hide();
    for (const mark of marks) {
      if (!mark.title) continue;
      mark.dataset.tip = mark.title;
      mark.removeAttribute("title");
    }
    tip.textContent = marks.map((mark) => mark.dataset.tip).join("\n");
    tip.hidden = false;
    described = target;
    target.setAttribute("aria-describedby", "tip");
    const place = target.getBoundingClientRect();
    const box = tip.getBoundingClientRect();
    const left = Math.min(place.left, document.documentElement.clientWidth - box.width - 8);
    const above = place.top - box.height;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(above > 0 ? above : place.bottom) + scrollY}px`;
  };
  const marked = "mark[title], mark[data-tip], .restored[title], .restored[data-tip]";
  document.addEventListener("focusin", ({ target }) => {
    const marks = target.matches(marked) ? [target] : Array.from(target.querySelectorAll("mark"));
    if (target.matches("mark, a") && marks.length) tell(target, marks);
    else hide();
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerover", ({ target }) => {
    if (target.closest("#tip")) return;
    const mark = target.closest(marked);
    if (mark) tell(mark, [mark]);
    else if (described && described !== document.activeElement) hide();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") hide();
  });

  form.hidden = false;
  filter();
  follow();
})();
