// How to make triggers poll more often than n8n's own choices allow.

const SECONDS_PER_MINUTE = 60;
export const POLL_SECONDS = 5;

/**
 * n8n accepts a cron entry only if its second is a fixed number; several of them give an interval shorter than a
 * minute.
 * @returns the value of *Poll Times*
 */
export function everyFewSeconds() {
	const count = SECONDS_PER_MINUTE / POLL_SECONDS;
	const seconds = Array.from({ length: count }, (_, index) => index * POLL_SECONDS);
	return {
		item: seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
	};
}
