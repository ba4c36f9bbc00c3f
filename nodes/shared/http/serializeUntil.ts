/**
 * Lets the first of many jobs run alone: n8n fetches an OAuth2 token once per request as long as
 * there is none (n8n-core `oauth.js`: only the renewal is single-flight).
 */

/**
 * @param isReady whether a result shows that the way is open for all
 * @returns a function that runs jobs, one at a time until one has opened the way
 */
export function serializeUntil<T>(
	isReady: (result: T) => boolean,
): (work: () => Promise<T>) => Promise<T> {
	let ready = false;
	let inFlight: Promise<void> | undefined;
	return async function run(work) {
		while (!ready && inFlight !== undefined) await inFlight;
		if (ready) return await work();
		const first = work();
		inFlight = first.then(
			(result) => {
				ready = isReady(result);
				inFlight = undefined;
			},
			() => {
				inFlight = undefined;
			},
		);
		return await first;
	};
}
