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

/** Whether a bot is there that could be called back. */
export function canStop(status) {
  return Boolean(status) && !isOver(status) && status !== "stopping";
}

const PLATFORM = { google_meet: "Google Meet", teams: "Teams", zoom: "Zoom", jitsi: "Jitsi", demo: "Demo meeting" };

export function platformName(platform) {
  return PLATFORM[platform] ?? platform;
}

/** What people call a meeting. */
export function meetingName(meeting) {
  return meeting.data?.name || meeting.native_meeting_id || `Meeting ${meeting.id}`;
}

export function clockTime(iso, seconds = false) {
  const second = seconds ? { second: "2-digit" } : {};
  return iso ? new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", ...second }) : "";
}

/** 65 s are "1:05", an hour and a bit "1:01:05". */
export function duration(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
