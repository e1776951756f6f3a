// Runs before the first paint: the scheme the person chose on this device, and whether scripts run at all.
(() => {
  const root = document.documentElement;
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  root.dataset.js = "";
  try { show(localStorage.getItem("theme")); } catch {}
  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".theme-toggle")) return;
    show(target.value);
    try { localStorage.setItem("theme", target.value); } catch {}
  });
})();
