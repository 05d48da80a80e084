const KEY = "earshot.key";

/** The key lives as long as the tab. */
export const session = {
  get key() {
    return sessionStorage.getItem(KEY);
  },
  set key(key) {
    if (key) {
      sessionStorage.setItem(KEY, key);
    } else {
      sessionStorage.removeItem(KEY);
    }
  },
  streamToken(meetingId) {
    return sessionStorage.getItem(`earshot.token.${meetingId}`);
  },
  keepStreamToken(meetingId, token) {
    sessionStorage.setItem(`earshot.token.${meetingId}`, token);
  },
};

/** What the server said no with, in a sentence. */
export class Refused extends Error {
  constructor(status, detail) {
    super(Array.isArray(detail) ? detail.map((d) => d.msg.replace(/^Value error, /, "")).join(". ") : detail);
    this.status = status;
  }
}

export async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  if (session.key) {
    headers["X-API-Key"] = session.key;
  }
  if (body) {
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: "no-store" });
  } catch {
    throw new Refused(0, "The server cannot be reached.");
  }
  const answer = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Refused(response.status, answer?.detail ?? `The server answered ${response.status}.`);
  }
  return answer;
}
