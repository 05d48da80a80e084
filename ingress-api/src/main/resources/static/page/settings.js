const THEME = "earshot.theme";
const SIZE = "earshot.text-size";
const SIZES = ["normal", "large", "larger"];

/** How this reader likes to read; kept by the browser, applied at once. */
export function applySettings() {
  const root = document.documentElement;
  const theme = localStorage.getItem(THEME);
  if (theme) {
    root.dataset.theme = theme;
  }
  root.dataset.size = localStorage.getItem(SIZE) ?? SIZES[0];
}

/** Light becomes dark, dark light. */
export function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem(THEME, root.dataset.theme);
}

/** The next size; after the largest comes the first. */
export function nextTextSize() {
  const root = document.documentElement;
  root.dataset.size = SIZES[(SIZES.indexOf(root.dataset.size) + 1) % SIZES.length];
  localStorage.setItem(SIZE, root.dataset.size);
}
