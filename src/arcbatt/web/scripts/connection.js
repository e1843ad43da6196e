// The stream of events: what is pushed is shown, and whether the connection holds.

const SILENCE_MS = 35000;
const AGAIN_MS = 3000;

const connection = byId("connection");
let heard = Date.now();

const tell = (state, words) => {
  if (connection.dataset.state === state) return;
  connection.dataset.state = state;
  connection.textContent = words;
};

const lost = () => tell("lost", "connection lost: what you see may be old; trying again");

const connect = () => {
  const source = new EventSource("/events");
  const hear = () => {
    heard = Date.now();
    tell("open", "connected: this page follows by itself");
  };
  source.addEventListener("open", hear);
  source.addEventListener("alive", hear);
  source.addEventListener("message", (event) => {
    hear();
    show(JSON.parse(event.data));
  });
  source.addEventListener("error", () => {
    lost();
    // A browser gives up for good where the answer was no stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN_MS);
  });
};

setInterval(() => {
  if (Date.now() - heard > SILENCE_MS) lost();
}, 5000);
connect();
