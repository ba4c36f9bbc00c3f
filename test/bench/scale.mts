/** The sizes of the bench's lists and limits: what the server serves and the subjects expect. */

/** Records of the long lists (design, "Numbers to reach"). */
export const LIST_LENGTH = 50_000;
/**
 * Records that a trigger knows in the rows "idle poll" at the sandbox, which is slower to read than the bench's
 * server.
 */
export const IDLE_LENGTH = 10_000;
/** The largest page that ARTSVP gives (artsvp.md, "Pagination"). */
export const CURSOR_PAGE_SIZE = 99;
/** InEvent's pages, as the node requests them (nodes/InEvent, Attendee: Get Many). */
export const NUMBERED_PAGE_SIZE = 100;
/** "The default page size is 24" (eventtia.md, "Pagination"). */
export const EVENTTIA_PAGE_SIZE = 24;
/** The server's latency. */
export const LATENCY_MS = 20;
/** Part of ARTSVP's 1,000 requests per 900 s (artsvp.md, "Rate Limiting"), both scaled down. */
export const RATE_LIMIT = { requests: 200, seconds: 4 };
/** A limit that is never reached. */
export const NO_LIMIT = { requests: 1_000_000, seconds: 1 };
