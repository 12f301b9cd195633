// One moment, shown in every chart of time at once while the pointer is over one of them.
"use strict";
(() => {
  const root = document.documentElement;
  const clock = (seconds) => {
    const tenths = Math.round(seconds * 10);
    const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
    return `${Math.floor(tenths / 600)}:${rest}`;
  };
  document.addEventListener("pointermove", (event) => {
    const plot = event.target instanceof Element ? event.target.closest("[data-end-s]") : null;
    root.classList.toggle("pointing", plot !== null);
    if (plot === null) return;
    const box = plot.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    root.style.setProperty("--at", `${share * 100}%`);
    root.style.setProperty("--moment", `"${clock(share * Number(plot.dataset.endS))}"`);
  });
})();
