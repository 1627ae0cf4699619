// Suggestions under a search field, by the ARIA pattern of a combobox with a list. Without this script the field searches all the same.
const WAIT = 120; // milliseconds without a key before the server is asked
const SHORTEST = 2;

let count = 0;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.form = input.form;
    this.known = new Map();
    this.active = -1;
    this.options = [];
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${++count}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.dataset.label);
    this.status = document.createElement("div");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) {
      input.setAttribute(name, value);
    }
    input.addEventListener("input", (event) => event.isComposing || this.later());
    input.addEventListener("compositionend", () => this.later());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
    // The field keeps the focus while a pointer chooses.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options.indexOf(option));
    });
  }

  later() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.typed = this.input.value;
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const text = this.typed.trim();
    if (text.length < SHORTEST) return this.close();
    const request = (this.request = new AbortController());
    try {
      if (!this.known.has(text)) {
        const address = new URL(this.input.dataset.suggestions, location.href);
        address.searchParams.set("q", text);
        const response = await fetch(address, { signal: request.signal, credentials: "omit" });
        if (!response.ok) return this.close();
        this.known.set(text, (await response.json()).suggestions);
      }
    } catch {
      // Taken back by the next key, or the network is away: the field searches without suggestions.
      return request.signal.aborted || this.close();
    }
    if (!request.signal.aborted && document.activeElement === this.input) this.show(this.known.get(text));
  }

  show(found) {
    this.found = found;
    this.mark(-1);
    this.options = found.map(({ text, kind }, number) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${number}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.append(text);
      if (kind) {
        const label = document.createElement("span");
        label.append(kind);
        option.append(" ", label);
      }
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.expand(found.length > 0);
    const { none, one, many } = this.input.dataset;
    this.status.textContent = found.length === 0 ? none : found.length === 1 ? one : many.replace("{n}", found.length);
  }

  expand(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.mark(-1);
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.expand(false);
    this.status.textContent = "";
  }

  mark(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  // One step, through the field itself at both ends.
  step(by) {
    const stops = this.options.length + 1;
    this.mark(((this.active + 1 + by + stops) % stops) - 1);
  }

  press(event) {
    const isOpen = !this.list.hidden;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen && !event.altKey) this.step(event.key === "ArrowDown" ? 1 : -1);
      else if (isOpen) this.close();
      else if (event.key === "ArrowDown") {
        this.typed = this.input.value;
        this.ask();
      }
    } else if (event.key === "Enter" && isOpen && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
      this.mark(-1); // back in the text, where the key moves the cursor
    }
  }

  choose(number) {
    const { text, url } = this.found[number];
    this.close();
    if (url) {
      location.assign(url);
    } else {
      this.input.value = text;
      this.form.requestSubmit();
    }
  }
}

for (const input of document.querySelectorAll("input[data-suggestions]")) new Suggestions(input);
