const ALL = "found";
const CURRENT = "found-now";

/**
 * Finds words in the transcript and shows where they are. Uses highlights of the browser, which leave the text as it is; where
 * there are none, it still counts and scrolls.
 */
export class Search {
  constructor(root, field, count) {
    this.root = root;
    this.field = field;
    this.count = count;
    this.ranges = [];
    this.current = -1;
    field.addEventListener("input", () => this.find(true));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.step(event.shiftKey ? -1 : 1);
      } else if (event.key === "Escape") {
        field.value = "";
        this.find(true);
        field.blur();
      }
    });
  }

  /** Whether somebody looks for something: then the page does not scroll away. */
  get isActive() {
    return this.field.value.trim() !== "";
  }

  /** Looks again: the words were changed, or the text was. */
  find(jump) {
    const wanted = this.field.value.trim().toLowerCase();
    this.ranges = wanted === "" ? [] : [...this.root.querySelectorAll(".text")].flatMap((text) => matches(text, wanted));
    if (jump) {
      this.current = this.ranges.length - 1;
    }
    this.current = Math.min(this.current, this.ranges.length - 1);
    this.show(jump);
  }

  step(by) {
    if (this.ranges.length > 0) {
      this.current = (this.current + by + this.ranges.length) % this.ranges.length;
      this.show(true);
    }
  }

  show(scroll) {
    const none = this.isActive ? "nothing found" : "";
    const count = this.ranges.length > 0 ? `${this.current + 1} of ${this.ranges.length}` : none;
    // Whoever listens to the page is told of what has changed only.
    if (this.count.textContent !== count) {
      this.count.textContent = count;
    }
    const now = this.ranges[this.current];
    if (globalThis.CSS?.highlights) {
      CSS.highlights.set(ALL, new Highlight(...this.ranges));
      CSS.highlights.set(CURRENT, new Highlight(...(now ? [now] : [])));
    }
    if (scroll && now) {
      now.startContainer.parentElement.scrollIntoView({ block: "center" });
    }
  }

  close() {
    globalThis.CSS?.highlights?.delete(ALL);
    globalThis.CSS?.highlights?.delete(CURRENT);
  }
}

/** Where the words stand in one paragraph, over all its text nodes. */
function matches(paragraph, wanted) {
  const nodes = [];
  let whole = "";
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    nodes.push({ node: walker.currentNode, from: whole.length });
    whole += walker.currentNode.data;
  }
  const lower = whole.toLowerCase();
  if (lower.length !== whole.length) {
    // A few letters grow when they are made small; then places would not fit.
    return [];
  }
  const found = [];
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) {
    const range = document.createRange();
    range.setStart(...place(nodes, at, false));
    range.setEnd(...place(nodes, at + wanted.length, true));
    found.push(range);
  }
  return found;
}

function place(nodes, at, isEnd) {
  const { node, from } = nodes.findLast((n) => (isEnd ? n.from < at : n.from <= at));
  return [node, at - from];
}
