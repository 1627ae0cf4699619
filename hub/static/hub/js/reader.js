// The reader: further pages come as one scrolls, marks are walked through one by one, small pictures follow the page.
// Without this script every way is a link of its own.
const parts = document.querySelector("[data-parts]");
const marks = () => [...document.querySelectorAll("[data-part] mark")];
let current = null;

// An address like …/read/#page=14 whose page is not in this view: ask for the view in which it is.
const wanted = decodeURIComponent(location.hash.slice(1));
const address = new URL(location.href);
if (wanted && !document.getElementById(wanted) && address.searchParams.get("at") !== wanted) {
  address.searchParams.delete("page");
  address.searchParams.set("at", wanted);
  location.replace(address);
}

function goTo(mark) {
  current?.removeAttribute("tabindex");
  current = mark;
  mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
}

// The next mark behind the one that has the focus or else behind the top of the window; null where there is none.
function neighbour(step) {
  const all = marks();
  if (current) return all[all.indexOf(current) + step] ?? null;
  const below = all.findIndex((mark) => mark.getBoundingClientRect().top > 0);
  return (step > 0 ? all[below] : all[(below === -1 ? all.length : below) - 1]) ?? null;
}

for (const link of document.querySelectorAll("[data-hit]")) {
  link.addEventListener("click", (event) => {
    const mark = neighbour(link.dataset.hit === "next" ? 1 : -1);
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(mark);
  });
}

// The small picture of the page that is read.
const thumbs = new Map();
for (const link of document.querySelectorAll(".reader-thumbs a")) {
  thumbs.set(decodeURIComponent(link.hash.slice(1)), link);
}
const inView = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      for (const [anchor, link] of thumbs) {
        if (anchor === entry.target.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  },
  { rootMargin: "-45% 0px -45% 0px" },
);
const watch = (root) => root.querySelectorAll("[data-part]").forEach((part) => inView.observe(part));

// Further pages, before one has to ask for them.
const atEnd = new IntersectionObserver(
  async ([entry]) => {
    if (!entry.isIntersecting) return;
    const link = entry.target;
    atEnd.unobserve(link);
    const response = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return; // the link stays a link
    const further = new DOMParser().parseFromString(await response.text(), "text/html");
    const way = link.closest("p");
    for (const part of further.querySelectorAll("[data-part]")) {
      way.before(document.adoptNode(part));
      inView.observe(part);
    }
    const list = document.querySelector(".reader-thumbs");
    for (const thumb of further.querySelectorAll(".reader-thumbs li")) {
      list?.append(document.adoptNode(thumb));
      const anchor = thumb.querySelector("a");
      thumbs.set(decodeURIComponent(anchor.hash.slice(1)), anchor);
    }
    const next = further.querySelector("[data-after]");
    if (next) {
      link.href = next.href;
      atEnd.observe(link);
    } else {
      way.remove();
    }
  },
  { rootMargin: "600px 0px" },
);

if (parts) {
  watch(parts);
  const link = parts.querySelector("[data-after]");
  if (link) atEnd.observe(link);
}
