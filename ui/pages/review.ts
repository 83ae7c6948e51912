/** The review that a page shows, as its body names it (`data-review`); the start page shows none. */

export const reviewShown = (): string => document.body.dataset.review ?? "";

/** Whether an event of the server is about the review that is shown; one that names none is about all. */
export const concerns = ({ review }: Record<string, unknown>, shown: string): boolean =>
  review === undefined || review === shown;

/** The address of an act on the review, or "" where none is shown. */
export const addressOf = (act: string, shown: string): string =>
  shown ? `/reviews/${encodeURIComponent(shown)}/${act}` : "";
