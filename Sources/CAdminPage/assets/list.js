// A table of which only the rows in view exist, so that ten thousand rows cost what thirty do.
import { element } from "./format.js";

const rowHeight = 30;
const spareRows = 6;
// Browsers do not lay out elements of tens of millions of pixels.
const heightMax = 8_000_000;

export class List {
  /**
   * @param place element that becomes the table
   * @param columns `{ title, width, number, value(row), cell(row) }`; `value` is what is sorted by
   * @param options `{ label, empty(), key(row), open(row), remove(row) }`
   */
  constructor(place, columns, options) {
    this.columns = columns;
    this.options = options;
    this.rows = [];
    this.sort = { column: options.sort ?? 0, descending: options.descending ?? false };
    this.activeKey = null;
    const template = columns.map((column) => column.width).join(" ");
    this.header = element("div", { class: "columns", role: "row" });
    this.header.style.gridTemplateColumns = template;
    this.template = template;
    this.space = element("div", { role: "rowgroup" });
    this.space.style.position = "relative";
    this.frame = element("div", {
      class: "frame", tabindex: "0", role: "grid", "aria-label": options.label,
      "aria-colcount": columns.length, onscroll: () => this.draw(), onkeydown: (event) => this.key(event),
    }, this.header, this.space);
    place.append(this.frame);
    this.drawHeader();
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  /** Shows other rows; the active one stays active if it is still among them. */
  show(rows) {
    this.rows = rows;
    this.order();
    this.draw();
  }

  order() {
    const { value } = this.columns[this.sort.column];
    const sign = this.sort.descending ? -1 : 1;
    const key = this.options.key;
    this.rows = this.rows.map((row) => [value(row), row]).sort(([a, first], [b, second]) => {
      if (a === b) return String(key(first)).localeCompare(String(key(second)), undefined, { numeric: true });
      if (a === undefined || a === null) return 1;
      if (b === undefined || b === null) return -1;
      return (a < b ? -1 : 1) * sign;
    }).map(([, row]) => row);
  }

  drawHeader() {
    this.header.replaceChildren(...this.columns.map((column, index) => {
      const isSorted = index === this.sort.column;
      const direction = this.sort.descending ? "descending" : "ascending";
      return element("div", { role: "columnheader", class: column.number ? "n" : "" },
        column.title === "" ? "" : element("button", {
          type: "button", class: column.number ? "n" : "", "aria-sort": isSorted ? direction : undefined,
          onclick: () => this.sortBy(index),
        }, column.title));
    }));
  }

  sortBy(index) {
    const isSame = this.sort.column === index;
    this.sort = { column: index, descending: isSame ? !this.sort.descending : !!this.columns[index].number };
    this.drawHeader();
    this.header.querySelectorAll("button")[index]?.focus();
    this.order();
    this.draw();
  }

  /** Height in which rows can be seen: the titles stay on top of it. */
  get visibleHeight() {
    return Math.max(0, this.frame.clientHeight - rowHeight);
  }

  draw() {
    const { key, empty } = this.options;
    const visible = this.visibleHeight;
    const full = this.rows.length * rowHeight;
    const height = Math.min(full, heightMax);
    this.space.style.height = `${height}px`;
    this.frame.setAttribute("aria-rowcount", this.rows.length);
    if (!this.rows.length) {
      this.space.replaceChildren(element("p", { class: "none" }, empty()));
      return;
    }
    const scale = height > visible ? (full - visible) / (height - visible) : 1;
    const top = this.frame.scrollTop * scale;
    const first = Math.max(0, Math.floor(top / rowHeight) - spareRows);
    const last = Math.min(this.rows.length, Math.ceil((top + visible) / rowHeight) + spareRows);
    const shift = this.frame.scrollTop - top;
    const drawn = [];
    let active = null;
    for (let index = first; index < last; index += 1) {
      const row = this.rows[index];
      const isActive = key(row) === this.activeKey;
      const line = element("div", {
        class: `row${index % 2 ? " even" : ""}${isActive ? " active" : ""}`, role: "row", id: isActive ? `${this.options.id}-active` : undefined,
        "aria-rowindex": index + 1, "aria-selected": isActive ? "true" : undefined,
        onclick: () => this.activate(index), ondblclick: () => this.options.open?.(row),
      }, ...this.columns.map((column) => element("div", {
        class: column.number ? "cell n" : "cell", role: "gridcell",
      }, column.cell(row))));
      line.style.gridTemplateColumns = this.template;
      line.style.top = `${index * rowHeight + shift}px`;
      line.style.height = `${rowHeight}px`;
      if (isActive) active = line;
      drawn.push(line);
    }
    this.space.replaceChildren(...drawn);
    if (active) this.frame.setAttribute("aria-activedescendant", active.id);
    else this.frame.removeAttribute("aria-activedescendant");
  }

  activate(index) {
    if (!this.rows.length) return;
    const place = Math.min(Math.max(index, 0), this.rows.length - 1);
    this.activeKey = this.options.key(this.rows[place]);
    const top = place * rowHeight;
    const bottom = top + rowHeight;
    const height = this.visibleHeight;
    if (this.rows.length * rowHeight <= heightMax) {
      if (top < this.frame.scrollTop) this.frame.scrollTop = top;
      if (bottom > this.frame.scrollTop + height) this.frame.scrollTop = bottom - height;
    }
    this.draw();
  }

  key(event) {
    if (event.target !== this.frame) return;
    const at = this.rows.findIndex((row) => this.options.key(row) === this.activeKey);
    const page = Math.max(1, Math.floor(this.visibleHeight / rowHeight) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    if (event.key in steps) this.activate(at < 0 ? 0 : at + steps[event.key]);
    else if (event.key === "Home") this.activate(0);
    else if (event.key === "End") this.activate(this.rows.length - 1);
    else if (event.key === "Enter" && at >= 0) this.options.open?.(this.rows[at]);
    else if (event.key === "Delete" && at >= 0) this.options.remove?.(this.rows[at]);
    else return;
    event.preventDefault();
  }
}
