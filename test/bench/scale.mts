/** How large the bench's lists and limits are: what the server serves and the subjects expect. */

/** Records of the long lists (design, "Numbers to reach"). */
export const LIST_LENGTH = 50_000;
/** Records that a trigger knows in the rows "idle poll": the sandbox's, which takes longer to be read than the stand-in. */
export const IDLE_LENGTH = 10_000;
/** The largest page that ARTSVP gives (artsvp.md, "Pagination"). */
export const CURSOR_PAGE_SIZE = 99;
/** InEvent's pages, as the node asks for them (nodes/InEvent, Attendee: Get Many). */
export const NUMBERED_PAGE_SIZE = 100;
/** "The default page size is 24" (eventtia.md, "Pagination"). */
export const EVENTTIA_PAGE_SIZE = 24;
/** How long the server takes to answer. */
export const LATENCY_MS = 20;
/** Of ARTSVP's 1,000 requests per 900 s (artsvp.md, "Rate Limiting"), both scaled down. */
export const RATE_LIMIT = { requests: 200, seconds: 4 };
/** A limit that is never met. */
export const NO_LIMIT = { requests: 1_000_000, seconds: 1 };
