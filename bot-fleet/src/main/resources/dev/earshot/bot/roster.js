/*
 * Watches the meeting through the platform's eyes and tells the bot what changed.
 *
 * `platform` (the platform's script) has three functions:
 *   presence()    'lobby' | 'waiting' | 'in_call' | 'denied' | 'removed' | 'ended', or null while the page is loading
 *   people()      [{id, name, speaking}] of everybody in the room but the bot
 *   owner(media)  id of the participant whose voice alone a MediaStreamTrack carries, or null when that is not known
 */
((platform, capture) => {
  const POLL_MILLIS = 200;
  const told = { presence: undefined, people: '', owners: new Map() };

  const look = capture.guarded('roster', () => {
    const presence = platform.presence();
    if (presence !== told.presence) {
      told.presence = presence;
      capture.tell({ type: 'presence', presence });
    }
    if (presence !== 'in_call') return;
    const people = platform.people();
    const text = JSON.stringify(people);
    if (text !== told.people) {
      told.people = text;
      capture.tell({ type: 'people', at: performance.timeOrigin + performance.now(), people });
    }
    for (const track of capture.tracks) {
      const owner = platform.owner(track.media);
      if (owner && told.owners.get(track.number) !== owner) {
        told.owners.set(track.number, owner);
        capture.tell({ type: 'owner', track: track.number, participant: owner });
      }
    }
  });

  // Speaking marks change fast and must not wait for the poll; the poll sees what changes without touching the document.
  let pending = false;
  const lookSoon = () => {
    if (pending) return;
    pending = true;
    setTimeout(() => {
      pending = false;
      look();
    }, 20);
  };
  new MutationObserver(lookSoon).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['class', 'hidden', 'data-speaking'],
  });
  setInterval(look, POLL_MILLIS);
})(platform, capture);
