/*
 * What Jitsi Meet's page shows: see roster.js for what each function means. Reads the application's own state, which is
 * steadier than its markup. Not run against a live server.
 */
const platform = (() => {
  const GONE = /\b(kicked|removed you|have been removed)\b/i;
  const REFUSED = /\b(rejected|denied|declined)\b/i;
  let wasIn = false;

  const conference = () => window.APP && window.APP.conference;
  const state = (part) => (window.APP && window.APP.store ? window.APP.store.getState()[part] : undefined);

  function notices() {
    const texts = [...document.querySelectorAll('[role="alert"], [data-testid="notificationTitle"], [role="dialog"]')];
    return texts.map((element) => element.textContent).join('\n');
  }

  return {
    presence() {
      const joined = Boolean(conference() && conference().isJoined && conference().isJoined());
      if (joined) {
        wasIn = true;
        return 'in_call';
      }
      if (GONE.test(notices())) return 'removed';
      if (wasIn) return 'ended';
      if (REFUSED.test(notices())) return 'denied';
      if (document.querySelector('[data-testid="lobby.knockButton"], #premeeting-name-input')) return 'lobby';
      return document.querySelector('.lobby-screen') ? 'waiting' : null;
    },

    people() {
      const participants = state('features/base/participants');
      if (!participants || !participants.remote) return [];
      return [...participants.remote.values()]
        .filter((person) => !person.fakeParticipant)
        .map((person) => ({
          id: person.id,
          name: person.name || '',
          speaking: participants.dominantSpeaker === person.id,
        }));
    },

    owner(media) {
      const tracks = state('features/base/tracks') || [];
      const found = tracks.find(
        (track) => !track.local && track.jitsiTrack && track.jitsiTrack.getTrack && track.jitsiTrack.getTrack().id === media.id,
      );
      return found ? found.participantId : null;
    },
  };
})();
