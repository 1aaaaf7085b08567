// The player follows the transcript and the transcript the player. Without this file the page still
// plays, and every time in it is a link that starts the player at that second.
"use strict";

const players = new Map();
for (const player of document.querySelectorAll("[data-part]")) {
  if (player instanceof HTMLMediaElement) players.set(player.dataset.part, player);
}
const turns = [...document.querySelectorAll("li.turn")].map((li) => ({
  li,
  part: li.dataset.part,
  start: Number(li.dataset.start),
  end: Number(li.dataset.end),
}));
const follow = document.getElementById("follow");
const saying = document.getElementById("saying");
const elsewhere = document.getElementById("elsewhere"); // where the transcript has several pages
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let current = null;

function say(words) {
  if (saying) saying.textContent = words;
}

// What is being said at a second: the last turn of the recording that has begun. Past the end of the
// last one on this page nothing that stands here is being said.
function turnAt(own, second) {
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (own[middle].start <= second + 0.05) low = middle + 1;
    else high = middle;
  }
  return low && (low < own.length || second < own[low - 1].end) ? own[low - 1] : null;
}

// Leads to where the words stand that are heard now, with the sound at that second.
function offer(player, own, second) {
  const before = own.length > 0 && second < own[0].start;
  const after = own.length > 0 && second >= own[own.length - 1].end;
  const { dataset } = elsewhere;
  elsewhere.hidden = !((before && "before" in dataset) || (after && "after" in dataset) || !own.length);
  const asked = new URLSearchParams({ t: second.toFixed(1), part: player.id.replace("player-", "") });
  elsewhere.querySelector("a").href = `${window.location.pathname}?${asked}#now`;
}

function mark(turn) {
  if (turn === current) return;
  if (current) {
    current.li.classList.remove("now");
    current.li.removeAttribute("aria-current");
  }
  current = turn;
  if (!turn) return;
  turn.li.classList.add("now");
  turn.li.setAttribute("aria-current", "true");
  if (follow && follow.checked) {
    turn.li.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  }
}

function playFrom(turn) {
  for (const [part, player] of players) if (part !== turn.part) player.pause();
  const player = players.get(turn.part);
  player.currentTime = turn.start;
  mark(turn);
  // a browser may refuse to play before it has been touched: then the player stands at the second
  player.play().catch(() => say("Press play to listen from here."));
}

for (const [part, player] of players) {
  const own = turns.filter((turn) => turn.part === part);
  player.addEventListener("timeupdate", () => {
    if (player.paused) return;
    mark(turnAt(own, player.currentTime));
    if (elsewhere) offer(player, own, player.currentTime);
  });
  player.addEventListener("error", () => say("The recording cannot be played here."));
}

function turnOf(id) {
  return turns.find((turn) => turn.li.id === id && players.has(turn.part));
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const link = event.target.closest("a.at, a[data-chapter]");
  if (!link) return;
  const turn = turnOf(link.dataset.chapter || link.closest("li.turn")?.id || "");
  if (!turn) return; // it stands on another page of the transcript: the link leads there
  event.preventDefault();
  window.history.replaceState(null, "", link.href);
  document.querySelector(".asked-for")?.classList.remove("asked-for");
  playFrom(turn);
  turn.li.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
});

if (follow && players.size) {
  follow.parentElement.hidden = false;
  // who scrolls by hand wants to read elsewhere
  for (const name of ["wheel", "touchmove"]) {
    window.addEventListener(name, () => {
      if (current && !players.get(current.part)?.paused) follow.checked = false;
    }, { passive: true });
  }
}

// Quotations are copied with their citation and permanent address. A browser may not let a page copy,
// and none does over plain http from another machine: then the quotation is marked, to be copied by hand.
async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    say("Copied, with its citation.");
    return true;
  } catch {
    return false;
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    const quotation = document.getElementById(button.dataset.copy);
    if (await copied(quotation.textContent)) return;
    window.getSelection().selectAllChildren(quotation);
    say("This browser does not let pages copy. The quotation is marked: copy it as you copy other text.");
  });
}

for (const link of document.querySelectorAll("a.quote")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "as-link";
  const time = link.querySelector(".govuk-visually-hidden")?.cloneNode(true);
  if (time) button.append(time);
  button.append("copy");
  button.addEventListener("click", async () => {
    const answer = await fetch(new URL(link.href).pathname + ".json").catch(() => null);
    if (!answer || !answer.ok) say("The quotation could not be fetched; try again.");
    else if (!(await copied((await answer.json()).as_text))) window.location.assign(link.href);
  });
  link.after(" ", button);
}
