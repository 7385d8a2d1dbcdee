// The unit's report saves as it goes: each line by itself, and what could not be sent stays on this device.
// The page works without this file by its one button "Lưu".
(function () {
  "use strict";

  const WAIT = 1200;
  const RETRY = 10000;
  const KEPT_DAYS = 14;
  const form = document.getElementById("bao-cao");
  if (!form || !window.fetch || !window.URLSearchParams) {
    return;
  }
  const says = form.dataset;
  const status = document.getElementById("da-luu");
  const prefix = "so-thi-dua:" + says.owner + ":";
  const places = new Map();
  // The session has ended: what is typed stays on this device, and the way to sign in stays where it is.
  let ended = false;

  function store(key, value) {
    try {
      if (value === null) {
        window.localStorage.removeItem(prefix + key);
      } else {
        window.localStorage.setItem(prefix + key, JSON.stringify(value));
      }
    } catch (refused) {
      // A device that keeps nothing: the server still does.
    }
  }

  function stored(key) {
    try {
      return JSON.parse(window.localStorage.getItem(prefix + key));
    } catch (refused) {
      return null;
    }
  }

  function part(place, name) {
    return place.node.querySelector('[data-part="' + name + '"]');
  }

  // The boxes whose text is the unit's own; a reply is sent with the page, never by itself.
  function boxes(place) {
    return Array.from(place.node.querySelectorAll("[data-part]")).filter(function (control) {
      return !["version", "was", "reply"].includes(control.dataset.part);
    });
  }

  function texts(place) {
    const found = {};
    boxes(place).forEach(function (control) {
      found[control.dataset.part] = control.value;
    });
    return found;
  }

  function say(text, tone) {
    ended = false;
    status.textContent = text;
    status.classList.toggle("tone-danger", tone === "danger");
  }

  function keep(place) {
    store(place.key, {
      texts: texts(place),
      version: part(place, "version").value,
      was: part(place, "was").value,
      at: Date.now(),
    });
  }

  function clearErrors(place) {
    boxes(place).forEach(function (control) {
      control.removeAttribute("aria-invalid");
    });
    place.node.querySelectorAll(".error").forEach(function (line) {
      line.remove();
    });
  }

  function showErrors(place, errors) {
    clearErrors(place);
    Object.keys(errors).forEach(function (name) {
      const control = part(place, name) || boxes(place)[0];
      const line = document.createElement("p");
      const words = document.createElement("span");
      line.className = "error";
      line.id = control.id + "-error";
      words.textContent = errors[name];
      line.append(words);
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", line.id);
      const grid = control.closest(".measures");
      (grid || control).insertAdjacentElement("afterend", line);
    });
  }

  function fill(place, answer) {
    Object.keys(answer.values).forEach(function (name) {
      const control = part(place, name);
      if (control) {
        control.value = answer.values[name];
      }
    });
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-second btn-sm";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  // Both texts stand in the line; the others go on.
  function showTwoTexts(place, answer) {
    removeTwoTexts(place);
    place.held = true;
    const note = document.createElement("div");
    const first = document.createElement("p");
    const list = document.createElement("dl");
    const actions = document.createElement("div");
    note.className = "note tone-warn mb-3";
    note.dataset.differs = "";
    note.setAttribute("role", "alert");
    first.textContent = says.differs.replace("{who}", answer.who).replace("{when}", answer.when);
    list.className = "pairs mb-2";
    answer.saved.forEach(function (row) {
      const label = document.createElement("dt");
      const text = document.createElement("dd");
      label.textContent = row[0];
      text.className = "written";
      text.textContent = row[1] || says.blank;
      list.append(label, text);
    });
    actions.className = "actions";
    actions.append(
      button(says.keep, function () {
        fill(place, answer);
        part(place, "version").value = answer.version;
        part(place, "was").value = answer.was;
        settle(place);
        store(place.key, null);
        boxes(place)[0].focus();
      }),
      button(says.mine, function () {
        part(place, "version").value = answer.version;
        settle(place);
        send(place);
        boxes(place)[0].focus();
      })
    );
    note.append(first, list, actions);
    place.node.querySelector(".sheet-head").insertAdjacentElement("afterend", note);
    say(says.faulty, "danger");
  }

  function removeTwoTexts(place) {
    place.node.querySelectorAll("[data-differs]").forEach(function (note) {
      note.remove();
    });
  }

  function settle(place) {
    place.held = false;
    removeTwoTexts(place);
    clearErrors(place);
  }

  function signedOut() {
    if (ended) {
      return;
    }
    const link = document.createElement("a");
    link.href = says.signInUrl;
    link.textContent = says.signIn;
    say(says.signedOut + " ", "danger");
    status.append(link);
    ended = true;
  }

  function taken(place, answer, sent) {
    part(place, "version").value = answer.version;
    part(place, "was").value = answer.was;
    clearErrors(place);
    const share = place.node.querySelector("[data-share]");
    if (share) {
      share.textContent = answer.share || says.noShare;
    }
    if (JSON.stringify(texts(place)) === sent) {
      store(place.key, null);
    } else {
      keep(place);
      later(place);
    }
    const waiting = Array.from(places.values()).some(function (other) {
      return other.held || other.faulty;
    });
    say(waiting ? says.faulty : says.saved.replace("{at}", answer.saved_at), waiting ? "danger" : "");
  }

  function answered(place, code, answer, sent) {
    place.faulty = false;
    if (code === 200) {
      taken(place, answer, sent);
    } else if (code === 409 && answer.saved) {
      showTwoTexts(place, answer);
    } else if (answer.refused) {
      place.held = true;
      showErrors(place, { "": answer.refused });
      say(answer.refused, "danger");
    } else {
      place.faulty = true;
      showErrors(place, answer.errors || {});
      say(says.faulty, "danger");
    }
  }

  function send(place) {
    window.clearTimeout(place.timer);
    if (place.held) {
      return;
    }
    if (place.busy) {
      place.again = true;
      return;
    }
    const body = new URLSearchParams();
    const sent = JSON.stringify(texts(place));
    place.node.querySelectorAll("[data-part]").forEach(function (control) {
      if (control.dataset.part !== "reply") {
        body.append(control.name, control.value);
      }
    });
    place.busy = true;
    if (!ended) {
      say(says.saving);
    }
    window
      .fetch(place.node.dataset.save, {
        method: "POST",
        body: body,
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
        redirect: "manual",
        keepalive: true,
      })
      .then(function (answer) {
        const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
        if (json) {
          return answer.json().then(function (read) {
            answered(place, answer.status, read, sent);
          });
        }
        if (answer.status === 401 || answer.status === 400 || answer.type === "opaqueredirect") {
          signedOut();
        } else {
          say(says.offline, "danger");
          place.timer = window.setTimeout(send, RETRY, place);
        }
      })
      .catch(function () {
        say(says.offline, "danger");
        place.timer = window.setTimeout(send, RETRY, place);
      })
      .finally(function () {
        place.busy = false;
        if (place.again) {
          place.again = false;
          send(place);
        }
      });
  }

  function later(place) {
    window.clearTimeout(place.timer);
    place.timer = window.setTimeout(send, WAIT, place);
  }

  // What an earlier visit could not send: put back, and sent with the version it was typed against.
  function restore(place) {
    const found = stored(place.key);
    const old = found && Date.now() - found.at > KEPT_DAYS * 24 * 3600 * 1000;
    const same = found && JSON.stringify(found.texts) === JSON.stringify(texts(place));
    if (!found || old || (same && !("unsaved" in place.node.dataset))) {
      store(place.key, null);
      return false;
    }
    if (same) {
      return false;
    }
    fill(place, { values: found.texts });
    part(place, "version").value = found.version;
    part(place, "was").value = found.was;
    later(place);
    return true;
  }

  let restored = false;
  form.querySelectorAll("[data-save]").forEach(function (node) {
    const place = { node: node, key: node.dataset.key, held: false, faulty: false, busy: false, again: false };
    places.set(place.key, place);
    if (node.querySelector("[data-differs]")) {
      place.held = true;
    }
    restored = restore(place) || restored;
  });
  if (restored) {
    say(says.restored);
  }

  function placeOf(control) {
    const node = control.closest("[data-save]");
    const counted = node && control.dataset.part && control.dataset.part !== "reply";
    return counted ? places.get(node.dataset.key) : null;
  }

  form.addEventListener("input", function (event) {
    const place = placeOf(event.target);
    if (place) {
      keep(place);
      later(place);
    }
  });

  form.addEventListener("change", function (event) {
    const place = placeOf(event.target);
    if (place) {
      send(place);
    }
  });

  // The page's own buttons send the whole form; nothing is sent twice beside it.
  form.addEventListener("submit", function () {
    places.forEach(function (place) {
      window.clearTimeout(place.timer);
    });
  });

  document.addEventListener("visibilitychange", function () {
    if (document.visibilityState === "hidden") {
      places.forEach(function (place) {
        if (stored(place.key) && !place.held && !place.faulty) {
          send(place);
        }
      });
    }
  });
})();
