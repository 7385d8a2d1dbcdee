// Comfort only: every page works without this file. Loaded in the head, so that the theme is set before the first paint.
(function () {
  "use strict";

  const root = document.documentElement;
  const darkDevice = window.matchMedia("(prefers-color-scheme: dark)");

  // "Theo máy": the server cannot know what the device prefers.
  function followDevice() {
    if (root.dataset.themeChoice === "auto") {
      root.dataset.bsTheme = darkDevice.matches ? "dark" : "light";
    }
  }
  followDevice();
  darkDevice.addEventListener("change", followDevice);

  // A form that came back with errors: begin at its summary.
  function goToSummary() {
    const summary = document.querySelector(".note[role=alert][tabindex]");
    if (summary) {
      summary.focus();
    }
  }

  // 1/7/2026, 1.7.2026, 1-7-2026 and 01072026 become 01/07/2026; anything else is left for the server to speak of.
  function tidyDate(control) {
    const match = /^\s*(\d{1,2})[\s./-]?(\d{1,2})[\s./-]?(\d{4})\s*$/.exec(control.value);
    const apart = /[\s./-]/.test(control.value.trim());
    if (match && (apart || control.value.trim().length === 8)) {
      control.value = match[1].padStart(2, "0") + "/" + match[2].padStart(2, "0") + "/" + match[3];
    }
  }

  // Near the end of what a field holds, say how much is left: a paste is otherwise cut in silence.
  function countLeft(control) {
    const most = control.maxLength;
    const left = most - control.value.length;
    let line = control.parentElement.querySelector(".count");
    if (!line) {
      if (left > most / 10 || !document.body.dataset.left) {
        return;
      }
      line = document.createElement("p");
      line.className = "count";
      line.setAttribute("role", "status");
      control.insertAdjacentElement("afterend", line);
    }
    line.textContent = "";
    if (left <= most / 10) {
      line.textContent = document.body.dataset.left
        .replace("{left}", left.toLocaleString("vi"))
        .replace("{most}", most.toLocaleString("vi"));
    }
  }

  const touched = new Set();

  document.addEventListener("input", function (event) {
    const control = event.target;
    if (control.maxLength > 0 && control.matches("textarea, input:not([type=hidden], [type=password])")) {
      countLeft(control);
    }
    if (control.form && control.form.hasAttribute("data-guard")) {
      touched.add(control.form);
    }
  });

  document.addEventListener("change", function (event) {
    if (event.target.matches("input[data-date]")) {
      tidyDate(event.target);
    }
  });

  // The second click of a double click sends nothing. The server keeps one row in any case.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || form.closest("[hx-post], [hx-put], [hx-delete]")) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    touched.clear();
    window.setTimeout(function () {
      delete form.dataset.sent;
    }, 5000);
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
    });
  });

  // Leaving a form with something typed: the browser asks first.
  window.addEventListener("beforeunload", function (event) {
    if (touched.size > 0) {
      event.preventDefault();
    }
  });

  document.addEventListener("htmx:configRequest", function (event) {
    event.detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
  });

  document.addEventListener("DOMContentLoaded", goToSummary);
})();
