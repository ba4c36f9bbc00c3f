/** Secrets that are hard to redact: every encoding changes them. */

/** Characters that URLs, JSON, HTML and headers each encode in another way. */
export const AWKWARD = `k3y+/="&<'%20!*()~\\secret`;
/** The token of an open session. */
export const TOKEN = `token.${AWKWARD}`;
