// Keys for the desk, and sound under the cursor. Without this file every page works by its forms.
(() => {
  "use strict";
  const OFF = "matters-keys-off";
  const body = document.body;
  const off = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const show = () => {
    body.classList.toggle("with-keys", true);
    body.classList.toggle("no-keys", off());
    const button = document.getElementById("keys-off");
    if (button) {
      button.hidden = false;
      button.textContent = off() ? "Turn the keys on" : "Turn the keys off";
    }
  };
  const sound = document.getElementById("sound");
  let from = 0;

  const lineOf = (link) => link.closest("li");
  const play = (link) => {
    from = Number(link.dataset.start);
    sound.currentTime = from;
    document.querySelectorAll(".playing").forEach((old) => old.classList.remove("playing"));
    lineOf(link).classList.add("playing");
    sound.play().catch(() => {});
  };
  if (sound) {
    document.querySelectorAll("a.play").forEach((link) => {
      link.addEventListener("click", (event) => { event.preventDefault(); play(link); });
    });
    const own = document.querySelector("a.play[data-own]") || document.querySelector("a.play");
    if (own) {
      from = Number(own.dataset.start);
      sound.addEventListener("loadedmetadata", () => {
        if (sound.currentTime === 0) { sound.currentTime = from; }
      }, { once: true });
    }
  }
  // the line the keyboard stands on or the pointer is over, else the words in doubt
  const current = () =>
    document.querySelector(".passage li:focus-within a.play") ||
    document.querySelector(".passage li:hover a.play") ||
    document.querySelector("a.play[data-own]") ||
    document.querySelector("a.play");
  const playOrPause = () => {
    if (!sound) { return; }
    if (!sound.paused) { sound.pause(); return; }
    const link = current();
    if (link) { play(link); }
  };

  const typing = (target) =>
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|AUDIO|VIDEO)$/.test(target.tagName);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) { return; }
    if (event.key !== "?" && off()) { return; }
    if (event.key === "p") { event.preventDefault(); playOrPause(); return; }
    const found = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (!found) { return; }
    event.preventDefault();
    if (event.key === "?") { found.closest("details").open = !found.closest("details").open; found.focus(); return; }
    const list = event.key === "n" ? found.form && found.form.querySelector("select[name=name]") : null;
    if (list && !list.value) { list.focus(); return; } // nothing is chosen yet that could be sent
    found.click();
  });
  // a decision is sent once, however often a key is hit
  document.querySelectorAll("form[method=post]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    });
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
  document.addEventListener("click", (event) => {
    if (event.target.id === "keys-off") {
      try { localStorage.setItem(OFF, off() ? "0" : "1"); } catch { /* the keys stay as they are */ }
      show();
    }
  });
  show();
})();
