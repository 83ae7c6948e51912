/** What a file says of an item or a link: pairs of a name and a value, and a description in cleaned HTML. */

export function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  if (!facts.length) return null;
  return (
    <dl class="measures">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `html` comes from `html.ts`, which has cleaned it by DOMPurify. */
export function Description({ html }: { html: string }) {
  if (!html) return null;
  return <div class="description" dangerouslySetInnerHTML={{ __html: html }} />;
}
