// What happens elsewhere reaches this page. One tab holds the stream and passes every event on to all.
import { lead } from "./live_leader.js";
import { changed, refresh, shows, showsBell } from "./live_refresh.js";
import { furtherSources } from "./live_sources.js";
import { openStream } from "./live_stream.js";
import { popups } from "./popup.js";
import { toast } from "./toasts.js";
import { say } from "./words.js";

const RECENT = 200;
const source = document.getElementById("me");
if (source) start(JSON.parse(source.textContent));

function start(me) {
  const name = `estafeta-live-${me.person}`;
  const show = popups({ person: me.person, sound: me.sound, isShown: (ticket) => showsBell() || shows(ticket) });
  const plainTitle = document.title;
  let heard = me.entry;
  let channel = null;
  let leave = null;
  let closeStream = null;
  // Only in the leading tab: what it has heard last, for tabs whose page was made meanwhile.
  let recent = [];
  let since = 0;
  let isSlow = false;
  let isOver = false;
  const tell = (event, detail = {}) => document.body.dispatchEvent(new CustomEvent(`live:${event}`, { detail, bubbles: true }));
  const further = furtherSources(tell, { announced: me.announced });

  const last = () => Number(localStorage.getItem(name)) || 0;

  function setUnread(count) {
    for (const badge of document.querySelectorAll("[data-unread]")) badge.textContent = count || "";
    document.title = count ? `(${count}) ${plainTitle}` : plainTitle;
  }

  const react = {
    reached: ({ entry, sources = {}, announced = 0 }) => {
      heard = Math.max(heard ?? 0, entry);
      further.reach({ ...sources, announced });
      tell("reached");
    },
    news: (one) => further.hear(one),
    presence: (data) => tell("presence", data),
    states: (data) => tell("states", data),
    notification: (data) => {
      setUnread(data.unread);
      refresh("bell");
      if (!data.quiet) show(data);
    },
    ticket: ({ number, entry, crowd }) => {
      heard = Math.max(heard ?? 0, entry);
      tell("changed", { number });
      changed(crowd, "list", "counters");
      if (shows(number)) refresh("ticket");
    },
    gone: ({ number }) => {
      tell("gone", { number });
      refresh("list", "counters", ...(shows(number) ? ["ticket"] : []));
    },
    counters: () => refresh("counters", "list"),
    reload: () => {
      refresh("list", "counters", "ticket", "bell");
      toast({ text: say("live_missed"), tone: "info", url: "/notifications", link: say("all_notifications") });
    },
    unread: ({ unread }) => setUnread(unread),
    state: ({ state }) => tellState(state),
  };

  function tellState(state) {
    if (state === "ended") {
      if (isOver) return;
      isOver = true;
      stop();
      toast({ text: say("signed_out"), tone: "warning", url: location.href, link: "↻" });
    } else if (isSlow !== (state === "slow")) {
      isSlow = state === "slow";
      if (!document.hidden) toast({ text: say(isSlow ? "live_slow" : "live_back"), tone: "info" });
    }
  }

  function pass(event, data) {
    channel?.postMessage({ event, data });
    react[event]?.(data);
  }

  // An event of the stream, in the leading tab.
  function receive(event, data, id) {
    // Somebody else has signed in with this browser: this page is not his.
    if (event === "hello" && data.person !== me.person) pass("state", { state: "ended" });
    if (isOver || event === "hello" || (event === "notification" && id <= last())) return;
    if (event === "ticket" || event === "gone" || event === "news") recent = [...recent, { event, data }].slice(-RECENT);
    pass(event, data);
    if (event === "notification" || event === "reached") localStorage.setItem(name, String(Math.max(id, last())));
  }

  function address() {
    const query = new URLSearchParams();
    if (localStorage.getItem(name) !== null) query.set("after", last());
    if (heard != null) query.set("entry", heard);
    for (const [name, number] of Object.entries(further.heard)) query.set(name, number);
    return `${me.stream}?${query}`;
  }

  function begin() {
    since = heard ?? 0;
    further.begin();
    recent = [];
    closeStream = openStream({ address, tell: receive, say: (state) => pass("state", { state }) });
  }

  function end() {
    closeStream?.();
    closeStream = null;
  }

  // A tab that has just been loaded asks the leader for what its page cannot know yet.
  function catchUp(entry, sources) {
    if (!closeStream || entry == null) return;
    for (const data of further.forgotten(sources, recent.length === RECENT)) channel.postMessage({ event: "news", data });
    if (entry < since || recent.length === RECENT) channel.postMessage({ event: "counters", data: {} });
    // Each tab leaves out by itself what it has heard.
    else for (const one of recent) if (one.event === "news" || (one.data.entry ?? Infinity) > entry) channel.postMessage(one);
  }

  function stop() {
    leave?.();
    channel?.close();
    leave = channel = null;
  }

  function go() {
    channel = new BroadcastChannel(name);
    channel.onmessage = ({ data: { event, data } }) => {
      if (event === "here") catchUp(data.entry, data.sources ?? {});
      else react[event]?.(data);
    };
    channel.postMessage({ event: "here", data: { entry: heard, sources: further.heard } });
    leave = lead(`${name}-leader`, { begin, end });
  }

  document.addEventListener("live:seen", ({ detail }) => pass("unread", { unread: detail.unread ?? 0 }));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => {
    if (event.persisted && !isOver) go();
  });
  const unread = Number(document.querySelector("[data-unread]")?.textContent) || 0;
  go();
  pass("unread", { unread });
}
