import { call, session } from "./api.js";
import { el } from "./dom.js";
import { showMeeting } from "./meeting.js";
import { showMeetings } from "./meetings.js";
import { applySettings, nextTextSize, switchTheme } from "./settings.js";

const view = document.getElementById("view");
const badge = document.getElementById("badge");
const jump = document.getElementById("jump");
const signOut = document.getElementById("sign-out");

let leave = () => {};

function route() {
  leave();
  leave = () => {};
  document.title = "Earshot";
  const meeting = /^#\/meetings\/(\d+)(?:\?token=([^&]+))?$/.exec(location.hash);
  if (meeting?.[2]) {
    // The token is kept with the tab; the address bar need not show it to whoever looks on.
    session.keepStreamToken(meeting[1], meeting[2]);
    history.replaceState(null, "", `#/meetings/${meeting[1]}`);
  }
  signOut.hidden = !session.key;
  document.body.classList.toggle("signed-out", !session.key && !meeting);
  if (meeting && (session.key || session.streamToken(meeting[1]))) {
    leave = showMeeting(view, meeting[1], badge, jump);
  } else if (session.key) {
    leave = showMeetings(view);
  } else {
    showSignIn();
  }
  window.scrollTo(0, 0);
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
  const button = el("button", { type: "submit" }, "Sign in");
  const form = el(
    "form",
    { class: "sign-in" },
    el("img", { src: "/page/icon.svg", alt: "", width: "52", height: "52" }),
    el("h1", {}, "Hear every meeting"),
    el("p", { class: "note" }, "Live transcripts, word by word, of the meetings that you send a bot to."),
    el("label", { for: "key" }, "API key"),
    key,
    button,
    problem,
    el("p", { class: "note small" }, "The key stays in this tab and is forgotten when you close it."),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.textContent = "";
    const given = key.value.trim();
    if (!/^[\x21-\x7e]+$/.test(given)) {
      // What no header can carry never reaches the server.
      problem.textContent = "That is no API key: it has no spaces, and letters of English only.";
      return;
    }
    session.key = given;
    button.disabled = true;
    try {
      await call("GET", "/meetings?limit=1");
      route();
    } catch (refused) {
      session.key = null;
      problem.textContent =
        refused.status === 403 ? "This key may not read transcripts: it needs the scope tx." : refused.message;
    } finally {
      button.disabled = false;
    }
  });
  view.replaceChildren(form);
}

// Not by its address, which is for what is shown.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  view.focus();
});

signOut.addEventListener("click", () => {
  sessionStorage.clear();
  location.hash = "";
  route();
});

document.getElementById("theme").addEventListener("click", switchTheme);
document.getElementById("text-size").addEventListener("click", nextTextSize);
window.addEventListener("hashchange", route);
applySettings();
route();
