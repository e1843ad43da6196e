// What the page shows stands in its address, so that a link shows the same: #view=tasks&standing=near&task=...

const address = {
  read: () => Object.fromEntries(new URLSearchParams(location.hash.slice(1))),

  text(changes) {
    const values = { ...address.read(), ...changes };
    const kept = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
    return `#${new URLSearchParams(kept)}`;
  },

  /** Changes it in place: for filters, that the way back should not lead through. */
  change(changes) {
    history.replaceState(null, "", address.text(changes));
    window.dispatchEvent(new Event("hashchange"));
  },
};
