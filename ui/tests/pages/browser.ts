/** As much of a browser as htmx looks for when it is loaded; the tests beside this one need no more of it. */
const nothing = () => undefined;
const root = { addEventListener: nothing };
Object.assign(globalThis, {
  document: { ...root, readyState: "loading", createElement: () => root, documentElement: root },
  location: { href: "" },
  window: globalThis,
  XPathEvaluator: class {
    createExpression = nothing;
  },
});
