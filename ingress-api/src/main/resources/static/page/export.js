import { fetchFile } from "./api.js";

/** What the server writes transcripts as, and how that is called. */
export const FORMATS = { txt: "Text", vtt: "WebVTT", srt: "SRT", json: "JSON" };

/** Hands the reader what is for good of a transcript, as a file. */
export async function download(meeting, name, format) {
  const path = `/transcripts/${meeting.platform}/${encodeURIComponent(meeting.native_id)}/export`;
  const file = await fetchFile(`${path}?format=${format}&meeting_id=${meeting.id}`, meeting.id);
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, "-")}.${format}`;
  link.click();
  // The download has begun by then; the memory is not needed for ever.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
