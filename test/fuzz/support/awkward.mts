/** Secrets that are hard to hide: every way of writing them down changes them. */

/** Characters that URLs, JSON, HTML and headers each write in another way. */
export const AWKWARD = `k3y+/="&<'%20!*()~\\secret`;
/** The token of an open session. */
export const TOKEN = `token.${AWKWARD}`;
