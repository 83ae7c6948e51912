/**
 * HTML that comes with a file: descriptions of items and links, and VOSviewer's templates for them.
 *
 * Everybody can write a map file, so nothing of it reaches the page but a short list of tags and attributes. Unlike in
 * VOSviewer Online, a value that a template names is text, never HTML, and it is filled in before the whole is cleaned:
 * there, an address that begins with `javascript:` gets through in a value. Pictures are left out, since the page
 * asks nothing of the network.
 */
import DOMPurify from "dompurify";
import type { MapData } from "./model.ts";

const TAGS = [
  ..."a abbr b bdi blockquote br caption cite code dd del dfn div dl dt em h2 h3 h4 h5 h6 hr i ins kbd li ol p".split(
    " ",
  ),
  ..."pre q s small span strong sub sup table tbody td tfoot th thead tr u ul var".split(" "),
];
const ATTRIBUTES = ["href", "title", "class", "colspan", "rowspan", "lang", "dir"];
const ADDRESS = /^(?:https?|mailto):/i;
const CLASSES = /^description_(?:heading|label|text|url)$/;
const PLACEHOLDER = /\{([^{}]+)\}/g;

let purifier: ReturnType<typeof DOMPurify> | null = null;

/** HTML that can do no harm. What it returns is all that may be set as `innerHTML`. */
export function sanitised(html: string): string {
  purifier ??= newPurifier();
  return purifier.sanitize(withoutInline(html), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOWED_URI_REGEXP: ADDRESS,
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
  });
}

const TAG = /<[a-z](?:[^"'<>]|"[^"]*"|'[^']*')*>/gi;
const STYLES = /<style\b[\s\S]*?(?:<\/style\s*>|$)/gi;
const INLINE = /([\s"'/])(?=(?:on\w+|style)\s*=)/gi;

/**
 * Leave out styles, and rename the attributes that hold scripts and styles. All of them are dropped afterwards in any
 * case; but browsers complain in the console, by the policy of the page, as soon as they are parsed.
 */
export function withoutInline(html: string): string {
  return html.replace(STYLES, "").replace(TAG, (tag) => tag.replace(INLINE, "$1x-"));
}

function newPurifier(): ReturnType<typeof DOMPurify> {
  // An instance of our own: hooks of a page that uses DOMPurify, too, are not ours, and ours not its.
  const made = DOMPurify(window);
  made.addHook("afterSanitizeAttributes", (node) => {
    const known = (node.getAttribute("class") ?? "").split(/\s+/).filter((name) => CLASSES.test(name));
    if (known.length) node.setAttribute("class", known.join(" "));
    else node.removeAttribute("class");
    if (node.tagName !== "A" || !node.hasAttribute("href")) return;
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  });
  return made;
}

/** An address that a link may have, or null: of the web, since other schemes run programs or say nothing here. */
export function safeAddress(value: unknown): string | null {
  if (typeof value !== "string") return null;
  try {
    const address = new URL(value.trim());
    return address.protocol === "https:" || address.protocol === "http:" ? address.href : null;
  } catch {
    return null;
  }
}

/** An address of a passage in a report: a place on this page, or a page of the web or of this computer; else null. */
export function reportAddress(value: unknown): string | null {
  if (typeof value !== "string") return null;
  if (value.startsWith("#")) return value;
  return value.startsWith("file:///") ? value : safeAddress(value);
}

/** The description of an item: its own, else what the file's template makes of its fields; "" where there is neither. */
export function itemDescription(data: MapData, item: number): string {
  const own = data.attributes.get("description")?.[item];
  const field = (name: string) => fieldOf(data, item, name);
  return described(own, templateOf(data, "item_description"), field);
}

/** What the file says of the map as a whole; "" where it says nothing. */
export function aboutMap(data: MapData): string {
  const { description } = objectIn(data.extras, "info");
  return typeof description === "string" && description.trim() ? sanitised(description) : "";
}

/** The description of the link at a place of `data.links`; `{source_…}` and `{target_…}` are fields of its ends. */
export function linkDescription(data: MapData, link: number): string {
  const further = data.links.attributes.get(link) ?? {};
  const ends: Record<string, number> = { source: data.links.source[link], target: data.links.target[link] };
  const field = (name: string): unknown => {
    const end = /^(source|target)_(.+)$/s.exec(name);
    if (end) return fieldOf(data, ends[end[1]], end[2]);
    if (name === "strength") return data.links.strength[link];
    return Object.hasOwn(further, name) ? further[name] : undefined;
  };
  return described(further.description, templateOf(data, "link_description"), field);
}

function described(own: unknown, template: string, field: (name: string) => unknown): string {
  if (typeof own === "string" && own.trim()) return sanitised(filled(own, field, true));
  return template ? sanitised(filled(template, field)) : "";
}

function templateOf(data: MapData, name: string): string {
  const templates = objectIn(objectIn(data.extras, "config"), "templates");
  const template = templates[name];
  return typeof template === "string" ? template : "";
}

function objectIn(value: Record<string, unknown>, name: string): Record<string, unknown> {
  const inner = value[name];
  return typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {};
}

function fieldOf(data: MapData, item: number, name: string): unknown {
  const named = /^(weight|score)<(.*)>$/s.exec(name);
  if (named) return finite((named[1] === "weight" ? data.weights : data.scores).get(named[2])?.[item]);
  if (data.attributes.has(name)) return data.attributes.get(name)?.[item];
  const own: Record<string, unknown> = {
    id: data.rawIds[item],
    label: data.labels[item],
    x: data.x[item],
    y: data.y[item],
    cluster: data.cluster[item] || undefined,
  };
  return Object.hasOwn(own, name) ? own[name] : undefined;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/**
 * A template with the values of its `{fields}` as text.
 *
 * A link that lacks a value leads nowhere, so it loses its address. With `keep`, braces that name no field stay: in a
 * text that somebody wrote they may be formulas.
 */
export function filled(template: string, field: (name: string) => unknown, keep = false): string {
  const addressed = keep
    ? template
    : template.replace(/\shref\s*=\s*("[^"]*"|'[^']*')/gi, (whole, address: string) => {
        const names = [...address.matchAll(PLACEHOLDER)].map((match) => match[1]);
        return names.some((name) => textOf(field(name)) === "") ? "" : whole;
      });
  return addressed.replace(PLACEHOLDER, (whole, name: string) => {
    const text = textOf(field(name));
    return text === "" && keep ? whole : escaped(text);
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Text as HTML and XML write it, in content and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
