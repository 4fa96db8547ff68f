import { type ComponentChildren, options, type VNode } from "preact";
import { printable } from "../../lib/text/escape.js";

/** Attributes whose text a person reads or hears. */
const SHOWN_ATTRIBUTES = ["title", "aria-label", "placeholder"];

/** Makes every text of the page printable: the collector's data are claims of senders, whichever component shows them. */
export function showPrintableText(): void {
  const before = options.vnode;
  options.vnode = (node) => {
    const props = (node as VNode<Record<string, unknown>>).props;
    const { children } = props;
    if (children !== undefined) props["children"] = printableChildren(children as ComponentChildren);
    for (const name of typeof node.type === "string" ? SHOWN_ATTRIBUTES : []) {
      const text = props[name];
      if (typeof text === "string") props[name] = printable(text);
    }
    before?.(node);
  };
}

function printableChildren(children: ComponentChildren): ComponentChildren {
  if (typeof children === "string") return printable(children);
  return Array.isArray(children) ? children.map(printableChildren) : children;
}
