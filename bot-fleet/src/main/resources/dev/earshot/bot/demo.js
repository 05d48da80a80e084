/* What the demo meeting's page shows: see roster.js for what each function means. */
const platform = (() => {
  const visible = (id) => {
    const element = document.getElementById(id);
    return element !== null && !element.hidden;
  };
  const ENDINGS = { denied: 'denied', removed: 'removed', ended: 'ended', left: 'ended' };

  return {
    presence() {
      if (visible('ended')) return ENDINGS[document.getElementById('ended').dataset.reason] || 'ended';
      if (visible('call')) return 'in_call';
      if (visible('waiting')) return 'waiting';
      return visible('prejoin') ? 'lobby' : null;
    },

    people() {
      return [...document.querySelectorAll('[data-participant-id]:not(audio):not([data-self])')].map((tile) => ({
        id: tile.dataset.participantId,
        name: tile.querySelector('.name').textContent,
        speaking: tile.dataset.speaking === 'true',
      }));
    },

    owner(media) {
      for (const audio of document.querySelectorAll('audio[data-participant-id]')) {
        if (audio.srcObject && audio.srcObject.getTracks().some((track) => track.id === media.id)) {
          return audio.dataset.participantId;
        }
      }
      return null;
    },
  };
})();
