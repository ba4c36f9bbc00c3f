/**
 * Units of time in milliseconds, to be multiplied: `5 * MINUTE`.
 */
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
