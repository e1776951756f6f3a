// The page draws parts of itself anew. What had the focus may then be gone, or stand for something else: the keyboard goes on
// at what bears the same id, at the button that takes back what was just done, or where the page's content begins.
(() => {
  let held = null;
  let id = "";
  let byKeys = false;
  const lost = () => held && document.activeElement === document.body && (!held.isConnected || held.matches("a:not([href])"));
  const follow = () => {
    const gone = lost();
    if (!gone && (!id || held !== document.activeElement || held.id === id)) return;
    const same = id && document.getElementById(id);
    const undo = byKeys && document.querySelector(".toast:last-child .link-button");
    const next = same || (gone && (undo || document.getElementById("main")));
    next?.focus({ preventScroll: next.id === "main" });
  };
  document.addEventListener("focusin", ({ target }) => {
    held = target;
    id = target.id;
    byKeys = target.matches(":focus-visible");
  });
  document.addEventListener("focusout", ({ target }) => {
    queueMicrotask(() => {
      if (held !== target || document.activeElement !== document.body) return;
      if (lost()) follow();
      // Left by hand, not by being taken away.
      else held = null;
    });
  });
  new MutationObserver(follow).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["id"] });
})();
