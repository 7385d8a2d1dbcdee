// The scoring desk saves as it goes: each line by itself, from cell to cell by keyboard, evidence beside the table.
// No key is a letter: Vietnamese input methods compose those. The page works without this file by its button "Lưu".
(function () {
  "use strict";

  const RETRY = 8000;
  // The key code of a keystroke that an input method keeps to itself, in browsers that say no more of it.
  const COMPOSING = 229;
  const form = document.getElementById("bang-cham");
  if (!form || !window.fetch) {
    return;
  }
  const says = form.dataset;
  const status = document.getElementById("da-luu");
  const lead = document.querySelector(".page-head .lead");
  const lines = new Map();
  let leaving = false;
  let onward = null;

  function part(line, name) {
    return line.node.querySelector('[data-part="' + name + '"]');
  }

  function say(text, tone) {
    status.replaceChildren(...(tone === "danger" ? [overdue()] : []), text);
    status.classList.toggle("tone-danger", tone === "danger");
  }

  function typed(line) {
    return part(line, "points").value + "|" + part(line, "reason").value;
  }

  // What the server made of a value goes into its box, but never under the hand of who types there.
  function put(control, value) {
    const typing = document.activeElement === control;
    const whole = control.selectionStart === 0 && control.selectionEnd === control.value.length;
    if (control.value !== value && (!typing || whole)) {
      control.value = value;
      if (typing) {
        control.select();
      }
    }
  }

  function enter(control) {
    control.focus();
    control.select();
  }

  function overdue() {
    const space = "http://www.w3.org/2000/svg";
    const made = document.createElementNS(space, "svg");
    const use = document.createElementNS(space, "use");
    made.setAttribute("class", "shape");
    made.setAttribute("viewBox", "0 0 16 16");
    made.setAttribute("aria-hidden", "true");
    use.setAttribute("href", "#m-overdue");
    made.append(use);
    return made;
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-second btn-sm";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  function clear(line) {
    line.node.querySelectorAll(".error, [data-differs]").forEach(function (node) {
      node.remove();
    });
    ["points", "reason"].forEach(function (name) {
      part(line, name).removeAttribute("aria-invalid");
      part(line, name).removeAttribute("aria-describedby");
    });
    line.node.classList.remove("flag", "tone-danger", "tone-warn");
  }

  // The box of the reason stands open where the points differ or are asked about.
  function openReason(line, open) {
    part(line, "reason").classList.toggle("unneeded", !open);
    line.node.querySelector("[data-same]").classList.toggle("d-none", open);
  }

  function showErrors(line, errors) {
    clear(line);
    line.node.classList.add("flag", "tone-danger");
    Object.keys(errors).forEach(function (name) {
      const control = part(line, name === "reason" ? "reason" : "points");
      const note = document.createElement("span");
      const words = document.createElement("span");
      note.className = "error";
      note.id = line.key + "-loi-" + name;
      words.textContent = errors[name];
      note.append(overdue(), words);
      if (name === "reason") {
        openReason(line, true);
      }
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", note.id);
      part(line, "reason").insertAdjacentElement("afterend", note);
    });
  }

  function shows(line, answer) {
    part(line, "version").value = answer.version;
    part(line, "was").value = answer.was;
  }

  // Both points stand in the line until the scorer chooses; the others go on.
  function showTwo(line, answer) {
    clear(line);
    line.held = true;
    line.faulty = false;
    line.node.classList.add("flag", "tone-danger");
    const note = document.createElement("div");
    const words = document.createElement("p");
    const actions = document.createElement("div");
    note.className = "note tone-warn mt-2";
    note.dataset.differs = "";
    note.setAttribute("role", "alert");
    words.textContent = says.differs
      .replace("{who}", answer.saved.who)
      .replace("{points}", answer.saved.points)
      .replace("{when}", answer.saved.when);
    if (answer.saved.reason) {
      words.textContent += " " + says.because.replace("{reason}", answer.saved.reason);
    }
    actions.className = "actions";
    actions.append(
      button(says.keep, function () {
        part(line, "points").value = answer.values.points;
        part(line, "reason").value = answer.values.reason;
        line.held = false;
        taken(line, answer.now, typed(line));
        enter(part(line, "points"));
      }),
      button(says.mine, function () {
        shows(line, answer.values);
        line.held = false;
        line.sent = null;
        clear(line);
        send(line);
        enter(part(line, "points"));
      })
    );
    note.append(words, actions);
    part(line, "reason").insertAdjacentElement("afterend", note);
    told();
  }

  function told() {
    const faulty = Array.from(lines.values()).some(function (line) {
      return line.held || line.faulty;
    });
    if (faulty) {
      say(says.faulty, "danger");
    }
    return faulty;
  }

  function sums(found) {
    Object.keys(found).forEach(function (key) {
      const row = form.querySelector('[data-group="' + key + '"]');
      if (!row) {
        return;
      }
      row.querySelector("[data-here]").textContent = found[key].here;
      row.querySelector("[data-difference]").textContent = found[key].difference;
      row.querySelector("[data-left]").textContent = found[key].left;
      if (row.querySelector("[data-count]")) {
        row.querySelector("[data-count]").textContent = found[key].count;
      }
      const take = row.querySelector("button[name=then]");
      if (take) {
        take.firstChild.nodeValue = found[key].take;
        take.classList.toggle("d-none", found[key].proposed < 2);
      }
    });
    const all = document.querySelector('button[form="' + form.id + '"][value="accept"]');
    if (all && found[""]) {
      all.classList.toggle("d-none", !found[""].proposed);
    }
  }

  function tallies(counts) {
    Object.keys(counts).forEach(function (key) {
      const tally = document.querySelector('.tallies a[href$="show=' + key + '"] b');
      if (tally) {
        tally.textContent = counts[key];
      }
    });
  }

  // The open unit's entry on the strip, and what the shapes that stand there now mean.
  function strip(state, meanings) {
    const here = document.querySelector(".unit-strip [aria-current]");
    const legend = document.getElementById("chu-giai");
    if (!here || !legend || !state) {
      return;
    }
    here.className = "tone-" + state[1];
    here.querySelector("use").setAttribute("href", "#m-" + state[0]);
    here.querySelector(".visually-hidden").textContent = ", " + state[2];
    const model = legend.firstElementChild;
    const items = [];
    meanings.forEach(function (meaning) {
      const item = model.cloneNode(true);
      item.querySelector("use").setAttribute("href", "#m-" + meaning[0]);
      item.lastChild.nodeValue = " " + meaning[1];
      items.push(...(items.length ? ["; "] : []), item);
    });
    legend.replaceChildren(...items);
  }

  function taken(line, answer, sent) {
    shows(line, answer);
    clear(line);
    line.faulty = false;
    line.sent = sent;
    if (typed(line) === sent) {
      put(part(line, "points"), answer.points);
      put(part(line, "reason"), answer.reason);
      line.sent = typed(line);
    }
    openReason(line, answer.differs || Boolean(answer.reason) || document.activeElement === part(line, "reason"));
    const difference = line.node.querySelector("[data-difference]");
    difference.textContent = answer.waits ? says.waits : answer.difference;
    const take = line.node.querySelector("[data-take]");
    if (take) {
      take.classList.toggle("d-none", !answer.waits);
    }
    sums(answer.sums);
    if (lead && Object.keys(answer.sums).some(function (key) {
      return key && form.querySelector('[data-group="' + key + '"]');
    })) {
      lead.textContent = answer.lead;
      tallies(answer.counts);
      strip(answer.strip, answer.legend);
    }
    if (!told()) {
      say(says.saved.replace("{at}", answer.saved_at));
    }
  }

  function answered(line, code, answer, sent) {
    if (code === 200) {
      taken(line, answer, sent);
    } else if (code === 409 && answer.saved) {
      showTwo(line, answer);
    } else {
      line.faulty = true;
      line.sent = sent;
      showErrors(line, answer.errors || { points: answer.refused });
      say(answer.refused || says.faulty, "danger");
    }
  }

  function later(line) {
    line.sent = null;
    line.faulty = true;
    say(says.offline, "danger");
    line.timer = window.setTimeout(send, RETRY, line);
  }

  // Who may not write the line any more is told so; everything else may pass, and is tried again.
  function failed(line, answer, sent) {
    if (answer.status === 401 || answer.status === 400 || answer.type === "opaqueredirect") {
      line.faulty = true;
      say(says.signedOut, "danger");
    } else if (answer.status === 403 || answer.status === 404) {
      answered(line, answer.status, { refused: says.denied }, sent);
    } else {
      later(line);
    }
  }

  function anyBusy() {
    return Array.from(lines.values()).some(function (line) {
      return line.busy;
    });
  }

  function unsaved(line) {
    return line.held || line.faulty || line.busy || typed(line) !== line.sent;
  }

  // Going elsewhere waits for what is on its way, and stays where something could not be saved.
  function leave(link) {
    onward = link;
    if (anyBusy()) {
      return;
    }
    onward = null;
    if (!Array.from(lines.values()).some(unsaved)) {
      link.click();
    }
  }

  function done(line) {
    line.busy = false;
    if (line.again) {
      line.again = false;
      send(line);
    }
    if (onward) {
      leave(onward);
    }
  }

  function send(line) {
    const sent = typed(line);
    window.clearTimeout(line.timer);
    if (line.busy) {
      line.again = true;
      return;
    }
    if (line.held || sent === line.sent) {
      return;
    }
    const body = new URLSearchParams();
    ["points", "reason", "version"].forEach(function (name) {
      body.append(name, part(line, name).value);
    });
    body.append("stage", says.stage);
    line.busy = true;
    say(says.saving);
    window
      .fetch(line.node.dataset.save, {
        method: "POST",
        body: body,
        headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
        redirect: "manual",
        keepalive: true,
      })
      .then(function (answer) {
        if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) {
          return answer.json().then(function (read) {
            answered(line, answer.status, read, sent);
          });
        }
        failed(line, answer, sent);
      })
      .catch(function () {
        later(line);
      })
      .finally(function () {
        done(line);
      });
  }

  function lineOf(control) {
    const node = control.closest("[data-save]");
    return node ? lines.get(node.dataset.key) : null;
  }

  form.querySelectorAll("[data-save]").forEach(function (node) {
    const line = { node: node, key: node.dataset.key, held: false, faulty: false, busy: false, again: false };
    line.held = Boolean(node.querySelector("[data-differs]"));
    lines.set(line.key, line);
    line.sent = "unsaved" in node.dataset ? null : typed(line);
  });

  // A line is sent when its boxes are left: from the points to their reason it is still being written.
  form.addEventListener("focusout", function (event) {
    const line = lineOf(event.target);
    if (line && event.target.dataset.part && event.relatedTarget !== part(line, "reason")) {
      send(line);
    }
  });

  form.addEventListener("submit", function () {
    leaving = true;
  });

  window.addEventListener("beforeunload", function (event) {
    if (!leaving && Array.from(lines.values()).some(unsaved)) {
      event.preventDefault();
    }
  });

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href]");
    const elsewhere = link && !link.target && !link.getAttribute("href").startsWith("#") && !("beside" in link.dataset);
    if (elsewhere && anyBusy() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      leave(link);
    }
  });

  // Taking what is proposed: the same as typing it, so nothing else of the line is lost.
  function take(line) {
    const wanted = line.node.querySelector("[data-take]");
    const proposed = wanted ? wanted.dataset.take : line.node.querySelector("[data-earlier]").dataset.earlier;
    if (proposed) {
      part(line, "points").value = proposed;
      send(line);
    }
  }

  form.addEventListener("click", function (event) {
    const pressed = event.target.closest("[data-take]");
    const line = pressed && lineOf(pressed);
    if (line) {
      event.preventDefault();
      take(line);
      below(part(line, "points"), 1);
    }
  });

  function below(control, step) {
    const boxes = Array.from(form.querySelectorAll('[data-part="' + control.dataset.part + '"]')).filter(function (box) {
      return !box.classList.contains("unneeded");
    });
    const next = boxes[boxes.indexOf(control) + step] || control;
    enter(next);
  }

  function neighbour(step) {
    const strip = Array.from(document.querySelectorAll(".unit-strip a"));
    const here = strip.findIndex(function (link) {
      return link.hasAttribute("aria-current");
    });
    const wanted = step > 0 ? ".unit-after" : ".unit-before";
    const link = strip.length ? strip[here + step] : document.querySelector(wanted);
    if (link) {
      leave(link);
    }
  }

  form.addEventListener("keydown", function (event) {
    const control = event.target;
    const line = lineOf(control);
    if (!line || !control.dataset.part || event.isComposing || event.keyCode === COMPOSING) {
      return;
    }
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      control.blur();
      neighbour(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      send(line);
      if (control.dataset.part === "points") {
        below(control, event.shiftKey ? -1 : 1);
      } else {
        below(part(line, "points"), event.shiftKey ? 0 : 1);
      }
    } else if (control.dataset.part === "points" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      below(control, event.key === "ArrowDown" ? 1 : -1);
    } else if (control.dataset.part === "points" && event.key === "=") {
      event.preventDefault();
      take(line);
      below(control, 1);
    } else if (control.dataset.part === "points" && event.key === "/") {
      event.preventDefault();
      openReason(line, true);
      part(line, "reason").focus();
    }
  });

  // Evidence opens beside the table; the link alone leads to the same as a page.
  const beside = document.createElement("aside");
  let opener = null;
  beside.className = "beside sheet";
  beside.hidden = true;
  beside.tabIndex = -1;
  beside.setAttribute("aria-label", says.besideLabel);
  document.getElementById("noi-dung").append(beside);

  function closeBeside() {
    beside.hidden = true;
    if (opener) {
      opener.focus();
    }
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !beside.hidden) {
      closeBeside();
    }
  });

  form.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-beside]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    window
      .fetch(link.href, { redirect: "manual" })
      .then(function (answer) {
        if (!answer.ok) {
          throw new Error("no page");
        }
        return answer.text();
      })
      .then(function (text) {
        const found = new DOMParser().parseFromString(text, "text/html").getElementById("dong-cham");
        found.classList.remove("sheet");
        beside.replaceChildren(button(says.close, closeBeside), found);
        beside.hidden = false;
        opener = link;
        beside.focus();
      })
      .catch(function () {
        window.location.assign(link.href);
      });
  });
})();
