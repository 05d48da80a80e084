import { call, session } from "./api.js";
import { el } from "./dom.js";
import { showMeeting } from "./meeting.js";
import { showMeetings } from "./meetings.js";

const view = document.getElementById("view");
const badge = document.getElementById("badge");
const jump = document.getElementById("jump");
const signOut = document.getElementById("sign-out");
const theme = document.getElementById("theme");

let leave = () => {};

function route() {
  leave();
  leave = () => {};
  document.title = "Earshot";
  const meeting = /^#\/meetings\/(\d+)(?:\?token=([^&]+))?$/.exec(location.hash);
  if (meeting?.[2]) {
    // The token is kept with the tab; the address bar need not show it to whoever looks on.
    session.keepStreamToken(meeting[1], decodeURIComponent(meeting[2]));
    history.replaceState(null, "", `#/meetings/${meeting[1]}`);
  }
  signOut.hidden = !session.key;
  if (meeting && (session.key || session.streamToken(meeting[1]))) {
    leave = showMeeting(view, meeting[1], badge, jump);
  } else if (session.key) {
    leave = showMeetings(view);
  } else {
    showSignIn();
  }
  view.focus({ preventScroll: true });
}

function showSignIn() {
  const key = el("input", {
    id: "key",
    type: "password",
    required: true,
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "vxa_…",
  });
  const problem = el("p", { class: "problem", role: "alert" });
  const form = el(
    "form",
    { class: "sign-in" },
    el("h1", {}, "Sign in"),
    el("p", { class: "note" }, "With an API key that may read transcripts. It stays in this tab."),
    el("label", { for: "key" }, "API key"),
    key,
    el("button", { type: "submit" }, "Sign in"),
    problem,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    session.key = key.value.trim();
    try {
      await call("GET", "/meetings?limit=1");
      route();
    } catch (refused) {
      session.key = null;
      problem.textContent =
        refused.status === 403 ? "This key may not read transcripts: it needs the scope tx." : refused.message;
    }
  });
  view.replaceChildren(form);
}

signOut.addEventListener("click", () => {
  sessionStorage.clear();
  location.hash = "";
  route();
});

theme.addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

window.addEventListener("hashchange", route);
route();
