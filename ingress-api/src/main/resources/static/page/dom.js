/** Makes an element. Text is always set as text: nothing that was said is ever read as markup. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value != null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

const STATUS = {
  requested: "Requested",
  joining: "Joining",
  awaiting_admission: "Waiting to be let in",
  needs_human_help: "Needs help",
  active: "In the meeting",
  stopping: "Leaving",
  completed: "Ended",
  failed: "Failed",
};

/** A status in words. */
export function statusPill(status) {
  return el("span", { class: `pill ${status}` }, STATUS[status] ?? status);
}

export function isOver(status) {
  return status === "completed" || status === "failed";
}

const PLATFORM = { google_meet: "Google Meet", teams: "Teams", zoom: "Zoom", jitsi: "Jitsi", demo: "Demo meeting" };

export function platformName(platform) {
  return PLATFORM[platform] ?? platform;
}

export function clockTime(iso) {
  return iso ? new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" }) : "";
}
